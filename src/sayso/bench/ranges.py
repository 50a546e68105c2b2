"""Whether the printed range of origins holds the one that readers labelled, on claims of NewsWCL50.

Five outlets tell each of eight events. Two readers said of each claim, apart from one another, on how many independent
origins it stands at least and at most. A claim of theirs is held against the claim of the machine in which most of its
places are told. Beside it stands what anybody can do without reading: one origin at least, and at most as many as there
are outlets that tell it. Four events may be looked at while developing, the other four are only measured. Claims of one
event are not independent of one another: for the interval, events are resampled.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click
import numpy as np

from sayso.bench.corpora import load_newswcl50, require_shared
from sayso.bench.figures import BOUNDS, draw_weights
from sayso.bench.range_labels import Range, agree, load_claims, measure_agreement
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.encoder.word_list import load_common_words
from sayso.ingest import from_text
from sayso.ledger.reader import Reader
from sayso.records import Level, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sayso.bench.range_labels import LabelledClaim, Place
    from sayso.records import ClaimFindings, Reading, Span, StoryFindings

LEAST_OVERLAP: Final = 0.5
OUTLETS: Final = {"LL": "HuffPost", "L": "The New York Times", "M": "USA TODAY", "R": "Fox News", "RR": "Breitbart"}
DAY: Final = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One labelled claim beside what the machine says of it.

    Attributes:
        claim: As labelled.
        label: The range that both readers allow together.
        printed: The machine's range; None where it tells none of the places.
        n_held: In how many of the articles that tell it the machine's claim is told too.
        found: The machine's claim.
    """

    claim: LabelledClaim
    label: Range
    printed: Range | None
    n_held: int
    found: ClaimFindings | None

    @property
    def n_outlets(self) -> int:
        """How many outlets tell it."""
        return len(self.claim.articles)

    @property
    def is_held(self) -> bool:
        """Whether the printed range holds the label."""
        return self.printed is not None and self.printed.contains(self.label)

    @property
    def is_wide(self) -> bool:
        """Whether the printed range is more than one wider than the label."""
        return self.printed is not None and self.printed.width > self.label.width + 1

    @property
    def by_outlets(self) -> Range:
        """The range from one to the number of outlets that tell it."""
        return Range(least=1, most=self.n_outlets)

    @property
    def from_nothing(self) -> Range:
        """The range from none to the number of outlets: where nobody is named, nobody may stand behind it."""
        return Range(least=0, most=self.n_outlets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How ranges fit labels, added up over claims; events are resampled.

    Attributes:
        n: Claims that have an agreed label.
        n_missing: Those of them for which there is no range. They hold no label.
        held: The share whose range contains the label, in per cent.
        held_interval: Its 95 % interval.
        wider: By how much the ranges that there are exceed the label's width, on average; a narrower one by nothing.
        wider_interval: Its 95 % interval.
        off: How far both ends are from those of the label, added up, on average.
        n_high: Ranges whose least number is too high: the worse mistake.
        n_low: Those whose most number is too low.
    """

    n: int
    n_missing: int
    held: float
    held_interval: tuple[float, float]
    wider: float
    wider_interval: tuple[float, float]
    off: float
    n_high: int
    n_low: int

    def __str__(self) -> str:
        """Return it in columns."""
        held = f"{self.held:5.1f} % [{self.held_interval[0]:.1f}, {self.held_interval[1]:.1f}]"
        wider = f"{self.wider:.2f} [{self.wider_interval[0]:.2f}, {self.wider_interval[1]:.2f}]"
        wrong = f"least too high {self.n_high}, most too low {self.n_low}, not found {self.n_missing}"
        return f"holds {held:<22}  wider by {wider:<19}  off {self.off:.2f}  n {self.n}: {wrong}"


def read_stories(shared: Path) -> dict[str, tuple[Story, dict[str, Reading]]]:
    """Return each event as a story, with the reading of each of its articles by name."""
    articles, days = load_newswcl50(shared), load_days(shared)
    documents = [
        from_text(
            article.text,
            name=article.name,
            outlet=OUTLETS.get(article.name.partition("_")[2]),
            published=days.get(article.name),
        )
        for article in articles
    ]
    events: dict[str, dict[str, Reading]] = {}
    for article, reading in zip(articles, Reader().read_many(documents), strict=True):
        events.setdefault(article.name.partition("_")[0], {})[article.name] = reading
    return {
        event: (
            Story(
                id=event, documents=tuple(reading.document.id for reading in readings.values()), words=(), members=()
            ),
            readings,
        )
        for event, readings in events.items()
    }


def load_days(shared: Path) -> dict[str, str]:
    """Return the day of publication of each article whose address states it."""
    days = {}
    for line in (shared / "data" / "newswcl50" / "urls.tsv").read_text("utf-8").splitlines()[1:]:
        event, outlet, address = line.split("\t")[:3]
        if found := DAY.search(address):
            days[f"{event}_{outlet}"] = "-".join(found.groups())
    return days


def score_claims(
    claims: Iterable[LabelledClaim],
    *,
    findings: Mapping[str, StoryFindings],
    names: Mapping[str, str],
    level: Level,
) -> list[Scored]:
    """Return the claims that have an agreed label on this level, each beside the machine's claim.

    Args:
        claims: As labelled.
        findings: What was found about each event.
        names: Name of the article by id of its document.
        level: Persons or organisations.
    """
    scored = []
    for claim in claims:
        label = agree(claim.persons if level == Level.PERSONS else claim.organisations)
        if label is None:
            continue
        found = find_claim(claim, findings[claim.event].claims, names)
        printed, told = None, set()
        if found is not None:
            bounds = found.corroboration.persons if level == Level.PERSONS else found.corroboration.organisations
            printed = Range(least=bounds.least, most=bounds.most)
            told = {names[mention.document] for mention in found.claim.mentions} & claim.articles
        scored.append(Scored(claim=claim, label=label, printed=printed, n_held=len(told), found=found))
    return scored


def find_claim(claim: LabelledClaim, found: Sequence[ClaimFindings], names: Mapping[str, str]) -> ClaimFindings | None:
    """Return the machine's claim that tells most of a labelled claim's places; of several the closest."""
    places: Counter[int] = Counter()
    fit: dict[int, float] = {}
    for number, one in enumerate(found):
        for place in claim.places:
            spans = [mention.span for mention in one.claim.mentions if names[mention.document] == place.article]
            overlaps = [_measure_overlap(place, span) for span in spans]
            if max((share for share, _ in overlaps), default=0.0) >= LEAST_OVERLAP:
                places[number] += 1
                fit[number] = fit.get(number, 0.0) + max(likeness for _, likeness in overlaps)
    best = max(places, key=lambda number: (places[number], fit[number], -number), default=None)
    return None if best is None else found[best]


def _measure_overlap(place: Place, span: Span) -> tuple[float, float]:
    """Return what two stretches share, as a share of the shorter one and of both together."""
    shared = max(0, min(place.end, span.end) - max(place.start, span.start))
    lengths = place.end - place.start, span.end - span.start
    return shared / max(1, min(lengths)), shared / max(1, sum(lengths) - shared)


def tally(scored: Sequence[Scored], ranges: Sequence[Range | None]) -> Tally:
    """Return how ranges fit the labels of claims."""
    events = sorted({one.claim.event for one in scored})
    table = np.zeros((len(events), 4))
    off = 0
    pairs = list(zip(scored, ranges, strict=True))
    for one, given in pairs:
        row = table[events.index(one.claim.event)]
        row[0] += 1
        if given is not None:
            row[1] += given.contains(one.label)
            row[2] += 1
            row[3] += max(0, given.width - one.label.width)
            off += abs(given.least - one.label.least) + abs(given.most - one.label.most)
    sums = table.sum(0)
    drawn = draw_weights(len(events)) @ table
    held, wider = drawn[:, 1] / np.maximum(1, drawn[:, 0]), drawn[:, 3] / np.maximum(1, drawn[:, 2])
    return Tally(
        n=int(sums[0]),
        n_missing=int(sums[0] - sums[2]),
        held=float(100 * sums[1] / max(1, sums[0])),
        held_interval=_find_ends(100 * held),
        wider=float(sums[3] / max(1, sums[2])),
        wider_interval=_find_ends(wider),
        off=float(off / max(1, sums[2])),
        n_high=sum(given.least > one.label.least for one, given in pairs if given is not None),
        n_low=sum(given.most < one.label.most for one, given in pairs if given is not None),
    )


def _find_ends(drawn: np.typing.NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the 95 % percentile interval."""
    low, high = np.percentile(drawn, BOUNDS)
    return float(low), float(high)


def describe(one: Scored, *, texts: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """Return a page on one claim: its places, both ranges, and what the machine counted."""
    of = f"event {one.claim.event}, claim {one.claim.number}"
    lines = [f"\n=== {of}: labelled {one.label}, printed {one.printed}, in {one.n_held} of {one.n_outlets} articles"]
    lines.extend(
        f"  {place.article} {place.start}: {_fold(texts[place.article][place.start : place.end])}"
        for place in one.claim.places
    )
    if one.found is None:
        return lines
    bounds = one.found.corroboration.persons
    for mention in one.found.claim.mentions:
        told = _fold(texts[names[mention.document]][mention.span.start : mention.span.end])
        lines.append(
            f"    told {mention.id[-6:]} {names[mention.document]} {'row' if mention.attribution else 'own'}: {told}"
        )
    for origin in bounds.origins:
        which = "leg" if origin.is_leg else f"may be {origin.may_be}"
        tellings = ", ".join(telling[-6:] for telling in origin.tellings)
        lines.append(f"    origin {origin.name!r} ({which}; {len(origin.voices)} voices) of {tellings}")
    for group in one.found.corroboration.unrecorded:
        tellings = ", ".join(telling[-6:] for telling in group.tellings)
        lines.append(f"    unrecorded {tellings} ({', '.join(group.outlets)}), in the case {group.is_in_case}")
    return lines


def _fold(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


@click.command("ranges")
@click.option("--misses", is_flag=True, help="Print what does not hold its label, of the looked-at events.")
@click.option("--wide", is_flag=True, help="Print what is more than one wider, of the looked-at events.")
def ranges_command(*, misses: bool, wide: bool) -> None:
    """Measure whether the printed range of origins holds the one that readers labelled."""
    shared = require_shared()
    claims, looked_at = load_claims()
    common_words = load_common_words()
    stories = read_stories(shared)
    names = {reading.document.id: name for _, readings in stories.values() for name, reading in readings.items()}
    texts = {name: reading.document.text for _, readings in stories.values() for name, reading in readings.items()}
    findings = {
        event: corroborate_story(
            StoryMaterial(story=story, readings=tuple(readings.values()), common_words=common_words)
        )
        for event, (story, readings) in stories.items()
    }
    for level in Level:
        scored = score_claims(claims, findings=findings, names=names, level=level)
        seen = [one for one in scored if one.claim.event in looked_at]
        measured = [one for one in scored if one.claim.event not in looked_at]
        click.echo(f"\n{level.value.upper()}\n{_say_agreement(claims, level)}")
        for name, part in (("all events", scored), ("events looked at", seen), ("events only measured", measured)):
            _show_part(name, part)
        for event in sorted(stories):
            part = [one for one in scored if one.claim.event == event]
            _show(f"  event {event}", part, [one.printed for one in part])
        if level == Level.PERSONS:
            shown = [one for one in seen if (misses and not one.is_held) or (wide and one.is_wide)]
            click.echo("\n".join(line for one in shown for line in describe(one, texts=texts, names=names)))


def _say_agreement(claims: Sequence[LabelledClaim], level: Level) -> str:
    """Return how far both readers agree, in words."""
    found = measure_agreement([claim.persons if level == Level.PERSONS else claim.organisations for claim in claims])
    kappa = f"kappa of least {found.kappa_least:.2f}, of most {found.kappa_most:.2f}"
    shares = f"same range {100 * found.equal:.1f} %, both ends within one {100 * found.within_one:.1f} %"
    return f"two readers, {found.count} claims: {shares}, {kappa}; no agreed label {found.apart}"


def _show_part(name: str, part: Sequence[Scored]) -> None:
    """Print how the printed ranges of a part fit, beside the number of outlets."""
    several = [one for one in part if one.n_outlets > 1]
    articles = sum(one.n_outlets for one in part)
    click.echo(name)
    _show("  printed", part, [one.printed for one in part])
    _show("  1 to number of outlets", part, [one.by_outlets for one in part])
    _show("  0 to number of outlets", part, [one.from_nothing for one in part])
    _show("  printed, told by several", several, [one.printed for one in several])
    _show("  1 to number of outlets, told by several", several, [one.by_outlets for one in several])
    click.echo(f"  of {articles} articles that tell a claim, in the claim found {sum(one.n_held for one in part)}")


def _show(name: str, part: Sequence[Scored], ranges: Sequence[Range | None]) -> None:
    """Print one line of the table."""
    click.echo(f"{name:<42} {tally(part, ranges)}")
