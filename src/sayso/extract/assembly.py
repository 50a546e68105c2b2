"""What the heads found, put into records: sources with names and kinds, attributions with labels and routes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.labels import REFUSING, Chosen, choose_label, cue_context, judge_directness
from sayso.extract.mentions import (
    bears_name,
    describe_mention,
    introduces,
    is_all_capitals,
    is_body_word,
    is_interview_part,
)
from sayso.extract.routes import is_outlet_name, same_medium
from sayso.extract.rows import places_of
from sayso.extract.sources import NEAR_ROWS, name_cluster
from sayso.extract.weighing import row_features, weigh
from sayso.ids import attribution_id, source_id
from sayso.records import (
    Attribution,
    Certainty,
    Endorsement,
    Kind,
    Naming,
    Source,
    Span,
    Stance,
)
from sayso.text import span_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sayso.encoder.features import Words
    from sayso.encoder.session import Model
    from sayso.extract.clusters import Cluster
    from sayso.extract.found import Found
    from sayso.extract.mentions import Form
    from sayso.extract.routes import Medium
    from sayso.extract.rows import RawRow
    from sayso.extract.sources import Named
    from sayso.records import Document

    Floats = NDArray[np.float32]
    Place = tuple[int, int]

# How much a mention's form counts when the label head's scores are averaged over a source's mentions.
FORM_WEIGHT = {"name": 1.0, "nominal": 0.7, "pronoun": 0.15, "none": 0.15}


def make_sources(doc: Document, words: Words, found: Found, model: Model) -> tuple[list[Source], dict[str, str]]:
    """Return the sources in order of first mention, and for each medium's name the source that stands for it."""
    capitals = is_all_capitals(doc.text)
    people = [name for name in found.people if introduces(doc.text, name, doc.body_start)]
    sources: list[Source] = []
    for cluster in found.clusters:
        mentions = [place for i in cluster.rows for place in found.places[i].source]
        named = name_cluster(doc.text, mentions, capitals=capitals, people=people)
        if not named.form.name or named.unresolved:
            medium = _medium_taken_up(found, cluster.rows[0]) if named.form.is_definite else None
            met = max((f for f in cluster.names if not is_interview_part(f.name[0])), key=_length, default=None)
            if met:
                named = replace(named, name=" ".join(met.name), form=met, unresolved=None, rule="met-in-the-text")
            elif medium:
                named = replace(named, name=medium.name, rule="medium-taken-up")
        source = _make_source(doc, words, found, cluster, named, mentions, model)
        if any(other.id == source.id for other in sources):
            # Two parties by one mention: told apart by the row that each begins with.
            anchor = int(words.start[found.rows[cluster.rows[0]].anchor])
            source = replace(source, id=source_id(document=source.id, first_start=anchor, name=source.name))
        sources.append(source)
    media: dict[str, str] = {}
    for i, (own, _) in enumerate(found.media):
        for medium in own:
            if medium.name not in media:
                media[medium.name] = _source_of_medium(doc, words, found.rows[i], medium, sources)
    return sources, media


def _length(form: Form) -> int:
    """Return how many words a name has."""
    return len(form.name)


def _medium_taken_up(found: Found, row: int) -> Medium | None:
    """Return the medium of an earlier row that a mention takes up by a word of it ("the agency"); None if none is."""
    head = found.views[row].form.head
    for own, _ in reversed(found.media[max(0, row - NEAR_ROWS) : row]):
        for medium in own:
            if head in describe_mention(medium.name).words:
                return medium
    return None


