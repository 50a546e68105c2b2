"""Word pieces: the same as the `tokenizers` package gives, with places that hold in any text."""

from __future__ import annotations

import importlib.util
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.encoder.card import default_folder
from sayso.encoder.wordpiece import MAX_WORD_CHARS, WordPieces, fold
from tests.extract.dice import make_vocabulary
from tests.hostile import texts

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = """Harbour to stay closed until May

PORT CALLAN (Northwire) — The harbour won't re-open before May 1st, Mayor Ilva Brenn-Tannic told Northwire's
Zélie D'Oud on Monday. “It's 12.5% of our €3,000,000 budget,” she said... #harbour @callan https://callan.example/a?b=c

港の門 was written on the gate; “naïve”,
ﬁnal, ½, x², İstanbul, STRAẞE, Ǆ, ㍿, e\u0301tude, co\u00adoperate, a\u200bb 😀👩\u200d🚒.
"""
# Pieces depend on the tables of Unicode that each side was built with: what is newer than these is left out.
OLD_ENOUGH = unicodedata.ucd_3_2_0


def words_of(text: str, cutter: WordPieces) -> list[str]:
    """Return the words as they stand in the text."""
    pieces = cutter.cut(text)
    return [text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]


@pytest.fixture(scope="session")
def real_vocabulary() -> list[str]:
    return (default_folder() / "vocab.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="session")
def real_cutter(real_vocabulary: list[str]) -> WordPieces:
    return WordPieces(real_vocabulary)


@pytest.fixture(scope="session")
def cut_by_tokenizers(real_vocabulary: list[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """Cut with the `tokenizers` package: each piece's id, and the start and end of its word."""
    if importlib.util.find_spec("tokenizers") is None:
        pytest.skip("the tokenizers package is not installed; pip install tokenizers to compare with it")
    package: Any = importlib.import_module("tokenizers")
    ids = {piece: number for number, piece in enumerate(real_vocabulary)}
    model = package.models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=MAX_WORD_CHARS)  # noqa: S106
    tokenizer = package.Tokenizer(model)
    tokenizer.normalizer = package.normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = package.pre_tokenizers.BertPreTokenizer()

    def cut(text: str) -> list[tuple[int, int, int]]:
        made = tokenizer.encode(text, add_special_tokens=False)
        places: dict[int, tuple[int, int]] = {}
        for word, (start, end) in zip(made.word_ids, made.offsets, strict=True):
            low, high = places.get(word, (start, end))
            places[word] = min(low, start), max(high, end)
        return [(piece, *places[word]) for piece, word in zip(made.ids, made.word_ids, strict=True)]

    return cut


def cut_here(text: str, cutter: WordPieces) -> list[tuple[int, int, int]]:
    """Return the same of our own cutter; an accent that stands behind its letter is left out of the word's end."""
    pieces = cutter.cut(text)
    out = []
    for piece, word in zip(pieces.ids, pieces.word, strict=True):
        start, end = pieces.starts[word], pieces.ends[word]
        while end > start + 1 and unicodedata.category(text[end - 1]) == "Mn":
            end -= 1
        out.append((piece, start, end))
    return out


def test_an_article_is_cut_as_tokenizers_cuts_it(
    real_cutter: WordPieces, cut_by_tokenizers: Callable[[str], list[tuple[int, int, int]]]
) -> None:
    assert cut_here(ARTICLE, real_cutter) == cut_by_tokenizers(ARTICLE)


@given(texts(max_size=40).filter(lambda text: all(OLD_ENOUGH.category(c) not in {"Cn", "Co"} for c in text)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_cut_as_tokenizers_cuts_it(
    real_cutter: WordPieces, cut_by_tokenizers: Callable[[str], list[tuple[int, int, int]]], text: str
) -> None:
    assert cut_here(text, real_cutter) == cut_by_tokenizers(text)


@given(texts(lone_surrogates=True))
@settings(max_examples=200, deadline=None)
def test_places_are_in_order_and_inside_the_text(cutter: WordPieces, text: str) -> None:
    pieces = cutter.cut(text)
    assert len(pieces.ids) == len(pieces.word)
    assert sorted(set(pieces.word)) == list(range(len(pieces.starts)))
    assert pieces.word == sorted(pieces.word)
    assert pieces.starts == sorted(pieces.starts)
    assert pieces.ends == sorted(pieces.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(pieces.starts, pieces.ends, strict=True))
    assert all(not any(c.isspace() and c.isprintable() for c in word) for word in words_of(text, cutter))
    assert all(0 <= piece < len(make_vocabulary()) for piece in pieces.ids)


@given(texts(max_size=20), texts(max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_text_is_cut_as_its_parts_are(cutter: WordPieces, one: str, other: str) -> None:
    both = cutter.cut(f"{one} {other}")
    parts = cutter.cut(one), cutter.cut(other)
    shift = len(one) + 1
    assert both.ids == parts[0].ids + parts[1].ids
    assert both.starts == parts[0].starts + [start + shift for start in parts[1].starts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor's 6-day tour.", ["The", "mayor", "'", "s", "6", "-", "day", "tour", "."]),
        ("“No…”", ["“", "No", "…", "”"]),
        ("港の門", ["港", "の", "門"]),
        ("a\u200bb c\u00add", ["a\u200bb", "c\u00add"]),
        ("\u200ba b\ufeff", ["a", "b"]),
        ("", []),
        (" \n\u2028\u200b\x00\ud800\ufffd", []),
    ],
)
def test_words_are_cut_at_blanks_marks_and_ideographs(cutter: WordPieces, text: str, expected: list[str]) -> None:
    assert words_of(text, cutter) == expected


@pytest.mark.parametrize("name", ["José", "Jose\u0301", "Ana\u0308i\u0308s", "Z\u0351\u0310\u036b"])
def test_a_name_keeps_its_last_accent(cutter: WordPieces, name: str) -> None:
    assert words_of(f"{name}, {name} said", cutter) == [name, ",", name, "said"]


def test_case_and_accents_do_not_change_the_pieces(cutter: WordPieces) -> None:
    plain = cutter.cut("zelie said").ids
    for text in ("Zélie SAID", "ZE\u0301LIE Said", "z\u200belie said\x07"):
        assert cutter.cut(text).ids == plain


def test_longest_pieces_come_first_and_the_unknown_are_one(cutter: WordPieces) -> None:
    vocabulary = make_vocabulary()
    assert [vocabulary[i] for i in cutter.cut("harbours").ids] == ["harbour", "##s"]
    assert [vocabulary[i] for i in cutter.cut("saidé€").ids] == ["[UNK]"]
    assert [vocabulary[i] for i in cutter.cut("a" * MAX_WORD_CHARS).ids] == ["a", *["##a"] * (MAX_WORD_CHARS - 1)]
    assert [vocabulary[i] for i in cutter.cut("a" * (MAX_WORD_CHARS + 1)).ids] == ["[UNK]"]


@given(st.characters())
@example("İ")
@example("\ud800")
def test_a_character_is_folded_the_same_twice(char: str) -> None:
    folded, stands_alone = fold(char)
    assert all(fold(part)[0] == part for part in folded if not stands_alone and len(folded) == 1)
    assert not any(c.isspace() for c in folded) or char.isspace() or unicodedata.category(char)[0] == "Z"


def test_a_vocabulary_without_the_unknown_is_none() -> None:
    with pytest.raises(KeyError):
        WordPieces(["a", "b"])
