"""Raw rows: twins, the edges of quotations, plain refusals, words and places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.encoder.features import Words, split_words
from sayso.encoder.wordpiece import WordPieces
from sayso.extract.rows import (
    RawRow,
    cut_out,
    drop_twins,
    fill_bare_source,
    find_refusals,
    keep_to_sides,
    part_quotations,
    places_of,
    snap_to_marks,
)
from tests.extract.dice import make_vocabulary

Stretches = tuple[tuple[int, int], ...]
SAID = RawRow(
    anchor=3, score=0.9, margin=0.8, source=((0, 3),), cue=((3, 4),), content=((4, 10),), via=(), via_score=0.0
)


def split(text: str) -> Words:
    return split_words(text, WordPieces(make_vocabulary()))


def row_over(text: str, content: str) -> tuple[RawRow, Words]:
    """Return a row whose content is these words."""
    words = split(text)
    start = text.index(content)
    low = next(i for i in range(len(words)) if words.start[i] >= start)
    high = next(i + 1 for i in reversed(range(len(words))) if words.end[i] <= start + len(content))
    return replace(SAID, content=((low, high),)), words


def content_of(text: str, row: RawRow, words: Words) -> list[str]:
    return [text[s:e] for s, e in places_of(words, row.content)]


class TestTwins:
    def test_one_attribution_found_on_two_words_of_its_cue_is_one_row(self) -> None:
        other = replace(SAID, anchor=4, score=0.95, cue=((3, 5),), content=((5, 10),))
        assert drop_twins([SAID, other]) == [other]

    def test_the_one_with_a_source_stays(self) -> None:
        other = replace(SAID, anchor=4, score=0.95, source=(), cue=((3, 5),))
        assert drop_twins([SAID, other]) == [SAID]

    def test_two_sources_are_two_rows(self) -> None:
        other = replace(SAID, anchor=12, source=((11, 12),), cue=((12, 13),))
        assert drop_twins([SAID, other]) == [SAID, other]

    def test_two_contents_are_two_rows(self) -> None:
        other = replace(SAID, anchor=12, cue=((12, 13),), content=((13, 20),))
        assert drop_twins([SAID, other]) == [SAID, other]

    def test_no_rows_have_no_twins(self) -> None:
        assert drop_twins([]) == []


class TestMarks:
    def test_content_takes_the_marks_at_its_edges(self) -> None:
        text = "“We did nothing at all,” she said."
        row, words = row_over(text, "We did nothing at all")
        assert content_of(text, snap_to_marks(row, words), words) == ["“We did nothing at all,”"]

    def test_part_of_a_quotation_stays_a_part(self) -> None:
        text = "“We did nothing at all in the harbour on Monday or Tuesday,” she said."
        row, words = row_over(text, "did nothing at all")
        assert content_of(text, snap_to_marks(row, words), words) == ["did nothing at all"]

    def test_content_outside_of_quotations_is_as_it_was(self) -> None:
        text = "She said “no” and that the harbour was shut."
        row, words = row_over(text, "that the harbour was shut")
        assert snap_to_marks(row, words) == row

    def test_two_stretches_of_one_quotation_stay_apart(self) -> None:
        text = "“We did nothing now,” she said."
        words = split(text)
        row = replace(SAID, content=((1, 3), (4, 5)))
        first, second = snap_to_marks(row, words).content
        assert first[1] <= second[0]


class TestHoles:
    def test_a_hole_leaves_what_follows(self) -> None:
        assert cut_out(SAID, (4, 6)).content == ((6, 10),)

    def test_a_hole_outside_changes_nothing(self) -> None:
        assert cut_out(SAID, (0, 3)) == SAID

    def test_a_row_never_loses_all_its_content(self) -> None:
        assert cut_out(SAID, (4, 10)).content == SAID.content


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("The board declined to comment.", "declined"),
        ("Oud did not respond to questions.", "respond"),
        ("Brenn could not be reached for comment.", "reached"),
        ("Northwire has yet to verify the letter.", "verify"),
        ("The harbour master refused comment.", "refused"),
    ],
)
def test_a_plain_refusal_is_found_at_its_verb(text: str, anchor: str) -> None:
    words = split(text)
    found = find_refusals(text, words)
    assert [text[words.start[at] : words.end[at]] for at in found] == [anchor]


@pytest.mark.parametrize(
    "text", ["", "The board met.", "declined", "She reached the gate.", "\u200b declined to\u200b"]
)
def test_no_refusal_is_none(text: str) -> None:
    assert find_refusals(text, split(text)) == {}


def test_places_are_those_of_the_first_and_the_last_word() -> None:
    text = "The  harbour was shut."
    assert places_of(split(text), [(0, 2), (3, 5)]) == [(0, 12), (17, 22)]


class TestQuotations:
    TEXT = "“A wall is a wall,” Roe said. “No wall is for ever,” Oud said."

    def rows(self) -> tuple[list[RawRow], Words]:
        words = split(self.TEXT)
        at = {self.TEXT[s:e]: i for i, (s, e) in enumerate(zip(words.start, words.end, strict=True))}
        second = next(i for i in range(len(words)) if words.start[i] >= self.TEXT.index("“No"))
        roe = next(i for i in range(len(words)) if words.start[i] == self.TEXT.index("Roe said") + 4)
        oud = next(i for i in range(len(words)) if words.start[i] == self.TEXT.index("Oud said") + 4)
        assert at
        end = next(i for i in range(len(words)) if words.start[i] >= self.TEXT.index(" Oud"))
        first = next(i for i in range(len(words)) if words.start[i] >= self.TEXT.index(" Roe"))
        greedy = replace(SAID, anchor=roe, cue=((roe, roe + 1),), content=((0, first), (second, end)), source=())
        own = replace(SAID, anchor=oud, cue=((oud, oud + 1),), content=((second, end),), source=())
        return [greedy, own], words

    def test_a_quotation_is_whose_cue_stands_beside_it(self) -> None:
        rows, words = self.rows()
        greedy, own = part_quotations(rows, words)
        assert content_of(self.TEXT, greedy, words) == ["“A wall is a wall,”"]
        assert own == rows[1]

    def test_a_quotation_that_nobody_else_claims_stays(self) -> None:
        rows, words = self.rows()
        assert part_quotations(rows[:1], words) == rows[:1]


class TestHeadline:
    def test_no_claim_runs_across_the_headlines_end(self) -> None:
        body = replace(SAID, anchor=12, content=((2, 10),), source=((10, 11),))
        assert keep_to_sides([body], 5) == [replace(body, content=((5, 10),))]
        head = replace(SAID, anchor=3, content=((4, 10),), source=((0, 3),))
        assert keep_to_sides([head], 5) == [replace(head, content=((4, 5),))]

    def test_a_row_with_nothing_left_on_its_side_goes(self) -> None:
        assert keep_to_sides([replace(SAID, anchor=12, content=((0, 5),))], 5) == []


class TestBareSources:
    @pytest.mark.parametrize(
        ("text", "source"),
        [("The two pilots were told that no wall holds.", "The two pilots"), ("The, no wall holds, was told.", None)],
    )
    def test_the_alone_reaches_over_its_noun_or_is_no_source(self, text: str, source: str | None) -> None:
        row, words = row_over(text, "no wall holds")
        filled = fill_bare_source(replace(row, source=((0, 1),), cue=()), words, text)
        assert [text[s:e] for s, e in places_of(words, filled.source)] == ([source] if source else [])

    def test_another_source_stays_as_it_is(self) -> None:
        row, words = row_over("Roe was told that no wall holds.", "no wall holds")
        row = replace(row, source=((0, 1),))
        assert fill_bare_source(row, words, "Roe was told that no wall holds.") == row
