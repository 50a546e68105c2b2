"""The line "rests on"."""

from __future__ import annotations

from sayso.export.rests import say_roots
from tests.readings import Builder, demo_reading

TEXT = (
    "Governor Ada Brill said A. The Norvane news agency, citing the Sestrian security service, said B. An aide said C."
)


def make() -> Builder:
    build = Builder(TEXT, outlet="The Courier")
    build.source("ada", "Ada Brill", "person", role="Governor")
    build.source("agency", "Norvane news agency", "outlet")
    build.source("service", "Sestrian security service", "organisation")
    build.source("aide", "An aide", "person", "described")
    return build


def test_roots_are_counted_in_words() -> None:
    build = make()
    build.row("a", "ada", "said", "A")
    build.row("b", "service", "citing", "B", via=["agency"])
    build.row("c", "aide", "said", "C", after="An aide")
    said = say_roots(build.build(origins=("ada", "service", "aide")))
    assert said == "1 named official, 1 agency citing a service, 1 unnamed"


def test_a_root_with_rows_to_check_alone_is_mentioned_and_not_counted() -> None:
    build = make()
    build.row("a", "ada", "said", "A")
    build.row("c", "aide", "said", "C", after="An aide", confidence=0.2)
    assert say_roots(build.build(origins=("ada", "aide"))) == "1 named official; 1 more only in rows to check"
    assert say_roots(build.build(origins=("aide",))) == "no source of which the machine is sure"


def test_an_article_without_roots_says_so() -> None:
    assert say_roots(make().build()) == "no source that could be found"


def test_whoever_spoke_to_one_other_outlet_is_said_to_have() -> None:
    build = make()
    build.row("a", "ada", "said", "A", via=["agency"])
    build.row("c", "aide", "said", "C", after="An aide", via=["agency"])
    said = say_roots(build.build(origins=("ada", "aide")))
    assert said == "1 named official (only through Norvane news agency), 1 unnamed (only through Norvane news agency)"


def test_the_articles_own_outlet_stands_between_nobody() -> None:
    build = make()
    build.source("courier", "the Courier", "outlet")
    build.row("a", "ada", "said", "A", via=["courier"])
    assert say_roots(build.build(origins=("ada",))) == "1 named official"


def test_a_party_told_of_by_another_party_came_through_that_one() -> None:
    build = make()
    build.row("b", "agency", "said", "B", after="The Norvane")
    build.row("b2", "service", "citing", "B", within="b")
    assert say_roots(build.build(origins=("service",))) == "1 agency citing a service"


def test_one_direct_row_is_enough_for_a_root_to_stand_by_itself() -> None:
    build = make()
    build.row("a", "ada", "said", "A", via=["agency"])
    build.row("a2", "ada", "said", "A. ")
    assert say_roots(build.build(origins=("ada",))) == "1 named official"


def test_the_invented_article() -> None:
    said = say_roots(demo_reading())
    assert said.startswith("2 named officials")
    assert "1 agency citing a service" in said
    assert said.endswith("4 unnamed")
