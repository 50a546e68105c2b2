"""Who a mention means: each row's source taken to somebody already on the page, or to somebody new.

People are known from the moment the page names them, whether or not they have said anything yet, so that "she" can mean
somebody who has not spoken. For each row in order those at hand are scored by named features, each weighed by the
form of the mention ("she" asks for other things than "the ministry" does), and the best is taken unless "nobody yet" is
better. Names are settled by their words first. The weights stand in the model's card, fitted by
``training/antecedents.py`` on labelled rows.

Source: the set-up is mention ranking (Denis and Baldridge 2008) over whole entities, for sources only.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.extract.clusters import Cluster, may_be
from sayso.extract.mentions import (
    Form,
    describe_mention,
    group_of,
    initials_of,
    introduces,
    is_body,
    role_words,
    same_name,
)
from sayso.extract.weighing import find_best, head_log_odds, score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sayso.extract.pairs import RowView

    # How likely the pair head finds it that two rows, the earlier one first, have one source.
    Likeness = Callable[[int, int], float]

# Clusters that a mention is held against: those seen last, and those whose words hold it.
NEAREST = 8
# How many places or rows back anything is looked for.
FURTHEST = 300
# Whoever the headline or the lead names is what the article is about.
LEAD_CHARS = 200
# An office stands so close in front of its bearer's name.
TITLE_CHARS = 60
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Scene:
    """What of a text the features read.

    Attributes:
        sentences: Where its sentences begin.
        views: The rows.
        around: For each row the rows whose content holds its source or cue, the innermost first.
        people: Full names of persons in the text, each with the nouns of office in front of one of its places, and
            whether the last name alone can mean them.
        words: Where each word that is set in capitals stands.
    """

    sentences: Sequence[int]
    views: Sequence[RowView]
    around: Sequence[Sequence[int]]
    people: Sequence[tuple[Form, bool]]
    words: Mapping[str, Sequence[int]]

    def sentence(self, place: int) -> int:
        """Return the number of the sentence at a place."""
        return bisect_right(self.sentences, place)

    def start_of(self, place: int) -> int:
        """Return where the sentence around a place begins."""
        at = bisect_right(self.sentences, place)
        return self.sentences[at - 1] if at else 0

    def find_name(self, form: Form) -> Sequence[int]:
        """Return the places of a name's last word."""
        last = re.findall(r"\w+", form.name[-1])
        return self.words.get(last[-1], ()) if last else ()


def make_scene(
    text: str,
    sentences: Sequence[int],
    views: Sequence[RowView],
    people: Sequence[str],
    around: Sequence[Sequence[int]],
) -> Scene:
    """Return the scene of a document's rows."""
    words: dict[str, list[int]] = {}
    for hit in re.finditer(r"\b[A-Z]\w*", text):
        words.setdefault(hit.group(), []).append(hit.start())
    body = sentences[1] if len(sentences) > 1 else 0
    met = [(_introduce(text, name), introduces(text, name, body)) for name in people]
    return Scene(sentences, views, around, met, words)


def _introduce(text: str, name: str) -> Form:
    """Return the form of a person's name with the nouns of office in front of its first place: "Mayor Ada Roe"."""
    at = text.find(name)
    before = re.search(r"(?:[\w.\u2019'-]+ ){0,3}$", text[max(0, at - TITLE_CHARS) : max(0, at)])
    form = describe_mention(name)
    offices = [w.casefold().rstrip(".") for w in before.group().split()] if before else []
    return replace(form, words=form.words | frozenset(offices))


def place_of(view: RowView) -> int:
    """Return where a row's source stands; its cue if it has none."""
    return view.source[0] if view.source else view.anchor


