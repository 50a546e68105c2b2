"""Judgements as JSON lines, out and in: what one person sends to another, or keeps.

Rule 1: what was written is read back exactly, whoever wrote it.
Rule 2: nothing is taken on trust. Each line is one judgement of this version with all of its fields and no other, its
id is made anew from them, and what does not fit is an error that names its line. Nothing is guessed or left out.
Rule 3: a file is read as a stream; of a line no more is held than `LINE_MAX_BYTES`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from sayso.errors import UnreadableFile
from sayso.export.reading_json import UNSAFE
from sayso.ids import judgement_id
from sayso.records import Judgement, JudgementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

SCHEMA_VERSION: Final = "sayso.judgement/1"
LINE_MAX_BYTES: Final = 200_000
TEXT_MAX_CHARS: Final = 100_000
CHANGES_MAX: Final = 20

FIELDS: Final = ("schema", "id", "kind", "document", "subject", "other", "changes", "exact", "by", "at", "reason")
OPTIONAL: Final = frozenset({"document", "other"})
ID: Final = re.compile(r"(doc|att|src|jdg)-[0-9a-f]{16}", re.ASCII)
UTC_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z", re.ASCII)
ROW, SOURCE, JUDGED = ("att",), ("src", "att"), ("jdg",)
PAIRS: Final = frozenset({JudgementKind.SAME, JudgementKind.DIFFERENT})
"""What is always about two: sources, or rows that tell the same claim or not. `unsure` may be, too."""
MAY_BE_PAIRS: Final = frozenset({*PAIRS, JudgementKind.UNSURE})
CHANGING: Final = frozenset({JudgementKind.CORRECT, JudgementKind.SPLIT})


def write_judgement(judgement: Judgement) -> bytes:
    """Return a judgement as one line of UTF-8 JSON, with the line feed that ends it."""
    line = json.dumps(to_object(judgement), ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", line).encode() + b"\n"


def to_object(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as what `json` can write."""
    return {
        "schema": SCHEMA_VERSION,
        "id": judgement.id,
        "kind": judgement.kind.value,
        "document": judgement.document,
        "subject": judgement.subject,
        "other": judgement.other,
        "changes": dict(judgement.changes),
        "exact": judgement.exact,
        "by": judgement.by,
        "at": judgement.at,
        "reason": judgement.reason,
    }


def read_judgements(stream: BinaryIO, name: str) -> Iterator[Judgement]:
    """Yield the judgements of a file in order; blank lines are passed over.

    Args:
        stream: Open for reading bytes.
        name: What the user knows the file by.

    Raises:
        UnreadableFile: At the first line that is no judgement; the reason begins with its number.
    """
    for number, line in enumerate(_iter_lines(stream), 1):
        if len(line) > LINE_MAX_BYTES:
            reason = f"line {number:,}: it is longer than {LINE_MAX_BYTES:,} bytes"
            raise UnreadableFile(name, reason)
        content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not content.strip():
            continue
        try:
            yield from_object(_parse(content))
        except _Unfit as error:
            reason = f"line {number:,}: {error}"
            raise UnreadableFile(name, reason) from error


