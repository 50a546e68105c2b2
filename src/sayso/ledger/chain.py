"""Whether the certificate of a time stamp leads to a root that the user trusts.

Needs the packages of ``sayso[timestamp]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.x509.oid import NameOID
from rfc3161_client import VerificationError, VerifierBuilder

from sayso.errors import BadRoots, BadStamp
from sayso.ledger.signed import MALFORMED
from sayso.ledger.stamp_fault import StampFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rfc3161_client import TimeStampResponse

MAX_ROOTS: Final = 1_000
MAX_NAME_CHARS: Final = 200
# Words of OpenSSL (X509_verify_cert_error_string) by which the two causes are told apart.
OUT_OF_TIME: Final = ("not yet valid", "has expired")


def read_roots(files: Sequence[bytes]) -> list[x509.Certificate]:
    """Return the certificates of PEM files, each once.

    Raises:
        BadRoots: There are none, too many, or none is a root.
    """
    try:
        found = [certificate for pem in files for certificate in x509.load_pem_x509_certificates(pem)]
    except MALFORMED as error:
        message = "no certificate can be read"
        raise BadRoots(message) from error
    certificates = list(dict.fromkeys(found))
    if len(certificates) > MAX_ROOTS:
        message = f"{len(certificates):,} certificates, and at most {MAX_ROOTS:,} are taken"
        raise BadRoots(message)
    if not any(map(_is_root, certificates)):
        message = "no certificate that stands by itself (its own issuer)"
        raise BadRoots(message)
    return certificates


def check_chain(response: TimeStampResponse, message: bytes, trusted: Sequence[x509.Certificate]) -> str:
    """Return the name of the root to which the signer's certificate leads, valid at the time of the stamp.

    Args:
        response: The answer with the token.
        message: What was stamped.
        trusted: Roots; certificates between them and the signer may be among them.

    Raises:
        BadStamp: It leads to none of them.
    """
    roots = [certificate for certificate in trusted if _is_root(certificate)]
    between = [certificate for certificate in trusted if not _is_root(certificate)]
    reasons = []
    # One by one, so that it can be said which one it was.
    for root in roots:
        try:
            VerifierBuilder(roots=[root], intermediates=list(between)).build().verify_message(response, message)
        except (VerificationError, *MALFORMED) as error:
            reasons.append(str(error))
        else:
            return name_holder(root)
    if any(words in reason for reason in reasons for words in OUT_OF_TIME):
        raise BadStamp(StampFault.UNKNOWN_AUTHORITY, "a certificate was not valid at the time that it states")
    many = "the root that was given" if len(roots) == 1 else f"any of the {len(roots)} roots that were given"
    raise BadStamp(StampFault.UNKNOWN_AUTHORITY, f"its certificate does not lead to {many}")


def name_holder(certificate: x509.Certificate) -> str:
    """Return whose certificate it is: organisation and common name, or the whole name where it has neither."""
    names: list[str] = []
    for kind in (NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
        names.extend(str(attribute.value) for attribute in certificate.subject.get_attributes_for_oid(kind)[:1])
    name = ", ".join(names) or certificate.subject.rfc4514_string()
    return name[:MAX_NAME_CHARS]


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.issuer == certificate.subject
