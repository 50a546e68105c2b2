"""What was found as JSON: one object on one line, every field of the record by its name, ids in full."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write_record(record: Any) -> bytes:  # noqa: ANN401  any record
    """Return a record as one line of JSON, ASCII alone."""
    return f"{json.dumps(to_plain(record), ensure_ascii=True, separators=(',', ':'))}\n".encode()


def write_parts(**parts: Any) -> bytes:  # noqa: ANN401  any records
    """Return several records under their names as one line of JSON."""
    plain = {name: to_plain(part) for name, part in parts.items()}
    return f"{json.dumps(plain, ensure_ascii=True, separators=(',', ':'))}\n".encode()


def write_records(records: Iterable[Any]) -> Iterator[bytes]:
    """Yield records, each as one line."""
    return map(write_record, records)
