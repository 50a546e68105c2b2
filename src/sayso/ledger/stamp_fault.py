"""What can be wrong with a time stamp."""

from __future__ import annotations

from enum import StrEnum


class StampFault(StrEnum):
    """Why an answer or a token is no good time stamp."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    ANOTHER_HASH = "another-hash"
    WRONG_NONCE = "wrong-nonce"
    NO_CERTIFICATE = "no-certificate"
    WRONG_CERTIFICATE = "wrong-certificate"
    UNKNOWN_SIGNATURE = "unknown-signature"
    CHANGED = "changed"
    UNKNOWN_AUTHORITY = "unknown-authority"
