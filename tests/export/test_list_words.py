"""The lists of a case in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.list_words import (
    LONGEST_LISTED_CHARS,
    count,
    cut,
    is_to_check,
    say_article,
    say_claim,
    say_day,
    say_source,
    say_total,
    shorten_id,
)
from sayso.records import COUNTED, Endorsement, Judged, Kind, Naming, Piece, Stance
from tests.cli.invented_case import make_article, make_claim, make_source

REFUSALS = (Stance.DENIES, Stance.DOUBTS, Stance.DECLINES)


@pytest.mark.parametrize("stance", REFUSALS)
def test_a_refusal_is_never_our_label_alone(stance: Stance) -> None:
    assert say_claim(make_claim(1, stance=stance, cue="would not say")).quoted == "“would not say”"
    without = say_claim(make_claim(1, stance=stance, cue=""))
    assert (without.says, without.quoted) == ("", "no words for it in the article")


@pytest.mark.parametrize("endorsement", [Endorsement.ENDORSED, Endorsement.DISTANCED])
@pytest.mark.parametrize("stance", [*REFUSALS, Stance.OTHER, Stance.ASSERTS])
def test_how_the_article_puts_it_comes_with_its_cue(stance: Stance, endorsement: Endorsement) -> None:
    words = say_claim(make_claim(1, stance=stance, endorsement=endorsement, cue="claimed"))
    assert words.note.endswith("“claimed”")


def test_a_deed_is_told_by_the_articles_own_words() -> None:
    assert say_claim(make_claim(1, stance=Stance.OTHER, cue="backed")).quoted == "“backed”"


def test_nobody_is_not_called_by_the_cue() -> None:
    row = make_claim(1, kind=Kind.UNKNOWN, naming=Naming.VAGUE, cue="is  thought", source_name="Is thought")
    assert say_claim(row).who == "nobody named"
    assert say_claim(row).note == "“is thought”"


@pytest.mark.parametrize(
    ("judged", "confidence", "shown"),
    [(Judged.NOT, 0.4, [True]), (Judged.NOT, 0.5, []), (Judged.ACCEPTED, 0.1, []), (Judged.UNSURE, 0.1, [])],
)
def test_where_a_person_judged_the_machines_doubt_is_not_shown(
    judged: Judged, confidence: float, shown: list[bool]
) -> None:
    row = make_claim(1, judged=judged, confidence=confidence)
    assert is_to_check(row) is bool(shown)
    assert bool(say_claim(row).judged) is (judged is not Judged.NOT)


def test_an_article_says_its_versions_and_problems() -> None:
    words = say_article(make_article(1, supersedes="doc-" + "a" * 16, superseded_by="doc-" + "b" * 16, n_problems=1))
    assert words.notes == ("replaced by doc-bbbbbbbb", "replaces doc-aaaaaaaa", "1 problem")


def test_an_article_without_a_title_has_the_name_of_its_file() -> None:
    assert say_article(make_article(1, title=None)).title == "depot.html"
    assert say_article(make_article(1, title=" \n")).title == "depot.html"


def test_an_article_without_claims_has_no_sources_to_tell() -> None:
    assert say_article(make_article(1, n_claims=0, n_sources=0)).counts == ("0 claims",)


def test_sources_say_role_kind_spread_and_dates() -> None:
    words = say_source(make_source(1))
    assert words.about == "governor of Harrow Coast · person"
    assert words.counts == ("14 claims", "in 3 articles of 2 outlets")
    assert words.dates == "14 Mar 2024 to Apr 2024"
    assert words.id.endswith(" and 1 more")
    alone = say_source(make_source(1, ids=(), kind=Kind.UNKNOWN, role=None, n_outlets=1, first=None, last="2024"))
    assert (alone.id, alone.about, alone.dates, alone.counts[1]) == ("", "", "2024", "in 3 articles")


@pytest.mark.parametrize(
    ("published", "said", "short"),
    [
        (None, "", ""),
        ("2024", "2024", "2024"),
        ("2024-09", "September 2024", "Sep 2024"),
        ("2024-09-03T10:00Z", "3 September 2024", "3 Sep 2024"),
        ("2024-09-03 10:00", "3 September 2024", "3 Sep 2024"),
        ("soon\x1b[2J", "soon␛[2J", "soon␛[2J"),
    ],
)
def test_a_day_is_said_as_finely_as_it_was_stated(published: str | None, said: str, short: str) -> None:
    assert say_day(published) == said
    assert say_day(published, is_short=True) == short


def test_ids_are_short_and_safe() -> None:
    assert shorten_id("att-3f2a1b9c4d5e6f70") == "att-3f2a1b9c"
    assert "\x1b" not in shorten_id("att\x1b-3f\x1b2a1b9c4d5e6f70")


def test_numbers_are_grouped_and_what_was_not_counted_is_said_so() -> None:
    assert (count(1, "claim"), count(1204, "claim")) == ("1 claim", "1,204 claims")
    assert (say_total(1204), say_total(COUNTED)) == ("1,204", "10,000 or more")


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    pieces = (
        Piece(text="far " * 1000, is_hit=False),
        Piece(text="depot", is_hit=True),
        Piece(text=" x" * 1000, is_hit=False),
    )
    shown, n_cut = cut(pieces)
    assert any(piece.is_hit for piece in shown)
    assert shown[0].text == "… "
    assert n_cut == sum(len(piece.text) for piece in pieces) - LONGEST_LISTED_CHARS


def test_a_hit_near_the_start_leaves_the_start_in_place() -> None:
    pieces = (Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True), Piece(text=" x" * 1000, is_hit=False))
    shown, _ = cut(pieces)
    assert [piece.text for piece in shown[:2]] == ["the ", "depot"]


PIECES = st.lists(
    st.builds(Piece, text=st.text(st.characters(exclude_categories=()), max_size=60), is_hit=st.booleans())
)


@given(PIECES, st.integers(1, 80))
def test_whatever_the_pieces_they_are_safe_and_not_too_long(pieces: list[Piece], limit: int) -> None:
    shown, n_cut = cut(pieces, limit)
    text = "".join(piece.text for piece in shown)
    assert len(text.removeprefix("… ")) <= limit
    assert n_cut >= 0
    assert not set(text) & set(map(chr, (*range(32), *range(127, 160), 0x202E)))
    assert all(piece.text for piece in shown)
