"""One identity per source within an article: which mentions are the same party, and what that party is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.mentions import NOTHING, Form, describe_mention, is_body, same_name
from sayso.extract.pairs import MAX_ROWS_APART, pair_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.encoder.session import Model
    from sayso.extract.pairs import RowView

    Floats = NDArray[np.float32]

SAME, SAME_VIA, FIRST_RELATION = 0, 1, 2
PRONOUN_EASE = 0.6
# How well a name fits its like beyond the pair head's reach.
FAR_NAME = 0.9
AGREEING_NAME = 0.7
# How far back a name can be taken up by a word of it, and how well that fits.
NEAR_ROWS = 4
TAKEN_UP, TAKEN_UP_FADE = 0.85, 0.03


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the pair head says of an article's rows, each (n_rows, n_rows), the earlier row first.

    Attributes:
        same: Probability that two rows have one source.
        same_via: Probability that two rows came the same way.
        relation: Probabilities of the relations, (n_rows, n_rows, n_relations).
    """

    same: Floats
    same_via: Floats
    relation: Floats


def score_pairs(model: Model, views: Sequence[RowView], vectors: Floats) -> PairScores:
    """Return the pair scores of an article; quadratic in rows near one another."""
    n = len(views)
    n_relations = len(model.card.labels["relation"])
    scores = PairScores(
        np.zeros((n, n), np.float32), np.zeros((n, n), np.float32), np.zeros((n, n, n_relations), np.float32)
    )
    pairs = [(j, i) for i in range(n) for j in range(max(0, i - MAX_ROWS_APART), i)]
    if not pairs:
        return scores
    earlier, later = (np.array(side) for side in zip(*pairs, strict=True))
    features = np.stack([pair_features(views, j, i) for j, i in pairs])
    raw = model.score_pairs(vectors[earlier], vectors[later], features)
    temperature = model.card.temperatures.get("same", 1.0)
    scores.same[earlier, later] = 1 / (1 + np.exp(-raw[:, SAME] / temperature))
    scores.same_via[earlier, later] = 1 / (1 + np.exp(-raw[:, SAME_VIA]))
    raised = np.exp(raw[:, FIRST_RELATION:] - raw[:, FIRST_RELATION:].max(axis=1, keepdims=True))
    scores.relation[earlier, later] = raised / raised.sum(axis=1, keepdims=True)
    return scores


@dataclass(slots=True)
class Cluster:
    """Rows that have one source.

    Attributes:
        rows: Their numbers, in order.
        links: For each row after the first, the probability by which it was joined.
    """

    rows: list[int]
    links: list[float]


def cluster_rows(views: Sequence[RowView], same: Floats, *, threshold: float) -> list[Cluster]:
    """Return the rows joined into sources, in order of first appearance.

    Each row joins the cluster that it fits best, if it fits well enough. Two different names never stand for one
    source, however well the rest fits; the same full name always does.
    """
    clusters: list[Cluster] = []
    for i in range(len(views)):
        best, score = None, 0.0
        for cluster in clusters:
            fit = _fit(views, same, cluster, i)
            if fit > score:
                best, score = cluster, fit
        # A pronoun stands for somebody: half the evidence will do, if there is nobody better.
        least = threshold * PRONOUN_EASE if views[i].form.gender in ("he", "she", "it") else threshold
        if best is not None and score > least:
            best.rows.append(i)
            best.links.append(score)
        else:
            clusters.append(Cluster([i], []))
    return clusters


def _fit(views: Sequence[RowView], same: Floats, cluster: Cluster, i: int) -> float:
    """Return how well a row fits a cluster, 0..1: what its words settle, else what the pair head says."""
    view = views[i]
    forms = [views[j].form for j in cluster.rows]
    names = [form for form in forms if form.name]
    if _is_other(view.form, forms, names):
        return 0.0
    same_place = view.source is not None and any(views[j].source == view.source for j in cluster.rows)
    if same_place or (len(view.form.name) > 1 and any(form.name == view.form.name for form in names)):
        return 1.0
    if i - cluster.rows[-1] <= NEAR_ROWS and _is_taken_up(view.form, names):
        return TAKEN_UP - (i - cluster.rows[-1]) * TAKEN_UP_FADE
    near = [float(same[j, i]) for j in cluster.rows if i - j <= MAX_ROWS_APART]
    if not near:
        return FAR_NAME if any(same_name(form, view.form) for form in names) else 0.0
    named = [float(same[j, i]) for j in cluster.rows if views[j].form.name]
    if view.form.kind == "name" and named:
        # Names that agree are one party's unless the head finds a better place; it only chooses between namesakes.
        return max(*named, AGREEING_NAME)
    recent = near[-3:]
    return 0.5 * max(recent) + 0.5 * float(np.mean(recent))


def _is_other(form: Form, forms: Sequence[Form], names: Sequence[Form]) -> bool:
    """Return whether a mention cannot belong to a source: another name, or another gender."""
    if form.name and names and not any(same_name(name, form) for name in names):
        return True
    genders = {other.gender for other in forms} & {"he", "she"}
    return form.gender in ("he", "she") and bool(genders) and form.gender not in genders


def _is_taken_up(form: Form, names: Sequence[Form]) -> bool:
    """Return whether a mention takes a name up by a word of it: "the agency" after "the Norvane Press Agency".

    "It" takes up a body only.
    """
    if form.kind == "nominal" and form.is_definite:
        return any(form.head in name.words for name in names)
    return form.gender == "it" and any(is_body(name) for name in names)


