"""Judgements as JSON lines, out and in."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError, UnreadableFile
from sayso.export.judgements_jsonl import (
    LINE_MAX_BYTES,
    merge_judgements,
    read_judgements,
    to_object,
    write_judgement,
)
from sayso.ids import judgement_id
from sayso.records import Judgement, JudgementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
HEX = st.integers(0, 2**64 - 1).map("{:016x}".format)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    """Draw a judgement of any kind."""
    kind = draw(st.sampled_from(JudgementKind))
    is_unsure_pair = kind is JudgementKind.UNSURE and draw(st.booleans())
    is_pair = is_unsure_pair or kind in {JudgementKind.SAME, JudgementKind.DIFFERENT}
    prefix = draw(st.sampled_from(["src", "att"])) if is_pair else "jdg" if kind is JudgementKind.UNDO else "att"
    is_changing = kind in {JudgementKind.CORRECT, JudgementKind.SPLIT}
    changes = draw(st.dictionaries(WORDS, WORDS, min_size=1, max_size=4)) if is_changing else {}
    fields: dict[str, Any] = {
        "kind": kind,
        "subject": f"{prefix}-{draw(HEX)}",
        "other": f"{prefix}-{draw(HEX)}" if is_pair else None,
        "changes": tuple(changes.items()),
        "by": draw(WORDS.filter(str.strip)),
        "at": f"2024-11-03T10:15:42.{draw(st.integers(0, 999_999)):06}Z",
    }
    return Judgement(
        id=judgement_id(**fields | {"kind": kind.value}),
        document=draw(st.none() | HEX.map("doc-{}".format)),
        exact=draw(WORDS),
        reason=draw(WORDS),
        **fields,
    )


def make(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  whatever a stranger writes
    """Return a good line as an object, changed so; the id is made anew unless it is changed, too."""
    line: dict[str, Any] = {
        "schema": "sayso.judgement/1",
        "id": "",
        "kind": "correct",
        "document": "doc-0123456789abcdef",
        "subject": "att-0123456789abcdef",
        "other": None,
        "changes": {"stance": "denies"},
        "exact": "The quay is closed",
        "by": "Ana Terric",
        "at": "2024-11-03T10:15:42.000001Z",
        "reason": "",
    } | changes
    if line["id"] == "":
        named = {name: line[name] for name in ("kind", "subject", "other", "by", "at")}
        pairs = line["changes"].items() if isinstance(line["changes"], dict) else ()
        line["id"] = judgement_id(**named, changes=tuple(pairs))
    return line


def read(*lines: object) -> list[Judgement]:
    content = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    return list(read_judgements(io.BytesIO(content), "mine.jsonl"))


@given(st.lists(judgements(), max_size=5))
def test_what_was_written_is_read_back_exactly(every: list[Judgement]) -> None:
    content = b"".join(map(write_judgement, every))
    assert content.count(b"\n") == len(every) == len(content.splitlines())
    assert list(read_judgements(io.BytesIO(content), "x")) == every


def test_what_a_terminal_would_obey_and_lone_surrogates_are_written_as_escapes() -> None:
    (one,) = read(make(exact="a\x1b[2J\u202eb\ud800c", reason="d\u2028e"))
    line = write_judgement(one)
    assert b"\x1b" not in line
    assert line.decode().isprintable() is False  # the line feed at its end
    assert line.decode()[:-1].isprintable()
    assert read(line) == [one]


@given(st.lists(judgements(), max_size=6), st.randoms(use_true_random=False))
def test_merging_is_idempotent_and_the_order_of_files_does_not_matter(every: list[Judgement], dice: Any) -> None:  # noqa: ANN401  random.Random
    once = merge_judgements(every)
    shuffled = list(every)
    dice.shuffle(shuffled)
    assert merge_judgements(once, shuffled) == once
    assert merge_judgements(shuffled, once[:2]) == once


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    line = json.dumps(make()).encode()
    assert len(read(b"\xef\xbb\xbf" + line + b"\r\n", b"\n", b"  \n", line)) == 2


@pytest.mark.parametrize(
    "bad",
    [
        b"{\n",
        b"[]\n",
        b"null\n",
        b'"x"\n',
        b"1" * 5000 + b"\n",
        b"[" * 20_000 + b"\n",
        b'{"a":' * 20_000 + b"\n",
        b"\xff\xfe\n",
        b"\x00\n",
        b'{"schema": NaN}\n',
        b'{"schema": "sayso.judgement/1", "schema": "sayso.judgement/1"}\n',
        b" " * (LINE_MAX_BYTES + 1) + b"\n",
        b"x" * (3 * LINE_MAX_BYTES),
        {},
        make(schema="sayso.judgement/2"),
        make(extra=1),
        {name: value for name, value in make().items() if name != "reason"},
        make(id="jdg-0123456789abcdef"),
        make(id=7),
        make(kind="guess"),
        make(kind=None),
        make(document="att-0123456789abcdef"),
        make(document=7),
        make(subject="src-0123456789abcdef"),
        make(subject="att-0123456789ABCDEF"),
        make(subject="att-0123"),
        make(other="src-0123456789abcdef"),
        make(kind="same", subject="src-0123456789abcdef", changes={}),
        make(kind="same", subject="src-0123456789abcdef", other="../x", changes={}),
        make(kind="same", subject="src-0123456789abcdef", other="att-0123456789abcdef", changes={}),
        make(kind="unsure", subject="jdg-0123456789abcdef", other="jdg-0123456789abcdee", changes={}),
        make(kind="accept", other="att-0123456789abcdee", changes={}),
        make(changes={}),
        make(changes=[["stance", "denies"]]),
        make(changes={"stance": 1}),
        make(changes={str(n): "x" for n in range(21)}),
        make(kind="accept"),
        make(by=" "),
        make(by=None),
        make(at="2024-11-03"),
        make(at="2024-11-03T10:15:42+01:00"),
        make(reason=None),
        make(reason="x" * 150_000),
        make(exact={"a": 1}),
    ],
    ids=lambda bad: repr(bad)[:60],
)
def test_a_line_that_is_no_judgement_is_an_error_that_names_it(bad: object) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(make(), b"\n", bad)
    assert caught.value.name == "mine.jsonl"
    assert caught.value.reason.startswith("line 3: ")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    try:
        read(content)
    except SaysoError:
        return


@given(
    st.dictionaries(
        st.sampled_from(sorted(make())), st.none() | st.integers() | st.text(max_size=5) | st.lists(st.none())
    )
)
def test_no_field_raises_anything_else(changes: dict[str, Any]) -> None:
    try:
        read(make() | changes)
    except SaysoError:
        return


def test_a_good_line_says_all_that_a_judgement_has() -> None:
    (one,) = read(make())
    assert to_object(one) == make()


def test_a_long_file_is_read_as_a_stream() -> None:
    line = json.dumps(make()).encode() + b"\n"

    class Endless(io.RawIOBase):
        n = 0

        def readline(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002  what a stream takes
            self.n += 1
            return line if self.n <= 20_000 else b""

    def count(found: Iterator[Judgement]) -> int:
        return sum(1 for _ in found)

    tracemalloc.start()
    try:
        assert count(read_judgements(Endless(), "long")) == 20_000  # type: ignore[arg-type]  # all that is used of one
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
