"""The right answers of the invented case, each as one check."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.records import Level, ReuseDirection, ReuseExtent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sayso.records import Bounds, ClaimFindings, Dispute, Reuse, Source
    from tests.demo.demo_case import DemoCase

    Answer = Mapping[str, Any]
    Holds = Callable[[DemoCase], bool]

ANSWERS = Path(__file__).with_name("answers.toml")
NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Check:
    """One right answer.

    Attributes:
        name: What it is about.
        holds: Whether a case gives it.
        reason: Why the machine does not give it; None where it does.
    """

    name: str
    holds: Holds
    reason: str | None


def list_checks() -> list[Check]:
    """Return all right answers."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    return [
        *_check_stories(answers),
        *_check_claims(answers),
        *_check_places(answers),
        *_check_copies(answers),
        *_check_parties(answers),
    ]


def _make(name: str, answer: Answer, holds: Holds, field: str = "it") -> Check:
    reason = answer.get(NOT_REACHED, {})
    return Check(name, holds, reason if isinstance(reason, str) else reason.get(field))


def _check_stories(answers: Answer) -> Iterator[Check]:
    for answer in answers["stories"]:
        yield _make(f"story {answer['key']}", answer, partial(_is_story, answer["documents"]))


def _is_story(pages: list[str], demo: DemoCase) -> bool:
    return any({demo.find_page(key) for key in found.story.documents} == set(pages) for found in demo.stories)


def _check_claims(answers: Answer) -> Iterator[Check]:
    for answer in answers["claims"]:
        name, places = f"claim {answer['key']}", answer["mentions"]
        for field, asks in FIELDS.items():
            if field in answer:
                holds = partial(_has_field, places, asks, answer[field])
                yield _make(f"{name}: {field}", answer, holds, field)
        others = [place for other in answers["claims"] if other is not answer for place in other["mentions"]]
        yield _make(f"{name}: alone", answer, partial(_is_alone, places, others), "alone")
        for place in places:
            at = f"{name}: {place['in']} “{place['words'][:30]}”"
            yield _make(f"{at} told", place, partial(_is_told, places, place), "told")
            yield _make(f"{at} by", place, partial(_is_said_by, place), "by")


def _has_field(places: list[Answer], asks: Callable[..., bool], right: object, demo: DemoCase) -> bool:
    found = demo.find_claim(places)
    return found is not None and asks(demo, found, right)


def _is_told(places: list[Answer], place: Answer, demo: DemoCase) -> bool:
    found = demo.find_claim(places)
    return found is not None and any(demo.is_at(mention, place) for mention in found.claim.mentions)


def _is_said_by(place: Answer, demo: DemoCase) -> bool:
    for mention in demo.find_at(place)[:1]:
        row = demo.find_row(mention.attribution)
        source = None if row is None else demo.find_source(row.source)
        if "by" in place:
            return source is not None and place["by"].casefold() in source.name.casefold()
        return source is None or source.naming.value == "vague"
    return False


def _is_alone(places: list[Answer], others: list[Answer], demo: DemoCase) -> bool:
    found = demo.find_claim(places)
    return found is not None and not any(
        demo.is_at(mention, other) and not any(demo.is_at(mention, place) for place in places)
        for mention in found.claim.mentions
        for other in others
    )


def _has_range(level: Level, _demo: DemoCase, found: ClaimFindings, right: list[int]) -> bool:
    bounds: Bounds = found.corroboration.persons if level is Level.PERSONS else found.corroboration.organisations
    return [bounds.least, bounds.most] == right


def _is_first(demo: DemoCase, found: ClaimFindings, right: list[str]) -> bool:
    tellings = [demo.find_mention(key) for key in found.corroboration.first.tellings]
    return {demo.find_outlet(mention) for mention in tellings if mention is not None} == set(right)


def _rests_on(_demo: DemoCase, found: ClaimFindings, right: str) -> bool:
    return any(
        right in one.name and one.level is Level.PERSONS and one.resting == one.of
        for one in found.corroboration.dependence
    )


def _is_loop(demo: DemoCase, found: ClaimFindings, right: list[str]) -> bool:
    outlets = [
        {demo.find_outlet(mention) for key in loop.tellings if (mention := demo.find_mention(key)) is not None}
        for loop in found.corroboration.loops
        if loop.is_circular
    ]
    return set(right) in outlets


