"""Engines on shelves find what engines in memory find, forget what is removed, and stand damaged values."""

from __future__ import annotations

import contextlib
import hashlib
import random
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate import (
    boilerplate,
    candidates,
    packing,
    shelved_postings,
    stories,
    story_memory,
    story_packing,
    story_shelves,
)
from sayso.corroborate.boilerplate import Boilerplate, cut_paragraphs
from sayso.corroborate.candidates import Index
from sayso.corroborate.fingerprint import find_prints
from sayso.corroborate.postings import Postings
from sayso.corroborate.shelved_postings import ShelvedPostings
from sayso.corroborate.shelves import MemoryShelves
from sayso.corroborate.stories import WHOLE_FROM, StoryIndex
from sayso.corroborate.story_marks import mark_text
from sayso.corroborate.story_records import list_stories, make_story
from sayso.corroborate.story_vectors import ArticleVectors
from sayso.corroborate.words import document_words, fold_word
from sayso.errors import DamagedRecord, NotInCase, SaysoError
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_document, make_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sayso.records import Document

COMMON = ["the", "of", "on", "was", "a", "which", "said", "and", "for", "to"]
SENTENCES = [
    f"{sentence.strip()}." for text in (FERRY, MARKET, WEATHER) for sentence in text.split(".") if sentence
] + [
    f"Reporter Ana{n} Terric{n} wrote from Orlby{n} that {make_words(12, seed=n)} on {n} May 202{n % 10}."
    for n in range(8)
]
# What is done: a document of these sentences, from this outlet, is added; or the one added at this place is removed.
ADDED = st.tuples(
    st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=6), st.integers(0, 2), st.integers(1, 9)
)
STEPS = st.lists(st.one_of(ADDED, ADDED, st.integers(0, 30)), min_size=1, max_size=24)
Steps = list[tuple[list[int], int, int] | int]


def compose(step: tuple[list[int], int, int]) -> Document:
    sentences, outlet, day = step
    text = "\n\n".join(SENTENCES[number] for number in sentences)
    return make_document(text, outlet=f"Outlet {outlet}", published=f"2026-05-{day:02}")


def go_through(steps: Steps) -> Iterator[Document | str]:
    """Yield documents to add and ids to remove."""
    added: list[str] = []
    for step in steps:
        if isinstance(step, int):
            if added:
                yield added[step % len(added)]
        else:
            document = compose(step)
            added.append(document.id)
            yield document


class CountingShelves(MemoryShelves):
    """Shelves that count what is asked for and written."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        super().__init__()
        self.asked = self.calls = self.written = 0

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        asked = list(keys)
        self.asked += len(asked)
        self.calls += 1
        return super().find_held(shelf, asked)

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        self.written += len(items)
        super().hold(shelf, items)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few documents be many."""
    make_small(monkeypatch)


def make_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST", 4)
    monkeypatch.setattr(shelved_postings, "HEAD", 3)
    monkeypatch.setattr(shelved_postings, "PAGE", 2)
    monkeypatch.setattr(story_shelves, "PAGE", 3)
    monkeypatch.setattr(stories, "WHOLE_FROM", 4)
    monkeypatch.setattr(stories, "DOCUMENTS_COMPARED", 3)
    monkeypatch.setattr(boilerplate, "REMEMBERED", 64)
    for module in (story_memory, story_shelves):
        monkeypatch.setattr(module, "POSTINGS", 5)


