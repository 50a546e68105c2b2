"""What is told as added is kept; what is known is not added again; one bad thing stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.errors import InputError, UnwritableCase
from sayso.ingest import documents_of
from sayso.ledger.adding import Added, Outcome
from sayso.ledger.intake import Given
from sayso.records import CaptureKind, Filter, RefusalCode
from sayso.store.memory import MemoryStore
from sayso.warc import write_resource
from tests.ledger.hands import START, HandFetcher, HandReader, make_ledger, make_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sayso.ledger.case import Ledger
    from sayso.records import Document, Reading

TEXT = """Harbour to stay closed

Ida Marlow said the harbour would stay closed until Monday because of the storm over the island and the whole coast.
"""
URL = "https://post.example/ferry"


def add(ledger: Ledger, *names: str | Path, **given: str) -> list[Added]:
    return list(ledger.add([str(name) for name in names], Given(**given)))


def list_contents(ledger: Ledger) -> list[str]:
    with ledger.look() as lists:
        return [row.content for row in lists.claims().rows]


def test_a_file_is_added_read_and_listed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ledger = make_ledger()
    (added,) = add(ledger, tmp_path / "a.txt")
    assert (added.outcome, added.says, added.n_claims) == (Outcome.ADDED, "Harbour to stay closed", 1)
    assert list_contents(ledger) == [
        "the harbour would stay closed until Monday because of the storm over the island and the whole coast"
    ]


def test_the_same_thing_again_is_one_capture_and_said_so(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    ledger = make_ledger()
    first, second = add(ledger, tmp_path / "a.txt", tmp_path / "b.txt")
    again = add(ledger, tmp_path / "a.txt")
    assert second.outcome is Outcome.KNOWN
    assert "a.txt" in second.says
    assert [one.outcome for one in again] == [Outcome.KNOWN]
    assert {second.document, again[0].document} == {first.document}
    with ledger.look() as lists:
        assert (lists.info().n_captures, lists.info().n_documents) == (1, 1)


def test_nothing_is_written_for_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ledger = make_ledger()
    add(ledger, tmp_path / "a.txt")
    with ledger.look() as lists:
        length = lists.info().log_length
    add(ledger, tmp_path / "a.txt")
    with ledger.look() as lists:
        assert lists.info().log_length == length


def test_a_page_that_changed_is_a_new_version_with_what_changed_in_claims() -> None:
    pages: dict[str, str | RefusalCode] = {URL: make_page(URL)}
    ledger = make_ledger(pages)
    (first,) = add(ledger, URL)
    pages[URL] = make_page(URL, said="Ida Marlow said the line would stay open.")
    (second,) = add(ledger, URL)
    assert second.outcome is Outcome.NEW_VERSION
    assert second.changes is not None
    assert second.changes.changes
    with ledger.look() as lists:
        newer, older = lists.document(second.document or ""), lists.document(first.document or "")
        assert newer.supersedes == older.id
        rows = {row.id: row for row in lists.articles().rows}
    assert rows[older.id].superseded_by == newer.id


def test_other_bytes_of_the_same_article_are_known() -> None:
    pages: dict[str, str | RefusalCode] = {URL: make_page(URL)}
    ledger = make_ledger(pages)
    add(ledger, URL)
    pages[URL] = make_page(URL).replace("<body>", "<body><!-- another visitor -->")
    (again,) = add(ledger, URL)
    assert again.outcome is Outcome.KNOWN
    with ledger.look() as lists:
        assert lists.info().n_captures == 1


def test_a_page_that_is_known_is_asked_for_by_its_marks_and_not_sent_again() -> None:
    ledger = make_ledger({URL: make_page(URL)})
    (first,) = add(ledger, URL)
    (again,) = add(ledger, URL)
    assert (again.outcome, again.document) == (Outcome.KNOWN, first.document)
    assert isinstance(ledger.fetcher, HandFetcher)
    assert [etag is None for _, etag in ledger.fetcher.asked] == [True, False]


def test_a_page_that_goes_back_to_what_it_said_is_captured_again() -> None:
    pages: dict[str, str | RefusalCode] = {URL: make_page(URL)}
    ledger = make_ledger(pages)
    add(ledger, URL)
    pages[URL] = make_page(URL, said="Ida Marlow said the line would stay open.")
    add(ledger, URL)
    pages[URL] = make_page(URL).replace("<body>", "<body><!-- back -->")
    (again,) = add(ledger, URL)
    assert again.outcome is Outcome.KNOWN
    with ledger.look() as lists:
        assert (lists.info().n_captures, lists.info().n_documents) == (3, 2)


def test_an_archive_of_an_older_state_replaces_nothing(tmp_path: Path) -> None:
    old = make_page(URL, said="Ida Marlow said the line would stay open.").encode()
    (tmp_path / "old.warc.gz").write_bytes(write_resource(old, at="2019-01-01T00:00:00Z", uri=URL, media="text/html"))
    ledger = make_ledger({URL: make_page(URL)})
    (newer,) = add(ledger, URL)
    (older,) = add(ledger, tmp_path / "old.warc.gz")
    assert older.outcome is Outcome.ADDED
    with ledger.look() as lists:
        assert lists.document(older.document or "").supersedes is None
        assert lists.document(newer.document or "").supersedes is None


def test_what_is_said_of_one_is_not_said_of_several(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    ledger = make_ledger()
    assert [one.outcome for one in add(ledger, tmp_path, outlet="The Harbour Post")] == [Outcome.UNREADABLE]
    (tmp_path / "links.txt").write_text(f"{URL}\n")
    assert [one.outcome for one in add(ledger, tmp_path / "links.txt", outlet="x")] == [Outcome.UNREADABLE]
    with ledger.look() as lists:
        assert lists.articles().total == 0


def test_a_file_that_is_said_to_be_from_an_address_was_not_fetched_there(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(make_page(URL))
    ledger = make_ledger({URL: make_page(URL)})
    add(ledger, tmp_path / "a.html", url=URL)
    (fetched,) = add(ledger, URL)
    assert fetched.outcome is Outcome.KNOWN
    with ledger.store.view() as view:
        assert {capture.kind for capture in view.iter_captures(fetched.document)} == {
            CaptureKind.FILE,
            CaptureKind.FETCH,
        }


def test_what_is_purged_while_it_is_read_stops_nothing(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    ledger = make_ledger()

    class Purging(HandReader):
        def try_many(self, documents: Iterable[Document]) -> Iterator[Reading | InputError]:
            for number, result in enumerate(super().try_many(documents)):
                if not number and not isinstance(result, InputError):
                    ledger.purge(result.document.id)
                yield result

    ledger.__dict__["reader"] = Purging()
    assert sorted(one.outcome for one in add(ledger, tmp_path)) == [Outcome.ADDED, Outcome.NOTE]


def test_a_republication_is_no_version_of_the_original() -> None:
    other = "https://mail.example/reprint"
    ledger = make_ledger({URL: make_page(URL), other: make_page(URL, said="Ida Marlow said it would shut.")})
    first, second = add(ledger, URL, other)
    assert {first.outcome, second.outcome} == {Outcome.ADDED}


def test_a_saved_page_and_the_page_of_the_web_are_one_article(tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(make_page(URL))
    ledger = make_ledger({URL: make_page(URL)})
    add(ledger, tmp_path / "saved.html")
    (again,) = add(ledger, URL)
    assert again.outcome is Outcome.KNOWN
    with ledger.look() as lists, ledger.store.view() as view:
        assert lists.info().n_documents == 1
        assert len(list(view.iter_captures(again.document))) == 2


def test_a_refusal_is_kept_and_told_with_what_to_do() -> None:
    ledger = make_ledger({URL: RefusalCode.ROBOTS})
    (refused,) = add(ledger, URL)
    assert refused.outcome is Outcome.REFUSED
    assert refused.is_bad
    assert refused.advice
    with ledger.look() as lists:
        assert [row.code for row in lists.refused().rows] == [RefusalCode.ROBOTS]


def test_what_is_no_article_is_kept_with_its_problem_and_the_rest_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(TEXT)
    ledger = make_ledger()
    found = {one.name.rpartition("/")[2]: one for one in add(ledger, tmp_path, tmp_path / "none.txt")}
    bad, good, missing = (found[name] for name in ("a.txt", "b.txt", "none.txt"))
    assert [bad.outcome, good.outcome, missing.outcome] == [Outcome.UNREADABLE, Outcome.ADDED, Outcome.UNREADABLE]
    with ledger.look() as lists:
        assert [row.code for row in lists.refused().rows] == ["empty-input"]


def test_a_document_that_cannot_be_read_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "UNREADABLE")
    ledger = make_ledger()
    (bad,) = add(ledger, tmp_path / "a.txt")
    assert bad.outcome is Outcome.UNREADABLE
    with ledger.look() as lists:
        assert lists.articles().total == 1


def test_an_error_of_our_own_is_kept_with_its_trace_and_the_rest_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    real = documents_of

    def fail(captured: object, **how: object) -> object:
        if captured.data.endswith(b"a.txt"):  # type: ignore[attr-defined]
            message = "nobody thought of this"
            raise ZeroDivisionError(message)
        return real(captured, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("sayso.ledger.adding.documents_of", fail)
    ledger = make_ledger()
    outcomes = {one.name[-5:]: one for one in add(ledger, tmp_path)}
    assert outcomes["a.txt"].outcome is Outcome.UNREADABLE
    assert "nobody thought of this" in outcomes["a.txt"].says
    assert outcomes["b.txt"].outcome is Outcome.ADDED


def test_broken_off_before_the_reading_the_next_run_completes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    store = MemoryStore(name="harbour", at=START)
    broken = make_ledger(store=store)

    class Killed(HandReader):
        def try_many(self, documents: object) -> object:  # type: ignore[override]
            list(documents)  # type: ignore[call-overload]
            raise KeyboardInterrupt

    broken.__dict__["reader"] = Killed()
    with pytest.raises(KeyboardInterrupt):
        add(broken, tmp_path / "a.txt")
    ledger = make_ledger(store=store)
    (added,) = add(ledger, tmp_path / "a.txt")
    assert added.outcome is Outcome.ADDED
    assert len(list_contents(ledger)) == 1


def test_a_case_that_cannot_be_written_stops_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ledger = make_ledger()

    def refuse() -> None:
        path, reason = "harbour.sayso", "the disk is full"
        raise UnwritableCase(path, reason)

    monkeypatch.setattr(ledger.store, "write", refuse)
    with pytest.raises(UnwritableCase):
        add(ledger, tmp_path / "a.txt")


def test_much_that_is_known_is_told_before_all_of_it_was_looked_at(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"{TEXT}{number}")
    ledger = make_ledger()
    add(ledger, tmp_path)
    stream = ledger.add([str(tmp_path)])
    first = next(stream)
    assert first.outcome is Outcome.KNOWN
    assert len(list(stream)) == 59


def test_what_the_user_says_fills_in_what_the_text_lacks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ledger = make_ledger()
    (added,) = add(ledger, tmp_path / "a.txt", url=URL, outlet="The Harbour Post", published="2024-03-14")
    with ledger.look() as lists:
        doc = lists.document(added.document or "")
        assert (doc.outlet, doc.urls.asked) == ("The Harbour Post", URL)
        assert lists.claims(Filter(outlet="harbour post")).total == 1


def test_pasted_text_is_an_article() -> None:
    ledger = make_ledger()
    (added,) = ledger.paste(TEXT.encode(), Given(outlet="The Harbour Post"))
    assert (added.outcome, added.name) == (Outcome.ADDED, "pasted")


def test_a_reading_of_several_articles_in_one_file_tells_of_each(tmp_path: Path) -> None:
    mail = "From: a@post.example\nSubject: {0}\nDate: Thu, 14 Mar 2024 10:00:00 +0000\n\n" + TEXT + "{0}\n"
    digest = (
        "From: list@post.example\nSubject: Digest\nMIME-Version: 1.0\nContent-Type: multipart/digest; boundary=b\n\n"
        + "".join(f"--b\n\n{mail.format(name)}\n" for name in ("one", "two"))
        + "--b--\n"
    )
    (tmp_path / "digest.eml").write_text(digest)
    ledger = make_ledger()
    assert [one.outcome for one in add(ledger, tmp_path / "digest.eml")] == [Outcome.ADDED, Outcome.ADDED]
    assert [one.outcome for one in add(ledger, tmp_path / "digest.eml")] == [Outcome.KNOWN, Outcome.KNOWN]
    with ledger.look() as lists:
        assert (lists.info().n_captures, lists.info().n_documents) == (1, 2)


def test_no_page_is_fetched_that_was_not_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(make_page(URL).replace("</p>", f'<a href="{URL}/more">more</a></p>'))
    ledger = make_ledger()
    add(ledger, tmp_path / "a.html")
    assert isinstance(ledger.fetcher, HandFetcher)
    assert ledger.fetcher.asked == []