@dataclass(frozen=True, slots=True)
class Named:
    """What a cluster is called.

    Attributes:
        name: The fullest name, or the fullest description, or the pronoun itself.
        form: The form of the mention that gave the name.
        role: As stated; None if not stated.
        affiliation: As stated; None if not stated.
        unresolved: Why the party is not known; None where it is.
        rule: The rule that found the name outside of the source's own mentions; None where none was needed.
    """

    name: str
    form: Form
    role: str | None = None
    affiliation: str | None = None
    unresolved: str | None = None
    rule: str | None = None


NAME_RUN = r"(?:[A-Z][\w’'.-]*\s+){1,3}"
DESCRIPTOR = re.compile(r"^(?P<role>[^,;:()\u2014]{3,80}?)\s*$")
AFTER = re.compile(r"^\s*,\s*(?P<role>[^,;:()\u201c\u201d\"]{3,90}?)(?:\s*,|\s*$|\s+who\b)")
OF = re.compile(
    r"\b(?:of|for|from|at|with)\s+(?P<name>(?:the\s+)?(?:[A-Z][\w’'.&-]*)(?:\s+(?:of|for|and|the)?\s*[A-Z][\w’'.&-]*){0,5})"
)
BEFORE = re.compile(
    r"^(?:the\s+)?(?P<name>(?:[A-Z][\w’'.&-]*\s+){1,4})(?:campaign\s+)?"
    r"(?:spokes(?:man|woman|person)|official|adviser|advisor|aide|manager|strategist|director|analyst|chief|chairman|chair|president|minister|governor|senator|lawyer|attorney)"
)


def name_cluster(text: str, mentions: Sequence[tuple[int, int]], *, capitals: bool, people: Sequence[str]) -> Named:
    """Return what a source is called.

    Args:
        text: The document's text.
        mentions: The source's mentions, in order.
        capitals: Whether the text is in capitals throughout.
        people: Full names found in the text, longest first.
    """
    forms = [(describe_mention(text[s:e], capitals=capitals), text[s:e]) for s, e in mentions]
    named = [(form, words) for form, words in forms if form.name]
    if named:
        form, words = max(named, key=lambda found: (len(found[0].name), len(found[1])))
        if form.is_joint:
            return Named(_tidy(words), form)
        name, rule = _fullest(form, people)
        role, affiliation = _role_of([words for _, words in named])
        return Named(name, form, role, affiliation, rule=rule)
    nominal = [(form, words) for form, words in forms if form.kind == "nominal"]
    if nominal:
        form, words = max(nominal, key=lambda found: len(found[1]))
        return Named(_tidy(words), form, affiliation=None if NO_ROLE.search(words) else _affiliation(words))
    if forms:
        form, words = forms[0]
        return Named(words, form, unresolved=f"“{words}” has no clear antecedent in the article")
    return Named("", NOTHING)


def _fullest(form: Form, people: Sequence[str]) -> tuple[str, str | None]:
    """Return the fullest version of a name that the article gives, and the rule if it was found elsewhere."""
    name = " ".join(form.name)
    if len(form.name) == 1:
        longer = {p for p in people if p.casefold().split()[-1] == name.casefold()}
        if len(longer) == 1:
            return longer.pop(), "full-name-in-text"
    return name, None


def _role_of(mentions: Sequence[str]) -> tuple[str | None, str | None]:
    """Return role and affiliation as stated before or after the name."""
    for mention in sorted(mentions, key=len, reverse=True):
        form = describe_mention(mention)
        if not form.name:
            continue
        at = mention.find(form.name[0])
        before, after = mention[:at].strip(" ,"), mention[mention.find(form.name[-1]) + len(form.name[-1]) :]
        found = AFTER.match(after)
        role = _tidy(found["role"] if found else before)
        if describe_mention(role).words and not NO_ROLE.search(role):
            return role, _affiliation(role)
    return None, None


# A clause, or words that lead on to the name ("a poll by"), are no role.
NO_ROLE = re.compile(
    r"^(?:which|who|that|whose|whom|in|on|at|by|from|to|and|or|but)\b|\b(?:by|from|of|to|the|a|an|in|on|for|and)$|\d",
    re.IGNORECASE,
)


def _affiliation(role: str) -> str | None:
    """Return the body that a role or description names; None if it names none."""
    found = OF.search(role) or BEFORE.match(role)
    if not found:
        return None
    name = re.sub(r"^(?:The|A|An|Some|One|Another|His|Her|Its|Their)\s+(?=[A-Z])", "", found["name"].strip())
    return name if describe_mention(name).name else None


def _tidy(words: str) -> str:
    """Return words on one line, without marks at their edges."""
    return re.sub(r"\s+", " ", words).strip(' ,;:\u2014\u2013-\u201c\u201d"')


PERSON_NAME = re.compile(
    r"\b[A-Z][\w’'-]+(?:\s+[A-Z]\.)?(?:\s+(?:de|del|van|von|al|bin|el|la)\b)?(?:\s+[A-Z][\w’'-]+){1,2}\b"
)


def find_people(text: str, stretches: Sequence[tuple[int, int]]) -> list[str]:
    """Return the full names of persons among entity stretches, longest first."""
    found = {re.sub(r"\s+", " ", text[s:e]) for s, e in stretches}
    names = {m.group() for words in found for m in PERSON_NAME.finditer(words)}
    return sorted(names, key=lambda name: (-len(name), name))