class Page:
    """Everybody who is known so far, to be found by place and by name without looking at all of them.

    Attributes:
        clusters: Who they are.
        seen: (place, number of the cluster) of every place, in order.
        named: The numbers of the clusters that bear a word, or have it for their initials.
        by_source: The number of the cluster that a row's source was taken to, by its place.
        owner: The number of the cluster of each row so far.
    """

    def __init__(self, scene: Scene) -> None:
        """Meet the persons whom the text names in full, each with every place of their last name."""
        self.scene = scene
        self.clusters: list[Cluster] = []
        self.seen: list[tuple[int, int]] = []
        self.named: dict[str, list[int]] = {}
        self.by_source: dict[tuple[int, int], int] = {}
        self.owner: list[int] = []
        for form, owns_surname in scene.people:
            if form.name and not form.is_joint and not self.bearing(form):
                k = self.add()
                self.clusters[k].is_person, self.clusters[k].owns_surname = True, owns_surname
                self.take_form(k, form)

    def add(self) -> int:
        """Return the number of somebody new."""
        self.clusters.append(Cluster())
        return len(self.clusters) - 1

    def take_place(self, k: int, place: int) -> None:
        """Take in a place of somebody."""
        if self.clusters[k].add_place(place):
            insort(self.seen, (place, k))

    def take_form(self, k: int, form: Form) -> None:
        """Take in the form of a mention of somebody; a new name also stands wherever its last word does."""
        is_new = bool(form.name) and not any(other.name == form.name for other in self.clusters[k].forms)
        if form not in self.clusters[k].forms:
            self.clusters[k].forms.append(form)
        if is_new:
            for key in _keys_of(form):
                bearers = self.named.setdefault(key, [])
                if k not in bearers[-1:]:
                    bearers.append(k)
        if is_new and not form.is_joint:
            for place in self.scene.find_name(form):
                self.take_place(k, place)

    def bearing(self, form: Form) -> list[int]:
        """Return the numbers of those whose name agrees with one."""
        found = sorted({k for key in _keys_of(form) for k in self.named.get(key, ())})
        if len(form.name) == 1:
            found = [k for k in found if self.clusters[k].owns_surname or form.name in self.names_of(k)]
        return [k for k in found if any(same_name(name, form) for name in self.clusters[k].names)]

    def names_of(self, k: int) -> set[tuple[str, ...]]:
        """Return the names that somebody's mentions have."""
        return {form.name for form in self.clusters[k].forms}

    def before(self, at: int) -> list[tuple[int, int]]:
        """Return (number, last place) of those seen before a place, the last seen first, and none from far back."""
        found: dict[int, int] = {}
        end = bisect_left(self.seen, (at, -1))
        for place, k in reversed(self.seen[max(0, end - FURTHEST) : end]):
            found.setdefault(k, place)
        return list(found.items())


def _keys_of(form: Form) -> set[str]:
    """Return the words by which a name is found: its own, and its initials."""
    return {*(word.casefold() for word in form.name), initials_of(form.name)} - {""}


def assign_rows(scene: Scene, weights: Mapping[str, float], same: Likeness | None = None) -> list[Cluster]:
    """Return the clusters that rows have as their source, in order of first row."""
    page = Page(scene)
    for i in range(len(scene.views)):
        take_row(page, i, *choose_cluster(page, i, weights, same))
    return sorted((c for c in page.clusters if c.rows), key=lambda c: c.rows[0])


def take_row(page: Page, i: int, chosen: int, chance: float) -> None:
    """Give a row to a cluster, a new one for `NOBODY`."""
    view = page.scene.views[i]
    k = page.add() if chosen == NOBODY else chosen
    cluster = page.clusters[k]
    if cluster.rows:
        cluster.links.append(chance)
    cluster.rows.append(i)
    page.owner.append(k)
    page.take_form(k, view.form)
    page.take_place(k, place_of(view))
    if view.source is not None:
        page.by_source[view.source] = k


def choose_cluster(page: Page, i: int, weights: Mapping[str, float], same: Likeness | None) -> tuple[int, float]:
    """Return the number of the cluster that a row's source is, or `NOBODY`, and how likely it is."""
    settled = settle(page, i)
    if settled is not None:
        return settled, 1.0
    found = candidates_of(page, i)
    if not found:
        return NOBODY, 1.0
    table = features_of(page, i, found, same)
    scores = [score(row, weights) for row in table]
    highest = max(scores)
    raised = [math.exp(one - highest) for one in scores]
    best = find_best(raised)
    chance = raised[best] / sum(raised)
    return (NOBODY if best == len(found) else found[best]), chance


def settle(page: Page, i: int) -> int | None:
    """Return the cluster that a mention's words leave no doubt about; None where they do."""
    view = page.scene.views[i]
    name = view.form.name
    if view.source is not None and view.source in page.by_source:
        return page.by_source[view.source]
    if not name:
        return _announced(page, view)
    agreeing = page.bearing(view.form)
    whole = [k for k in agreeing if len(name) > 1 and any(form.name == name for form in page.clusters[k].names)]
    spoken = [k for k in agreeing if page.clusters[k].rows]
    sure = whole[:1] or (agreeing if len(agreeing) == 1 else spoken)
    if len(sure) == 1:
        return sure[0]
    return None if agreeing else NOBODY


def _announced(page: Page, view: RowView) -> int | None:
    """Return whom a headline means by an office ("Mayor resigns"): the one person whom the text names with it."""
    sentences = page.scene.sentences
    is_headline = bool(sentences[1:]) and place_of(view) < sentences[1]
    if view.form.kind != "nominal" or view.form.is_indefinite or not is_headline:
        return None
    office = role_words([view.form])
    bearers = [k for k, c in enumerate(page.clusters) if not c.rows and c.names and office & role_words(c.forms)]
    return bearers[0] if len(bearers) == 1 else None


