"""Whether a time stamp's token is signed by the certificate in it.

Needs the packages of ``sayso[timestamp]``. Rule 1: whatever the bytes are, nothing but `BadStamp` comes out.
Rule 2: no certificate is trusted here; whether it leads to a root is for `chain` to find out.

Source: RFC 3161, 2.4.2 (the token); RFC 5652, 5 (SignedData); RFC 5035 and 5816 (the signed certificate's hash).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from sayso.errors import BadStamp
from sayso.ledger.der import DerError, Part, read_single, write_part
from sayso.ledger.stamp_fault import StampFault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Hash = type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]

# What the packages raise at malformed bytes.
MALFORMED: Final = (
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
NOT_BUILT_SO: Final = "it is not built as a time stamp"

SEQUENCE: Final = 0x30
SET: Final = 0x31
OCTETS: Final = 0x04
IMPLICIT_FIRST: Final = 0xA0

# Object identifiers as DER has them.
SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
TST_INFO: Final = bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE: Final = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST: Final = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE: Final = bytes.fromhex("2a864886f70d010910020c")
SIGNING_CERTIFICATE_V2: Final = bytes.fromhex("2a864886f70d010910022f")
HASHES: Final[Mapping[bytes, Hash]] = {
    bytes.fromhex("608648016503040201"): hashes.SHA256,
    bytes.fromhex("608648016503040202"): hashes.SHA384,
    bytes.fromhex("608648016503040203"): hashes.SHA512,
}
# The hash that a signature's own identifier names; None for plain RSA, which leaves it to the digest's.
SIGNATURES: Final[Mapping[bytes, Hash | None]] = {
    bytes.fromhex("2a864886f70d010101"): None,
    bytes.fromhex("2a864886f70d01010b"): hashes.SHA256,
    bytes.fromhex("2a864886f70d01010c"): hashes.SHA384,
    bytes.fromhex("2a864886f70d01010d"): hashes.SHA512,
    bytes.fromhex("2a8648ce3d040302"): hashes.SHA256,
    bytes.fromhex("2a8648ce3d040303"): hashes.SHA384,
    bytes.fromhex("2a8648ce3d040304"): hashes.SHA512,
}


def find_signer(token: bytes) -> x509.Certificate:
    """Return the certificate with which a token was signed, once its signature was found to hold.

    Raises:
        BadStamp: It does not hold, or these bytes are no token.
    """
    try:
        kind, explicit = read_single(token).parts()
        signed_data = read_single(explicit.body)
        if kind.body != SIGNED_DATA:
            raise DerError(NOT_BUILT_SO)
        return _check_signed_data(signed_data.parts())
    except MALFORMED as error:
        raise BadStamp(StampFault.MALFORMED, NOT_BUILT_SO) from error


def order_certificates(token: bytes) -> bytes:
    """Return a token with its certificates in the order of DER, as the package that reads it insists on.

    Many authorities leave them as they come, which CMS allows: it is BER, and the signature does not cover them.

    Raises:
        DerError: These bytes are no token.
    """
    kind, explicit = read_single(token).parts()
    fields = [
        write_part(IMPLICIT_FIRST, *sorted(part.whole for part in field.parts()))
        if field.tag == IMPLICIT_FIRST
        else field.whole
        for field in read_single(explicit.body).parts()
    ]
    return write_part(SEQUENCE, kind.whole, write_part(explicit.tag, write_part(SEQUENCE, *fields)))


def _check_signed_data(fields: Sequence[Part]) -> x509.Certificate:
    """Check SignedData: version, digestAlgorithms, encapContentInfo, certificates [0], crls [1], signerInfos."""
    content_type, explicit = fields[2].parts()
    if content_type.body != TST_INFO:
        raise DerError(NOT_BUILT_SO)
    info = _open_octets(read_single(explicit.body))
    signers = fields[-1].parts()
    if len(signers) != 1:
        raise BadStamp(StampFault.MALFORMED, "it must be signed once, by the authority alone")
    # Its fields: the version, who signed, the digest's algorithm, signedAttrs [0], the signature's algorithm, it.
    _, sid, digest, attributes, algorithm, signature, *_ = signers[0].parts()
    if attributes.tag != IMPLICIT_FIRST:
        raise DerError(NOT_BUILT_SO)
    der = _find_certificate(
        [part for field in fields[3:-1] if field.tag == IMPLICIT_FIRST for part in field.parts()], sid
    )
    hash_of = HASHES.get(_name_algorithm(digest))
    signature_name = _name_algorithm(algorithm)
    if hash_of is None or signature_name not in SIGNATURES:
        raise BadStamp(StampFault.UNKNOWN_SIGNATURE, "it is signed in a way that is not safe, or not known here")
    named = _name_attributes(attributes.parts())
    if named[CONTENT_TYPE].body != TST_INFO:
        raise DerError(NOT_BUILT_SO)
    if named[MESSAGE_DIGEST].body != _hash(hash_of, info):
        raise BadStamp(StampFault.CHANGED, "what stands in it is not what the authority signed")
    if not _names_certificate(named, der):
        raise BadStamp(
            StampFault.WRONG_CERTIFICATE, "the certificate in it is not the one that the authority signed along"
        )
    signer = x509.load_der_x509_certificate(der)
    # Source: RFC 5652, 5.4: signed is the set itself, not the field that holds it.
    _check_signature(
        signer, _open_octets(signature), write_part(SET, attributes.body), SIGNATURES[signature_name] or hash_of
    )
    return signer


def _find_certificate(certificates: Sequence[Part], sid: Part) -> bytes:
    """Return the certificate that issuer and serial number pick out."""
    if not certificates:
        raise BadStamp(StampFault.NO_CERTIFICATE, "no certificate is in it, so nobody can tell who signed it")
    issuer, serial = sid.parts()
    for certificate in certificates:
        # Its fields: the version, left out in the first one; the serial number; an algorithm; the issuer.
        fields = certificate.parts()[0].parts()
        own_serial, _, own_issuer = fields[1:4] if fields[0].tag == IMPLICIT_FIRST else fields[:3]
        if (own_issuer.whole, own_serial.whole) == (issuer.whole, serial.whole):
            return certificate.whole
    raise BadStamp(StampFault.NO_CERTIFICATE, "the certificate with which it was signed is not in it")


def _name_attributes(attributes: Sequence[Part]) -> dict[bytes, Part]:
    """Return the value of each signed attribute that is looked at; each has one, and stands once."""
    named: dict[bytes, Part] = {}
    for attribute in attributes:
        kind, values = attribute.parts()
        if kind.body in named:
            raise DerError(NOT_BUILT_SO)
        if kind.body in {CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2}:
            named[kind.body] = read_single(values.body)
    return named


def _names_certificate(named: Mapping[bytes, Part], der: bytes) -> bool:
    """Tell whether the hash of this very certificate was signed along, so that none can be put in its place."""
    newer = named.get(SIGNING_CERTIFICATE_V2)
    value = newer or named.get(SIGNING_CERTIFICATE)
    if value is None:
        return False
    # certs, of which the first is the signer's: hashAlgorithm (newer only; left out for SHA-256), certHash, …
    fields = value.parts()[0].parts()[0].parts()
    if newer is None:
        return _open_octets(fields[0]) == hashlib.sha1(der, usedforsecurity=False).digest()
    if fields[0].tag == SEQUENCE:
        hash_of = HASHES.get(_name_algorithm(fields[0]))
        return hash_of is not None and _open_octets(fields[1]) == _hash(hash_of, der)
    return _open_octets(fields[0]) == _hash(hashes.SHA256, der)


def _check_signature(signer: x509.Certificate, signature: bytes, signed: bytes, hash_of: Hash) -> None:
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hash_of())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(hash_of()))
        else:
            raise BadStamp(StampFault.UNKNOWN_SIGNATURE, "it is signed with a kind of key that is not known here")
    except InvalidSignature as error:
        raise BadStamp(StampFault.CHANGED, "its signature does not hold") from error


def _open_octets(part: Part) -> bytes:
    if part.tag != OCTETS:
        raise DerError(NOT_BUILT_SO)
    return part.body


def _name_algorithm(part: Part) -> bytes:
    """Return the object identifier in an AlgorithmIdentifier."""
    return part.parts()[0].body


def _hash(hash_of: Hash, data: bytes) -> bytes:
    return hashlib.new(hash_of.name, data).digest()
