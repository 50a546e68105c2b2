"""A case in SQLite and one in memory give the same answers to everything that lists can be asked."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.bench.synthetic_case import VAGUE, load_vocabulary, make_reading
from sayso.bench.synthetic_story import gather_story, make_story
from sayso.ids import story_id
from sayso.records import (
    ArticleOrder,
    Certainty,
    ClaimOrder,
    Endorsement,
    Filter,
    Judged,
    Kind,
    Naming,
    QuantityRange,
    Run,
    SourceOrder,
    Stance,
)
from sayso.store.memory import MemoryStore
from sayso.store.sqlite import claims, create_case, sources
from tests.cases import AT, add_readings, judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from sayso.bench.synthetic_story import Told
    from sayso.records import Reading
    from sayso.store.base import Store

N_DOCUMENTS = 40
NEWER = Run(engine="sayso 9", model="newer", model_sha256="1" * 64)
LATEST = Run(engine="sayso 9", model="latest", model_sha256="2" * 64)
KNOWN = load_vocabulary()
DOCUMENTS = tuple(make_reading(number).document.id for number in range(N_DOCUMENTS))
STORIES = tuple(story_id(document=one) for one in DOCUMENTS)


def choices(values: type[StrEnum]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.just(()) | st.lists(st.sampled_from(list(values)), max_size=3, unique=True).map(tuple)


def maybe(*values: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.none() | st.sampled_from(values)


anything = st.builds(
    Filter,
    outlet=maybe("courier", KNOWN.outlets[0], "the b", "zz"),
    since=maybe("2016", "2019-06", "2021-02-03"),
    until=maybe("2017", "2020-06", "2023-02-03"),
    party=maybe("a", "council", VAGUE[0], KNOWN.people[0][:6].upper()),
    stance=choices(Stance),
    certainty=choices(Certainty),
    endorsement=choices(Endorsement),
    kind=choices(Kind),
    naming=choices(Naming),
    place=maybe("by", KNOWN.places[0], KNOWN.places[2].upper()),
    quantity=st.none()
    | st.builds(
        QuantityRange,
        low=maybe("10", "1000"),
        high=maybe("100", "50000"),
        unit=maybe("km", "usd", ""),
    ),
    judged=choices(Judged),
    text=maybe(KNOWN.words[0], f"{KNOWN.words[0]} {KNOWN.words[1]}", f'"{KNOWN.words[0]} {KNOWN.words[1]}"', "said"),
    low_only=st.booleans(),
    problems_only=st.just(value=False),
    with_superseded=st.booleans(),
    story=st.none() | maybe(*STORIES),
    outlets_least=st.none() | st.none() | st.integers(0, 4),
    disputed_only=st.sampled_from([False, False, False, True]),
)
told = st.builds(
    Filter,
    outlet=st.none() | maybe("courier", "the b"),
    stance=st.just(()) | choices(Stance),
    text=st.none() | maybe(KNOWN.words[0], "said"),
    with_superseded=st.booleans(),
    claim=st.none() | st.none() | st.integers(0, 400),
    story=maybe(*STORIES),
    origins_most=st.none() | st.none() | st.integers(-1, 3),
    outlets_least=st.none() | st.none() | st.integers(0, 4),
    disputed_only=st.sampled_from([False, False, True]),
)
filters = anything | told
windows = st.tuples(st.sampled_from([0, 1, 7, 1_000]), st.sampled_from([0, 0, 3, 50]), st.booleans())


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    path = tmp_path_factory.mktemp("agree") / "case.sayso"
    memory, sqlite = MemoryStore(name="agree", at=AT), create_case(path, name="agree", at=AT)
    for store in (memory, sqlite):
        fill(store)
    yield memory, sqlite
    sqlite.close()


def link_versions(readings: list[Reading]) -> list[Reading]:
    """Return the readings, some of documents that are the newer version of the one before or of one long before."""
    for number in range(4, len(readings), 3):
        older = readings[number - (1 if number % 2 else 4)].document.id
        reading = readings[number]
        readings[number] = replace(reading, document=replace(reading.document, supersedes=older))
    return readings


def fill(store: Store) -> None:
    """Add documents, read some again, judge many rows and some sources, and purge."""
    dice = random.Random(7)  # noqa: S311  nothing secret
    readings = link_versions([make_reading(number) for number in range(N_DOCUMENTS)])
    for first in range(0, N_DOCUMENTS, 7):
        add_readings(store, *readings[first : first + 7])
    with store.write() as writer:
        for reading in readings[::5]:
            writer.add_reading(replace(reading, run=NEWER, attributions=reading.attributions[2:]), at=AT)
    with store.view() as view:
        rows = view.list_claims(Filter(with_superseded=True), ClaimOrder.ADDED, limit=10_000).rows
    kinds = ("accept", "reject", "unsure", "correct", "split")
    changes = {
        "correct": {"stance": "doubts", "certainty": "possible", "content_spans": "0-5 8-12"},
        "split": {"source_name": "Ana Terric"},
    }
    with store.write() as writer:
        for number, row in enumerate(dice.sample(rows, 60)):
            kind = kinds[number % len(kinds)]
            made = judge(kind, row.id, document=row.document, at=number % 60, changes=changes.get(kind))
            writer.add_judgement(made, at=AT)
            if number % 9 == 0:
                writer.add_judgement(judge("undo", made.id, at=number % 60), at=AT)
    named = [row for row in rows if row.naming is Naming.NAMED]
    with store.write() as writer:
        for number in range(6):
            one, other = dice.sample(named, 2)
            if one.source != other.source:
                kind = "same" if number % 2 else "different"
                writer.add_judgement(judge(kind, one.source, other=other.source, at=number), at=AT)
        for reading in readings[3::11]:
            writer.purge(reading.document.id, at=AT)
    tell(store, readings)


def tell(store: Store, readings: list[Reading]) -> None:
    """Gather documents to stories, some of them again in another way; then read, drop and purge some."""
    with store.write() as writer:
        kept = [
            writer.get_reading(one.document.id).reading for one in readings if writer.find_document(one.document.id)
        ]
        for first in range(0, 30, 5):
            writer.put_findings(*make_story(kept[first : first + 5], writer.take_claim_numbers))
        same: list[Told] = [(reading, row) for reading in kept[30:33] for row in reading.attributions]
        writer.put_findings(*gather_story(kept[30:34], [same, [(kept[33], None)]], writer.take_claim_numbers))
    with store.write() as writer:
        # One goes to another story; all of two go; one story is gone.
        writer.put_findings(*make_story(kept[4:10], writer.take_claim_numbers))
        writer.put_findings(*make_story(kept[12:20], writer.take_claim_numbers))
        writer.drop_findings(story_id(document=kept[20].document.id))
        writer.put_findings(*make_story(kept[:4], writer.take_claim_numbers))
    with store.write() as writer:
        for reading in (kept[1], kept[13], kept[26]):
            writer.add_reading(replace(reading, run=LATEST, attributions=reading.attributions[1:]), at=AT)
        writer.add_judgement(judge("reject", kept[2].attributions[0].id, document=kept[2].document.id, at=1), at=AT)
        writer.purge(kept[25].document.id, at=AT)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.sampled_from(ClaimOrder), windows, st.booleans())
def test_of_claims(
    stores: tuple[Store, Store],
    asked: Filter,
    order: ClaimOrder,
    window: tuple[int, int, bool],
    once: bool,  # noqa: FBT001  drawn
) -> None:
    limit, offset, reverse = window
    pages = []
    for store in stores:
        with store.view() as view:
            pages.append(view.list_claims(asked, order, limit=limit, offset=offset, reverse=reverse, once=once))
    assert pages[0] == pages[1]
    # What is looked up where rows are shown takes no part in their equality.
    assert repr(pages[0]) == repr(pages[1])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.sampled_from(ArticleOrder), windows)
def test_of_articles_and_searches(
    stores: tuple[Store, Store], asked: Filter, order: ArticleOrder, window: tuple[int, int, bool]
) -> None:
    limit, offset, reverse = window
    pages = []
    for store in stores:
        with store.view() as view:
            found = view.list_articles(asked, order, limit=limit, offset=offset, reverse=reverse)
            pages.append((found, view.search(asked, limit=limit, offset=offset)))
    assert pages[0] == pages[1]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.sampled_from(SourceOrder))
def test_of_sources(stores: tuple[Store, Store], asked: Filter, order: SourceOrder) -> None:
    found = []
    for store in stores:
        with store.view() as view:
            page = view.list_sources(asked, order, limit=10_000)
            # Lines that tie come in either order.
            found.append((page.total, sorted(page.rows, key=lambda row: row.ids)))
    assert found[0] == found[1]


def test_there_is_nothing_wrong_with_what_lists_know(stores: tuple[Store, Store]) -> None:
    with stores[1].view() as view:
        found = [*view.iter_damage(), *(one for doc in view.iter_documents() for one in view.iter_misshown(doc))]
        told = view.list_claims(Filter(origins_most=99), ClaimOrder.TELLINGS, limit=1_000).rows
        once = view.list_claims(Filter(origins_most=99), ClaimOrder.TELLINGS, limit=1_000, once=True).rows
    assert found == []
    assert len(told) > len(once) > 100


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.sampled_from([0, 1, 7, 1_000]), st.sampled_from([0, 0, 3]))
def test_of_stories(stores: tuple[Store, Store], asked: Filter, limit: int, offset: int) -> None:
    pages = []
    for store in stores:
        with store.view() as view:
            pages.append(view.list_stories(asked, limit=limit, offset=offset))
    assert pages[0] == pages[1]


def test_of_what_documents_have_in_common(stores: tuple[Store, Store]) -> None:
    answers = []
    for store in stores:
        with store.view() as view:
            in_stories = {one: view.find_story_of(one) for one in DOCUMENTS}
            findings = [view.find_findings(one) for one in STORIES]
            lines = [view.find_claim(number) for number in range(600)]
            ids = {one.subject for one in view.iter_judgements()}
            shared = list(view.iter_shared_judgements(sorted(ids)))
            answers.append((in_stories, findings, lines, view.find_unjoined(limit=1_000), shared))
    assert answers[0] == answers[1]
    assert all(any(found.values() if isinstance(found, dict) else found) for found in answers[0][:3])
    assert all(answers[0][3:])


def test_of_the_case_at_a_glance(stores: tuple[Store, Store]) -> None:
    infos = []
    for store in stores:
        with store.view() as view:
            infos.append(replace(view.get_info(), schema=0, log_head=""))
    assert infos[0] == infos[1]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filters,
    st.sampled_from(ClaimOrder),
    windows,
    st.sampled_from([(word, once) for word in ("said", *KNOWN.words[:2]) for once in (False, True)]),
)
def test_of_words_that_stand_in_many_claims(
    stores: tuple[Store, Store],
    asked: Filter,
    order: ClaimOrder,
    window: tuple[int, int, bool],
    words: tuple[str, bool],
) -> None:
    limit, offset, reverse = window
    asked, once = replace(asked, text=words[0]), words[1]
    pages = []
    with pytest.MonkeyPatch.context() as patch:
        # Many is four here, so that all the ways are gone by which the search of many is cut short.
        for name, value in (("COUNTED", 4), ("FIRST_LOOK", 1), ("LAST_LOOK", 60)):
            patch.setattr(claims, name, value)
        for store in stores:
            with store.view() as view:
                found = view.list_claims(asked, order, limit=limit, offset=offset, reverse=reverse, once=once)
                pages.append((found.rows, min(found.total, 4)))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("order", ClaimOrder)
@pytest.mark.parametrize("text", [None, "said", KNOWN.words[0]])
def test_of_a_claim_that_very_many_rows_tell(
    stores: tuple[Store, Store], order: ClaimOrder, text: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("COUNTED", 4), ("FIRST_LOOK", 1), ("LAST_LOOK", 20)):
        monkeypatch.setattr(claims, name, value)
    with stores[0].view() as view:
        rows = view.list_claims(Filter(outlets_least=0), ClaimOrder.PUBLISHED, limit=1_000).rows
    counts = Counter(row.claim.number for row in rows if row.claim)
    number, n_rows = counts.most_common(1)[0]
    story = next(row.claim.story for row in rows if row.claim and row.claim.number == number)
    assert n_rows > 20
    for asked in (Filter(text=text, claim=number), Filter(text=text, story=story), Filter(text=text)):
        for limit, offset, reverse in ((1, 0, False), (6, 0, True), (3, 2, False)):
            found = []
            for store in stores:
                with store.view() as view:
                    page = view.list_claims(asked, order, limit=limit, offset=offset, reverse=reverse, once=True)
                    found.append((page.rows, min(page.total, 4)))
            assert found[0] == found[1]


def test_of_sources_in_very_many_documents(stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    expected = []
    for many in (sources.TAIL, 3):
        monkeypatch.setattr(sources, "TAIL", many)
        monkeypatch.setattr(sources, "IDS_MAX", 2)
        monkeypatch.setattr(sources, "PART", many)
        with stores[1].view() as view:
            expected.append(view.list_sources(Filter(), SourceOrder.CLAIMS, limit=1_000))
    assert expected[0] == expected[1]
