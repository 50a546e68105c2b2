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
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.extract.mentions import Form, describe_mention, is_body, role_words, same_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sayso.extract.pairs import RowView

    Floats = NDArray[np.float32]

# Clusters that a mention is held against: those seen last, and those whose words hold it.
NEAREST = 8
# Whoever the headline or the lead names is what the article is about.
LEAD_CHARS = 200
NOBODY = -1


@dataclass(slots=True)
class Cluster:
    """Somebody on the page.

    Attributes:
        rows: Numbers of the rows they are the source of, in order.
        forms: The forms of their mentions that are known.
        places: Where the text mentions them, in order of place; by name anywhere, otherwise as a row's source.
        links: For each row after the first, the probability by which it was taken to be theirs.
    """

    rows: list[int] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    links: list[float] = field(default_factory=list)

    def add_place(self, place: int) -> None:
        """Take in one more place."""
        at = bisect_left(self.places, place)
        if at == len(self.places) or self.places[at] != place:
            self.places.insert(at, place)

    @property
    def names(self) -> list[Form]:
        """The forms that are names."""
        return [form for form in self.forms if form.name]

    @property
    def gender(self) -> str:
        """``he`` or ``she`` where a mention tells it, else empty."""
        return next((form.gender for form in self.forms if form.gender in ("he", "she")), "")


@dataclass(frozen=True, slots=True)
class Scene:
    """What of a text the features read.

    Attributes:
        text: The text.
        sentences: Where its sentences begin.
        views: The rows.
        around: For each row the rows whose content holds its source or cue, the innermost first.
        people: Full names of persons in the text.
    """

    text: str
    sentences: Sequence[int]
    views: Sequence[RowView]
    around: Sequence[Sequence[int]]
    people: Sequence[str]

    def sentence(self, place: int) -> int:
        """Return the number of the sentence at a place."""
        return bisect_right(self.sentences, place)


def make_scene(text: str, sentences: Sequence[int], views: Sequence[RowView], people: Sequence[str]) -> Scene:
    """Return the scene of a document's rows."""
    around = []
    for i, view in enumerate(views):
        at = place_of(view)
        holding = [
            (sum(e - s for s, e in other.content), j)
            for j, other in enumerate(views)
            if j != i and any(s <= at < e for s, e in other.content)
        ]
        around.append([j for _, j in sorted(holding)])
    return Scene(text, sentences, views, around, people)


def place_of(view: RowView) -> int:
    """Return where a row's source stands; its cue if it has none."""
    return view.source[0] if view.source else view.anchor


def group_of(form: Form) -> str:
    """Return the group of mentions whose weights are fitted together."""
    if form.kind == "pronoun":
        if form.gender in ("he", "she"):
            return "he"
        if form.gender in ("it", "self", "relative", "new"):
            return f"{form.gender}-{form.number}" if form.gender == "self" else form.gender
        return "they"
    if form.kind == "nominal":
        return "the" if form.is_definite else "a" if form.is_indefinite else "bare"
    return form.kind


def meet_people(scene: Scene) -> list[Cluster]:
    """Return the persons whom the text names in full, each with every place of their last name."""
    clusters: list[Cluster] = []
    for name in scene.people:
        form = describe_mention(name)
        if form.name and not form.is_joint and not any(same_name(form, p.forms[0]) for p in clusters):
            clusters.append(Cluster(forms=[form], places=find_name(scene.text, form)))
    return clusters


def find_name(text: str, form: Form) -> list[int]:
    """Return the places of a name's last word in a text."""
    return [hit.start() for hit in re.finditer(rf"\b{re.escape(form.name[-1])}\b", text)]


def assign_rows(scene: Scene, weights: Mapping[str, float], same: Floats | None = None) -> list[Cluster]:
    """Return the clusters that rows have as their source, in order of first row."""
    clusters = meet_people(scene)
    for i in range(len(scene.views)):
        chosen, chance = choose_cluster(scene, clusters, i, weights, same)
        take_row(scene, clusters, i, chosen, chance)
    return sorted((p for p in clusters if p.rows), key=lambda p: p.rows[0])


def take_row(scene: Scene, clusters: list[Cluster], i: int, chosen: int, chance: float) -> None:
    """Give a row to a cluster, a new one for `NOBODY`."""
    view = scene.views[i]
    if chosen == NOBODY:
        clusters.append(Cluster())
        chosen = len(clusters) - 1
    cluster = clusters[chosen]
    if cluster.rows:
        cluster.links.append(chance)
    cluster.rows.append(i)
    new_name = bool(view.form.name) and not any(form.name == view.form.name for form in cluster.forms)
    cluster.forms.append(view.form)
    cluster.add_place(place_of(view))
    if new_name and not view.form.is_joint:
        for place in find_name(scene.text, view.form):
            cluster.add_place(place)


def choose_cluster(
    scene: Scene, clusters: Sequence[Cluster], i: int, weights: Mapping[str, float], same: Floats | None
) -> tuple[int, float]:
    """Return the number of the cluster that a row's source is, or `NOBODY`, and how likely it is."""
    settled = settle(scene, clusters, i)
    if settled is not None:
        return settled, 1.0
    found = candidates_of(scene, clusters, i)
    if not found:
        return NOBODY, 1.0
    table = features_of(scene, clusters, i, found, same)
    scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in table]
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    best = max(range(len(raised)), key=raised.__getitem__)
    chance = raised[best] / sum(raised)
    return (NOBODY if best == len(found) else found[best]), chance


