"""Time stamps over the log (RFC 3161): what an authority is asked, and what its answer proves.

What is stamped is the hash of a log entry, as 64 hex digits in ASCII: since each entry is chained to the one before, a
stamp over one says that all entries up to it existed then. Nothing is sent here; what is to be sent, the hash of these
64 digits, tells nothing about the case.

Rule 1: whatever an answer or token is, nothing but a `SaysoError` comes out.
Rule 2: what was not checked is said not to be: a signature shows that nothing was changed, a root shows whose it is.
"""

from __future__ import annotations

import hashlib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from sayso.errors import BadStamp, MissingExtra, StampRefused
from sayso.ledger.der import DerError, read_single, write_part
from sayso.ledger.stamp_fault import StampFault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from cryptography import x509
    from rfc3161_client import TimeStampResponse

EXTRA: Final = "timestamp"
PACKAGES: Final = ("cryptography", "rfc3161_client")
QUERY_MEDIA: Final = "application/timestamp-query"
# A token with a whole chain of certificates takes some 10 kB.
MAX_ANSWER_BYTES: Final = 200_000
SHA256: Final = "2.16.840.1.101.3.4.2.1"
SEQUENCE: Final = 0x30
INTEGER: Final = 0x02
# Source: RFC 3161, 2.4.2, and RFC 4210, 5.2.3.
STATUSES: Final = {
    2: "rejected",
    3: "waiting",
    4: "revocation-warning",
    5: "revoked",
}
WITH_TOKEN: Final = (b"\0", b"\1")
ANSWER: Final = "the answer is not built as one of an authority"
GRANTED: Final = bytes.fromhex("3003020100")
NO_ROOTS: Final = "no root certificates were given, so who the authority is was not checked"
MAX_REASON_CHARS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an authority is asked.

    Attributes:
        log_hash: The hash that is to be stamped.
        nonce: A number that the answer must repeat, so that no older answer is taken for it.
        body: The request as it is sent: the hash of the hash, the nonce, and nothing else.
    """

    log_hash: str
    nonce: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a time stamp says, once its signature and its hash were found to hold.

    Attributes:
        log_hash: The hash of the log that it is over.
        time: UTC, ``2024-11-03T10:15:42Z``; fractions of a second are left out.
        authority: Whose certificate it is signed with, in that certificate's words.
        policy: Under which of its policies the authority stamped: an object identifier, ``1.3.6.1…``.
        serial: The number that the authority gave it, in hex.
        root: The root to which the certificate leads, valid at that time; None where that was not checked.
        not_checked: Why who the authority is was not checked; None where it was.
    """

    log_hash: str
    time: str
    authority: str
    policy: str
    serial: str
    root: str | None
    not_checked: str | None


def has_packages() -> bool:
    """Tell whether the packages of ``sayso[timestamp]`` are installed."""
    return all(find_spec(name) is not None for name in PACKAGES)


