"""A time-stamping authority for tests: certificates, tokens and answers, true ones and ones that lie.

Its ASN.1 is written by hand, so that every field can be wrong. Needs what ``sayso[timestamp]`` brings.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

NOW: Final = dt.datetime(2024, 11, 3, 10, 15, 42, tzinfo=dt.UTC)
ALWAYS: Final = (dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2049, 1, 1, tzinfo=dt.UTC))
SHA256: Final = "2.16.840.1.101.3.4.2.1"
SHA1: Final = "1.3.14.3.2.26"
ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"
PLAIN_RSA: Final = "1.2.840.113549.1.1.1"
SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
PLAIN_DATA: Final = "1.2.840.113549.1.7.1"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
POLICY: Final = "1.3.6.1.4.1.55555.1.2"


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 128 + len(length))) + length + body


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    return tlv(0x31, *sorted(parts))


def integer(number: int) -> bytes:
    return tlv(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    return tlv(4, content)


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    body = bytearray((first * 40 + second,))
    for number in rest:
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        body.extend(reversed(groups))
    return tlv(6, bytes(body))


def algorithm(dotted: str) -> bytes:
    return sequence(oid(dotted))


def make_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tarnhaven Clockworks"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def secret(self) -> bytes:
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(pem, form, serialization.NoEncryption())

    def sign(self, content: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(content, ec.ECDSA(hashes.SHA256()))
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(content)

    @property
    def signature_algorithm(self) -> str:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return ECDSA_SHA256
        # What plain RSA signs with is told by the digest's algorithm; Ed25519 has no place in such a token.
        return PLAIN_RSA

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def make_elliptic_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def make_holder(
    common_name: str,
    issuer: Holder | None = None,
    *,
    is_authority: bool = False,
    usage: Sequence[x509.ObjectIdentifier] = (),
    is_usage_critical: bool = True,
    valid: tuple[dt.datetime, dt.datetime] = ALWAYS,
    make_key: Callable[[], Key] = make_elliptic_key,
) -> Holder:
    """Make a certificate; without an issuer it signs itself."""
    key = make_key()
    name = make_name(common_name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=is_usage_critical)
    certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    return Holder(certificate=certificate, key=key)


@dataclass(frozen=True, kw_only=True)
class Lies:
    """What is not as it should be in a token, or as it may also be.

    Attributes:
        named_hash: The hash by which the signer's certificate is named; empty for the true one, None for none.
    """

    imprint: bytes | None = None
    imprint_algorithm: str = SHA256
    nonce: int | None = None
    has_nonce: bool = True
    certificates: tuple[bytes, ...] | None = None
    is_order_kept: bool = False
    is_signature_broken: bool = False
    is_content_changed: bool = False
    n_signers: int = 1
    time: str = NOW.strftime("%Y%m%d%H%M%SZ")
    has_name: bool = True
    signed_type: str = TST_INFO
    digest_algorithm: str = SHA256
    signature_algorithm: str | None = None
    has_attributes: bool = True
    is_attribute_twice: bool = False
    named_hash: bytes | None = b""
    names_hash_algorithm: bool = False
    is_named_in_sha1: bool = False


TRUE: Final = Lies()


class Authority:
    """Stamps whatever it is asked to."""

    def __init__(
        self,
        *,
        valid: tuple[dt.datetime, dt.datetime] = ALWAYS,
        root_valid: tuple[dt.datetime, dt.datetime] = ALWAYS,
        make_key: Callable[[], Key] = make_elliptic_key,
    ) -> None:
        """Make the certificates: a root, one between, and the one that signs."""
        self.root = make_holder("Tarnhaven Root", is_authority=True, valid=root_valid)
        self.between = make_holder("Tarnhaven Issuing", self.root, is_authority=True)
        usage = [ExtendedKeyUsageOID.TIME_STAMPING]
        self.signer = make_holder("Tarnhaven Time", self.between, usage=usage, valid=valid, make_key=make_key)

    def make_info(self, imprint: bytes, nonce: int | None, lies: Lies = TRUE) -> bytes:
        """Return a TSTInfo (RFC 3161, 2.4.2)."""
        wanted = nonce if lies.nonce is None else lies.nonce
        name = tlv(0xA0, tlv(0xA4, self.signer.certificate.subject.public_bytes()))
        return sequence(
            integer(1),
            oid(POLICY),
            sequence(algorithm(lies.imprint_algorithm), octets(imprint if lies.imprint is None else lies.imprint)),
            integer(4711),
            tlv(0x18, lies.time.encode()),
            integer(wanted) if wanted is not None and lies.has_nonce else b"",
            name if lies.has_name else b"",
        )

    def name_signer(self, lies: Lies) -> bytes:
        """Return the attribute that names the signer's certificate (RFC 5035)."""
        if lies.is_named_in_sha1:
            named = octets(hashlib.sha1(self.signer.der, usedforsecurity=False).digest())
            return sequence(oid("1.2.840.113549.1.9.16.2.12"), set_of(sequence(sequence(sequence(named)))))
        named = octets(lies.named_hash or hashlib.sha256(self.signer.der).digest())
        if lies.names_hash_algorithm:
            named = algorithm(SHA256) + named
        return sequence(oid("1.2.840.113549.1.9.16.2.47"), set_of(sequence(sequence(sequence(named)))))

    def make_signer_info(self, info: bytes, lies: Lies = TRUE) -> bytes:
        """Return a SignerInfo (RFC 5652, 5.3) with the attributes that RFC 3161 asks for."""
        certificate = self.signer.certificate
        content_type = sequence(oid("1.2.840.113549.1.9.3"), set_of(oid(lies.signed_type)))
        digest = sequence(oid("1.2.840.113549.1.9.4"), set_of(octets(hashlib.sha256(info).digest())))
        attributes = [content_type, digest]
        if lies.named_hash is not None:
            attributes.append(self.name_signer(lies))
        if lies.is_attribute_twice:
            attributes.append(digest)
        signed = set_of(*attributes)
        return sequence(
            integer(1),
            sequence(certificate.issuer.public_bytes(), integer(certificate.serial_number)),
            algorithm(lies.digest_algorithm),
            b"\xa0" + signed[1:] if lies.has_attributes else b"",
            algorithm(lies.signature_algorithm or self.signer.signature_algorithm),
            octets(self.signer.sign(b"something else" if lies.is_signature_broken else signed)),
        )

    def make_token(self, imprint: bytes, nonce: int | None, lies: Lies = TRUE) -> bytes:
        """Return a TimeStampToken: a ContentInfo with SignedData (RFC 5652, 5.1)."""
        info = self.make_info(imprint, nonce, lies)
        signer_info = self.make_signer_info(info, lies)
        if lies.is_content_changed:
            info = info.replace(NOW.strftime("%Y").encode(), b"1999")
        certificates = (self.signer.der, self.between.der) if lies.certificates is None else lies.certificates
        signed = sequence(
            integer(3),
            set_of(algorithm(SHA256)),
            sequence(oid(lies.signed_type), tlv(0xA0, octets(info))),
            tlv(0xA0, *(certificates if lies.is_order_kept else sorted(certificates))) if certificates else b"",
            set_of(*(signer_info for _ in range(lies.n_signers))),
        )
        return sequence(oid(SIGNED_DATA), tlv(0xA0, signed))

    def answer(self, imprint: bytes, nonce: int | None, lies: Lies = TRUE) -> bytes:
        """Return a TimeStampResp with a token."""
        return sequence(sequence(integer(0)), self.make_token(imprint, nonce, lies))


def refuse(status: int = 2, *reasons: str) -> bytes:
    """Return a TimeStampResp without a token."""
    texts = sequence(*(tlv(0x0C, reason.encode()) for reason in reasons)) if reasons else b""
    return sequence(sequence(integer(status), texts))


@contextlib.contextmanager
def serve(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """Serve answers to requests on 127.0.0.1; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read_request(body: bytes) -> tuple[bytes, int]:
    """Return imprint and nonce of a request as Sayso makes it: SHA-256, a nonce of at most nine bytes, certificates."""
    start = body.index(b"\x04\x20") + 2
    nonce = body[start + 32 :]
    return body[start : start + 32], int.from_bytes(nonce[2 : 2 + nonce[1]], "big")
