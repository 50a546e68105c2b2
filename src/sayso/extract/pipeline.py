"""Document to Reading: the steps in order, by name.

Pure: the same document and the same encoded text always give the same reading. Each step is a function of its own room
module; this one only carries what one finds to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sayso.encoder.session import pool_row
from sayso.extract.antecedents import assign_rows, make_scene, place_of
from sayso.extract.assembly import make_attributions, make_sources
from sayso.extract.citing import Citing, carrier_of, find_citing
from sayso.extract.found import Found
from sayso.extract.headline import judge_headline
from sayso.extract.layouts import find_laid, lay_over, make_laid_rows
from sayso.extract.mentions import is_all_capitals
from sayso.extract.occasions import Standing, carry_on, is_elsewhere, say_once
from sayso.extract.pairs import Places, view_row
from sayso.extract.relations import find_relations
from sayso.extract.routes import find_media, find_programme, find_within, share_polls
from sayso.extract.rows import (
    cut_out,
    find_holders,
    find_refusals,
    find_rows,
    keep_to_sides,
    places_of,
    size_of,
    words_at,
)
from sayso.extract.sources import find_people, name_answerer, score_pairs
from sayso.extract.unsourced import find_unsourced
from sayso.extract.weighing import origin_features, weigh
from sayso.records import Reading, Span, Stance
from sayso.text import find_quotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.encoder.features import Words
    from sayso.encoder.session import Encoded, Model, RowScores
    from sayso.extract.pairs import RowView
    from sayso.extract.routes import Medium
    from sayso.extract.rows import RawRow
    from sayso.records import Attribution, Document, Run, Source

    Place = tuple[int, int]

ORIGIN_LIKELY = 0.5
CITES = re.compile(r"[\s,]*(?:citing|quoting)\s*", re.IGNORECASE)


def read_document(doc: Document, encoded: Encoded, model: Model, run: Run) -> Reading:
    """Return all that is read from one document.

    Args:
        doc: The document.
        encoded: Its text after the encoder.
        model: The model whose heads read on.
        run: The run that the reading is recorded under.
    """
    found = find_all(doc, encoded, model)
    sources, names = make_sources(doc, encoded.words, found, model)
    rows = make_attributions(doc, encoded.words, found, model, sources, names)
    relations = find_relations(
        rows, found.views, found.pairs, model.card.labels["relation"], threshold=model.card.thresholds["relation"]
    )
    title = (doc.title.start, doc.title.end) if doc.title else None
    covered = [(s.start, s.end) for row in rows for s in (*row.source_spans, *row.cue_spans, *row.content_spans)]
    aside = [(s.start, s.end) for s in doc.not_prose]
    unsourced = find_unsourced(doc.text, body_start=doc.body_start, covered=covered, not_prose=aside)
    kept = [source for source in sources if _is_used(source.id, rows)]
    _, problems = find_quotations(doc.text)
    return Reading(
        document=doc,
        sources=tuple(kept),
        attributions=tuple(rows),
        relations=tuple(relations),
        origins=tuple(_find_origins(kept, rows, model)),
        headline=judge_headline(doc.text, title, rows) if title else None,
        unsourced=tuple(Span(start=s, end=e, exact=doc.text[s:e]) for s, e in unsourced),
        problems=(*doc.problems, *problems),
        run=run,
    )


def find_all(doc: Document, encoded: Encoded, model: Model) -> Found:
    """Return what the heads and the rules of words find, step by step."""
    words = encoded.words
    scores = model.score_words(encoded)
    refusals = find_refusals(doc.text, words)
    blocked = _blocked(doc, words)
    laid = make_laid_rows(find_laid(doc.text), words, scores.anchor, blocked=blocked)
    read = find_rows(model, encoded, scores, blocked=blocked, refusals=refusals)
    if doc.title is not None:
        read = keep_to_sides(read, int(np.searchsorted(words.start, doc.title.end)))
    rows: Sequence[RawRow] = lay_over(read, laid)
    capitals = is_all_capitals(doc.text)
    places = [Places(*(places_of(words, role) for role in (row.source, row.cue, row.content))) for row in rows]
    citing = [find_citing(doc.text, at.source, at.cue) for at in places]
    rows, places, citing = _without_citing(doc.text, rows, places, citing)
    rows = [_with_party(row, words, c) if c else row for c, row in zip(citing, rows, strict=True)]
    places = [
        at._replace(source=[c.party], content=places_of(words, row.content)) if c else at
        for c, at, row in zip(citing, places, rows, strict=True)
    ]
    people = find_people(doc.text, _entity_places(words, scores.entity, model.card.labels["entity"], "person"))
    views = [view_row(doc.text, words, row.anchor, at, capitals=capitals) for row, at in zip(rows, places, strict=True)]
    views = name_answerer(doc.text, views, people)
    pooled = np.stack([pool_row(encoded, r.anchor, (r.cue, r.source, r.content)) for r in rows]) if rows else None
    labels = model.score_rows(pooled if pooled is not None else np.zeros((0, 4, model.width), np.float32))
    pairs = score_pairs(model, views, labels.vector)
    own = [find_media(doc.text, places_of(words, r.via), at, people=people) for r, at in zip(rows, places, strict=True)]
    own = [[carrier_of(doc.text, c), *media] if c else media for c, media in zip(citing, own, strict=True)]
    within = find_within(rows)
    sentences = words.start[words.begins > 0].tolist()
    scene = make_scene(doc.text, sentences, views, people, _around(rows, words, views))
    clusters = assign_rows(scene, model.card.weights["antecedent"], pairs.same_source)
    own = _with_programmes(doc.text, rows, places, own, people)
    polls = share_polls(doc.text, own, places)
    own = [own_media or poll for own_media, poll in zip(own, polls, strict=True)]
    owner = {i: k for k, cluster in enumerate(clusters) for i in cluster.rows}
    standings = [
        replace(standing, is_elsewhere=is_elsewhere(doc.text, at.cue, at.content))
        for standing, at in zip(_standings(owner, within, labels, model.card.labels["stance"]), places, strict=True)
    ]
    media = carry_on(own, standings, views, pairs.same_way, model.card.weights["occasion"])
    media = say_once(media, within)
    return Found(list(rows), list(places), views, labels, pairs, clusters, owner, within, media, people)


def _without_citing(
    text: str, rows: Sequence[RawRow], places: Sequence[Places], citing: Sequence[Citing | None]
) -> tuple[list[RawRow], list[Places], list[Citing | None]]:
    """Return rows, places and who cites whom without the rows that say no more than whom another row cites."""
    parties = [c.party for c in citing if c]
    starts = sorted(start for start, _ in parties)
    kept = []
    for i, at in enumerate(places):
        first = min(start for start, _ in at.content)
        is_said = all(any(p[0] <= s and e <= p[1] for p in parties) for s, e in at.content)
        is_cue = bool(CITES.fullmatch(" ".join(text[s:e] for s, e in at.cue)))
        near = bisect_left(starts, first - 1)
        if not (is_said or (is_cue and near < len(starts) and starts[near] <= first + 1)):
            kept.append(i)
    return [rows[i] for i in kept], [places[i] for i in kept], [citing[i] for i in kept]


def _with_party(row: RawRow, words: Words, citing: Citing) -> RawRow:
    """Return a row with the party that an outlet cites for its source, and not in its content."""
    party = words_at(words, *citing.party)
    return replace(cut_out(row, _words_of(words, citing.party)), source=(party,) if party else row.source)


def _with_programmes(
    text: str, rows: Sequence[RawRow], places: Sequence[Places], own: Sequence[list[Medium]], people: Sequence[str]
) -> list[list[Medium]]:
    """Return each row's media, the turns of a transcript with the broadcast that it is from."""
    out: list[list[Medium]] = []
    programme: Medium | None = None
    for row, at, media in zip(rows, places, own, strict=True):
        is_turn = row.rule == "speaker-turn" and not media
        if is_turn and programme is None:
            programme = find_programme(text, at.source[0][0], people)
        out.append([programme] if is_turn and programme else media)
    return out


