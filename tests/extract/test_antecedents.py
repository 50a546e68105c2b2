"""Who a mention means."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sayso.extract.antecedents import (
    NOBODY,
    Page,
    Scene,
    assign_rows,
    candidates_of,
    make_scene,
    settle,
    take_row,
)
from sayso.extract.clusters import Cluster, may_be
from sayso.extract.mentions import describe_mention, group_of
from sayso.extract.pairs import RowView

ROE, OUD = "Ada Roe", "Jonas Oud"
# Enough for the tests: the one seen last, unless the row's words are held by somebody's.
WEIGHTS = {"he:rank0": 1.0, "he:told": 1.0, "the:role": 3.0, "the:new": 1.0, "bare:new": 1.0, "none:new": 1.0}


def view(text: str, source: str, *, nth: int = 0, said: str = "") -> RowView:
    """Return a row whose source is the n-th place of some words in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(source, at + 1)
    content = ((text.index(said), text.index(said) + len(said)),) if said else ()
    return RowView(
        form=describe_mention(source),
        source=(at, at + len(source)),
        anchor=at + len(source) + 1,
        cue="said",
        content=content,
        words=frozenset(),
        names=frozenset(),
        sentence=0,
        paragraph=0,
        is_quoted=False,
    )


def scene_of(text: str, views: list[RowView], people: tuple[str, ...] = (ROE, OUD)) -> Scene:
    starts = [0] + [i + 2 for i in range(len(text) - 2) if text[i : i + 2] == ". "]
    return make_scene(text, starts, views, people, [[] for _ in views])


def rows_of(clusters: list[Cluster]) -> list[list[int]]:
    return [cluster.rows for cluster in clusters]


def test_a_surname_is_whoever_bears_it() -> None:
    text = "Ada Roe spoke first. Then Jonas Oud spoke. Oud said no. Roe said yes."
    views = [view(text, "Ada Roe"), view(text, "Jonas Oud"), view(text, "Oud", nth=1), view(text, "Roe", nth=1)]
    assert rows_of(assign_rows(scene_of(text, views), WEIGHTS)) == [[0, 3], [1, 2]]


def test_a_pronoun_can_mean_somebody_who_has_not_spoken() -> None:
    text = "The wall was the idea of Ada Roe. It will hold, she said. Roe said it twice."
    views = [view(text, "she"), view(text, "Roe", nth=1)]
    assert rows_of(assign_rows(scene_of(text, views), WEIGHTS)) == [[0, 1]]


def test_a_pronoun_never_means_one_of_another_gender() -> None:
    text = "Emma Roe met James Oud. It will hold, she said."
    page = Page(scene_of(text, [view(text, "she")], ("Emma Roe", "James Oud")))
    assert [page.clusters[k].names[0].name for k in candidates_of(page, 0)] == [("Emma", "Roe")]


def test_two_names_are_never_one_source() -> None:
    text = "Ada Roe said so. Jonas Oud said so. Mira Tann said so."
    views = [view(text, name) for name in ("Ada Roe", "Jonas Oud", "Mira Tann")]
    assert rows_of(assign_rows(scene_of(text, views), WEIGHTS)) == [[0], [1], [2]]


def test_an_office_is_taken_up_by_its_noun() -> None:
    text = "Gov. Ada Roe came. Jonas Oud came too. The governor said so."
    views = [view(text, "Gov. Ada Roe"), view(text, "Jonas Oud"), view(text, "The governor")]
    assert rows_of(assign_rows(scene_of(text, views), WEIGHTS)) == [[0, 2], [1]]


def test_whom_somebody_belongs_to_is_not_meant() -> None:
    text = "Mayor Ada Roe came. The mayor's brother said so. The mayor's brother left."
    views = [view(text, "Mayor Ada Roe"), view(text, "The mayor's brother"), view(text, "The mayor's brother", nth=1)]
    page = Page(scene_of(text, views))
    take_row(page, 0, 0, 1.0)
    assert not may_be(views[1].form, page.clusters[0])
    spokesman = Cluster(forms=[views[1].form])
    assert not may_be(describe_mention("The mayor"), spokesman)
    assert may_be(views[2].form, spokesman)
    assert describe_mention("The mayor's brother").owner == "mayor"
    assert describe_mention("The mayor").owner == ""


def test_another_office_is_not_meant() -> None:
    text = "Mayor Ada Roe came. The fire chief said so. The mayor left."
    views = [view(text, "Mayor Ada Roe"), view(text, "The fire chief"), view(text, "The mayor")]
    page = Page(scene_of(text, views))
    take_row(page, 0, 0, 1.0)
    known = page.clusters[0]
    assert not may_be(views[1].form, known)
    assert may_be(views[2].form, known)


