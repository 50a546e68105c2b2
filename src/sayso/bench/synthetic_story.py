"""Findings about invented articles, for measuring what keeps them: as many claims and tellings as in real news.

The same readings and seed give the same findings everywhere. Nothing in them is reasoned: bounds are thrown, and only
what a store looks at is there.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Final

from sayso.ids import claim_id, mention_id, story_id
from sayso.records import (
    Bounds,
    Claim,
    ClaimFindings,
    ClaimLine,
    Corroboration,
    FigureTold,
    FirstCertainty,
    FirstReport,
    Independence,
    Level,
    Mention,
    OriginCase,
    Speaker,
    Story,
    StoryFindings,
    StoryMember,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.records import Attribution, Reading

    Told = tuple[Reading, Attribution | None]
    """A row of an article; None for its own voice."""

DOCUMENTS: Final = 8
"""So many articles of one event."""
TELLS_NOTHING, TELLS_AGAIN, IS_DISPUTED, HAS_FIGURE = 0.06, 0.35, 0.08, 0.3
SPEAKERS_MAX = 5


def make_story(readings: Sequence[Reading], take: Callable[[int], range]) -> tuple[StoryFindings, list[ClaimLine]]:
    """Return what might have been found about these articles, and the lines of their claims.

    Args:
        readings: At least one.
        take: Gives so many numbers of claims.
    """
    dice = random.Random(readings[0].document.id)  # noqa: S311  nothing secret
    groups: list[list[Told]] = []
    for reading in readings:
        rows = [row for row in reading.attributions if dice.random() >= TELLS_NOTHING]
        for row in (*rows, None):
            if groups and dice.random() < TELLS_AGAIN:
                # Some claims are told again and again.
                groups[int(len(groups) ** dice.random()) - 1].append((reading, row))
            else:
                groups.append([(reading, row)])
    return gather_story(readings, groups, take)


def gather_story(
    readings: Sequence[Reading], groups: Sequence[Sequence[Told]], take: Callable[[int], range]
) -> tuple[StoryFindings, list[ClaimLine]]:
    """Return the same where it is given which rows tell each claim."""
    dice = random.Random(readings[0].document.id)  # noqa: S311  nothing secret
    documents = tuple(reading.document.id for reading in readings)
    story = Story(
        id=story_id(document=documents[0]),
        documents=documents,
        words=(),
        members=tuple(StoryMember(document=one, nearest=None, likelihood=0.5) for one in documents),
    )
    made = [_make_claim(story.id, number, group, dice) for number, group in zip(take(len(groups)), groups, strict=True)]
    findings = StoryFindings(
        story=story,
        claims=tuple(claim for claim, _ in made),
        parties=(),
        joins=(),
        reuse=(),
        disputes=(),
        updates=(),
        drifts=(),
    )
    return findings, [line for _, line in made]


def _make_claim(story: str, number: int, group: Sequence[Told], dice: random.Random) -> tuple[ClaimFindings, ClaimLine]:
    """Return a claim that these rows tell."""
    mentions = tuple(_make_mention(reading, row) for reading, row in group)
    claim = Claim(
        id=claim_id(mention=mentions[0].id), mentions=mentions, clearest=mentions[0].id, line=mentions[0].span
    )
    outlets = tuple(dict.fromkeys(reading.document.outlet for reading, _ in group if reading.document.outlet))
    most = dice.randint(1, len(group))
    least = dice.randint(0, most)
    independence = Independence.ESTABLISHED if least > 1 else Independence.NOT_ESTABLISHED
    sources = {source.id: source for reading, _ in group for source in reading.sources}
    spoken = Counter(sources[row.source].name for _, row in group if row is not None)
    naming = {source.name: source.naming for source in sources.values()}
    dated = sorted(reading.document.published.value for reading, _ in group if reading.document.published)
    figures: tuple[FigureTold, ...] = ()
    if dice.random() < HAS_FIGURE:
        count = str(dice.randint(2, 900))
        figures = (
            FigureTold(words=count, low=count, high=count, unit=None, counts="things", n_tellings=1, n_outlets=1),
        )
    line = ClaimLine(
        number=number,
        id=claim.id,
        story=story,
        line=claim.line.exact,
        document=mentions[0].document,
        attribution=mentions[0].attribution,
        speakers=tuple(
            Speaker(name=name, naming=naming[name], n_tellings=n) for name, n in spoken.most_common(SPEAKERS_MAX)
        ),
        n_speakers=len(spoken),
        least=least,
        most=most,
        independence=independence,
        n_tellings=len(mentions),
        n_documents=len({mention.document for mention in mentions}),
        outlets=outlets,
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
        figures=figures,
        is_disputed=dice.random() < IS_DISPUTED,
        is_updated=False,
        is_corrected=False,
        is_circular=False,
        rests_on=None,
        n_resting=0,
        is_private=False,
    )
    findings = ClaimFindings(
        number=number,
        claim=claim,
        case=OriginCase(claim=claim.id, tellings=()),
        corroboration=_make_corroboration(claim.id, least, most, independence),
        figures=figures,
    )
    return findings, line


def _make_mention(reading: Reading, row: Attribution | None) -> Mention:
    document = reading.document
    span = row.content_spans[0] if row is not None else document.title
    if span is None:
        raise ValueError(document.id)
    told_in = None if row is None else row.id
    key = mention_id(document=document.id, attribution=told_in, start=span.start, end=span.end)
    return Mention(id=key, document=document.id, attribution=told_in, assertions=(), span=span)


def _make_corroboration(claim: str, least: int, most: int, independence: Independence) -> Corroboration:
    persons, organisations = (
        Bounds(
            level=level,
            least=least,
            most=most,
            is_least_exact=True,
            is_most_exact=True,
            origins=(),
            non_merges=(),
        )
        for level in (Level.PERSONS, Level.ORGANISATIONS)
    )
    return Corroboration(
        claim=claim,
        persons=persons,
        organisations=organisations,
        independence=independence,
        unrecorded=(),
        loops=(),
        dependence=(),
        first=FirstReport(outlets=(), tellings=(), certainty=FirstCertainty.UNKNOWN, at=None),
        borrowings=(),
        cited=(),
        taken_over=(),
        otherwise=(),
        set_aside=(),
    )