def candidates_of(page: Page, i: int) -> list[int]:
    """Return the clusters that a mention may mean, those seen last first."""
    view = page.scene.views[i]
    seen = [k for k, _ in page.before(place_of(view)) if may_be(view.form, page.clusters[k])]
    holding = {page.owner[j] for j in (*page.scene.around[i], i - 1) if 0 <= j < i}
    return seen[:NEAREST] + [k for k in seen[NEAREST:] if k in holding]


def features_of(page: Page, i: int, found: Sequence[int], same: Likeness | None) -> list[dict[str, float]]:
    """Return the features of each candidate, and last those of "nobody yet"; named after the mention's group."""
    view = page.scene.views[i]
    around = page.scene.around[i]
    nobody = {
        "new": 1.0,
        "new-within": float(bool(around)),
        "new-candidates": math.log1p(len(found)),
        "new-one-word": float(len(view.form.words) <= 1),
        "new-many": float(view.form.number == "many"),
        "new-row": math.log1p(i),
    }
    group = group_of(view.form)
    table = []
    for rank, k in enumerate(found):
        ranked = {"bias": 1.0, "rank0": float(rank == 0), "rank1": float(rank == 1)}
        where, what = _where(page.scene, page.clusters[k], i), _what(view.form, page.clusters[k])
        table.append(ranked | where | _whose(page, k, i) | what)
    named = [{f"{group}:{name}": value for name, value in row.items() if value} for row in [*table, nobody]]
    for k, row in zip(found, named, strict=False):
        row["head:pair"] = _pair_score(same, page.clusters[k].rows, i)
    return named


def _where(scene: Scene, cluster: Cluster, i: int) -> dict[str, float]:
    """Return how far back, and how prominently, somebody was seen last."""
    at = place_of(scene.views[i])
    last = cluster.places[bisect_left(cluster.places, at) - 1]
    steps = scene.sentence(at) - scene.sentence(last)
    heads = last - scene.start_of(last) <= 1
    return {
        "steps": math.log1p(steps),
        "same-sentence": float(steps == 0),
        "sentence-before": float(steps == 1),
        "heads-sentence": float(heads),
        "headed-its-own": float(steps == 0 and heads),
        "first": float(cluster.places[0] < LEAD_CHARS),
    }


def _whose(page: Page, k: int, i: int) -> dict[str, float]:
    """Return how often somebody spoke, and whether the mention stands in their words."""
    n_rows = len(page.clusters[k].rows)
    around = [page.owner[j] for j in page.scene.around[i] if j < i]
    is_first_told = bool(page.scene.around[i]) and page.scene.around[i][0] < i
    held = is_first_told and around[0] == k
    return {
        "rows": math.log1p(n_rows),
        "share": n_rows / (i + 1),
        "silent": float(not n_rows),
        "before": float(i > 0 and page.owner[i - 1] == k),
        "before-that": float(i > 1 and page.owner[i - 2] == k),
        "holds": float(held),
        "holds-further": float(k in around[is_first_told:]),
        "holds-quoted": float(held and page.scene.views[page.scene.around[i][0]].is_quoted),
    }


def _what(form: Form, cluster: Cluster) -> dict[str, float]:
    """Return what the words of a mention and of somebody's mentions have in common."""
    forms, names = cluster.forms, cluster.names
    words = set().union(*(other.words for other in forms))
    number = next((other.number for other in forms if other.number), "")
    return {
        "told": float(bool(cluster.gender) and cluster.gender == form.gender),
        "person": float(cluster.is_person or bool(cluster.gender)),
        "body": float(any(is_body(name) for name in names)),
        "named": float(bool(names)),
        "plural": float(not names and any(other.number == "many" for other in forms)),
        "nobody": float(all(other.kind == "none" for other in forms)),
        "numbers-differ": float(bool(form.number) and number not in ("", form.number)),
        "role": float(form.head in role_words(forms)),
        "same-head": float(any(other.head == form.head for other in forms if other.head)),
        "words": len(words & form.words) / max(1, len(form.words)),
        "same-words": float(any(other.words == form.words for other in forms)),
    }


def _pair_score(same: Likeness | None, rows: Sequence[int], i: int) -> float:
    """Return the mean log odds, -4..4, by which the pair head takes a cluster's last rows for the same source."""
    chances = [same(j, i) for j in rows[-3:]] if same else []
    odds = [head_log_odds(chance) for chance in chances if chance > 0]
    return sum(odds) / len(odds) if odds else 0.0