def settle(scene: Scene, clusters: Sequence[Cluster], i: int) -> int | None:
    """Return the cluster that a mention's words leave no doubt about; None where they do."""
    view = scene.views[i]
    name = view.form.name
    if view.source is not None:
        same = [k for k, c in enumerate(clusters) if any(scene.views[j].source == view.source for j in c.rows)]
        if same:
            return same[0]
    if not name:
        return None
    agreeing = [k for k, c in enumerate(clusters) if any(same_name(form, view.form) for form in c.names)]
    whole = [k for k in agreeing if len(name) > 1 and any(form.name == name for form in clusters[k].names)]
    spoken = [k for k in agreeing if clusters[k].rows]
    sure = whole[:1] or (agreeing if len(agreeing) == 1 else spoken)
    if len(sure) == 1:
        return sure[0]
    return None if agreeing else NOBODY


def candidates_of(scene: Scene, clusters: Sequence[Cluster], i: int) -> list[int]:
    """Return the clusters that a mention may mean, those seen last first."""
    view = scene.views[i]
    at = place_of(view)
    seen = []
    for k, cluster in enumerate(clusters):
        last = bisect_left(cluster.places, at)
        if last and _may_be(view.form, cluster):
            seen.append((cluster.places[last - 1], k))
    seen.sort(reverse=True)
    kept = [k for _, k in seen[:NEAREST]]
    holding = {*scene.around[i], i - 1}
    kept += [k for _, k in seen[NEAREST:] if holding & set(clusters[k].rows)]
    return kept


def _may_be(form: Form, cluster: Cluster) -> bool:
    """Return whether a mention can mean a cluster at all: no other name, no other gender, no body for a person."""
    names = cluster.names
    if form.name:
        return any(same_name(name, form) for name in names)
    if form.gender in ("he", "she"):
        if cluster.gender and cluster.gender != form.gender:
            return False
        if any(is_body(name) or name.is_joint for name in names):
            return False
        return bool(names) or all(f.number != "many" and f.gender != "it" for f in cluster.forms)
    return True


def features_of(
    scene: Scene, clusters: Sequence[Cluster], i: int, found: Sequence[int], same: Floats | None
) -> list[dict[str, float]]:
    """Return the features of each candidate, and last those of "nobody yet"; named after the mention's group."""
    view = scene.views[i]
    group = group_of(view.form)
    at = place_of(view)
    here = scene.sentence(at)
    around = scene.around[i]
    table = []
    for rank, k in enumerate(found):
        cluster = clusters[k]
        last = cluster.places[bisect_left(cluster.places, at) - 1]
        steps = here - scene.sentence(last)
        names = cluster.names
        plural = not names and any(form.number == "many" for form in cluster.forms)
        rows = set(cluster.rows)
        words = set().union(*(form.words for form in cluster.forms))
        features = {
            "bias": 1.0,
            "rank0": float(rank == 0),
            "rank1": float(rank == 1),
            "steps": math.log1p(steps),
            "same-sentence": float(steps == 0),
            "sentence-before": float(steps == 1),
            "heads-sentence": float(last - _start_of(scene, last) <= 1),
            "headed-its-own": float(steps == 0 and last - _start_of(scene, last) <= 1),
            "rows": math.log1p(len(rows)),
            "share": len(rows) / (i + 1),
            "silent": float(not rows),
            "before": float(i - 1 in rows),
            "before-that": float(i - 2 in rows),
            "holds": float(bool(around) and around[0] in rows),
            "holds-further": float(any(j in rows for j in around[1:])),
            "holds-quoted": float(bool(around) and around[0] in rows and scene.views[around[0]].is_quoted),
            "told": float(bool(cluster.gender) and cluster.gender == view.form.gender),
            "person": float(bool(cluster.gender) or any(len(form.name) > 1 for form in names)),
            "body": float(any(is_body(name) for name in names)),
            "named": float(bool(names)),
            "plural": float(plural),
            "nobody": float(all(form.kind == "none" for form in cluster.forms)),
            "numbers-differ": float(bool(view.form.number) and _number_of(cluster) not in ("", view.form.number)),
            "role": float(view.form.head in role_words(cluster.forms)),
            "same-head": float(any(form.head == view.form.head for form in cluster.forms if form.head)),
            "words": len(words & view.form.words) / max(1, len(view.form.words)),
            "same-words": float(any(form.words == view.form.words for form in cluster.forms)),
            "first": float(cluster.places[0] < LEAD_CHARS),
        }
        table.append(features)
    table.append(
        {
            "new": 1.0,
            "new-within": float(bool(around)),
            "new-candidates": math.log1p(len(found)),
            "new-one-word": float(len(view.form.words) <= 1),
            "new-many": float(view.form.number == "many"),
            "new-row": math.log1p(i),
        }
    )
    named = [{f"{group}:{name}": value for name, value in row.items() if value} for row in table]
    for k, row in zip(found, named, strict=False):
        row["head:pair"] = _pair_score(same, clusters[k].rows, i)
    return named


def _start_of(scene: Scene, place: int) -> int:
    """Return where the sentence around a place begins."""
    at = bisect_right(scene.sentences, place)
    return scene.sentences[at - 1] if at else 0


def _number_of(cluster: Cluster) -> str:
    """Return ``one`` or ``many`` where a mention tells it, else empty."""
    return next((form.number for form in cluster.forms if form.number), "")


def _pair_score(same: Floats | None, rows: Sequence[int], i: int) -> float:
    """Return the mean log odds, -4..4, by which the pair head takes a cluster's last rows for the same source."""
    if same is None:
        return 0.0
    chances = [float(same[j, i]) for j in rows[-3:] if same[j, i] > 0]
    if not chances:
        return 0.0
    held = [min(0.982, max(0.018, chance)) for chance in chances]
    return sum(math.log(chance / (1 - chance)) for chance in held) / len(held)
