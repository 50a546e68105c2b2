"""Document to Reading: the steps in order, by name.

Pure: the same document and the same encoded text always give the same reading. Each step is a function of its own room
module; this one only carries what one finds to the next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sayso.encoder.session import pool_row
from sayso.extract.antecedents import assign_rows, make_scene, place_of
from sayso.extract.assembly import make_attributions, make_sources
from sayso.extract.citing import carrier_of, resolve_citing
from sayso.extract.claimed import find_claimed
from sayso.extract.found import Found
from sayso.extract.headline import judge_headline
from sayso.extract.layouts import find_laid, lay_over, make_laid_rows
from sayso.extract.mentions import is_all_capitals
from sayso.extract.occasions import Standing, carry_on, is_elsewhere, say_once
from sayso.extract.pairs import view_row
from sayso.extract.relations import find_relations
from sayso.extract.routes import find_media, find_programme, find_within, share_polls
from sayso.extract.rows import (
    fill_bare_source,
    find_holders,
    find_refusals,
    find_rows,
    keep_to_sides,
    places_of,
    size_of,
    trim_content,
)
from sayso.extract.sources import find_people, name_answerer, score_pairs
from sayso.extract.subjects import add_subjects, complete_sources
from sayso.extract.unsourced import find_unsourced
from sayso.extract.weighing import origin_features, weigh
from sayso.records import Reading, Stance
from sayso.text import find_quotations, span_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.encoder.features import Words
    from sayso.encoder.session import Encoded, Model, SyntaxScores, WordScores
    from sayso.extract.citing import Citing
    from sayso.extract.pairs import RowView
    from sayso.extract.place_candidates import PlaceIndex
    from sayso.extract.routes import Medium
    from sayso.extract.rows import RawRow
    from sayso.records import Attribution, Document, Run, Source

    Place = tuple[int, int]

ORIGIN_LIKELY = 0.5


def read_document(doc: Document, encoded: Encoded, model: Model, gazetteer: PlaceIndex, run: Run) -> Reading:
    """Return all that is read from one document.

    Args:
        doc: The document.
        encoded: Its text after the encoder.
        model: The model whose heads read on.
        gazetteer: The names of places.
        run: The run that the reading is recorded under.
    """
    found = find_all(doc, encoded, model)
    reading = record_rows(doc, encoded, found, model, run)
    claimed = find_claimed(reading, encoded.words, found, gazetteer)
    return replace(
        reading,
        problems=(*reading.problems, *claimed.problems),
        assertions=tuple(claimed.assertions),
        times=tuple(claimed.times),
        quantities=tuple(claimed.quantities),
        places=tuple(claimed.places),
        name_notes=tuple(claimed.name_notes),
    )


def record_rows(doc: Document, encoded: Encoded, found: Found, model: Model, run: Run) -> Reading:
    """Return the reading of who says what, through whom and how surely; what is claimed is not yet in it.

    Args:
        doc: The document.
        encoded: Its text after the encoder.
        found: What the heads found in it.
        model: The model.
        run: The run that the reading is recorded under.
    """
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
        unsourced=tuple(span_at(doc.text, s, e) for s, e in unsourced),
        problems=(*doc.problems, *problems),
        run=run,
    )


def find_all(doc: Document, encoded: Encoded, model: Model) -> Found:
    """Return what the heads and the rules of words find, step by step."""
    words = encoded.words
    scores, syntax = model.score_words(encoded), model.score_syntax(encoded)
    tags, kinds = scores.entity.argmax(axis=1), model.card.labels["entity"]
    is_time = _entity_words(tags, kinds, "time")
    raw = _find_raw_rows(doc, encoded, model, scores, syntax, is_time=is_time)
    rows, places, citing = resolve_citing(doc.text, words, raw)
    persons, places_named = (places_of(words, _find_entities(tags, kinds, kind)) for kind in ("person", "place"))
    people = find_people(doc.text, persons)
    capitals = is_all_capitals(doc.text)
    views = [view_row(doc.text, words, row.anchor, at, capitals=capitals) for row, at in zip(rows, places, strict=True)]
    views = name_answerer(doc.text, views, people)
    pooled = [pool_row(encoded, row.anchor, (row.cue, row.source, row.content)) for row in rows]
    labels = model.score_rows(np.stack(pooled) if rows else np.zeros((0, 4, model.width), np.float32))
    pairs = score_pairs(model, views, labels.vector)
    within = find_within(rows)
    sentences = words.start[words.begins > 0].tolist()
    scene = make_scene(doc.text, sentences, views, people, _around(rows, words, views))
    clusters = assign_rows(scene, model.card.weights["antecedent"], pairs.same_source)
    owner = {i: k for k, cluster in enumerate(clusters) for i in cluster.rows}
    found = Found(
        rows, places, views, labels, pairs, clusters, owner, within, [], people, persons, places_named, syntax
    )
    return replace(found, media=_trace(doc.text, words, found, citing, model))


def _find_raw_rows(
    doc: Document,
    encoded: Encoded,
    model: Model,
    scores: WordScores,
    syntax: SyntaxScores,
    *,
    is_time: NDArray[np.bool_],
) -> list[RawRow]:
    """Return the rows that the heads and the page's layout give, no claim running across the headline's end."""
    words = encoded.words
    blocked = _blocked(doc, words)
    rows = find_rows(model, encoded, scores, blocked=blocked, refusals=find_refusals(doc.text, words))
    rows = [trim_content(fill_bare_source(row, words, doc.text), words, doc.text) for row in rows]
    rows = add_subjects(rows, words, doc.text, syntax)
    rows = complete_sources(rows, words, syntax, is_time)
    if doc.title is not None:
        rows = keep_to_sides(rows, int(np.searchsorted(words.start, doc.title.end)))
    return lay_over(rows, make_laid_rows(find_laid(doc.text), words, scores.anchor, blocked=blocked))


def _trace(
    text: str, words: Words, found: Found, citing: Sequence[Citing | None], model: Model
) -> list[tuple[Sequence[Medium], str]]:
    """Return each row's media: its own, those of its transcript or poll, or those that it carries on."""
    own = [
        find_media(text, places_of(words, row.via), at, people=found.people)
        for row, at in zip(found.rows, found.places, strict=True)
    ]
    own = [[carrier_of(text, c), *media] if c else media for c, media in zip(citing, own, strict=True)]
    own = _with_programmes(text, found, own)
    polls = share_polls(text, own, found.places)
    own = [media or poll for media, poll in zip(own, polls, strict=True)]
    standings = _standings(text, found, model.card.labels["stance"])
    media = carry_on(own, standings, found.views, found.pairs.same_way, model.card.weights["occasion"])
    return say_once(media, found.within)


