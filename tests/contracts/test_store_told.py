"""What every store's lists show of the claims that documents tell together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_story import gather_story
from sayso.records import (
    ArticleOrder,
    ClaimOrder,
    Filter,
    Moment,
    Precision,
    SourceOrder,
    Urls,
)
from tests.cases import AT, add_readings, judge
from tests.readings import Builder

if TYPE_CHECKING:
    from sayso.records import Attribution, ClaimLine, Reading
    from sayso.store.base import Store

EVERY = Filter()


def report(outlet: str, day: int, *claims: str) -> Reading:
    """Return a reading in which one party says each of these, newest day first in lists."""
    text = " ".join(f"{claim}, Ilsa Venn of {outlet} said." for claim in claims)
    moment = Moment(value=f"2024-05-{day:02}", precision=Precision.DAY, stated_in="given")
    url = f"https://{outlet.lower()}.example/{day}"
    make = Builder(text, name=url, outlet=outlet, published=moment, urls=Urls(asked=url))
    make.doc = replace(make.doc, title=make.find(claims[0]))
    make.source("v", f"Ilsa Venn of {outlet}", "person")
    for number, claim in enumerate(claims):
        make.row(f"r{number}", "v", "said", claim, said_by=f"Ilsa Venn of {outlet}")
    return make.build(origins=("v",))


@dataclass(frozen=True)
class Told:
    """A case in which three documents of a story tell two claims; what a fourth says is told nowhere else.

    Attributes:
        readings: Post, Mail, Wire and the one apart, each newer than the one before.
        safe: The claim of the bridge: told by Post, Mail and Wire, on one leg at least.
        shut: The claim of the road: told by Wire, in Post's own voice, disputed, on two legs at least.
    """

    readings: tuple[Reading, ...]
    safe: ClaimLine
    shut: ClaimLine


def tell(store: Store) -> Told:
    post = report("Post", 1, "The bridge at Orlby is safe")
    mail = report("Mail", 2, "The bridge at Orlby is quite safe", "Nobody was there at all")
    wire = report("Wire", 3, "Orlby's bridge is safe", "The road to Orlby is shut")
    apart = report("Gazette", 4, "A circus came to Tarn")
    add_readings(store, post, mail, wire, apart)
    groups: list[list[tuple[Reading, Attribution | None]]] = [
        [(post, post.attributions[0]), (mail, mail.attributions[0]), (wire, wire.attributions[0])],
        [(post, None), (wire, wire.attributions[1])],
    ]
    with store.write() as writer:
        findings, lines = gather_story((post, mail, wire), groups, writer.take_claim_numbers)
        safe = replace(lines[0], least=1, most=3, is_disputed=False)
        shut = replace(lines[1], least=2, most=2, is_disputed=True)
        writer.put_findings(findings, (safe, shut))
    return Told((post, mail, wire, apart), safe, shut)


def list_contents(
    store: Store, asked: Filter = EVERY, order: ClaimOrder = ClaimOrder.PUBLISHED, **more: bool
) -> list[str]:
    """Return what is claimed in the rows of a list, with which claim each tells."""
    with store.view() as view:
        page = view.list_claims(asked, order, limit=100, **more)
    assert page.total == len(page.rows)
    return [f"{row.content} ({row.claim.number})" if row.claim else row.content for row in page.rows]


def list_outlets(store: Store, asked: Filter) -> list[str | None]:
    with store.view() as view:
        return [row.outlet for row in view.list_articles(asked, ArticleOrder.PUBLISHED, limit=100).rows]


def list_names(store: Store, asked: Filter) -> set[str]:
    with store.view() as view:
        return {row.name for row in view.list_sources(asked, SourceOrder.CLAIMS, limit=100).rows}


CIRCUS, NOBODY, SHUT = "A circus came to Tarn", "Nobody was there at all", "The road to Orlby is shut (2)"
WIRE, MAIL, POST = (
    "Orlby's bridge is safe (1)",
    "The bridge at Orlby is quite safe (1)",
    "The bridge at Orlby is safe (1)",
)


def test_rows_come_with_the_claims_that_they_tell(store: Store) -> None:
    told = tell(store)
    assert list_contents(store) == [CIRCUS, WIRE, SHUT, MAIL, NOBODY, POST]
    with store.view() as view:
        rows = view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=3).rows
    assert [row.claim for row in rows] == [None, told.safe, told.shut]


def test_a_claim_comes_once_where_its_first_row_stands(store: Store) -> None:
    tell(store)
    assert list_contents(store, once=True) == [CIRCUS, WIRE, SHUT, NOBODY]
    assert list_contents(store, once=True, reverse=True) == [POST, NOBODY, SHUT, CIRCUS]
    assert list_contents(store, order=ClaimOrder.OUTLET, once=True) == [CIRCUS, MAIL, NOBODY, SHUT]
    assert list_contents(store, Filter(outlet="post"), once=True) == [POST]
    assert list_contents(store, Filter(text="bridge at orlby"), once=True) == [MAIL]
    assert list_contents(store, Filter(text="orlby"), once=True, reverse=True) == [POST, SHUT]
    with store.view() as view:
        page = view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=1, offset=2, once=True)
        assert ([row.content for row in page.rows], page.total) == (["The road to Orlby is shut"], 4)
        assert view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=0, once=True).total == 4


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ClaimOrder.ORIGINS, [WIRE, MAIL, POST, SHUT, CIRCUS, NOBODY]),
        (ClaimOrder.OUTLETS, [WIRE, MAIL, POST, SHUT, CIRCUS, NOBODY]),
        (ClaimOrder.TELLINGS, [WIRE, MAIL, POST, SHUT, CIRCUS, NOBODY]),
    ],
)
def test_rows_are_sorted_by_what_their_claims_have_and_those_without_come_last(
    store: Store, order: ClaimOrder, expected: list[str]
) -> None:
    told = tell(store)
    assert list_contents(store, order=order) == expected
    assert list_contents(store, order=order, reverse=True) == expected[::-1]
    with store.write() as writer:
        findings = writer.find_findings(told.safe.story)
        assert findings is not None
        more = replace(told.shut, least=0, outlets=("a", "b", "c", "d"), n_tellings=9)
        writer.put_findings(findings, (told.safe, more))
    assert list_contents(store, order=order) == [SHUT, WIRE, MAIL, POST, CIRCUS, NOBODY]
    assert list_contents(store, order=order, once=True) == [SHUT, WIRE, CIRCUS, NOBODY]


@pytest.mark.parametrize(
    ("asked", "contents", "outlets"),
    [
        (Filter(claim=1), [WIRE, MAIL, POST], ["Wire", "Mail", "Post"]),
        (Filter(claim=2), [SHUT], ["Wire", "Post"]),
        (Filter(claim=3), [], []),
        (Filter(origins_most=1), [WIRE, MAIL, POST], ["Wire", "Mail", "Post"]),
        (Filter(origins_most=0), [], []),
        (Filter(outlets_least=3), [WIRE, MAIL, POST], ["Wire", "Mail", "Post"]),
        (Filter(outlets_least=0), [WIRE, SHUT, MAIL, POST], ["Wire", "Mail", "Post"]),
        (Filter(disputed_only=True), [SHUT], ["Wire"]),
        (Filter(disputed_only=True, origins_most=1), [], []),
        (Filter(claim=1, outlet="mail"), [MAIL], ["Mail"]),
        (Filter(claim=2, disputed_only=True), [SHUT], ["Wire"]),
    ],
)
def test_what_is_asked_of_claims(store: Store, asked: Filter, contents: list[str], outlets: list[str]) -> None:
    tell(store)
    assert list_contents(store, asked) == contents
    assert list_outlets(store, asked) == outlets
    with store.view() as view:
        rows = view.list_claims(asked, ClaimOrder.PUBLISHED, limit=100).rows
    assert list_names(store, asked) == {row.source_name for row in rows}


def test_what_is_asked_of_a_story(store: Store) -> None:
    story = Filter(story=tell(store).safe.story)
    assert list_contents(store, story) == [WIRE, SHUT, MAIL, POST]
    assert list_outlets(store, story) == ["Wire", "Mail", "Post"]
    assert list_names(store, story) == {f"Ilsa Venn of {outlet}" for outlet in ("Wire", "Mail", "Post")}
    with store.view() as view:
        found = view.search(replace(story, text="orlby"), limit=10)
    assert [hit.article.outlet for hit in found.rows] == ["Wire", "Mail", "Post"]
    assert list_contents(store, Filter(story="sty-0000000000000000")) == []
    assert list_outlets(store, Filter(story="sty-0000000000000000")) == []


def test_what_was_found_again_is_what_lists_have(store: Store) -> None:
    told = tell(store)
    post, mail, wire, apart = told.readings
    with store.write() as writer:
        writer.put_findings(*gather_story((post, mail), [[(post, post.attributions[0])]], writer.take_claim_numbers))
    # Wire is in no story any more: that of Post had its id.
    assert list_contents(store) == [
        CIRCUS, "Orlby's bridge is safe", SHUT.removesuffix(" (2)"), "The bridge at Orlby is quite safe", NOBODY,
        "The bridge at Orlby is safe (3)",
    ]  # fmt: skip
    assert list_outlets(store, Filter(claim=1)) == []
    with store.write() as writer:
        findings, lines = gather_story(
            (apart, wire),
            [[(apart, apart.attributions[0]), (wire, wire.attributions[1])]],
            writer.take_claim_numbers,
        )
        writer.put_findings(findings, lines)
        assert [row.document for row in writer.list_claims(Filter(claim=4), ClaimOrder.ADDED, limit=9).rows] == [
            apart.document.id,
            wire.document.id,
        ]
        writer.drop_findings(told.safe.story)
    assert list_contents(store, Filter(outlets_least=0)) == [
        "A circus came to Tarn (4)",
        "The road to Orlby is shut (4)",
    ]
    with store.write() as writer:
        writer.drop_findings(findings.story.id)
    assert list_contents(store, Filter(outlets_least=0)) == []


def test_rows_that_are_judged_and_read_again_still_tell_their_claims(store: Store) -> None:
    post, mail, wire, _ = tell(store).readings
    with store.write() as writer:
        changes = {"stance": "doubts"}
        row = post.attributions[0]
        writer.add_judgement(judge("correct", row.id, document=post.document.id, changes=changes), at=AT)
        writer.add_judgement(judge("reject", mail.attributions[0].id, document=mail.document.id), at=AT)
        newer = replace(wire, run=replace(wire.run, model="newer"), attributions=wire.attributions[1:])
        writer.add_reading(newer, at=AT)
    assert list_contents(store) == [CIRCUS, SHUT, MAIL, NOBODY, POST]
    assert list_contents(store, Filter(claim=1), once=True) == [MAIL]
    assert list_outlets(store, Filter(claim=1, origins_most=5)) == ["Post"]
    assert list_names(store, Filter(claim=1)) == {"Ilsa Venn of Post"}


def test_what_is_purged_leaves_no_claims(store: Store) -> None:
    told = tell(store)
    with store.write() as writer:
        writer.purge(told.readings[1].document.id, at=AT)
    assert list_contents(store, once=True) == [
        CIRCUS, "Orlby's bridge is safe", SHUT.removesuffix(" (2)"), "The bridge at Orlby is safe",
    ]  # fmt: skip
    assert list_outlets(store, Filter(story=told.safe.story)) == []