def merge_judgements(*files: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements of several files, each once, by time and id: the order of the files does not matter.

    Reasons and the words judged are not part of an id; of two that differ in them alone the longer words are kept.
    """
    every: dict[str, Judgement] = {}
    for file in files:
        for judgement in file:
            every[judgement.id] = max(every.get(judgement.id, judgement), judgement, key=_weigh)
    return sorted(every.values(), key=lambda judgement: (judgement.at, judgement.id))


def _weigh(judgement: Judgement) -> tuple[int, str, str, str]:
    size = len(judgement.exact) + len(judgement.reason)
    return size, judgement.exact, judgement.reason, judgement.document or ""


class _Unfit(ValueError):
    """What a line holds is no judgement."""


def _iter_lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LINE_MAX_BYTES + 1):
        yield line


def _parse(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line, object_pairs_hook=_make_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        message = "it is no UTF-8"
        raise _Unfit(message) from error
    except json.JSONDecodeError as error:
        message = f"it is no JSON ({error.msg} at character {error.pos + 1})"
        raise _Unfit(message) from error
    except RecursionError as error:
        message = "it is nested too deeply"
        raise _Unfit(message) from error
    except ValueError as error:
        # A number of more digits than Python turns into one, a constant, a key twice.
        message = str(error) if isinstance(error, _Unfit) else "it holds a number that is none"
        raise _Unfit(message) from error
    if not isinstance(found, dict):
        message = "it is no object"
        raise _Unfit(message)
    return found


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        message = "it has a field twice"
        raise _Unfit(message)
    return made


def _refuse_constant(constant: str) -> None:
    message = f"{constant} is no JSON"
    raise _Unfit(message)


def from_object(found: dict[str, Any]) -> Judgement:
    """Return the judgement that an object holds.

    Raises:
        ValueError: If it is none; the message says why.
    """
    _check_fields(found)
    kind = _find_kind(found["kind"])
    document, subject, other = found["document"], found["subject"], found["other"]
    is_pair = other is not None or kind in PAIRS
    prefixes = SOURCE if is_pair else JUDGED if kind is JudgementKind.UNDO else ROW
    if not (isinstance(subject, str) and ID.fullmatch(subject) and subject.startswith(prefixes)):
        message = f"`subject` of {kind.value} is an id like {prefixes[0]}-0123456789abcdef"
        raise _Unfit(message)
    if document is not None and not (ID.fullmatch(document) and document.startswith("doc")):
        message = "`document` is an id like doc-0123456789abcdef, or null"
        raise _Unfit(message)
    if is_pair and not (kind in MAY_BE_PAIRS and other and ID.fullmatch(other) and other[:3] == subject[:3]):
        message = (
            "`other` is the id of a source, or of a row, like `subject`, where two are judged, and null for all else"
        )
        raise _Unfit(message)
    if not found["by"].strip():
        message = "`by` is empty"
        raise _Unfit(message)
    if not UTC_TIME.fullmatch(found["at"]):
        message = "`at` is no time like 2024-11-03T10:15:42Z"
        raise _Unfit(message)
    changes = _find_changes(found["changes"], kind)
    made = judgement_id(kind=kind.value, subject=subject, other=other, changes=changes, by=found["by"], at=found["at"])
    if found["id"] != made:
        message = f"`id` is not that of what the line says, which is {made}: it was changed after it was written"
        raise _Unfit(message)
    return Judgement(
        id=made,
        kind=kind,
        document=document,
        subject=subject,
        other=other,
        changes=changes,
        exact=found["exact"],
        by=found["by"],
        at=found["at"],
        reason=found["reason"],
    )


def _check_fields(found: dict[str, Any]) -> None:
    if found.get("schema") != SCHEMA_VERSION:
        message = f"`schema` is not {SCHEMA_VERSION}"
        raise _Unfit(message)
    unknown = sorted(found.keys() - set(FIELDS))
    missing = [field for field in FIELDS if field not in found]
    if unknown or missing:
        what, which = ("has a field that is unknown", unknown[0]) if unknown else ("lacks a field", missing[0])
        message = f"it {what}: {which[:40]!r}"
        raise _Unfit(message)
    for field in FIELDS:
        value = found[field]
        if field != "changes" and not (isinstance(value, str) or (value is None and field in OPTIONAL)):
            message = f"`{field}` is no text"
            raise _Unfit(message)
        if isinstance(value, str) and len(value) > TEXT_MAX_CHARS:
            message = f"`{field}` is longer than {TEXT_MAX_CHARS:,} characters"
            raise _Unfit(message)


def _find_kind(value: str) -> JudgementKind:
    try:
        return JudgementKind(value)
    except ValueError as error:
        message = f"`kind` is one of {', '.join(JudgementKind)}, not {value[:40]!r}"
        raise _Unfit(message) from error


def _find_changes(value: Any, kind: JudgementKind) -> tuple[tuple[str, str], ...]:  # noqa: ANN401  whatever JSON holds
    is_fit = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if not is_fit or len(value) > CHANGES_MAX:
        message = f"`changes` is an object of at most {CHANGES_MAX} texts"
        raise _Unfit(message)
    if bool(value) != (kind in CHANGING):
        message = "`changes` says what is changed for correct and split, and is empty for all else"
        raise _Unfit(message)
    return tuple(value.items())
