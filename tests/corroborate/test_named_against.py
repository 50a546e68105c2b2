"""Invented denials, doubts and refusals of a word or two, and implied ones, and the claim that each is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.claims import find_claims
from sayso.corroborate.disputes import find_disputes, gather_told
from sayso.corroborate.named_against import find_named_against
from sayso.corroborate.standing import find_standing, implies_against
from sayso.corroborate.told_sides import pick_supporting
from sayso.ids import assertion_id
from sayso.records import Assertion, Claim, Dispute, DisputeKind, Polarity
from tests.readings import Builder

if TYPE_CHECKING:
    from sayso.records import Reading

LANDED = "Four men had landed at Orlby with rifles"


def told(
    against: tuple[str, str, str],
    *,
    stance: str = "asserts",
    lead: str = f"{LANDED}, the harbour office said.",
    content: str = LANDED,
    actor: str = "Four men",
    action: str = "had landed",
    target: str | None = None,
    **more: object,
) -> Reading:
    """Return an article of a telling, and of somebody's words after it: who, the cue, the content."""
    who, cue, words = against
    make = Builder(f"{lead} {who} {cue} {words}.")
    make.source("office", "the harbour office", "organisation", "described")
    make.row("a", "office", "said", content)
    make.source("other", who, "organisation", "described", **more)
    make.row("b", "other", cue, words, after=f"{who} {cue}", stance=stance)
    return with_deed(make.build(), make, actor, action, target)


def with_deed(reading: Reading, make: Builder, actor: str, action: str, target: str | None = None) -> Reading:
    """Return a reading whose first row says who did what."""
    row = reading.attributions[0]
    span = row.content_spans[0]
    deed = Assertion(
        id=assertion_id(document=reading.document.id, attribution=row.id, start=span.start, verb=span.start),
        attribution=row.id,
        span=span,
        actor=make.find(actor),
        action=make.find(action),
        target=None if target is None else make.find(target),
        polarity=Polarity.POSITIVE,
    )
    return replace(reading, assertions=(deed,))


def find(*readings: Reading) -> tuple[tuple[Dispute, ...], tuple[Claim, ...]]:
    claims, links = find_claims(readings)
    facts = gather_told(readings, claims)
    disputes, _ = find_disputes(facts, links)
    return find_named_against(facts, claims, disputes, {}), claims


@pytest.mark.parametrize(
    ("cue", "words", "stance", "kind"),
    [
        ("has yet to verify", "the landing", "doubts", DisputeKind.DOUBT),
        ("said", "that it could not immediately confirm the landing", "asserts", DisputeKind.DOUBT),
        ("said", "that its men had seen nobody land", "asserts", DisputeKind.DOUBT),
        ("said", "that it had found no trace of a landing", "asserts", DisputeKind.DOUBT),
        ("knows of", "no such plan", "believes", DisputeKind.DOUBT),
        ("denied", "the landing", "denies", DisputeKind.DENIAL),
        ("denied", "that anybody had landed", "denies", DisputeKind.DENIAL),
        ("rejected", "the report of a landing", "denies", DisputeKind.DENIAL),
        ("said", "that there was no landing at Orlby with rifles", "asserts", DisputeKind.POLARITY),
        ("said", "that there were no rifles at Orlby", "asserts", DisputeKind.POLARITY),
        ("declined", "to comment on the men", "declines", DisputeKind.REFUSAL),
        ("declined", "to answer questions about the landing", "declines", DisputeKind.REFUSAL),
    ],
)
def test_what_is_named_leads_to_the_claim(cue: str, words: str, stance: str, kind: DisputeKind) -> None:
    reading = told(("The ministry", cue, words), stance=stance)
    disputes, claims = find(reading)
    (dispute,) = disputes
    (claim,) = [one for one in claims if any(m.attribution == reading.attributions[0].id for m in one.mentions)]
    assert dispute.kind is kind
    assert dispute.first in {mention.id for mention in claim.mentions}
    assert dispute.attribution == reading.attributions[1].id
    assert dispute.features[0].value == 1.0


@pytest.mark.parametrize(
    ("cue", "words", "stance"),
    [
        ("said", "that it found no sign of fever", "asserts"),  # nobody tells of it
        ("said", "that it could not confirm how many men had landed", "asserts"),  # that some did is taken for granted
        ("said", "that there was no evidence that nobody had landed", "asserts"),  # turned round once more
        ("denied", "the rifles", "denies"),  # named there, and not what is told
        ("denied", "it", "denies"),
        ("said", "that there was no harbour", "asserts"),  # one word may be anybody's
        ("declined", "to answer", "declines"),
        ("declined", "to name Orlby", "declines"),
        ("asked", "whether there was no sign of a landing", "asks"),
        ("denied", "a report", "denies"),
        ("denied", "the mayor's account", "denies"),
    ],
)
def test_where_nothing_tells_nothing_is_found(cue: str, words: str, stance: str) -> None:
    assert find(told(("The ministry", cue, words), stance=stance))[0] == ()