def test_a_description_of_nobody_at_hand_is_somebody_new() -> None:
    text = "Ada Roe came. The harbour master said so."
    views = [view(text, "Ada Roe"), view(text, "The harbour master")]
    assert rows_of(assign_rows(scene_of(text, views), WEIGHTS)) == [[0], [1]]


def test_one_mention_is_one_source_however_often_it_speaks() -> None:
    text = "A pilot said no and warned of more."
    views = [view(text, "A pilot"), view(text, "A pilot")]
    assert rows_of(assign_rows(scene_of(text, views), {})) == [[0, 1]]


def test_namesakes_are_not_settled_by_the_surname() -> None:
    text = "Ada Roe said one thing. Ilva Roe said another. Roe left."
    views = [view(text, "Ada Roe"), view(text, "Ilva Roe"), view(text, "Roe", nth=2)]
    page = Page(scene_of(text, views, ()))
    take_row(page, 0, NOBODY, 1.0)
    assert settle(page, 1) == NOBODY
    take_row(page, 1, NOBODY, 1.0)
    assert settle(page, 2) is None


@pytest.mark.parametrize(
    ("mention", "group"),
    [("she", "he"), ("they", "they"), ("I", "self-one"), ("who", "relative"), ("the mayor", "the"), ("a pilot", "a"),
     ("officials", "bare"), ("", "none"), ("Ada Roe", "name"), ("it", "it")],
)  # fmt: skip
def test_mentions_are_weighed_by_their_form(mention: str, group: str) -> None:
    assert group_of(describe_mention(mention)) == group


def test_no_rows_are_no_sources() -> None:
    assert assign_rows(scene_of("Ada Roe came.", []), WEIGHTS) == []


def test_thousands_of_mentions_are_taken_in_linear_time() -> None:
    one = "Ada Roe said no. Jonas Oud said yes. A pilot said so. He said it. "
    text = one * 1000
    views = []
    for k in range(1000):
        for name in ("Ada Roe", "Jonas Oud", "A pilot", "He"):
            at = k * len(one) + one.index(name)
            views.append(replace(view(one, name), source=(at, at + len(name)), anchor=at + len(name) + 1))
    began = time.process_time()
    clusters = assign_rows(scene_of(text, views), WEIGHTS)
    assert sum(len(c.rows) for c in clusters) == 4000
    assert time.process_time() - began < 10


def test_a_headlines_office_is_its_bearers() -> None:
    text = "Mayor denies it. Mayor Ada Roe said no. Roe left."
    views = [view(text, "Mayor"), view(text, "Mayor Ada Roe"), view(text, "Roe", nth=1)]
    assert rows_of(assign_rows(scene_of(text, views), {})) == [[0, 1, 2]]


def test_a_ministry_is_no_intelligence_service() -> None:
    text = "The ministry said so. The service said otherwise."
    views = [view(text, "The ministry"), view(text, "The service")]
    assert rows_of(assign_rows(scene_of(text, views), {"the:bias": 9.0})) == [[0], [1]]


def test_a_body_is_no_paper_that_was_cited_before() -> None:
    text = "A leaked memo said so. The coast guard said otherwise."
    views = [view(text, "A leaked memo"), view(text, "The coast guard")]
    assert rows_of(assign_rows(scene_of(text, views), {"the:bias": 9.0})) == [[0], [1]]


def test_claims_without_a_source_are_not_one_partys() -> None:
    text = "It is said. It is feared."
    views = [replace(view(text, "It", nth=k), source=None, form=describe_mention("")) for k in (0, 1)]
    assert rows_of(assign_rows(scene_of(text, views), {"none:bias": 9.0})) == [[0], [1]]


def test_a_surname_alone_before_the_full_name_is_the_same_persons() -> None:
    text = "A headline. Roe warned the harbour. Then Ada Roe left. Roe said it twice."
    views = [view(text, "Roe"), view(text, "Ada Roe"), view(text, "Roe", nth=2)]
    assert rows_of(assign_rows(scene_of(text, views, ("Ada Roe",)), WEIGHTS)) == [[0, 1, 2]]


def test_a_surname_alone_is_not_a_relatives_who_is_named_later() -> None:
    text = "A headline. Roe warned the harbour. Her daughter Ilva Roe was there. Roe said it twice."
    views = [view(text, "Roe"), view(text, "Ilva Roe"), view(text, "Roe", nth=2)]
    assert rows_of(assign_rows(scene_of(text, views, ("Ilva Roe",)), WEIGHTS)) == [[0, 2], [1]]
