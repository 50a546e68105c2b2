"""Whether the certificate of a time stamp leads to a root that the user trusts.

Needs the packages of ``sayso[timestamp]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
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
# How many signatures of certificates are looked at for one root; a true chain has two to four.
MAX_LINKS: Final = 50


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


def check_chain(
    response: TimeStampResponse, signer: x509.Certificate, message: bytes, trusted: Sequence[x509.Certificate]
) -> str:
    """Return the name of the root to which the signer's certificate leads, valid at the time of the stamp.

    Args:
        response: The answer with the token.
        signer: The certificate that the token was signed with.
        message: What was stamped.
        trusted: Roots; certificates between them and the signer may be among them.

    Raises:
        BadStamp: It leads to none of them.
    """
    given = [certificate for certificate in trusted if not _is_root(certificate)]
    brought = [x509.load_der_x509_certificate(der) for der in sorted(response.signed_data.certificates)]
    # That the way ends at a root of the user's is made sure of here as well: up to its release 1.0.8 the package took
    # every certificate in a token for a trusted one.
    roots = [root for root in trusted if _is_root(root) and _leads_to(signer, root, [*given, *brought])]
    for root in roots:
        try:
            VerifierBuilder(roots=[root], intermediates=list(given)).build().verify_message(response, message)
        except VerificationError:
            continue
        return name_holder(root)
    why = (
        "a certificate on the way to the root was not valid at that time, or must not issue others"
        if roots
        else "its certificate does not lead to a root that was given"
    )
    raise BadStamp(StampFault.UNKNOWN_AUTHORITY, why)


def _leads_to(signer: x509.Certificate, root: x509.Certificate, between: Sequence[x509.Certificate]) -> bool:
    """Tell whether signatures lead from a certificate to a root; dates and rights are not looked at."""
    reached = [signer]
    n_left = MAX_LINKS
    for certificate in reached:
        if certificate == root:
            return True
        for issuer in (root, *between):
            if issuer.subject == certificate.issuer and issuer not in reached and n_left > 0:
                n_left -= 1
                if _issued(issuer, certificate):
                    reached.append(issuer)
    return False


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *MALFORMED):
        return False
    return True


def name_holder(certificate: x509.Certificate) -> str:
    """Return whose certificate it is: organisation and common name, or the whole name where it has neither."""
    names: list[str] = []
    for kind in (NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
        names.extend(str(attribute.value) for attribute in certificate.subject.get_attributes_for_oid(kind)[:1])
    name = ", ".join(names) or certificate.subject.rfc4514_string()
    return name[:MAX_NAME_CHARS]


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.issuer == certificate.subject
