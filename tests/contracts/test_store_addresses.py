"""Which captures and documents of a case are of one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.ids import document_id
from sayso.ledger.reread import identify
from sayso.records import Document, Urls
from tests.cases import AT, capture_of, refused
from tests.readings import small_reading

if TYPE_CHECKING:
    from sayso.store.base import Store

PAGE = "https://post.example/ferry"
OTHER = "https://mail.example/reprint"


def add(store: Store, text: str, url: str, *, canonical: str | None = None) -> Document:
    doc = Document(
        id=document_id(text=text, outlet=None, published=None),
        name=url,
        text=text,
        urls=Urls(asked=url, canonical=canonical),
    )
    captured = capture_of(text, url=url)
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        writer.add_document(doc, captured.capture.id, at=AT)
    return doc


@pytest.mark.parametrize("written", [PAGE, f"{PAGE}?utm_source=x", f"{PAGE}#top", "HTTPS://POST.example/ferry"])
def test_versions_are_found_whatever_the_address_is_written_like(store: Store, written: str) -> None:
    first, second = add(store, "one", PAGE), add(store, "two", PAGE)
    add(store, "three", OTHER)
    with store.view() as view:
        assert view.find_versions([written]) == [first.id, second.id]


def test_a_republication_is_not_found_by_the_address_of_the_original(store: Store) -> None:
    reprint = add(store, "one", OTHER, canonical=PAGE)
    with store.view() as view:
        assert view.find_versions([PAGE]) == []
        assert view.find_versions([OTHER]) == [reprint.id]


def test_a_canonical_address_of_the_same_site_finds_it(store: Store) -> None:
    doc = add(store, "one", f"{PAGE}?page=all", canonical=PAGE)
    with store.view() as view:
        assert view.find_versions([PAGE]) == [doc.id]


def test_what_was_asked_is_found_refusals_too(store: Store) -> None:
    add(store, "one", PAGE)
    with store.write() as writer:
        writer.add_capture(refused(OTHER), at=AT)
        writer.add_capture(capture_of("a file"), at=AT)
    with store.view() as view:
        (page,) = view.iter_asked(f"{PAGE}?utm_source=x")
        (refusal,) = view.iter_asked(OTHER)
        assert page.sha256
        assert refusal.refusal
        assert list(view.iter_asked("https://post.example/other")) == []


def test_whether_a_document_was_read_by_any_run(store: Store) -> None:
    reading = small_reading()
    captured = capture_of("small")
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        writer.add_document(reading.document, captured.capture.id, at=AT)
        assert not writer.has_reading(reading.document.id)
        writer.add_reading(reading, at=AT)
    with store.view() as view:
        assert view.has_reading(reading.document.id)
        assert not view.has_reading(reading.document.id, "run-0000000000000000")
        assert not view.has_reading("doc-0000000000000000")


def test_what_another_run_read_or_none_is_outdated(store: Store) -> None:
    reading = small_reading()
    never = add(store, "never read", PAGE)
    captured = capture_of("small")
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        writer.add_document(reading.document, captured.capture.id, at=AT)
        writer.add_reading(reading, at=AT)
    with store.view() as view:
        assert view.find_outdated("run-0000000000000000") == [never.id, reading.document.id]
        assert view.find_outdated(identify(reading.run)) == [never.id]


def test_time_stamps_come_with_the_entry_that_tells_of_them(store: Store) -> None:
    with store.write() as writer:
        writer.add_timestamp(b"token", at=AT)
    with store.view() as view:
        ((entry, token),) = view.iter_timestamps()
        log = list(view.iter_log())
    assert token == b"token"
    assert entry == log[-1]
    assert entry.previous == log[-2].hash


def test_a_newer_version_names_the_older(store: Store) -> None:
    first = add(store, "one", PAGE)
    captured = capture_of("two", url=PAGE)
    second = Document(
        id=document_id(text="two", outlet=None, published=None),
        name=PAGE,
        text="two",
        urls=Urls(asked=PAGE),
        supersedes=first.id,
    )
    with store.write() as writer:
        writer.add_capture(captured, at=AT)
        writer.add_document(second, captured.capture.id, at=AT)
    with store.view() as view:
        assert view.get_document(second.id) == replace(second, supersedes=first.id)