def make_request(log_hash: str) -> Request:
    """Return what an authority is asked for a hash of the log.

    Raises:
        MissingExtra: The packages for it are not installed.
    """
    with _packages():
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415  installed on demand
    made = TimestampRequestBuilder().data(log_hash.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    nonce = made.nonce
    if nonce is None:  # pragma: no cover  it was asked for
        raise BadStamp(StampFault.WRONG_NONCE, "there is none")
    return Request(log_hash=log_hash, nonce=nonce, body=made.as_bytes())


def read_token(answer: bytes, *, request: Request, roots: Sequence[bytes] | None = None) -> tuple[bytes, Stamp]:
    """Return the token in an authority's answer to a request, and what it says.

    Args:
        answer: As it came.
        request: What was asked.
        roots: As for `check_token`.

    Raises:
        StampRefused: The authority gave none.
        BadStamp: The answer is none, or none to this request.
        BadRoots: There are no roots in what was given as such.
        MissingExtra: The packages for it are not installed.
    """
    token = _find_token(answer)
    return token, _check(token, request.log_hash, roots, nonce=request.nonce)


def check_token(token: bytes, *, log_hash: str, roots: Sequence[bytes] | None = None) -> Stamp:
    """Return what a token says, once it was found to be a whole one over this hash of the log.

    Args:
        token: The TimeStampToken.
        log_hash: The hash that it should be over.
        roots: PEM files with the roots that are trusted. None checks the signature against the certificate in the
            token: then whoever made the token may have made that certificate, too.

    Raises:
        BadStamp: It is not.
        BadRoots: There are no roots in what was given as such.
        MissingExtra: The packages for it are not installed.
    """
    return _check(token, log_hash, roots, nonce=None)


def _check(token: bytes, log_hash: str, roots: Sequence[bytes] | None, *, nonce: int | None) -> Stamp:
    """Return what a token says; with a nonce only if it repeats that."""
    with _packages():
        from sayso.ledger import chain, signed  # noqa: PLC0415  they need what is installed on demand
    with _hushed():
        trusted = None if roots is None else chain.read_roots(roots)
        if len(token) > MAX_ANSWER_BYTES:
            raise BadStamp(StampFault.TOO_LARGE, f"{len(token):,} bytes are more than a time stamp takes")
        try:
            response = _decode(write_part(SEQUENCE, GRANTED, signed.order_certificates(token)))
            info = response.tst_info
            imprint = info.message_imprint
            if imprint.hash_algorithm.dotted_string != SHA256 or imprint.message != _hash(log_hash):
                raise BadStamp(StampFault.ANOTHER_HASH, "it is over something else than this entry of the log")
            signer = signed.find_signer(token)
            if nonce is not None and info.nonce != nonce:
                raise BadStamp(StampFault.WRONG_NONCE, "it answers another request than this one")
            _check_signer(signer, info.gen_time)
            root = None if trusted is None else chain.check_chain(response, signer, log_hash.encode(), trusted)
            return Stamp(
                log_hash=log_hash,
                time=info.gen_time.replace(microsecond=0).isoformat().replace("+00:00", "Z"),
                authority=chain.name_holder(signer),
                policy=info.policy.dotted_string,
                serial=f"{info.serial_number:x}",
                root=root,
                not_checked=NO_ROOTS if root is None else None,
            )
        except signed.MALFORMED as error:
            raise BadStamp(StampFault.MALFORMED, signed.NOT_BUILT_SO) from error


def _find_token(answer: bytes) -> bytes:
    """Return the token in an answer just as it stands there.

    Raises:
        StampRefused: The authority gave none.
        BadStamp: This is no answer.
    """
    if len(answer) > MAX_ANSWER_BYTES:
        raise BadStamp(StampFault.TOO_LARGE, f"{len(answer):,} bytes are more than a time stamp takes")
    if answer.lstrip()[:1] == b"<":
        raise BadStamp(StampFault.MALFORMED, "it is a web page; the address may be another than the authority's")
    try:
        said, *rest = read_single(answer).parts()
        number = said.parts()[0]
        if number.tag != INTEGER or len(rest) != (number.body in WITH_TOKEN):
            raise DerError(ANSWER)
        if rest:
            return rest[0].whole
        response = _decode(answer)
        status = STATUSES.get(response.status, f"status {response.status}")
        raise StampRefused(status, tuple(text[:MAX_REASON_CHARS] for text in response.status_string))
    except (ValueError, LookupError) as error:
        raise BadStamp(StampFault.MALFORMED, ANSWER) from error


def _decode(answer: bytes) -> TimeStampResponse:
    with _packages():
        from rfc3161_client import decode_timestamp_response  # noqa: PLC0415  installed on demand
    return decode_timestamp_response(answer)


def _hash(log_hash: str) -> bytes:
    return hashlib.sha256(log_hash.encode()).digest()


def _check_signer(signer: x509.Certificate, time: dt.datetime) -> None:
    """Check that the certificate is for time stamps alone, and was valid then."""
    from cryptography import x509  # noqa: PLC0415  installed on demand
    from cryptography.x509.oid import ExtendedKeyUsageOID  # noqa: PLC0415  the same

    # Source: RFC 3161, 2.3: extended key usage, critical, with this one purpose.
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise BadStamp(StampFault.WRONG_CERTIFICATE, "its certificate is not one for time stamps") from error
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise BadStamp(StampFault.WRONG_CERTIFICATE, "its certificate is not one for time stamps alone")
    if not signer.not_valid_before_utc <= time <= signer.not_valid_after_utc:
        raise BadStamp(StampFault.WRONG_CERTIFICATE, "its certificate was not valid at the time that it states")


@contextmanager
def _packages() -> Iterator[None]:
    """Say what to install where a package is missing."""
    try:
        yield
    except ImportError as error:
        raise MissingExtra(EXTRA) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep the packages' remarks about odd certificates off the screen: what matters of them is checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