def _has(field: str, demo: DemoCase, found: ClaimFindings, right: object) -> bool:
    return bool(getattr(demo.make_line(found), field) == right)


FIELDS: Mapping[str, Callable[..., bool]] = {
    "persons": partial(_has_range, Level.PERSONS),
    "organisations": partial(_has_range, Level.ORGANISATIONS),
    "independence": partial(_has, "independence"),
    "disputed": partial(_has, "is_disputed"),
    "circular": partial(_has, "is_circular"),
    "first": _is_first,
    "first_certainty": lambda _demo, found, right: found.corroboration.first.certainty == right,
    "rests_on": _rests_on,
    "loop": _is_loop,
}


def _check_places(answers: Answer) -> Iterator[Check]:
    places_of = {answer["key"]: answer["mentions"] for answer in answers["claims"]}
    for number, answer in enumerate(answers["apart"]):
        yield _make(f"apart {number}", answer, partial(_are_apart, answer))
    for answer in answers["disputes"]:
        name = f"dispute of {answer['claim']} by {answer['by']['in']}"
        yield _make(name, answer, partial(_is_disputed, answer, places_of[answer["claim"]]))
    for number, answer in enumerate(answers["updates"]):
        is_updated = _is_corrected if answer["kind"] == "correction" else _is_updated
        yield _make(f"update {number} {answer['kind']}", answer, partial(is_updated, answer))
    for answer in answers["drift"]:
        name = f"drift {answer['kind']} {answer['carrier']['in']}"
        yield _make(name, answer, partial(_has_drifted, answer))
    for answer in answers["no_drift"]:
        yield _make(f"no drift {answer['kind']}", answer, partial(_has_not_drifted, answer))
    for answer in answers["boilerplate"]:
        yield _make("boilerplate", answer, partial(_is_boilerplate, answer))


def _are_apart(answer: Answer, demo: DemoCase) -> bool:
    return not any(
        any(demo.is_at(mention, answer["one"]) for mention in found.claim.mentions)
        and any(demo.is_at(mention, answer["other"]) for mention in found.claim.mentions)
        for found in demo.iter_claims()
    )


def _is_disputed(answer: Answer, places: list[Answer], demo: DemoCase) -> bool:
    return any(
        dispute.kind in answer["kinds"]
        and any(_stands_at(dispute, place, demo) for place in places)
        and _is_stated_at(dispute, answer["by"], demo)
        for found in demo.stories
        for dispute in found.disputes
    )


def _stands_at(dispute: Dispute, place: Answer, demo: DemoCase) -> bool:
    return demo.is_at(demo.find_mention(dispute.first), place) or demo.is_at(demo.find_mention(dispute.second), place)


def _is_stated_at(dispute: Dispute, place: Answer, demo: DemoCase) -> bool:
    document, start, end = demo.locate(place)
    row = demo.find_row(dispute.attribution)
    if row is not None and any(row == one for one in demo.readings[place["in"]].attributions):
        spans = (*row.cue_spans, *row.content_spans)
        return any(start < span.end and span.start < end for span in spans)
    return document in demo.boilerplate or _stands_at(dispute, place, demo)


def _is_updated(answer: Answer, demo: DemoCase) -> bool:
    return any(
        update.kind == answer["kind"]
        and (update.old_words, update.new_words) == (answer["old"]["words"], answer["new"]["words"])
        and all(
            mention is not None and demo.find_page(mention.document) == place["in"]
            for mention, place in (
                (demo.find_mention(update.old), answer["old"]),
                (demo.find_mention(update.new), answer["new"]),
            )
        )
        for found in demo.stories
        for update in found.updates
    )


def _is_corrected(answer: Answer, demo: DemoCase) -> bool:
    return any(
        update.kind == answer["kind"]
        and demo.find_page(update.stated_in) == answer["stated_in"]
        and (update.old_words, update.new_words) == (answer["old_words"], answer["new_words"])
        and {demo.find_page(key) for key in update.carried_by} == set(answer["carried_by"])
        for found in demo.stories
        for update in found.updates
    )


