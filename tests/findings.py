"""What was found about a story, made by hand, for tests of what is done with findings once they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    Span,
    Speaker,
    Story,
    StoryFindings,
    StoryMember,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Attribution, Reading

FIGURE = FigureTold(words="40 boats", low="40", high="40", unit=None, counts="boats", n_tellings=1, n_outlets=1)
Told = tuple["Reading", "Attribution"]


def find_story(readings: Sequence[Reading], *claims: Sequence[Told], numbers: Sequence[int]) -> StoryFindings:
    """Return the findings of a story.

    Args:
        readings: Of its documents, in order of publication.
        claims: For each claim the rows that tell it.
        numbers: Of the claims.
    """
    documents = tuple(reading.document.id for reading in readings)
    members = tuple(StoryMember(document=one, nearest=None, likelihood=0.5) for one in documents)
    return StoryFindings(
        story=Story(id=story_id(document=documents[0]), documents=documents, words=("harbour",), members=members),
        claims=tuple(_find_claim(told, number) for told, number in zip(claims, numbers, strict=True)),
        parties=(),
        joins=(),
        reuse=(),
        disputes=(),
        updates=(),
        drifts=(),
    )


def find_single(reading: Reading, *, numbers: Sequence[int]) -> StoryFindings:
    """Return the findings of a story of one document, of which each row is a claim."""
    return find_story([reading], *([(reading, att)] for att in reading.attributions), numbers=numbers)


def draw_lines(findings: StoryFindings, readings: Sequence[Reading]) -> tuple[ClaimLine, ...]:
    """Return the lines of the claims of a story; what it does not say of them is made up."""
    return tuple(_draw_line(findings, one, readings) for one in findings.claims)


def _find_claim(told: Sequence[Told], number: int) -> ClaimFindings:
    mentions = tuple(_find_mention(reading, att) for reading, att in told)
    first = mentions[0]
    claim = Claim(id=claim_id(mention=first.id), mentions=mentions, clearest=first.id, line=first.span)
    bounds = Bounds(
        level=Level.PERSONS,
        least=1,
        most=len(mentions),
        is_least_exact=True,
        is_most_exact=True,
        origins=(),
        non_merges=(),
    )
    corroboration = Corroboration(
        claim=claim.id,
        persons=bounds,
        organisations=bounds,
        independence=Independence.NOT_ESTABLISHED,
        unrecorded=(),
        loops=(),
        dependence=(),
        first=FirstReport(outlets=(), tellings=(first.id,), certainty=FirstCertainty.UNKNOWN, at=None),
        borrowings=(),
        cited=(),
        taken_over=(),
        otherwise=(),
        set_aside=(),
    )
    case = OriginCase(claim=claim.id, tellings=())
    return ClaimFindings(number=number, claim=claim, case=case, corroboration=corroboration, figures=(FIGURE,))


def _find_mention(reading: Reading, att: Attribution) -> Mention:
    start = min(span.start for span in (*att.content_spans, *att.cue_spans))
    end = max(span.end for span in (*att.content_spans, *att.cue_spans))
    doc = reading.document
    span = Span(start=start, end=end, exact=doc.text[start:end])
    key = mention_id(document=doc.id, attribution=att.id, start=start, end=end)
    return Mention(id=key, document=doc.id, attribution=att.id, assertions=(), span=span)


def _draw_line(findings: StoryFindings, one: ClaimFindings, readings: Sequence[Reading]) -> ClaimLine:
    mentions, bounds = one.claim.mentions, one.corroboration.persons
    by_id = {reading.document.id: reading for reading in readings}
    docs = [by_id[mention.document].document for mention in mentions]
    dates = sorted(doc.published.value for doc in docs if doc.published is not None)
    rows = {att.id: att.source for reading in readings for att in reading.attributions}
    sources = {source.id: source for reading in readings for source in reading.sources}
    spoken = [sources[rows[mention.attribution]] for mention in mentions if mention.attribution is not None]
    return ClaimLine(
        number=one.number,
        id=one.claim.id,
        story=findings.story.id,
        line=one.claim.line.exact,
        document=mentions[0].document,
        attribution=mentions[0].attribution,
        speakers=tuple(Speaker(name=each.name, naming=each.naming, n_tellings=1) for each in spoken[:5]),
        n_speakers=len(spoken),
        least=bounds.least,
        most=bounds.most,
        independence=one.corroboration.independence,
        n_tellings=len(mentions),
        n_documents=len({mention.document for mention in mentions}),
        outlets=tuple(dict.fromkeys(doc.outlet for doc in docs if doc.outlet)),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        figures=one.figures,
        is_disputed=one.number % 2 == 0,
        is_updated=False,
        is_corrected=False,
        is_circular=False,
        rests_on=None,
        n_resting=0,
        is_private=False,
    )