def all_bytes(shelves: MemoryShelves) -> bytes:
    return b"|".join(part for held in shelves.shelves.values() for pair in held.items() for part in pair)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_shelves_give_the_same_candidates_as_memory(steps: Steps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        one, shelves = Index(), MemoryShelves()
        for step in go_through(steps):
            # A process that goes on with what another one left.
            other = Index(shelves)
            if isinstance(step, str):
                one.remove(step)
                other.remove(step)
                assert other.find_twins(step) == ()
            else:
                assert one.add(step) == other.add(step)
                assert one.find_twins(step.id) == other.find_twins(step.id)
            assert len(one) == len(other)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_shelves_give_the_same_stories_as_memory_and_say_what_changed(steps: Steps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        one, shelves = StoryIndex(COMMON), MemoryShelves()
        mirror: dict[int, tuple[str, ...]] = {}
        for step in go_through(steps):
            other = StoryIndex(COMMON, shelves=shelves)
            change = one.remove(step) if isinstance(step, str) else one.add(step)
            assert change == (other.remove(step) if isinstance(step, str) else other.add(step))
            for number in change.gone:
                del mirror[number]
            mirror |= {number: make_story(other, number).documents for number in change.changed}
            assert list_stories(one) == list_stories(other)
            assert sorted(mirror.values()) == sorted(story.documents for story in list_stories(one))
            assert len(one) == len(other) == sum(map(len, mirror.values()))
            assert all(other.story_of(name) == number for number, names in mirror.items() for name in names)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_boilerplate_is_that_of_the_documents_that_are_left(steps: Steps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        shelves, afresh = MemoryShelves(), Boilerplate()
        left: dict[str, Document] = {}
        for step in go_through(steps):
            if isinstance(step, str):
                Boilerplate(shelves).remove(step)
                left.pop(step, None)
            else:
                Boilerplate(shelves).add(step)
                left[step.id] = step
        for document in left.values():
            afresh.add(document)
        for document in left.values():
            assert Boilerplate(shelves).find(document) == afresh.find(document)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 9), max_size=6, unique=True), max_size=20),
    st.lists(st.integers(0, 19), max_size=8),
    st.lists(st.lists(st.integers(0, 9), max_size=6, unique=True), max_size=8),
)
def test_postings_are_the_same_on_shelves(before: list[list[int]], gone: list[int], after: list[list[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        one, other = Postings(), ShelvedPostings(MemoryShelves())
        for number, values in enumerate([*before, *after]):
            if number == len(before):
                one.remove(set(gone[:3]))
                other.remove(set(gone[:3]))
                for single in gone[3:]:
                    one.remove({single})
                    other.remove({single})
            prints = np.asarray(sorted(values), dtype=np.uint64)
            one.add(prints, number)
            other.add(prints, number)
        asked = np.arange(10, dtype=np.uint64)
        for most in (1, 3):
            found = [
                sorted(zip(*(hits.tolist() for hits in postings.find(asked, most=most)[:2]), strict=True))
                for postings in (one, other)
            ]
            assert found[0] == found[1]
        assert one.find(asked, most=2)[2].tolist() == other.find(asked, most=2)[2].tolist()
        for number in range(len(before) + len(after)):
            assert one.list_prints(number).tolist() == other.list_prints(number).tolist()


@pytest.mark.usefixtures("small")
def test_nothing_of_a_removed_document_is_left_on_any_shelf() -> None:
    shelves = MemoryShelves()
    kept = [
        make_document(f"{text}\n\n{SENTENCES[4]}", outlet="Post", name=text[:9]) for text in (FERRY, MARKET, WEATHER)
    ]
    own = "Zorvath Quillon told the Brannick that seventeen kestrels had nested under Pellmere bridge in the rain."
    purged = make_document(f"{FERRY}\n\n{own}", outlet="Post", name="purged")
    for document in [*kept[:2], purged, *kept[2:]]:
        Index(shelves).add(document)
        StoryIndex(COMMON, shelves=shelves).add(document)
        Boilerplate(shelves).add(document)
    words = {fold_word(word.strip(".")) for word in own.split()} - {"the", "that", "in", "had", "under", "told", "rain"}
    prints = set(find_prints(document_words(purged).hashes).tolist())
    prints -= {value for document in kept for value in find_prints(document_words(document).hashes).tolist()}
    digests = {digest for digest, _ in cut_paragraphs(purged)} - {d for one in kept for d, _ in cut_paragraphs(one)}
    traces = [purged.id.encode(), *(value.to_bytes(8, order) for value in prints for order in ("big", "little"))]
    traces += [boilerplate.key_of("post", digest) for digest in digests]
    traces += [*digests, b"zorvath", b"quillon", b"kestrel", b"pellmer"]
    there = all_bytes(shelves)
    assert sum(trace in there for trace in traces) >= len(traces) // 2 + 2
    assert b"zorvath" in there
    Index(shelves).remove(purged.id)
    StoryIndex(COMMON, shelves=shelves).remove(purged.id)
    Boilerplate(shelves).remove(purged.id)
    there = all_bytes(shelves)
    assert words
    assert not [trace for trace in traces if trace in there]


@settings(deadline=None, max_examples=30)
@given(STEPS)
def test_when_all_are_removed_nothing_but_counters_is_left(steps: Steps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        shelves, names = MemoryShelves(), dict[str, None]()
        engines = Index(shelves), StoryIndex(COMMON, shelves=shelves), Boilerplate(shelves)
        for step in go_through(steps):
            names[step if isinstance(step, str) else step.id] = None
            for engine in engines:
                if isinstance(step, str):
                    engine.remove(step)
                else:
                    engine.add(step)
        for name in names:
            for engine in engines:
                engine.remove(name)
        assert {shelf for shelf, held in shelves.shelves.items() if held} <= {candidates.COUNTS, story_shelves.COUNTERS}
        assert len(engines[0]) == len(engines[1]) == 0


def test_counts_of_rarity_go_down() -> None:
    shelves, afresh = MemoryShelves(), MemoryShelves()
    index = StoryIndex(COMMON, shelves=shelves)
    for text in (FERRY, MARKET, WEATHER):
        index.add(make_document(text))
    index.remove(make_document(MARKET).id)
    other = StoryIndex(COMMON, shelves=afresh)
    for text in (FERRY, WEATHER):
        other.add(make_document(text))
    counts = [{word: data[4:] for word, data in one.shelves[story_shelves.COUNTS].items()} for one in (shelves, afresh)]
    assert counts[0] == counts[1]


def test_twins_stay_findable_when_the_one_that_led_them_goes() -> None:
    for shelves in (None, MemoryShelves()):
        index = Index(shelves)
        long = make_words(400, seed=1)
        first, *others = (make_document(f"{long} {make_words(15, seed=n)}", name=str(n)) for n in range(2, 6))
        for document in (first, *others):
            index.add(document)
        assert len(index.find_twins(others[1].id)) == 4
        index.remove(first.id)
        assert index.find_twins(others[1].id) == tuple(document.id for document in others)
        found = index.add(make_document(f"{MARKET} {long[:300]}"))
        assert [one.document for one in found][:1] == [others[0].id]
        index.remove(others[2].id)
        assert index.find_twins(others[0].id) == (others[0].id, others[1].id)


def test_a_story_is_grouped_anew_from_the_rest() -> None:
    index = StoryIndex(COMMON, shelves=MemoryShelves())
    copies = [make_document(FERRY, name=f"Outlet {number}") for number in range(WHOLE_FROM + 3)]
    for document in copies:
        index.add(document)
    number = index.story_of(copies[0].id)
    change = index.remove(copies[0].id)
    assert (change.gone, change.changed) == ((), (number,))
    for document in copies[1:-1]:
        index.remove(document.id)
    assert make_story(index, index.story_of(copies[-1].id)).documents == (copies[-1].id,)
    last = index.story_of(copies[-1].id)
    assert index.remove(copies[-1].id).gone == (last,)
    assert index.remove(copies[-1].id).gone == ()
    with pytest.raises(NotInCase):
        index.story_of(copies[-1].id)
    with pytest.raises(DamagedRecord):
        make_story(index, last)


def test_one_more_print_costs_no_more_when_there_are_many() -> None:
    shelves = CountingShelves()
    engines = Index(shelves), StoryIndex(COMMON, shelves=shelves)
    work = []
    for number in range(400):
        before = shelves.asked, shelves.calls, shelves.written
        document = make_document(FERRY, name=str(number))
        for engine in engines:
            engine.add(document)
        work.append(
            [now - then for now, then in zip((shelves.asked, shelves.calls, shelves.written), before, strict=True)]
        )
    early, late = np.array(work[50:100]).mean(axis=0), np.array(work[350:]).mean(axis=0)
    assert np.all(late < 1.1 * early + 5)
    assert late[1] < 60


def test_the_cost_of_one_document_does_not_grow() -> None:
    shelves = CountingShelves()
    engines = Index(shelves), StoryIndex(COMMON, shelves=shelves), Boilerplate(shelves)
    asked = []
    for number in range(100):
        before = shelves.asked
        document = make_document(f"{make_words(150, seed=number)}\n\n{SENTENCES[number % 9]}", outlet="Post")
        for engine in engines:
            engine.add(document)
        asked.append(shelves.asked - before)
    assert max(asked) < 2500


def fill(shelves: MemoryShelves) -> list[Document]:
    documents = [
        make_document(f"{FERRY}\n\n{make_words(20, seed=n)}\n\n{SENTENCES[n % 7]}", outlet="Post", name=str(n))
        for n in range(6)
    ]
    for document in documents:
        Index(shelves).add(document)
        StoryIndex(COMMON, shelves=shelves).add(document)
        Boilerplate(shelves).add(document)
    return documents


def use(shelves: MemoryShelves, documents: list[Document], draw: random.Random) -> None:
    """Do with each engine all that can be done; errors of Sayso's own are fine."""
    new = make_document(f"{FERRY}\n\n{make_words(9, seed=77)}", outlet="Post", name="new")
    chosen = draw.choice(documents)
    index = StoryIndex(COMMON, shelves=shelves)
    for do in (
        lambda: Index(shelves).add(new),
        lambda: Index(shelves).find_twins(chosen.id),
        lambda: Index(shelves).remove(chosen.id),
        lambda: len(Index(shelves)),
        lambda: Boilerplate(shelves).add(new),
        lambda: Boilerplate(shelves).find(chosen),
        lambda: Boilerplate(shelves).remove(chosen.id),
        lambda: make_story(index, index.story_of(chosen.id)),
        lambda: list_stories(index),
        lambda: index.add(new),
        lambda: index.remove(chosen.id),
        lambda: list_stories(index),
    ):
        with contextlib.suppress(SaysoError):
            do()


@settings(deadline=None, max_examples=50)
@given(
    st.integers(0, 1 << 32), st.sampled_from(["flip", "cut", "grow", "drop", "random", "swap", "ones"]), st.booleans()
)
@pytest.mark.usefixtures("small")
def test_damaged_values_raise_nothing_but_our_own(seed: int, how: str, everywhere: bool) -> None:  # noqa: FBT001
    draw = random.Random(seed)  # noqa: S311  no secret
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        shelves = MemoryShelves()
        documents = fill(shelves)
        places = [(shelf, key) for shelf, held in shelves.shelves.items() for key in held]
        shelf = draw.choice(sorted(shelves.shelves))
        chosen = [place for place in places if place[0] == shelf] if everywhere else [draw.choice(places)]
        for shelf, key in chosen:
            data = bytearray(shelves.shelves[shelf][key])
            if how == "flip" and data:
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            elif how == "cut":
                del data[draw.randrange(len(data) + 1) :]
            elif how == "grow":
                data += draw.randbytes(draw.randrange(1, 40))
            elif how == "random":
                data[:] = draw.randbytes(len(data))
            elif how == "ones":
                data[:] = b"\xff" * len(data)
            elif how == "swap":
                data[:] = shelves.shelves[shelf][draw.choice([other for one, other in places if one == shelf])]
            shelves.shelves[shelf][key] = bytes(data)
            if how == "drop":
                del shelves.shelves[shelf][key]
        use(shelves, documents, draw)


def test_every_part_of_the_vectors_is_kept() -> None:
    assert {*story_packing.VECTORS, *story_packing.FLOATS} == {field.name for field in fields(ArticleVectors)}


def test_vectors_of_another_version_are_told() -> None:
    shelves = MemoryShelves()
    index = StoryIndex(COMMON, shelves=shelves)
    index.add_marks("a", mark_text(FERRY))
    shelf = shelves.shelves[story_shelves.ARTICLES]
    for key, data in shelf.items():
        shelf[key] = hashlib.blake2b(data[:4], digest_size=4).digest() + data[4:]
    with pytest.raises(DamagedRecord):
        index.add_marks("b", mark_text(FERRY))


def test_what_another_version_filled_is_told() -> None:
    shelves = MemoryShelves()
    documents = fill(shelves)
    for shelf in (candidates.COUNTS, story_shelves.COUNTERS):
        (key,) = shelves.shelves[shelf]
        shelves.shelves[shelf][key] = b"\x09" + shelves.shelves[shelf][key][1:]
    with pytest.raises(DamagedRecord):
        Index(shelves).remove(documents[0].id)
    with pytest.raises(DamagedRecord):
        StoryIndex(COMMON, shelves=shelves).add(make_document(MARKET))


@pytest.mark.parametrize(
    "unpack",
    [
        lambda: packing.unpack_numbers(b"123", "list"),
        lambda: packing.unpack_numbers(b"\xff" * 4, "list"),
        lambda: packing.unpack_number(b"\xff" * 4, "number"),
        lambda: packing.unpack_prints(b"1234", "fingerprints"),
        lambda: packing.unpack_prints(b"\2" + bytes(7) + b"\1" + bytes(7), "fingerprints"),
        lambda: packing.unpack_text(b"\xff", "text"),
        lambda: packing.need({}, b"key", "value"),
    ],
)
def test_bytes_that_fit_nothing_are_told(unpack: Callable[[], object]) -> None:
    with pytest.raises(DamagedRecord):
        unpack()
