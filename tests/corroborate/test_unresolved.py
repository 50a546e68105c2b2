"""Invented sources of which it could not be told who they are."""

from __future__ import annotations

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.unresolved import find_naming, name_source
from sayso.records import Kind, Naming, Source
from tests.corroborate.stories_told import article, join, main_claim, main_line, said

IT = said("It", kind="organisation", unresolved="“It” has no clear antecedent in the article")


def test_a_pronoun_is_called_unresolved_and_is_nobodys_name() -> None:
    it = Source(id="src-1", name="It", kind=Kind.ORGANISATION, naming=Naming.NAMED, unresolved="why")
    assert (name_source(it), find_naming(it)) == ("“It” (not resolved)", Naming.VAGUE)
    known = Source(id="src-2", name="Orlby Port", kind=Kind.ORGANISATION, naming=Naming.NAMED)
    assert (name_source(known), find_naming(known)) == ("Orlby Port", Naming.NAMED)


def test_two_pronouns_in_two_articles_are_two_parties_and_no_leg_more() -> None:
    readings = [article("Orlby Post", IT), article("Coast Mail", IT)]
    findings = join(*readings)
    assert len(findings.parties) == 2
    assert not any(one.aliases for one in findings.parties)
    bounds = main_claim(findings).corroboration.persons
    assert (bounds.least, bounds.most) == (1, 2)
    line = main_line(findings, readings)
    assert {speaker.name for speaker in line.speakers} == {"“It” (not resolved)"}
    assert {speaker.naming for speaker in line.speakers} == {Naming.VAGUE}
    assert make_lines(findings, readings)
