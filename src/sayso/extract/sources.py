"""What a source is called, its role and affiliation; and what the pair head says of an article's rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.mentions import NOTHING, Form, describe_mention, is_interview_part
from sayso.extract.pairs import MAX_ROWS_APART, N_FEATURES, PairTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.encoder.session import Model
    from sayso.extract.pairs import RowView

    Floats = NDArray[np.float32]

SAME, SAME_VIA, FIRST_RELATION = 0, 1, 2
# How far back a medium's name can be taken up by a word of it.
NEAR_ROWS = 4
# Under what names an interview's answers stand.
ANSWERS = ("A", "Answer")


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the pair head says of rows that are near one another: [i, k] is of row i and the row k + 1 before it.

    Attributes:
        same: Probability that two rows have one source, (n_rows, MAX_ROWS_APART).
        same_via: Probability that two rows came the same way, likewise.
        relation: Probabilities of the relations, (n_rows, MAX_ROWS_APART, n_relations).
    """

    same: Floats
    same_via: Floats
    relation: Floats

    def same_source(self, earlier: int, later: int) -> float:
        """Return the probability that two rows have one source; 0 if they are too far apart."""
        apart = later - earlier
        return float(self.same[later, apart - 1]) if 0 < apart <= MAX_ROWS_APART else 0.0

    def same_way(self, earlier: int, later: int) -> float:
        """Return the probability that two rows came the same way; 0 if they are too far apart."""
        apart = later - earlier
        return float(self.same_via[later, apart - 1]) if 0 < apart <= MAX_ROWS_APART else 0.0


# So many pairs are scored at once: memory stays small however long the article is.
PAIRS_AT_ONCE = 4096


def score_pairs(model: Model, views: Sequence[RowView], vectors: Floats) -> PairScores:
    """Return the pair scores of an article; linear in its rows."""
    n = len(views)
    n_relations = len(model.card.labels["relation"])
    scores = PairScores(
        np.zeros((n, MAX_ROWS_APART), np.float32),
        np.zeros((n, MAX_ROWS_APART), np.float32),
        np.zeros((n, MAX_ROWS_APART, n_relations), np.float32),
    )
    pairs = [(j, i) for i in range(n) for j in range(max(0, i - MAX_ROWS_APART), i)]
    temperature = model.card.temperatures.get("same", 1.0)
    table = PairTable(views)
    compared = chain.from_iterable(table.features_to(i, max(0, i - MAX_ROWS_APART)) for i in range(n))
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        earlier, later = (np.array(side) for side in zip(*some, strict=True))
        numbers = chain.from_iterable(islice(compared, len(some)))
        features = np.fromiter(numbers, np.float32, len(some) * N_FEATURES).reshape(-1, N_FEATURES)
        raw = model.score_pairs(vectors[earlier], vectors[later], features)
        at = (later, later - earlier - 1)
        scores.same[at] = 1 / (1 + np.exp(-raw[:, SAME] / temperature))
        scores.same_via[at] = 1 / (1 + np.exp(-raw[:, SAME_VIA]))
        raised = np.exp(raw[:, FIRST_RELATION:] - raw[:, FIRST_RELATION:].max(axis=1, keepdims=True))
        scores.relation[at] = raised / raised.sum(axis=1, keepdims=True)
    return scores


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


def name_answerer(text: str, views: Sequence[RowView], people: Sequence[str]) -> list[RowView]:
    """Return the views, those of an interview's answers with the name of the one person whom its lead-in names in full.

    Where it names several, or nobody, "A" stays what it is.
    """
    first = next((v.source[0] for v in views if v.source and v.form.name and is_interview_part(v.form.name[0])), None)
    met = [name for name in people if first is not None and 0 <= text.find(name) < first]
    if len(met) != 1:
        return list(views)
    form = describe_mention(met[0])
    return [replace(v, form=form) if v.form.name and v.form.name[0] in ANSWERS else v for v in views]


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
        if is_interview_part(form.name[0]):
            return Named(form.name[0], form, unresolved=f"the page has “{form.name[0]}” and no name")
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
    return name if describe_mention(name).name and not is_interview_part(name) else None


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