def _has_drifted(answer: Answer, demo: DemoCase) -> bool:
    return any(
        drift.kind == answer["kind"]
        and demo.is_at(demo.find_mention(drift.origin), answer["origin"])
        and demo.is_at(demo.find_mention(drift.carrier), answer["carrier"])
        for found in demo.stories
        for drift in found.drifts
    )


def _has_not_drifted(answer: Answer, demo: DemoCase) -> bool:
    carriers = {
        demo.find_page(mention.document)
        for found in demo.stories
        for drift in found.drifts
        if drift.kind == answer["kind"] and (mention := demo.find_mention(drift.carrier)) is not None
    }
    return carriers.isdisjoint(answer["carriers"])


def _is_boilerplate(answer: Answer, demo: DemoCase) -> bool:
    found = {
        demo.find_page(document): [" ".join(span.exact.split()) for span in spans]
        for document, spans in demo.boilerplate.items()
    }
    return found == {page: [answer["words"]] for page in answer["documents"]}


def _check_copies(answers: Answer) -> Iterator[Check]:
    for answer in answers["copies"]:
        yield _make(f"copy {answer['one']} {answer['other']}", answer, partial(_is_copied, answer))
    for answer in answers["not_copied"]:
        for pair in answer["pairs"]:
            yield _make(f"no copy {' '.join(pair)}", answer, partial(_is_not_copied, pair), " ".join(pair))
    known = [{answer["one"], answer["other"]} for answer in answers["copies"]]
    common = answers["common_text"]["documents"]
    yield _make("common text", answers["common_text"], partial(_is_common, common))
    known += [{one, other} for one, other in combinations(common, 2)]
    yield _make("no other copies", answers["no_other_copies"], partial(_has_no_more, known))


def _iter_certain(demo: DemoCase) -> Iterator[tuple[str | None, str | None, Reuse]]:
    """Yield the certain edges of more than quoted words, with the names of their pages."""
    for found in demo.stories:
        for edge in found.reuse:
            if edge.is_certain and edge.extent is not ReuseExtent.QUOTES:
                yield demo.find_page(edge.document), demo.find_page(edge.other), edge


def _is_copied(answer: Answer, demo: DemoCase) -> bool:
    for one, other, edge in _iter_certain(demo):
        is_turned = edge.direction is not ReuseDirection.FROM_OTHER and (other, one) == (answer["one"], answer["other"])
        if (one, other) == (answer["one"], answer["other"]) or is_turned:
            found = edge.kind, edge.direction, edge.extent
            return found == (answer["kind"], answer["direction"], answer["extent"])
    return False


def _is_not_copied(pair: list[str], demo: DemoCase) -> bool:
    return all({one, other} != set(pair) for one, other, _ in _iter_certain(demo))


def _is_common(common: list[str], demo: DemoCase) -> bool:
    found = [edge.direction for one, other, edge in _iter_certain(demo) if {one, other} <= set(common)]
    return bool(found) and set(found) == {ReuseDirection.COMMON}


def _has_no_more(known: list[set[str]], demo: DemoCase) -> bool:
    return all({one, other} in known for one, other, _ in _iter_certain(demo))


def _check_parties(answers: Answer) -> Iterator[Check]:
    for answer in answers["one_party"]:
        yield _make(f"one party {answer['key']}", answer, partial(_are_one, answer["sources"]))
    for number, answer in enumerate(answers["two_parties"]):
        yield _make(f"two parties {number}", answer, partial(_are_two, answer["sources"]))


def _find_sources(places: list[Answer], demo: DemoCase) -> list[Source | None]:
    """Return the source of each place, by its name."""
    return [
        next((one for one in demo.readings[place["in"]].sources if place["name"] in one.name), None) for place in places
    ]


def _find_parties(places: list[Answer], demo: DemoCase) -> list[str | None]:
    """Return the party of each source; None where there is no such source."""
    party_of = {key: party.id for found in demo.stories for party in found.parties for key in party.sources}
    return [None if source is None else party_of.get(source.id) for source in _find_sources(places, demo)]


def _are_one(places: list[Answer], demo: DemoCase) -> bool:
    parties = _find_parties(places, demo)
    return None not in parties and len(set(parties)) == 1


def _are_two(places: list[Answer], demo: DemoCase) -> bool:
    parties = _find_parties(places, demo)
    return None not in parties and len(set(parties)) == len(parties)