def _make_source(
    doc: Document,
    words: Words,
    found: Found,
    cluster: Cluster,
    named: Named,
    mentions: Sequence[Place],
    model: Model,
) -> Source:
    """Return the source of one cluster."""
    weights = np.array([FORM_WEIGHT[found.views[i].form.kind] for i in cluster.rows], dtype=np.float32)
    rows = np.array(cluster.rows)
    kind, kind_chance = _mean_label(found.labels.kind[rows], weights, model, "kind")
    naming, naming_chance = _mean_label(found.labels.naming[rows], weights, model, "naming")
    made_by = ["head:kind", "head:naming"]
    if named.rule:
        made_by.append(f"rule:{named.rule}")
    if len(cluster.rows) > 1:
        made_by.append("head:same-source")
    first = mentions[0][0] if mentions else int(words.start[found.rows[cluster.rows[0]].anchor])
    name = named.name or _cue_words(doc.text, words, found.rows[cluster.rows[0]])
    if named.unresolved and is_interview_part(name):
        kind = Kind.PERSON.value
    is_told = (
        named.rule or (named.unresolved and not named.form.name) or any(bears_name(doc.text[a:b]) for a, b in mentions)
    )
    if naming == Naming.NAMED.value and not is_told:
        naming, naming_chance = _mean_label(found.labels.naming[rows, 1:], weights, model, "naming", skip=1)
        made_by.append("rule:no-name-is-not-named")
    # A label is for a description; who stands there by first and last name is named, whatever role is put before it.
    if naming != Naming.NAMED.value and kind == Kind.PERSON.value and name in found.people:
        naming = Naming.NAMED.value
        made_by.append("rule:full-name-is-named")
    if kind == Kind.OUTLET.value and is_body_word(named.form.head) and not is_outlet_name(name):
        kind = Kind.ORGANISATION.value
        made_by.append("rule:body-is-no-outlet")
    if not mentions:
        kind, naming = Kind.UNKNOWN.value, Naming.VAGUE.value
        made_by = ["rule:no-source-stated"]
    spans = sorted({(s, e) for s, e in mentions})
    return Source(
        id=source_id(document=doc.id, first_start=first, name=name),
        name=name,
        kind=Kind(kind),
        naming=Naming(naming),
        role=named.role,
        affiliation=named.affiliation,
        mentions=tuple(span_at(doc.text, s, e) for s, e in spans),
        unresolved=named.unresolved,
        confidence=round(min(kind_chance, naming_chance), 4),
        made_by=tuple(made_by),
    )


def _mean_label(scores: Floats, weights: Floats, model: Model, head: str, *, skip: int = 0) -> tuple[str, float]:
    """Return the label with the best weighted mean score, and its probability; the first `skip` labels are left out."""
    mean = (scores * weights[:, None]).sum(axis=0) / weights.sum() / model.card.temperatures.get(head, 1.0)
    chances = np.exp(mean - mean.max())
    chances /= chances.sum()
    best = int(chances.argmax())
    return model.card.labels[head][skip + best], float(chances[best])


def _source_of_medium(doc: Document, words: Words, row: RawRow, medium: Medium, sources: list[Source]) -> str:
    """Return the id of the source that stands for a medium; makes one where the article has none yet."""
    for source in sources:
        may_stand = source.naming is Naming.NAMED or medium.kind is Kind.DOCUMENT
        if may_stand and same_medium(source.name, medium.name):
            return source.id
    span = medium.span
    first = span[0] if span else int(words.start[row.anchor])
    source = Source(
        id=source_id(document=doc.id, first_start=first, name=medium.name),
        name=medium.name,
        kind=medium.kind,
        naming=Naming.NAMED if any(c.isupper() for c in medium.name) else Naming.DESCRIBED,
        mentions=(span_at(doc.text, *span),) if span else (),
        made_by=(medium.made_by,),
    )
    if all(other.id != source.id for other in sources):
        sources.append(source)
    return source.id