def test_who_tells_it_does_not_stand_against_it_and_a_pronoun_is_nobody() -> None:
    own = told(("the harbour office", "found", "no trace of a landing"))
    assert find(replace(own, sources=own.sources[:1], attributions=own.attributions[:1]))[0] == ()
    same = replace(own, attributions=(own.attributions[0], replace(own.attributions[1], source=own.sources[0].id)))
    assert find(same)[0] == ()
    assert find(told(("It", "found", "no trace of a landing"), unresolved="“It” has no antecedent"))[0] == ()


def test_an_unsure_row_stands_against_nothing() -> None:
    reading = told(("The ministry", "denied", "the landing"), stance="denies")
    weak = replace(reading, attributions=(reading.attributions[0], replace(reading.attributions[1], confidence=0.2)))
    assert find(reading)[0]
    assert find(weak)[0] == ()


def test_of_two_rows_in_one_another_the_inner_stands_against_it() -> None:
    make = Builder(f"{LANDED}, the harbour office said. Mara Venn told us that the ministry knows of no such plan.")
    make.source("office", "the harbour office", "organisation", "described")
    make.source("venn", "Mara Venn", "person")
    make.source("ministry", "the ministry", "organisation", "described")
    make.row("a", "office", "said", LANDED)
    make.row("b", "venn", "told", "that the ministry knows of no such plan")
    make.row("c", "ministry", "knows of", "no such plan", within="b")
    reading = with_deed(make.build(), make, "Four men", "had landed")
    (dispute,) = find(reading)[0]
    assert dispute.attribution == reading.attributions[2].id
    assert "told right before" in dispute.features[0].why


def test_an_account_is_of_whom_it_is_said_to_be_and_a_report_of_what_was_reported() -> None:
    mayor = told(("The ministry", "doubted", "the harbour office's account"), stance="doubts")
    (dispute,) = find(mayor)[0]
    assert "has from there first" in dispute.features[0].why
    make = Builder(f"The Orlby Post reported that {LANDED.lower()}. The ministry declined to comment on the report.")
    make.source("post", "The Orlby Post", "outlet")
    make.source("ministry", "The ministry", "organisation", "described")
    make.row("a", "post", "reported", LANDED.lower())
    make.row("b", "ministry", "declined", "to comment on the report", stance="declines")
    (refusal,) = find(with_deed(make.build(), make, "four men", "had landed"))[0]
    assert refusal.kind is DisputeKind.REFUSAL
    assert "put by that word" in refusal.features[0].why


def test_a_doer_named_by_another_word_of_the_family_is_named() -> None:
    lead = "The mill was set on fire by arsonists, the harbour office said."
    reading = told(
        ("The ministry", "sees", "no sign of arson"),
        stance="believes",
        lead=lead,
        content="The mill was set on fire by arsonists",
        actor="arsonists",
        action="was set",
        target="The mill",
    )
    (dispute,) = find(reading)[0]
    assert dispute.kind is DisputeKind.DOUBT
    assert dispute.there is not None
    assert dispute.there.exact == "no sign of arson"


def test_another_document_is_looked_at_only_for_several_things() -> None:
    make = Builder("The ministry denied the landing. The ministry denied a landing at Orlby with rifles.")
    make.source("ministry", "The ministry", "organisation", "described")
    make.row("a", "ministry", "denied", "the landing", stance="denies")
    make.row("b", "ministry", "denied", "a landing at Orlby", after="denied a", stance="denies")
    here = make.build()
    there = told(("The mayor", "said", "nothing"))
    (dispute,) = find(here, there)[0]
    assert dispute.attribution == here.attributions[1].id


def test_who_finds_no_sign_of_it_tells_it_not() -> None:
    reading = told(("The ministry", "said", "that it had found no trace of a landing by four men at Orlby"))
    (dispute,), claims = find(reading)
    both = Claim(
        id=claims[0].id,
        mentions=tuple(mention for claim in claims for mention in claim.mentions),
        clearest=dispute.first,
        line=claims[0].line,
    )
    facts = gather_told([reading], [both]).facts
    assert dispute.second is not None
    assert [mention.id for mention in pick_supporting(both, facts, [dispute]).telling] == [dispute.first]


def test_what_is_named_ends_with_its_clause() -> None:
    (found,) = find_standing(told(("The ministry", "found", "no trace of a landing, and no boat at Orlby")))
    assert (found.names, found.implied) == ("a landing", "found no trace of")
    assert implies_against("There was simply no sign of it")
    assert not implies_against("There is every sign of it")
