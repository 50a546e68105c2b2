"""What every store of a case does, whatever keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import BadJudgement, NotInCase, Problem, SaysoError, SettingsError
from sayso.ids import log_hash
from sayso.records import (
    COUNTED,
    ArticleOrder,
    ClaimOrder,
    Feed,
    Filter,
    Judged,
    Kind,
    LogKind,
    Moment,
    Naming,
    Precision,
    QuantityRange,
    RefusalCode,
    Run,
    SourceOrder,
    Stance,
    Urls,
)
from sayso.store.digests import NOTHING, name_run
from tests.cases import AT, add_readings, capture_of, judge, refused
from tests.readings import Builder, claimed_reading, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.records import ClaimRow, Reading, SourceRow
    from sayso.store.base import Store, Writer

SMALL, CLAIMED, DEMO = small_reading(), claimed_reading(), demo_reading()
NEWER = Run(engine="sayso 9", model="newer", model_sha256="1" * 64)
EVERY = Filter()


def claims(store: Store, asked: Filter = EVERY, order: ClaimOrder = ClaimOrder.PUBLISHED) -> tuple[ClaimRow, ...]:
    with store.view() as view:
        return view.list_claims(asked, order, limit=1_000).rows


def sources(store: Store, asked: Filter = EVERY) -> tuple[SourceRow, ...]:
    with store.view() as view:
        return view.list_sources(asked, SourceOrder.CLAIMS, limit=1_000).rows


def said_by(name: str, outlet: str, published: str | None, *more: str) -> Reading:
    """Return a reading of one sentence (and more), with who published it when."""
    text = f"The bridge at Orlby is safe, {name} said. {' '.join(more)}"
    moment = None if published is None else Moment(value=published, precision=Precision.DAY, stated_in="given")
    url = f"https://{outlet.lower()}.example/{name.replace(' ', '-')}"
    make = Builder(text, name=url, outlet=outlet, published=moment, urls=Urls(asked=url))
    make.doc = replace(make.doc, id=f"{make.doc.id[:-2]}{len(outlet):02x}")
    make.source("a", name, "person")
    make.row("a", "a", "said", "The bridge at Orlby is safe", said_by=name)
    return make.build(origins=("a",))


def kinds(store: Store) -> list[LogKind]:
    with store.view() as view:
        return [entry.kind for entry in view.iter_log()]


def test_a_new_case_knows_its_name_and_has_one_entry_in_its_log(store: Store) -> None:
    with store.view() as view:
        info = view.get_info()
        (entry,) = view.iter_log()
    assert (info.name, info.created_at, info.n_documents, info.log_length) == ("Harbour", AT, 0, 1)
    assert entry.kind is LogKind.CASE
    assert info.log_head == entry.hash


def test_what_was_added_comes_back_as_it_was(store: Store) -> None:
    add_readings(store, SMALL, CLAIMED, DEMO)
    with store.view() as view:
        assert list(view.iter_documents()) == [SMALL.document, CLAIMED.document, DEMO.document]
        for reading in (SMALL, CLAIMED, DEMO):
            kept = view.get_reading(reading.document.id)
            assert (kept.reading, kept.made_at, kept.is_current) == (reading, AT, True)
            (capture,) = view.iter_captures(reading.document.id)
            assert view.get_capture(capture.id) == capture
            assert view.get_warc(capture.id).startswith(b"WARC doc-")
            assert list(view.iter_documents(capture.id)) == [reading.document]
            assert view.has_reading(reading.document.id, name_run(reading.run))
        assert not view.has_reading(SMALL.document.id, "run-0")
        assert len(list(view.iter_captures())) == 3


def test_adding_again_adds_nothing(store: Store) -> None:
    add_readings(store, SMALL)
    before = kinds(store)
    captured = capture_of(SMALL.document.id + SMALL.document.text)
    with store.write() as writer:
        assert not writer.add_capture(captured, at=AT)
        assert not writer.add_document(SMALL.document, captured.capture.id, at=AT)
        assert not writer.add_reading(SMALL, at=AT)
    assert kinds(store) == before
    assert len(claims(store)) == 2


def test_one_document_can_come_from_several_captures(store: Store) -> None:
    add_readings(store, SMALL)
    other = capture_of("the same text in another page", url="https://mirror.example/1")
    with store.write() as writer:
        writer.add_capture(other, at=AT)
        assert not writer.add_document(SMALL.document, other.capture.id, at=AT)
    with store.view() as view:
        assert len(list(view.iter_captures(SMALL.document.id))) == 2
        assert view.find_versions(["https://mirror.example/1"]) == [SMALL.document.id]


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    def fail(writer: Writer) -> None:
        captured = capture_of("lost")
        writer.add_capture(captured, at=AT)
        writer.add_document(SMALL.document, captured.capture.id, at=AT)
        writer.add_reading(SMALL, at=AT)
        raise RuntimeError

    with pytest.raises(RuntimeError), store.write() as writer:
        fail(writer)
    assert kinds(store) == [LogKind.CASE]
    assert not claims(store)
    add_readings(store, SMALL)
    assert len(claims(store)) == 2


def test_a_view_does_not_see_what_is_written_meanwhile(store: Store) -> None:
    with store.view() as view:
        add_readings(store, SMALL)
        assert not view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=10).rows
        assert view.find_document(SMALL.document.id) is None
        assert view.get_info().n_documents == 0
    assert len(claims(store)) == 2


def test_a_writer_sees_what_it_has_written(store: Store) -> None:
    with store.write() as writer:
        captured = capture_of("seen")
        writer.add_capture(captured, at=AT)
        writer.add_document(CLAIMED.document, captured.capture.id, at=AT)
        assert writer.list_articles(EVERY, ArticleOrder.ADDED, limit=5).rows[0].n_claims == 0
        writer.add_reading(CLAIMED, at=AT)
        assert len(writer.list_claims(EVERY, ClaimOrder.ADDED, limit=5).rows) == 1
        assert len(writer.list_sources(EVERY, SourceOrder.NAME, limit=5).rows) == 1
        assert writer.search(Filter(text="ferries"), limit=5).total == 1
        assert writer.get_info().n_claims == 1
        assert writer.find_id("doc", CLAIMED.document.id[:10]) == CLAIMED.document.id


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(SaysoError), store.view():
        pass
    with pytest.raises(SaysoError), store.write():
        pass


@pytest.mark.parametrize("ask", ["capture", "warc", "document", "reading"])
def test_what_is_not_there_is_said_not_to_be(store: Store, ask: str) -> None:
    with store.view() as view, pytest.raises(NotInCase):
        getattr(view, f"get_{ask}")("doc-0000000000000000")


def test_what_a_record_hangs_on_must_be_there(store: Store) -> None:
    with store.write() as writer:
        with pytest.raises(NotInCase):
            writer.add_document(SMALL.document, "cap-0000000000000000", at=AT)
        with pytest.raises(NotInCase):
            writer.add_reading(SMALL, at=AT)
        with pytest.raises(NotInCase):
            writer.add_problem("cap-0000000000000000", Problem(code="x", message="x"), at=AT)
        with pytest.raises(NotInCase):
            writer.purge("doc-0000000000000000", at=AT)


# Ids as people paste them.


def test_the_beginning_of_an_id_is_enough(store: Store) -> None:
    add_readings(store, SMALL)
    row = claims(store)[0]
    with store.view() as view:
        (capture,) = view.iter_captures()
        for prefix, whole in (("doc", row.document), ("att", row.id), ("src", row.source), ("cap", capture.id)):
            assert view.find_id(prefix, whole) == whole
            assert view.find_id(prefix, whole[4:10].upper()) == whole


@pytest.mark.parametrize("given", ["", "att-", "abc", "zzzz", "0000", "%%%%", "att-00000000000000000"])
def test_an_id_that_is_none_is_not_in_the_case(store: Store, given: str) -> None:
    add_readings(store, SMALL)
    with store.view() as view, pytest.raises(NotInCase):
        view.find_id("att", given)


@pytest.mark.parametrize(("given", "digits_min"), [("att-98b", 4), ("98B", 4), ("", 4), ("att-98b1", 0), ("zz", 0)])
def test_what_is_too_short_is_said_to_be(store: Store, given: str, digits_min: int) -> None:
    with store.view() as view, pytest.raises(NotInCase) as caught:
        view.find_id("att", given)
    assert caught.value.digits_min == digits_min


def test_the_beginning_of_several_ids_is_none(store: Store) -> None:
    readings = [make_reading(number) for number in range(3)]
    for number, reading in enumerate(readings):
        doc = replace(reading.document, id=f"doc-abcd{number:012}")
        readings[number] = replace(reading, document=doc)
    add_readings(store, *readings)
    with store.view() as view, pytest.raises(NotInCase) as caught:
        view.find_id("doc", "abcd")
    assert set(caught.value.candidates) == {reading.document.id for reading in readings}


# The log.


def test_the_log_is_a_chain_and_its_digests_can_be_made_anew(store: Store) -> None:
    add_readings(store, SMALL, DEMO)
    with store.write() as writer:
        captured = capture_of("no article here")
        writer.add_capture(captured, at=AT)
        writer.add_problem(captured.capture.id, Problem(code="no-article", message="a list"), at=AT)
        writer.add_judgement(judge("accept", claims(store)[0].id, document=DEMO.document.id), at=AT)
        writer.set_feed(Feed(url="https://lorven.example/rss", added_at=AT), at=AT)
        writer.add_timestamp(b"token", at=AT)
    previous = NOTHING
    with store.view() as view:
        entries = list(view.iter_log())
        made = {(kind, name): digest for kind in LogKind for name, digest in view.iter_digests(kind)}
        assert not list(view.iter_damage())
    for number, entry in enumerate(entries, 1):
        assert (entry.number, entry.previous) == (number, previous)
        parts = {"at": entry.at, "kind": entry.kind.value, "subject": entry.subject, "digest": entry.digest}
        assert log_hash(number=number, previous=previous, **parts) == entry.hash
        assert made[entry.kind, entry.subject] == entry.digest
        previous = entry.hash
    assert len(made) == len(entries)


def test_nothing_of_what_was_added_stands_in_the_log(store: Store) -> None:
    reading = said_by("Ana Terric", "Lorven", "2024-05-01")
    add_readings(store, reading)
    with store.view() as view:
        words = " ".join(f"{entry.subject} {entry.digest} {entry.kind}" for entry in view.iter_log())
    assert "Terric" not in words
    assert "example" not in words


# Feeds, problems and refusals.


def test_a_feed_is_logged_once_and_its_state_replaced(store: Store) -> None:
    feed = Feed(url="https://lorven.example/rss", added_at=AT)
    broken = replace(feed, title="Lorven", failures=2, problem=Problem(code="bad-feed", message="no XML"))
    with store.write() as writer:
        assert writer.set_feed(feed, at=AT)
        assert not writer.set_feed(replace(broken, added_at="2030-01-01T00:00:00Z"), at=AT)
    with store.view() as view:
        assert list(view.iter_feeds()) == [broken]
        assert view.get_info().n_feeds == 1
    with store.write() as writer:
        assert writer.remove_feed(feed.url, at=AT)
        assert not writer.remove_feed(feed.url, at=AT)
    with store.view() as view:
        assert not list(view.iter_feeds())
        assert [entry.digest == NOTHING for entry in view.iter_log() if entry.kind is LogKind.FEED] == [False, True]


def test_what_has_no_article_is_listed_with_its_cause(store: Store) -> None:
    no_article = capture_of("a list of links", url="https://lorven.example/front")
    with store.write() as writer:
        writer.add_capture(refused("https://lorven.example/secret"), at=AT)
        writer.add_capture(no_article, at=AT)
        problem = Problem(code="no-article", message="A list of links.")
        assert writer.add_problem(no_article.capture.id, problem, at=AT)
        assert not writer.add_problem(no_article.capture.id, problem, at=AT)
        writer.add_capture(capture_of("not read yet"), at=AT)
    add_readings(store, SMALL)
    with store.view() as view:
        page = view.list_refused(limit=10)
        assert [row.code for row in page.rows] == ["no-article", RefusalCode.ROBOTS]
        assert [row.advice for row in page.rows] == ["", "Save the page yourself."]
        assert page.total == view.get_info().n_refused == 2
        assert view.list_refused(limit=1, offset=1).rows == page.rows[1:]
        assert view.get_warc(page.rows[1].capture) == b""
        assert view.get_info().n_captures == 3


def test_what_was_refused_and_came_later_is_no_longer_listed(store: Store) -> None:
    url = str(said_by("Ana Terric", "Lorven", "2024-05-01").document.urls.asked)
    with store.write() as writer:
        writer.add_capture(refused(url), at=AT)
        writer.add_capture(refused("https://lorven.example/other"), at=AT)
    with store.view() as view:
        assert view.list_refused(limit=10).total == 2
    add_readings(store, said_by("Ana Terric", "Lorven", "2024-05-01"))
    with store.view() as view:
        assert [row.name for row in view.list_refused(limit=10).rows] == ["https://lorven.example/other"]
        assert view.get_info().n_refused == 1


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("page.html: there is no text in it.", "there is no text in it."),
        ("pasted: there is no text in it.", "there is no text in it."),
        ("It says: nothing.", "It says: nothing."),
    ],
)
def test_a_cause_is_told_without_the_name(store: Store, message: str, told: str) -> None:
    empty = capture_of("")
    with store.write() as writer:
        writer.add_capture(empty, at=AT)
        writer.add_problem(empty.capture.id, Problem(code="empty-input", message=message), at=AT)
    with store.view() as view:
        (row,) = view.list_refused(limit=10).rows
    assert (row.name, row.message) == ("page.html", told)


# Lists.


def test_claims_come_newest_first_and_in_the_order_of_the_text(store: Store) -> None:
    old, new = said_by("Ana Terric", "Lorven", "2023-01-01"), said_by("Bo Sandel", "Lorven", "2024-01-01")
    add_readings(store, old, SMALL, new)
    rows = claims(store)
    assert [row.source_name for row in rows] == ["Bo Sandel", "Ana Terric", "the mayor", "The port company"]
    with store.view() as view:
        back = view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=10, reverse=True)
        assert back.rows == rows[::-1]
        part = view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=2, offset=1)
        assert (part.rows, part.total) == (rows[1:3], 4)
        assert view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=0).rows == ()
        assert view.list_claims(EVERY, ClaimOrder.SOURCE, limit=2, offset=9).rows == ()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Filter(outlet="LORV"), ["Bo Sandel", "Ana Terric"]),
        (Filter(since="2024"), ["Bo Sandel", "Cy Ostrand"]),
        (Filter(until="2023"), ["Ana Terric"]),
        (Filter(since="2023-01-01", until="2024-01"), ["Bo Sandel", "Ana Terric", "Cy Ostrand"]),
        (Filter(party="terr"), ["Ana Terric"]),
        (Filter(party="nobody"), []),
        (Filter(kind=(Kind.ORGANISATION,)), ["The port company"]),
        (Filter(naming=(Naming.DESCRIBED,), stance=(Stance.DENIES,)), ["The port company"]),
        (Filter(text='"bridge AT"'), ["Bo Sandel", "Ana Terric", "Cy Ostrand"]),
        (Filter(text='"at bridge"'), []),
        (Filter(text="bridge harbour"), []),
        (Filter(text="?!"), []),
        (Filter(text=""), ["Bo Sandel", "Ana Terric", "Cy Ostrand", "the mayor", "The port company"]),
        (Filter(problems_only=True), []),
        (Filter(low_only=True), []),
        (Filter(judged=(Judged.ACCEPTED,)), []),
        (Filter(document="doc-0000000000000000"), []),
        (Filter(document=SMALL.document.id), ["the mayor", "The port company"]),
    ],
)
def test_a_filter_lets_through_what_it_asks_for(store: Store, asked: Filter, names: list[str]) -> None:
    add_readings(
        store,
        said_by("Ana Terric", "Lorven", "2023-01-01"),
        SMALL,
        said_by("Bo Sandel", "Lorven", "2024-01-01"),
        said_by("Cy Ostrand", "Sestria", "2024-01-01"),
    )
    # Of one day, the one that was added first comes first.
    assert sorted(row.source_name for row in claims(store, asked)) == sorted(names)


def test_claims_are_found_by_place_and_quantity(store: Store) -> None:
    add_readings(store, CLAIMED, SMALL)
    (row,) = claims(store, Filter(place="ORL"))
    assert row.places == ("Orlby",)
    assert row.quantities == ("Some 40",)
    assert claims(store, Filter(quantity=QuantityRange(low="40"))) == (row,)
    assert claims(store, Filter(quantity=QuantityRange(high="39"))) == ()
    assert claims(store, Filter(quantity=QuantityRange(low="1", unit="USD"))) == ()


def test_claims_are_found_by_who_carried_them_and_by_the_id_of_a_source(store: Store) -> None:
    add_readings(store, DEMO, SMALL)
    carried = claims(store, Filter(party="radio tessel"))
    assert carried
    assert all("Radio Tessel" in (row.source_name, *row.via) for row in carried)
    assert {row.source for row in claims(store, Filter(party=carried[0].source))} == {carried[0].source}


@pytest.mark.parametrize(
    "asked",
    [Filter(since="yesterday"), Filter(until="2024-13"), Filter(quantity=QuantityRange(low="many"))],
)
def test_a_filter_that_cannot_be_read_is_refused(store: Store, asked: Filter) -> None:
    with store.view() as view, pytest.raises(SettingsError):
        view.list_claims(asked, ClaimOrder.PUBLISHED, limit=1)


def test_hits_are_marked(store: Store) -> None:
    add_readings(store, SMALL, DEMO)
    (row,) = claims(store, Filter(text="HARBOUR closed"))
    assert [(piece.text, piece.is_hit) for piece in row.hits] == [
        ("The ", False),
        ("harbour", True),
        (" is ", False),
        ("closed", True),
    ]
    with store.view() as view:
        (hit,) = view.search(Filter(text="harbour"), limit=10).rows
        assert hit.article.id == SMALL.document.id
        assert {piece.text.lower() for piece in hit.pieces if piece.is_hit} == {"harbour"}
        assert view.search(Filter(text="harbour", stance=(Stance.ASKS,)), limit=10).total == 0
        assert view.search(Filter(), limit=10).total == 0


def test_articles_show_what_they_hold(store: Store) -> None:
    problem = Problem(code="odd", message="Odd.")
    reading = said_by("Ana Terric", "Lorven", "2024-05-01")
    newer = said_by("Ana Terric", "Lorven", "2024-05-02", "It is not.")
    newer = replace(newer, document=replace(newer.document, supersedes=reading.document.id), problems=(problem,))
    add_readings(store, reading, newer, SMALL)
    with store.view() as view:
        second, first, small = view.list_articles(EVERY, ArticleOrder.PUBLISHED, limit=10).rows
        assert (first.superseded_by, second.supersedes) == (newer.document.id, reading.document.id)
        assert (small.n_claims, small.n_sources, small.title, small.outlet) == (2, 2, "Harbour closed", None)
        assert (second.n_problems, first.n_problems) == (1, 0)
        assert (second.captured_at, second.added_at, second.format) == (AT, AT, "plain")
        assert view.list_articles(Filter(problems_only=True), ArticleOrder.ADDED, limit=10).rows == (second,)
        by_claims = view.list_articles(EVERY, ArticleOrder.CLAIMS, limit=10).rows
        assert by_claims[0] == small
        by_outlet = view.list_articles(EVERY, ArticleOrder.OUTLET, limit=10, reverse=True).rows
        assert by_outlet[0] == small
        assert view.find_versions([str(reading.document.urls.asked)]) == [reading.document.id, newer.document.id]
        assert view.list_articles(Filter(text="bridge"), ArticleOrder.ADDED, limit=10).total == 2


def test_an_older_version_counts_only_where_it_is_asked_for(store: Store) -> None:
    older, other = said_by("Ana Terric", "Lorven", "2024-05-01"), said_by("Ana Terric", "Marden", "2024-04-01")
    newer = said_by("Ana Terric", "Lorven", "2024-05-02", "It is not.")
    newer = replace(newer, document=replace(newer.document, supersedes=older.document.id))
    add_readings(store, older, newer, other)
    old_id, new_id = older.document.id, newer.document.id
    (old_source,) = (source.id for source in older.sources)
    both = Filter(with_superseded=True)
    with store.view() as view:
        found = [row.document for row in claims(store)]
        assert old_id not in found
        assert new_id in found
        marks = {row.document: row.superseded_by for row in claims(store, both)}
        assert marks == {old_id: new_id, new_id: None, other.document.id: None}
        assert [row.n_articles for row in sources(store)] == [2]
        assert [row.n_articles for row in sources(store, both)] == [3]
        for asked in (Filter(document=old_id), Filter(party=old_source)):
            assert {row.document for row in claims(store, asked)} == {old_id}
        assert view.list_articles(EVERY, ArticleOrder.ADDED, limit=9).total == 3
        assert view.list_articles(Filter(party="ana"), ArticleOrder.ADDED, limit=9).total == 3
        assert view.search(Filter(text="bridge"), limit=9).total == 2
        assert view.search(replace(both, text="bridge"), limit=9).total == 3
        info = view.get_info()
        n_older = len(older.attributions)
        assert (info.n_documents, info.n_superseded, info.n_claims_superseded) == (3, 1, n_older)
        assert info.n_claims == len(newer.attributions) + len(other.attributions)
        assert info.n_sources == 2
    with store.write() as writer:
        writer.purge(new_id, at=AT)
    assert {row.document: row.superseded_by for row in claims(store)} == {old_id: None, other.document.id: None}
    with store.view() as view:
        assert view.get_info().n_superseded == 0


def test_the_case_at_a_glance(store: Store) -> None:
    add_readings(store, said_by("Ana Terric", "Lorven", "2024-05-01"), SMALL, said_by("Bo", "Lorven", "2023-05-01"))
    with store.view() as view:
        info = view.get_info()
    assert (info.n_documents, info.n_claims, info.n_sources) == (3, 4, 4)
    assert (info.first, info.last, info.n_undated) == ("2023-05-01", "2024-05-01", 1)
    assert info.outlets == (("Lorven", 2),)
    assert info.models == ("by hand",)


def test_named_sources_of_several_documents_share_a_line_and_others_do_not(store: Store) -> None:
    again = replace(SMALL, document=replace(SMALL.document, id="doc-00000000000000ff"))
    again = replace(again, sources=tuple(replace(one, id=f"{one.id[:-2]}ff") for one in SMALL.sources))
    moved = [replace(att, id=f"{att.id[:-2]}ff", source=f"{att.source[:-2]}ff") for att in SMALL.attributions]
    again = replace(again, attributions=tuple(moved))
    add_readings(
        store, said_by("Ana Terric", "Lorven", "2024-05-01"), said_by("ANA TERRIC", "Sestria", None), SMALL, again
    )
    rows = sources(store)
    assert [(row.name, row.n_claims) for row in rows if row.naming is Naming.NAMED] == [("ANA TERRIC", 2)]
    assert len([row for row in rows if row.naming is Naming.DESCRIBED]) == 4
    (ana,) = sources(store, Filter(party="ana terric"))
    assert (ana.n_articles, ana.n_outlets, ana.first, ana.last) == (2, 2, "2024-05-01", "2024-05-01")
    assert len(ana.ids) == 2


# Judgements.


def test_a_judgement_shows_in_the_lists(store: Store) -> None:
    add_readings(store, SMALL)
    row = claims(store)[0]
    with store.write() as writer:
        fixed = judge("correct", row.id, document=row.document, changes={"stance": "doubts", "source_name": "Ana Bo"})
        assert writer.add_judgement(fixed, at=AT)
        assert not writer.add_judgement(fixed, at=AT)
    assert (claims(store)[0].stance, claims(store)[0].source_name) == (Stance.DOUBTS, "Ana Bo")
    assert [one.id for one in claims(store, Filter(judged=(Judged.CORRECTED,)))] == [row.id]
    assert not claims(store, Filter(party="the mayor"))
    with store.write() as writer:
        writer.add_judgement(judge("undo", fixed.id, at=1), at=AT)
    assert claims(store)[0] == row
    with store.view() as view:
        assert [one.kind.value for one in view.iter_judgements(row.document)] == ["correct", "undo"]
        assert view.get_info().n_judgements == 2
        assert view.find_id("jdg", fixed.id[:9]) == fixed.id


@pytest.mark.parametrize(
    ("acts", "told", "is_disputed"),
    [
        ([("accept", "Ana", {})], {"Ana": Judged.ACCEPTED}, False),
        ([("accept", "Ana", {}), ("reject", "Vera", {})], {"Ana": Judged.ACCEPTED, "Vera": Judged.REJECTED}, True),
        ([("reject", "Ana", {}), ("reject", "Vera", {})], {"Ana": Judged.REJECTED, "Vera": Judged.REJECTED}, False),
        ([("accept", "Ana", {}), ("reject", "Ana", {})], {"Ana": Judged.REJECTED}, False),
        ([("unsure", "Ana", {}), ("reject", "Vera", {})], {"Ana": Judged.UNSURE, "Vera": Judged.REJECTED}, False),
        (
            [("correct", "Ana", {"stance": "doubts"}), ("accept", "Vera", {})],
            {"Ana": Judged.CORRECTED, "Vera": Judged.ACCEPTED},
            False,
        ),
        (
            [("accept", "Ana", {}), ("correct", "Vera", {"stance": "doubts"})],
            {"Ana": Judged.ACCEPTED, "Vera": Judged.CORRECTED},
            True,
        ),
        (
            [("correct", "Ana", {"stance": "doubts"}), ("correct", "Vera", {"certainty": "possible"})],
            {"Ana": Judged.CORRECTED, "Vera": Judged.CORRECTED},
            False,
        ),
        (
            [("correct", "Ana", {"stance": "doubts"}), ("correct", "Vera", {"stance": "denies"})],
            {"Ana": Judged.CORRECTED, "Vera": Judged.CORRECTED},
            True,
        ),
        ([("correct", "Ana", {"stance": "doubts"}), ("accept", "Ana", {})], {"Ana": Judged.CORRECTED}, False),
    ],
)
def test_it_is_told_who_judged_a_row_and_whether_they_disagree(
    store: Store, acts: list[tuple[str, str, dict[str, str]]], told: dict[str, Judged], *, is_disputed: bool
) -> None:
    add_readings(store, SMALL)
    row, other = claims(store)
    assert (row.judged_by, row.is_disputed) == ((), False)
    with store.write() as writer:
        for at, (kind, by, changes) in enumerate(acts):
            writer.add_judgement(judge(kind, row.id, document=row.document, by=by, at=at, changes=changes), at=AT)
        gone = judge("reject", other.id, document=other.document, by="Bo", at=1)
        writer.add_judgement(gone, at=AT)
        writer.add_judgement(judge("undo", gone.id, by="Bo", at=2), at=AT)
    found, untouched = claims(store)
    assert {one.name: one.judged for one in found.judged_by} == told
    assert found.is_disputed == is_disputed
    assert untouched == other


def test_rejected_rows_are_listed_and_not_counted(store: Store) -> None:
    add_readings(store, SMALL)
    row = claims(store)[1]
    with store.write() as writer:
        writer.add_judgement(judge("reject", row.id, document=row.document), at=AT)
    assert [one.judged for one in claims(store)] == [Judged.NOT, Judged.REJECTED]
    with store.view() as view:
        (article,) = view.list_articles(EVERY, ArticleOrder.ADDED, limit=5).rows
        assert (article.n_claims, article.n_sources, article.n_judged) == (1, 1, 1)
        assert view.list_articles(Filter(stance=(Stance.DENIES,)), ArticleOrder.ADDED, limit=5).total == 0
        assert view.get_info().n_claims == 2
    assert [line.name for line in sources(store)] == ["the mayor"]
    assert [line.name for line in sources(store, Filter(judged=(Judged.REJECTED,)))] == ["The port company"]


def test_judgements_outlive_another_reading(store: Store) -> None:
    add_readings(store, SMALL)
    kept, lost = SMALL.attributions
    with store.write() as writer:
        for att in (kept, lost):
            writer.add_judgement(
                judge("correct", att.id, document=SMALL.document.id, changes={"stance": "asks"}), at=AT
            )
        assert writer.add_reading(replace(SMALL, run=NEWER, attributions=(kept,), relations=()), at=AT)
    (row,) = claims(store)
    assert (row.id, row.stance, row.judged) == (kept.id, Stance.ASKS, Judged.CORRECTED)
    with store.view() as view:
        assert [one.is_current for one in view.iter_readings(SMALL.document.id)] == [False, True]
        assert len(list(view.iter_judgements())) == 2
        assert view.get_info().models == ("newer",)
    with store.write() as writer:
        assert not writer.add_reading(SMALL, at=AT)
    assert [one.stance for one in claims(store)] == [Stance.ASKS, Stance.ASKS]
    with store.view() as view:
        assert [one.is_current for one in view.iter_readings(SMALL.document.id)] == [True, False]


def test_sources_judged_the_same_share_a_line_until_that_is_undone(store: Store) -> None:
    add_readings(store, said_by("Ana Terric", "Lorven", "2024-05-01"), said_by("A. Terric", "Sestria", "2024-05-02"))
    first, second = claims(store)
    same = judge("same", first.source, other=second.source)
    with store.write() as writer:
        writer.add_judgement(same, at=AT)
    (line,) = sources(store)
    assert (line.n_claims, line.n_articles, set(line.ids)) == (2, 2, {first.source, second.source})
    with store.write() as writer:
        writer.add_judgement(judge("undo", same.id, at=1), at=AT)
    assert len(sources(store)) == 2


def test_of_two_sources_judged_different_the_second_gets_a_line_of_its_own(store: Store) -> None:
    add_readings(
        store,
        said_by("Ana Terric", "Lorven", "2024-05-01"),
        said_by("Ana Terric", "Sestria", "2024-05-02"),
        said_by("Ana Terric", "Tessel Sun", "2024-05-03"),
    )
    assert len(sources(store)) == 1
    last, _, first = claims(store)
    with store.write() as writer:
        writer.add_judgement(judge("different", first.source, other=last.source), at=AT)
    assert [line.n_claims for line in sources(store)] == [2, 1]
    assert sources(store)[1].ids == (last.source,)
    with store.write() as writer:
        writer.add_judgement(judge("same", first.source, other=last.source, at=1), at=AT)
    assert len(sources(store)) == 1


@pytest.mark.parametrize(
    ("error", "make"),
    [
        (NotInCase, lambda row: judge("accept", "att-0000000000000000", document=row.document)),
        (NotInCase, lambda row: judge("accept", row.id, document="doc-0000000000000000")),
        (NotInCase, lambda _: judge("undo", "jdg-0000000000000000")),
        (NotInCase, lambda row: judge("same", row.source, other="src-0000000000000000")),
        (BadJudgement, lambda row: judge("accept", row.id)),
        (BadJudgement, lambda row: judge("accept", row.id, document=row.document, other=row.id)),
        (BadJudgement, lambda row: judge("accept", row.id, document=row.document, by=" ")),
        (BadJudgement, lambda row: judge("correct", row.id, document=row.document, changes={"stance": "shouts"})),
        (BadJudgement, lambda row: judge("same", row.source)),
        (BadJudgement, lambda row: judge("same", row.source, other=row.source)),
        (BadJudgement, lambda row: judge("same", row.source, other="src-1", changes={"kind": "person"})),
        (BadJudgement, lambda _: judge("undo", "jdg-0000000000000000", other="jdg-1")),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused(
    store: Store, error: type[SaysoError], make: Callable[[ClaimRow], object]
) -> None:
    add_readings(store, SMALL)
    with store.write() as writer, pytest.raises(error):
        writer.add_judgement(make(claims(store)[0]), at=AT)  # type: ignore[arg-type]  # a judgement
    assert LogKind.JUDGEMENT not in kinds(store)


# Purging.


def test_what_is_purged_is_gone_and_the_chain_goes_on(store: Store) -> None:
    reading = said_by("Ana Terric", "Lorven", "2024-05-01")
    newer = said_by("Ana Terric", "Lorven", "2024-05-02", "It is not.")
    newer = replace(newer, document=replace(newer.document, supersedes=reading.document.id))
    add_readings(store, reading, newer, SMALL)
    row = claims(store, Filter(document=reading.document.id))[0]
    other = claims(store, Filter(document=SMALL.document.id))[0]
    with store.write() as writer:
        accept = judge("accept", row.id, document=row.document)
        writer.add_judgement(accept, at=AT)
        writer.add_judgement(judge("undo", accept.id, at=1), at=AT)
        writer.add_judgement(judge("same", row.source, other=other.source), at=AT)
        stays = judge("accept", other.id, document=other.document)
        writer.add_judgement(stays, at=AT)
        captures = list(writer.iter_captures(reading.document.id))
        writer.add_problem(captures[0].id, Problem(code="odd", message="odd"), at=AT)
        assert writer.purge(reading.document.id, at=AT) == 1
    with store.view() as view:
        assert view.find_document(reading.document.id) is None
        assert view.find_capture(captures[0].id) is None
        assert not list(view.iter_readings(reading.document.id))
        assert list(view.iter_judgements()) == [stays]
        articles = view.list_articles(EVERY, ArticleOrder.PUBLISHED, limit=10).rows
        assert [article.id for article in articles] == [newer.document.id, SMALL.document.id]
        assert articles[0].supersedes == reading.document.id
        assert view.get_info().n_purged == 1
        purges = [entry for entry in view.iter_log() if entry.kind is LogKind.PURGE]
        assert {entry.subject[:3] for entry in purges} == {"doc", "cap", "rdg", "jdg", "prb"}
        assert len(purges) == 7
        assert {entry.digest for entry in purges} == {NOTHING}
        made = {(kind, name) for kind in LogKind for name, _ in view.iter_digests(kind)}
        assert not made & {(kind, entry.subject) for kind in LogKind for entry in purges}
        assert not list(view.iter_damage())
        assert view.list_claims(Filter(text="bridge"), ClaimOrder.ADDED, limit=5).total == 1
    assert {line.name for line in sources(store)} == {"Ana Terric", "the mayor", "The port company"}
    add_readings(store, reading)
    assert len(claims(store, Filter(with_superseded=True))) == 4


def test_a_capture_that_others_came_from_stays(store: Store) -> None:
    captured = capture_of("a page with two articles")
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        for reading in (SMALL, CLAIMED):
            writer.add_document(reading.document, captured.capture.id, at=AT)
        assert writer.purge(SMALL.document.id, at=AT) == 0
        assert list(writer.iter_documents(captured.capture.id)) == [CLAIMED.document]
    with store.view() as view:
        assert view.get_warc(captured.capture.id).startswith(b"WARC")


def test_totals_are_counted_so_far_and_no_further(store: Store) -> None:
    text = "Yes, Bo said. " * 40
    make = Builder(text)
    make.source("bo", "Bo", "person")
    make.row("a", "bo", "said", "Yes")
    reading = make.build()
    one = reading.attributions[0]
    many = tuple(replace(one, id=f"att-{number:016x}") for number in range(COUNTED + 10))
    add_readings(store, replace(reading, attributions=many))
    with store.view() as view:
        assert view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=1).total == COUNTED


def test_texts_that_are_no_valid_unicode_come_back_as_they_were(store: Store) -> None:
    make = Builder("The \ud800 bridge\x00 is safe, Bo\udfff said.", outlet="Lor\ud900ven", name="odd\ud800.txt")
    make.source("bo", "Bo\udfff", "person")
    make.row("a", "bo", "said", "The \ud800 bridge\x00 is safe", said_by="Bo\udfff")
    reading = make.build()
    add_readings(store, reading)
    with store.view() as view:
        assert view.get_document(reading.document.id) == reading.document
        assert view.get_reading(reading.document.id).reading == reading
        assert view.list_claims(Filter(text="bridge"), ClaimOrder.PUBLISHED, limit=5).total == 1
        assert not list(view.iter_damage())
    with store.write() as writer:
        writer.purge(reading.document.id, at=AT)
    assert not claims(store)


def test_one_more_capture_of_a_document_is_logged(store: Store) -> None:
    add_readings(store, SMALL)
    again = capture_of("the same article on another page")
    with store.write() as writer:
        writer.add_capture(again, at=AT)
        assert not writer.add_document(SMALL.document, again.capture.id, at=AT)
        assert not writer.add_document(SMALL.document, again.capture.id, at=AT)
    with store.view() as view:
        links = [entry for entry in view.iter_log() if entry.kind is LogKind.LINK]
        assert [(links[0].subject, links[0].digest)] == list(view.iter_digests(LogKind.LINK))
        assert len(links) == 1
    with store.write() as writer:
        assert writer.purge(SMALL.document.id, at=AT) == 2
    with store.view() as view:
        purged = {entry.subject for entry in view.iter_log() if entry.kind is LogKind.PURGE}
        assert links[0].subject in purged
        assert not list(view.iter_digests(LogKind.LINK))


def test_a_reading_that_becomes_the_current_one_again_is_logged_again(store: Store) -> None:
    newer = replace(SMALL, run=replace(SMALL.run, model="newer"))
    add_readings(store, SMALL)
    with store.write() as writer:
        assert writer.add_reading(newer, at=AT)
        assert not writer.add_reading(SMALL, at="2025-01-01T00:00:00Z")
        assert not writer.add_reading(SMALL, at="2025-01-02T00:00:00Z")
    with store.view() as view:
        entries = [entry for entry in view.iter_log() if entry.kind is LogKind.READING]
        made = dict(view.iter_digests(LogKind.READING))
    assert [entry.at for entry in entries] == [AT, AT, "2025-01-01T00:00:00Z"]
    assert entries[0].subject == entries[2].subject
    assert all(made[entry.subject] == entry.digest for entry in entries)