def make_attributions(
    doc: Document, words: Words, found: Found, model: Model, sources: Sequence[Source], media: dict[str, str]
) -> list[Attribution]:
    """Return the rows as records, in order of appearance."""
    owner = found.owner
    ids = _row_ids(doc, words, found.rows)
    rows = []
    for i, raw in enumerate(found.rows):
        source = sources[owner[i]]
        sure = weigh(confidence_features(found, i), model.card.weights["row"])
        labels = _labels(doc.text, words, found, i, model, sure)
        parent = found.within[i]
        own, carrier = found.media[i]
        via = tuple(dict.fromkeys(media[m.name] for m in own if media[m.name] != source.id))
        rows.append(
            Attribution(
                id=ids[i],
                source=source.id,
                source_spans=_spans(doc.text, words, raw.source),
                cue_spans=_spans(doc.text, words, raw.cue),
                content_spans=_spans(doc.text, words, raw.content),
                within=ids[parent] if parent is not None else None,
                via=via,
                stance=Stance(labels[0].label),
                certainty=Certainty(labels[1].label),
                endorsement=Endorsement(labels[2].label),
                directness=judge_directness(words, raw.content),
                confidence=round(sure, 4),
                label_confidence=(
                    round(labels[0].confidence, 4),
                    round(labels[1].confidence, 4),
                    round(labels[2].confidence, 4),
                ),
                made_by=_made_by(raw, labels, own, carrier, is_nested=parent is not None),
            )
        )
    return rows


def confidence_features(found: Found, i: int) -> dict[str, float]:
    """Return what tells whether row `i` is right."""
    cluster = found.clusters[found.owner[i]]
    place = bisect_left(cluster.rows, i)
    return row_features(
        found.rows[i],
        link=cluster.links[place - 1] if place else 1.0,
        kind=found.views[i].form.kind,
        is_nested=found.within[i] is not None,
        n_rows=len(cluster.rows),
    )


def _labels(text: str, words: Words, found: Found, i: int, model: Model, sure: float) -> tuple[Chosen, Chosen, Chosen]:
    """Return stance, certainty and endorsement of one row, of which the machine is `sure`."""
    raw = found.rows[i]
    cue = cue_context(text, places_of(words, raw.cue))
    content = " ".join(text[s:e] for s, e in places_of(words, raw.content))
    card = model.card

    # What no rule speaks for must be likely by the row's own confidence too.
    least = dict.fromkeys(REFUSING, card.thresholds["refusal"] / sure)

    def choose(head: str, scores: Floats, stance: str = "") -> Chosen:
        heat = card.temperatures.get(head, 1.0)
        return choose_label(
            head, scores / heat, card.labels[head], cue=cue, content=content, stance=stance, least=least
        )

    scores = found.labels.stance[i]
    if raw.rule == "speaker-turn" and "?" not in content:
        # An answer is no question, though the colon in front of it looks the same.
        scores = np.where(np.array(card.labels["stance"]) == Stance.ASKS.value, scores.min(), scores)
    stance = choose("stance", scores)
    certainty = choose("certainty", found.labels.certainty[i], stance.label)
    return stance, certainty, choose("endorsement", found.labels.endorsement[i])


def _made_by(
    raw: RawRow, labels: Iterable[Chosen], media: Sequence[Medium], carrier: str, *, is_nested: bool
) -> tuple[str, ...]:
    """Return the heads and rules that made a row."""
    made = [f"rule:{raw.rule}"] if raw.rule else ["head:cues", "head:roles"]
    made += ["head:syntax"] if raw.by_subject else []
    made += [
        f"rule:{chosen.rule}" if chosen.rule else f"head:{head}"
        for head, chosen in zip(("stance", "certainty", "endorsement"), labels, strict=True)
    ]
    if is_nested:
        made.append("rule:cue-inside-content")
    made += [carrier] if carrier else [m.made_by for m in media]
    return tuple(dict.fromkeys(made))


def _row_ids(doc: Document, words: Words, rows: Sequence[RawRow]) -> list[str]:
    """Return the rows' ids; two rows with one cue and one content are told apart by their sources' places."""
    ids: list[str] = []
    for row in rows:
        made = attribution_id(
            document=doc.id,
            cue=[*places_of(words, row.cue), (int(words.start[row.anchor]), 0)],
            content=places_of(words, row.content),
        )
        ids.append(made)
    return ids


def _cue_words(text: str, words: Words, row: RawRow) -> str:
    """Return the cue as the name of a source that nothing names."""
    return " ".join(text[s:e] for s, e in places_of(words, row.cue))


def _spans(text: str, words: Words, stretches: Sequence[Place]) -> tuple[Span, ...]:
    """Return stretches of words as spans."""
    return tuple(span_at(text, s, e) for s, e in places_of(words, stretches))
