"""How much is read of an archive, whatever it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

MARGIN_BYTES = 1 << 20
"""What heads and chunk marks may add to a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read.

    Attributes:
        record_bytes: Of one record's block, unpacked; larger ones are passed over.
        body_bytes: Of one answer's body, decoded.
        header_bytes: Of one record's header, or one answer's.
        ratio: How many times its packed size a record may unpack to; None for any. Deflate reaches 1,032 at most.
        ratio_from_bytes: Below this size the ratio is not asked for.
        skip_bytes: How much may be unpacked, over the whole archive, only to get past what swells and is not read.
        records: How many records and problems one archive may give.
    """

    record_bytes: int = 20_000_000 + MARGIN_BYTES
    body_bytes: int = 20_000_000
    header_bytes: int = 65_536
    ratio: int | None = 250
    ratio_from_bytes: int = 1 << 20
    skip_bytes: int = 500_000_000
    records: int = 1_000_000

    @classmethod
    def of(cls, body_bytes: int) -> Limits:
        """Return limits that let bodies of this size through."""
        return cls(record_bytes=body_bytes + MARGIN_BYTES, body_bytes=body_bytes)