def _around(rows: Sequence[RawRow], words: Words, views: Sequence[RowView]) -> list[list[int]]:
    """Return for each row those whose content holds its source, or its cue if it has none; the innermost first."""
    holders, around = find_holders(rows), []
    for i, view in enumerate(views):
        word = int(np.searchsorted(words.end, place_of(view), side="right"))
        holding = [j for j in holders.get(word, ()) if j != i]
        around.append(sorted(holding, key=lambda j: (size_of(rows[j].content), j)))
    return around


def _standings(
    owner: Mapping[int, int], within: Sequence[int | None], labels: RowScores, stances: Sequence[str]
) -> list[Standing]:
    """Return what decides of each row whether it belongs to an occasion."""
    deed = stances.index(Stance.OTHER.value)
    return [
        Standing(
            party=owner[i],
            is_open=above is None and int(labels.stance[i].argmax()) != deed,
            carried=float(labels.carry[i, 0]),
        )
        for i, above in enumerate(within)
    ]


def _words_of(words: Words, place: Place) -> Place:
    """Return the words [low, high) of a place in the text, with a comma behind it."""
    low, high = np.searchsorted(words.start, place)
    return int(low), min(int(high) + 1, len(words))


def _blocked(doc: Document, words: Words) -> NDArray[np.bool_]:
    """Return which words are no prose, (n_words,)."""
    blocked = np.zeros(len(words), dtype=np.bool_)
    for span in doc.not_prose:
        low, high = np.searchsorted(words.start, [span.start, span.end])
        blocked[low:high] = True
    return blocked


def _entity_places(words: Words, entity: NDArray[np.float32], labels: Sequence[str], kind: str) -> list[Place]:
    """Return the stretches that the entity head takes for one kind, as places in the text."""
    tags = entity.argmax(axis=1)
    begin, inside = labels.index(f"B-{kind}"), labels.index(f"I-{kind}")
    found: list[Place] = []
    for place in np.flatnonzero((tags == begin) | (tags == inside)).tolist():
        if found and found[-1][1] == place and tags[place] == inside:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return places_of(words, found)


def _is_used(source: str, rows: Sequence[Attribution]) -> bool:
    """Return whether a row speaks from or came through a source."""
    return any(row.source == source or source in row.via for row in rows)


def _find_origins(sources: Sequence[Source], rows: Sequence[Attribution], model: Model) -> list[str]:
    """Return the ids of the sources that are likely roots, in order of first mention."""
    weights = model.card.weights["origin"]
    by_source = {source.id: [row for row in rows if row.source == source.id] for source in sources}
    return [
        source.id
        for source in sources
        if by_source[source.id] and weigh(origin_features(source, by_source[source.id]), weights) > ORIGIN_LIKELY
    ]