def _with_programmes(text: str, found: Found, own: Sequence[list[Medium]]) -> list[list[Medium]]:
    """Return each row's media, the turns of a transcript with the broadcast that it is from."""
    out: list[list[Medium]] = []
    programme: Medium | None = None
    for row, at, media in zip(found.rows, found.places, own, strict=True):
        is_turn = row.rule == "speaker-turn" and not media
        if is_turn and programme is None:
            programme = find_programme(text, at.source[0][0], found.people)
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


def _standings(text: str, found: Found, stances: Sequence[str]) -> list[Standing]:
    """Return what decides of each row whether it belongs to an occasion."""
    deed = stances.index(Stance.OTHER.value)
    return [
        Standing(
            party=found.owner[i],
            is_open=found.within[i] is None and int(found.labels.stance[i].argmax()) != deed,
            carried=float(found.labels.carry[i, 0]),
            is_elsewhere=is_elsewhere(text, at.cue, at.content),
        )
        for i, at in enumerate(found.places)
    ]


def _blocked(doc: Document, words: Words) -> NDArray[np.bool_]:
    """Return which words are no prose, (n_words,)."""
    blocked = np.zeros(len(words), dtype=np.bool_)
    for span in doc.not_prose:
        low, high = np.searchsorted(words.start, [span.start, span.end])
        blocked[low:high] = True
    return blocked


def _find_entities(tags: NDArray[np.intp], labels: Sequence[str], kind: str) -> list[Place]:
    """Return the stretches of words that the entity head takes for one kind."""
    found: list[Place] = []
    inside = labels.index(f"I-{kind}")
    for place in np.flatnonzero(_entity_words(tags, labels, kind)).tolist():
        if found and found[-1][1] == place and tags[place] == inside:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _entity_words(tags: NDArray[np.intp], labels: Sequence[str], kind: str) -> NDArray[np.bool_]:
    """Return which words the entity head takes for one kind, (n_words,)."""
    return np.isin(tags, [labels.index(f"B-{kind}"), labels.index(f"I-{kind}")])


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
