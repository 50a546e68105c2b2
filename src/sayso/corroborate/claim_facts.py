"""What a mention says, field by field, in a shape in which two mentions can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.mentions import telling_words
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import POSSESSIVE, WORD, cut_word, list_days, list_function_words
from sayso.records import Endorsement, Polarity, Stance
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Assertion, Attribution, Mention, Place, Quantity, Reading, Source, Span, Time

OF_A_LIST = re.compile(r"\s+")
# What stands before a total: a figure, "of the", and at most two words between.
OUT_OF = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|some|most|all|none))"
    r"\s(?:out\s)?of\s(?:the|its|their|his|her|our|these|those)\s(?:[\w’'-]{1,30}\s){0,2}$",
    re.IGNORECASE,
)
NEAR = 90
# A second clause of what is said; "and that was all" is none.
AND_THAT = re.compile(
    r"\b(?:and|but|or)\s(?:also\s)?that\s(?!(?:is|was|were|are|will|would|has|had|makes?|made|means?|meant)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class MentionFacts:
    """What one mention says.

    Attributes:
        mention: The mention.
        row: Its row; None for the article's own voice.
        source: Who says it; None for the article's own voice.
        party: What stands for its source across documents: the id of the party, else the name in small letters.
        sequence: The stems of its words, function words left out, in order.
        words: The same, counted.
        surroundings: The stems of its whole sentences, counted.
        names: The stems of the names in its sentences.
        actors: The stems of who does it, by its assertions; empty where a pronoun or nobody stands there.
        actions: The stems of the deeds.
        deed: The stems of the first of them, which `polarity` is of.
        targets: The stems of to whom or what.
        quantities: Its figures.
        times: Its times.
        places: Its places.
        days: Names of days and months, and years, in its sentences.
        polarity: Of its first assertion that has a deed; None where it has none.
        factuality: The same assertion's, -3 to 3; None likewise.
        actor_words: Who does it, as written, by its assertions.
        has_pronoun: Whether a pronoun stands for who does it.
        further: Which of those who do it are called one more of their kind ("a second blast"), by its stem.
    """

    mention: Mention
    row: Attribution | None
    source: Source | None
    party: str | None
    sequence: tuple[str, ...]
    words: Counter[str]
    surroundings: Counter[str]
    names: frozenset[str]
    actors: frozenset[str]
    actions: frozenset[str]
    deed: frozenset[str]
    targets: frozenset[str]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    days: frozenset[str]
    polarity: Polarity | None
    factuality: float | None
    actor_words: str
    has_pronoun: bool
    further: Mapping[str, str]

    @property
    def stance(self) -> Stance:
        """Return the row's stance; the article's own voice asserts."""
        return Stance.ASSERTS if self.row is None else self.row.stance

    @property
    def says_two(self) -> bool:
        """Return whether it tells two things: "that the fire was set, and that two guards …"."""
        return AND_THAT.search(self.mention.span.exact) is not None

    @property
    def is_distanced(self) -> bool:
        """Return whether the article keeps away from it."""
        return self.row is not None and self.row.endorsement is Endorsement.DISTANCED


def gather_facts(reading: Reading, mentions: Sequence[Mention], parties: Mapping[str, str]) -> list[MentionFacts]:
    """Return what each mention of one document says.

    Args:
        reading: The document's reading.
        mentions: Mentions of it.
        parties: Id of the party of each source, by the source's id; a source without one stands for itself by name.
    """
    rows = {row.id: row for row in reading.attributions}
    sources = {source.id: source for source in reading.sources}
    assertions = {assertion.id: assertion for assertion in reading.assertions}
    sentences = find_sentences(reading.document.text)
    text = reading.document.text
    pronouns = _list_pronouns()
    small = {found.group() for found in WORD.finditer(text) if found.group()[0].islower()}
    facts = []
    for mention in mentions:
        row = None if mention.attribution is None else rows[mention.attribution]
        source = None if row is None else sources.get(row.source)
        around = _find_around(text, sentences, mention.span)
        own = [assertions[key] for key in mention.assertions if key in assertions]
        deed = next((a for a in own if a.action is not None), None)
        words = telling_words(mention.span.exact if row is None else " ".join(s.exact for s in row.content_spans))
        names = [found.group() for found in WORD.finditer(around) if _is_name(found.group(), small)]
        facts.append(
            MentionFacts(
                mention=mention,
                row=row,
                source=source,
                party=_find_party(source, parties),
                sequence=tuple(words),
                words=Counter(words),
                surroundings=Counter(telling_words(around)),
                names=frozenset(cut_word(name.lower()) for name in names),
                actors=_gather_actors(own, row, source),
                actions=_gather_stems(a.action for a in own),
                deed=_gather_stems([None if deed is None else deed.action]),
                targets=_gather_stems(a.target for a in own),
                quantities=_drop_totals(_pick(own, "quantities", reading.quantities, mention.span), text),
                times=_pick(own, "times", reading.times, mention.span),
                places=_pick(own, "places", reading.places, mention.span),
                days=frozenset(
                    word
                    for word in (found.group().lower() for found in WORD.finditer(around))
                    if word in list_days() or re.fullmatch(r"(?:19|20)\d\d", word)
                ),
                polarity=None if deed is None else deed.polarity,
                factuality=None if deed is None else deed.factuality,
                actor_words=next((a.actor.exact for a in own if a.actor is not None), ""),
                has_pronoun=any(a.actor is not None and a.actor.exact.lower() in pronouns for a in own),
                further=find_further(*(a.actor.exact for a in own if a.actor is not None and a.action is not None)),
            )
        )
    return facts


def find_further(*doers: str) -> dict[str, str]:
    """Return which of those who do something are called one more of their kind, by its stem, with the word for that.

    Example: ``"a second guard"`` -> ``{"guard": "second"}``, ``"the second guard"`` -> ``{}``
    """
    hits = [hit for doer in doers for hit in _further_pattern().finditer(doer)]
    return {cut_word(hit["kind"].lower()): (hit["which"] or hit["other"]).lower() for hit in hits}


@cache
def _further_pattern() -> re.Pattern[str]:
    which = "|".join(load_rules("claims")["further"])
    return re.compile(rf"\b(?:an?\s(?P<which>{which})|(?P<other>another))\s(?P<kind>[^\W\d_]{{2,30}})", re.IGNORECASE)


def _gather_actors(own: Sequence[Assertion], row: Attribution | None, source: Source | None) -> frozenset[str]:
    """Return the stems of who does it; who intends something does it himself, where nobody else stands there."""
    found = _gather_stems(a.actor for a in own)
    if found or row is None or source is None or row.stance is not Stance.INTENDS:
        return found
    return fold_name(source.name)


def _find_around(text: str, sentences: Sequence[tuple[int, int]], span: Span) -> str:
    """Return the sentences that a span touches."""
    first = max(0, bisect_right(sentences, (span.start, len(text))) - 1)
    last = max(first, bisect_right(sentences, (max(span.start, span.end - 1), len(text))) - 1)
    if not sentences:
        return span.exact
    return text[min(sentences[first][0], span.start) : max(sentences[last][1], span.end)]


def _find_party(source: Source | None, parties: Mapping[str, str]) -> str | None:
    """Return what stands for a source across documents; an unnamed one without a party, or unresolved, for nobody."""
    if source is None or source.unresolved is not None:
        return None
    if source.id in parties:
        return parties[source.id]
    return source.name.lower() if source.naming == "named" else None


def _gather_stems(spans: Iterable[Span | None]) -> frozenset[str]:
    """Return the telling stems of some spans; a pronoun tells nothing."""
    pronouns = _list_pronouns()
    found: set[str] = set()
    for span in spans:
        if span is not None and span.exact.lower() not in pronouns:
            found.update(word for word in telling_words(span.exact) if word not in pronouns)
    return frozenset(found)


@cache
def _list_pronouns() -> frozenset[str]:
    """Return the words that stand for somebody named elsewhere."""
    return frozenset(load_rules("claims")["pronouns"].split())


def _pick(own: Sequence[Assertion], field: str, everything: Sequence, within: Span) -> tuple:  # type: ignore[type-arg]
    """Return what a mention's assertions refer to, and else what stands in its span."""
    numbers = sorted({number for assertion in own for number in getattr(assertion, field)})
    if numbers:
        return tuple(everything[number] for number in numbers if number < len(everything))
    return tuple(one for one in everything if within.start <= one.span.start and one.span.end <= within.end)


def _drop_totals(quantities: tuple[Quantity, ...], text: str) -> tuple[Quantity, ...]:
    """Return figures without those that only say out of how many: the 22 of "14 of the 22 tanks"."""
    return tuple(one for one in quantities if not OUT_OF.search(text, max(0, one.span.start - NEAR), one.span.start))


def _is_name(word: str, small: set[str]) -> bool:
    """Return whether a word of a text is written like a name there."""
    return (
        len(word) > 1 and word[0].isupper() and word.lower() not in small and word.lower() not in list_function_words()
    )


def fold_name(name: str) -> frozenset[str]:
    """Return the stems of a name."""
    return frozenset(cut_word(POSSESSIVE.sub("", word.lower())) for word in OF_A_LIST.split(name) if word)
