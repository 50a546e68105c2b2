"""From invented articles to tellings, borrowings and the numbers of origins."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sayso.corroborate.origins_network import TEXT
from sayso.corroborate.origins_words import iter_why, say_reason
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.records import Borrowed, FirstCertainty, Independence, ReuseExtent, SetAsideCode, Span, Tied
from tests.copied_readings import copy_reading
from tests.corroborate.stories_told import BANKS, article, count, join, main_claim, main_line, moment, said, story_of

LONG = (
    "The water came down the valley before dawn and took the footpath, the boathouse and two sheds along with it, and "
    "the people of the lower town carried their furniture up to the school by the light of a tractor"
)


def test_two_named_people_are_two_origins() -> None:
    readings = [article("Orlby Post", said("Mara Venn")), article("Coast Mail", said("Tomas Brandt"))]
    found = main_claim(join(*readings)).corroboration
    assert (found.persons.least, found.persons.most) == (2, 2)
    assert found.independence is Independence.ESTABLISHED
    assert [tie.relation for tie in found.persons.non_merges] == [Tied.DIFFERENT]


def test_one_person_under_two_spellings_is_one_origin_and_says_why() -> None:
    readings = [article("Orlby Post", said("Mara Venn")), article("Coast Mail", said("Mara  Venn", BANKS))]
    found = main_claim(join(*readings)).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    (origin,) = found.persons.origins
    assert [say_reason(tie.reason) for tie in origin.merges] == ["the same name"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Unnamed sources of two outlets may be one or two, and are never an origin more at the least.
        (said("an official", naming="described"), said("an official", naming="described"), (1, 2)),
        (said("an official", naming="described"), said("Mara Venn"), (1, 2)),
        # Somebody called by an office may be anybody who holds it.
        (said("the head of the Orlby Water Board"), said("Mara Venn"), (1, 2)),
        (said("Venn"), said("Tomas Brandt"), (1, 2)),
        (said("It", unresolved="no antecedent"), said("Mara Venn"), (1, 2)),
        # A body has somebody who speaks for it.
        (said("Orlby Water Board", kind="organisation"), said("Mara Venn"), (1, 2)),
        (said("Orlby Water Board", kind="organisation"), said("Tessel Fire Brigade", kind="organisation"), (2, 2)),
        # One may be a part of the other, or its other name.
        (said("Amsel Party", kind="organisation"), said("Amsel National Committee", kind="organisation"), (1, 2)),
        (said("Orlby Hospital", kind="organisation"), said("Orlby Fire Brigade", kind="organisation"), (2, 2)),
        (said("TFB", kind="organisation"), said("Tessel Fire Brigade", kind="organisation"), (1, 2)),
        (said("Lorvenian government", kind="organisation"), said("Tessel Ministry", kind="organisation"), (1, 2)),
        (said("Lorvenia", kind="state"), said("Sestria", kind="state"), (2, 2)),
        (said("Lorvenia", kind="state"), said("Orlby Water Board", kind="organisation"), (1, 2)),
    ],
)
def test_who_is_told_apart(one: dict[str, object], other: dict[str, object], expected: tuple[int, int]) -> None:
    assert count(article("Orlby Post", one), article("Coast Mail", other)) == expected


def test_two_who_speak_for_one_body_are_one_on_the_level_of_bodies() -> None:
    board = said("Orlby Water Board", kind="organisation")
    venn = said("Mara Venn", affiliation="the Orlby Water Board")
    brandt = said("Tomas Brandt", role="the director of the Orlby Water Board")
    readings = [article("Orlby Post", board), article("Coast Mail", venn), article("Evening", brandt)]
    found = main_claim(join(*readings)).corroboration
    assert (found.persons.least, found.persons.most) == (2, 3)
    assert (found.organisations.least, found.organisations.most) == (1, 1)
    (origin,) = found.organisations.origins
    assert "an article calls Mara Venn “the Orlby Water Board”" in [say_reason(tie.reason) for tie in origin.merges]


def test_a_row_of_low_confidence_counts_only_at_the_most() -> None:
    readings = [article("Orlby Post", said("Mara Venn", confidence=0.3)), article("Coast Mail", said("Tomas Brandt"))]
    assert count(*readings) == (1, 2)


def test_an_article_in_its_own_voice_has_no_recorded_origin() -> None:
    found = main_claim(join(article("Orlby Post", BANKS.capitalize()), article("Coast Mail", BANKS.capitalize())))
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (0, 2)
    assert found.corroboration.independence is Independence.NOT_RECORDED


def test_what_the_outlets_own_reporter_saw_is_its_own_report() -> None:
    seen = f"A Coast Mail reporter saw how {BANKS}"
    found = main_claim(join(article("Coast Mail", seen), article("Orlby Post", said("Mara Venn")))).corroboration
    assert (found.persons.least, found.persons.most) == (1, 2)
    assert {origin.name for origin in found.persons.origins} == {"Coast Mail", "Mara Venn"}
    heard = f"A Coast Mail reporter was told how {BANKS}"
    assert count(article("Coast Mail", heard), article("Orlby Post", said("Mara Venn"))) == (1, 2)
    assert main_claim(join(article("Coast Mail", heard))).corroboration.persons.most == 1
    assert main_claim(join(article("Coast Mail", heard))).corroboration.persons.least == 0


def test_an_outlet_that_is_cited_is_no_origin_whatever_kind_it_was_read_as() -> None:
    first = article("Orlby Post", said("Mara Venn"), at="2024-05-01")
    for kind in ("outlet", "organisation"):
        citing = article("Coast Mail", said("the Orlby Post", kind=kind), at="2024-05-02")
        found = main_claim(join(first, citing)).corroboration
        assert (found.persons.least, found.persons.most) == (1, 1)
        (borrowing,) = found.borrowings
        assert borrowing.kind is Borrowed.CITES
        assert say_reason(borrowing.reason) == "its text names Orlby Post as whom it has it from"
        assert found.first.outlets == ("orlbypost",)


def test_an_outlet_without_a_name_is_cited_and_no_origin() -> None:
    unnamed = said("a local paper", kind="outlet", naming="described")
    found = main_claim(join(article("Coast Mail", unnamed))).corroboration
    assert (found.persons.least, found.persons.most) == (0, 1)
    assert found.independence is Independence.NOT_RECORDED


def test_told_this_newspaper_is_the_speaker_and_no_report_of_the_outlets_own() -> None:
    told = said("Mara Venn", carried=(("this newspaper", "outlet"), ("Post", "outlet")))
    found = main_claim(join(article("Orlby Post", told))).corroboration
    assert [origin.name for origin in found.persons.origins] == ["Mara Venn"]
    assert found.borrowings == ()
    own = said("this newspaper", kind="outlet", naming="vague", cue="learned")
    assert count(article("Orlby Post", own)) == (0, 1)
    saw = said("this newspaper", kind="outlet", naming="vague", cue="saw")
    assert main_claim(join(article("Orlby Post", saw))).corroboration.persons.least == 1


def test_who_writes_on_a_platform_is_carried_by_it_and_cites_nobody() -> None:
    posted = said("Mara Venn", carried=(("Telegram", "outlet"),))
    found = main_claim(join(article("Orlby Post", posted), article("Coast Mail", posted))).corroboration
    assert found.borrowings == ()
    assert (found.persons.least, found.persons.most) == (1, 1)


def test_outer_rows_carry_inner_ones_to_the_article() -> None:
    inner = f"Mara Venn said that {BANKS}"
    outer = said("Coast Mail", inner, kind="outlet", cue="wrote")
    reading = article("Orlby Post", outer, said("Mara Venn", within="0"))
    first = article("Coast Mail", said("Tomas Brandt"), at="2024-05-01")
    found = main_claim(join(reading, first)).corroboration
    # That the one has it from the other is known; whom the other names is not said to be Mara Venn.
    assert {borrowing.kind for borrowing in found.borrowings} == {Borrowed.CITES}
    assert (found.persons.least, found.persons.most) == (2, 2)
    assert found.otherwise


def test_of_an_unsure_row_within_an_outlets_the_outlet_stands() -> None:
    inner = f"Mara Venn said that {BANKS}"
    outer = said("Coast Mail", inner, kind="outlet", cue="wrote")
    reading = article("Orlby Post", outer, said("Mara Venn", within="0", confidence=0.2))
    first = article("Coast Mail", said("Tomas Brandt"), at="2024-05-01")
    assert count(reading, first) == (1, 1)


def test_a_title_has_no_source_beside_those_of_its_article() -> None:
    made = article("Orlby Post", said("Board", kind="organisation", naming="described"), said("Mara Venn"))
    assert count(made) == (1, 2)
    start = made.document.text.index("Board")
    end = made.document.text.index("Mara Venn")
    title = Span(start=start, end=end, exact=made.document.text[start:end])
    titled = replace(made, document=replace(made.document, title=title))
    assert count(titled) == (1, 1)
    alone = replace(titled, attributions=titled.attributions[:1])
    assert count(alone) == (1, 1)
    assert main_claim(join(alone)).corroboration.persons.origins[0].name == "Board"


def test_titles_of_a_text_that_several_print_rest_on_what_stands_below_them() -> None:
    made = article("Orlby Post", said("Board", kind="organisation", naming="described"), said("Mara Venn"), lead=LONG)
    start = made.document.text.index("Board")
    end = made.document.text.index("Mara Venn")
    title = Span(start=start, end=end, exact=made.document.text[start:end])
    titled = replace(made, document=replace(made.document, title=title))
    prints = [copy_reading(titled, outlet) for outlet in ("Orlby Post", "Coast Mail", "Tide")]
    findings = join(*prints)
    found = main_claim(findings).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert main_line(findings, prints).rests_on == "Mara Venn"
    assert main_line(findings, prints).n_resting == 6


def test_two_outlets_that_cite_one_another_stand_in_a_circle() -> None:
    one = article("Orlby Post", said("Coast Mail", kind="outlet"), at="2024-05-01")
    other = article("Coast Mail", said("Orlby Post", kind="outlet"), at="2024-05-01")
    findings = join(one, other)
    found = main_claim(findings).corroboration
    assert (found.persons.least, found.persons.most) == (0, 1)
    assert [loop.is_circular for loop in found.loops] == [True]
    assert main_line(findings, [one, other]).is_circular


def test_a_later_copy_has_it_from_the_earlier_one() -> None:
    first = article("Orlby Post", said("an official", naming="described"), lead=f"{LONG}.", at="2024-05-01")
    copy = article("Coast Mail", said("an official", naming="described"), lead=f"{LONG}.", at="2024-05-07")
    found = main_claim(join(first, copy)).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    (borrowing,) = found.borrowings
    assert borrowing.kind is Borrowed.COPIES
    assert "words stand in both, and the other was published before it" in say_reason(borrowing.reason)
    assert len(found.taken_over) == 1
    assert found.first.outlets == ("orlbypost",)


def test_one_text_of_which_nothing_tells_who_had_it_first_is_one_origin_at_the_most() -> None:
    readings = [article(o, said("an official", naming="described"), lead=f"{LONG}.") for o in ("A Post", "B Mail", "C")]
    found = main_claim(join(*readings)).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert {borrowing.taken_from[: len(TEXT)] for borrowing in found.borrowings} == {TEXT}
    assert "nothing tells which had them first" in say_reason(found.borrowings[0].reason)
    sentences = list(iter_why(main_claim(join(*readings)).case, found))
    assert "3 of 3 are one text that several print, or rest only on it." in sentences
    assert any(sentence.startswith("A Post prints one text that several print: the same") for sentence in sentences)
    # Nothing is said of the text itself.
    assert found.first.certainty is FirstCertainty.UNKNOWN
    assert len(found.first.outlets) == 3
    own = [article(o, BANKS.capitalize(), lead=f"{LONG}.") for o in ("A Post", "B Mail")]
    bare = main_claim(join(*own)).corroboration
    assert (bare.persons.least, bare.persons.most) == (0, 1)
    (unrecorded,) = bare.unrecorded
    assert unrecorded.is_in_case
    assert len(unrecorded.tellings) == 2
    assert {entry.name for entry in bare.dependence} == {"one text that several print"}


def test_dates_tell_which_of_several_prints_may_have_been_first() -> None:
    days = {"A Post": "2024-05-01T10:00:00+00:00", "B Mail": "2024-05-01T10:05:00+00:00", "C": None}
    readings = [article(o, BANKS.capitalize(), lead=f"{LONG}.", at=day) for o, day in days.items()]
    first = main_claim(join(*readings)).corroboration.first
    assert first.certainty is FirstCertainty.POSSIBLE
    assert set(first.outlets) == {"apost", "bmail", "c"}


def test_an_agencys_text_is_one_text_and_the_agencys() -> None:
    credit = (("agency", "Northwire"), ("dateline", "Northwire"))
    told = said("an official", naming="described")
    prints = [article(o, told, lead=f"{LONG}.", credits=credit) for o in ("A Post", "B Mail", "C Times")]
    found = main_claim(join(*prints)).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert [telling.outlet for telling in found.cited] == ["northwire"]
    assert ("northwire", "Northwire", 3) in [(entry.what, entry.name, entry.resting) for entry in found.dependence]
    assert "and Northwire is credited with them" in say_reason(found.borrowings[0].reason)
    wire = article("Northwire", told, lead=f"{LONG}.")
    found = main_claim(join(wire, *prints)).corroboration
    assert (found.persons.least, found.persons.most) == (1, 1)
    assert found.cited == ()
    assert found.first.outlets == ("northwire",)


def test_a_text_that_is_credited_to_an_agency_rests_on_it_without_a_second_print() -> None:
    credit = (("agency", "Northwire"),)
    own = main_claim(join(article("A Post", BANKS.capitalize(), credits=credit))).corroboration
    assert (own.persons.least, own.persons.most) == (0, 1)
    assert [telling.outlet for telling in own.cited] == ["northwire"]
    unsure = article("A Post", said("Mara Venn", confidence=0.2), credits=credit)
    assert [telling.outlet for telling in main_claim(join(unsure)).corroboration.cited] == ["northwire"]
    helped = article("A Post", BANKS.capitalize(), credits=(*credit, ("reporting-by", "Northwire")))
    assert main_claim(join(helped)).corroboration.cited == ()
    signed = article("A Post", BANKS.capitalize(), credits=credit, byline="Ada Lunt")
    assert main_claim(join(signed)).corroboration.cited == ()
    house = article("Northwire News Agency", BANKS.capitalize(), credits=credit)
    assert main_claim(join(house)).corroboration.cited == ()


def test_quoted_speech_alone_is_nobodys_copy() -> None:
    quote = f"“{LONG}, and {BANKS}”"
    readings = [article(o, said("Mara Venn", quote), at=day) for o, day in (("A", "2024-05-01"), ("B", "2024-05-09"))]
    findings = join(*readings)
    assert findings.reuse
    assert main_claim(findings).corroboration.borrowings == ()


@pytest.mark.parametrize("days", [(None, None), ("2024-05-01", "2024-05-09")])
def test_a_possible_rewriting_is_a_reason_and_moves_nothing(days: tuple[str | None, str | None]) -> None:
    readings = []
    for outlet, day in zip(("A Post", "B Mail"), days, strict=True):
        spun = " ".join(f"thing{place} thin{place} {outlet[0]}other{place}" for place in range(60))
        between = " ".join(f"{outlet[0]}between{place}" for place in range(20))
        readings.append(article(outlet, BANKS.capitalize(), lead=f"{spun}. {between}.", at=day))
    findings = join(*readings)
    assert [edge.extent for edge in findings.reuse] == [ReuseExtent.REWRITE]
    found = main_claim(findings).corroboration
    assert (found.persons.least, found.persons.most) == (0, 2)
    assert found.borrowings == ()
    assert sum(len(some.may_be_from) for some in found.unrecorded) == (2 if days[0] is None else 1)


def test_half_a_telling_in_a_copied_stretch_is_a_possible_borrowing() -> None:
    half = f"{BANKS}, and the mayor of Saltmarsh walked home across the ice that night"
    one = article("A Post", BANKS.capitalize(), lead=LONG + ".", at="2024-05-01")
    other = article("B Mail", half.capitalize(), lead=LONG + ".", at="2024-05-09")
    found = main_claim(join(one, other)).corroboration
    assert found.borrowings == ()
    assert [some.may_be_from != () for some in found.unrecorded] in ([True, False], [False, True])


def test_an_agencys_own_text_that_nothing_else_ties_is_what_its_prints_have_it_from() -> None:
    credit = (("agency", "Northwire"),)
    wire = article("Northwire", BANKS.capitalize(), lead=f"{LONG}.", at="2024-05-09")
    prints = [article(o, BANKS.capitalize(), lead=f"{LONG}.", credits=credit, at="2024-05-09") for o in ("A", "B")]
    found = main_claim(join(wire, *prints)).corroboration
    assert (found.persons.least, found.persons.most) == (0, 1)
    assert found.first.outlets == ("northwire",)
    two = [article("C", BANKS.capitalize(), lead=f"{LONG}.", credits=(("agency", "Tesselnews"),), at="2024-05-09")]
    # Of two agencies nothing tells whose it is.
    assert {b.taken_from.split(":")[0] for b in main_claim(join(*prints, *two)).corroboration.borrowings} >= {"text"}


def test_a_hundred_prints_of_one_article_are_compared_once() -> None:
    first = article("A Post", said("an official", naming="described"), BANKS.replace("Amsel", "Tessel"), lead=LONG)
    prints = [copy_reading(first, f"Outlet {place}") for place in range(100)]
    findings = join(*prints)
    assert len(findings.reuse) == 99
    for claim in findings.claims:
        assert len(claim.claim.mentions) % 100 == 0
        assert len(claim.claim.links) < 4 * len(claim.claim.mentions)
        assert claim.corroboration.persons.most == 1


def test_who_denies_it_is_no_origin_of_it() -> None:
    one = article("Orlby Post", said("Mara Venn"), at="2024-05-01")
    denial = article("Coast Mail", said("Tomas Brandt", cue="denied", stance="denies"), at="2024-05-02")
    asked = article("Evening", said("Ludo Pesh", cue="asked", stance="asks"), at="2024-05-02")
    findings = join(one, denial, asked)
    found = main_claim(findings)
    assert (found.corroboration.persons.least, found.corroboration.persons.most) == (1, 1)
    assert len(found.claim.mentions) == 3
    assert main_line(findings, [one, denial, asked]).is_disputed
    assert not main_line(join(one, asked), [one, asked]).is_disputed
    # Where nobody tells it, what all say is that they deny it.
    alone = join(denial, asked)
    assert main_claim(alone).corroboration.persons.least == 1
    assert main_line(alone, [denial, asked]).is_disputed


def test_a_refusal_disputes_nothing() -> None:
    reading = article("Orlby Post", said("Mara Venn"), said("Tomas Brandt", "it", cue="declined", stance="declines"))
    assert not main_line(join(reading), [reading]).is_disputed


@pytest.mark.parametrize("days", [(None, None, None), ("2024-05-01",) * 3, ("2031-01-01",) * 3, ("soon", "2024", "")])
def test_dates_that_tell_nothing_change_no_number(days: tuple[str | None, ...]) -> None:
    names = ("Mara Venn", "Tomas Brandt", "Ludo Pesh")
    readings = [article(f"Outlet {n}", said(n), at=day) for n, day in zip(names, days, strict=True)]
    findings = join(*readings, as_of=moment("2024-06-01"))
    found = main_claim(findings).corroboration
    assert (found.persons.least, found.persons.most) == (3, 3)
    future = SetAsideCode.FUTURE_DATE in {aside.code for aside in found.set_aside}
    assert future == (days[0] == "2031-01-01")
    assert main_line(findings, readings).n_tellings == 3


def test_one_outlet_alone_may_have_several_origins() -> None:
    readings = [article("Orlby Post", said("Mara Venn"), at="2024-05-01"), article("Orlby Post", said("Tomas Brandt"))]
    assert count(*readings) == (2, 2)
    nobody = [article(None, said("Mara Venn"), at="2024-05-01"), article(None, said("Tomas Brandt"))]
    assert count(*nobody) == (2, 2)
    assert main_line(join(*nobody), nobody).outlets == ()


def test_nothing_hangs_on_the_order_of_readings() -> None:
    credit = (("agency", "Northwire"),)
    readings = [
        article("A Post", said("an official", naming="described"), lead=f"{LONG}.", credits=credit),
        article("B Mail", said("an official", naming="described"), lead=f"{LONG}.", at="2024-05-01"),
        article("C", said("A Post", kind="outlet"), at="2024-05-02"),
        article("D", said("Mara Venn"), said("Tomas Brandt")),
        article("E", BANKS.capitalize()),
    ]
    story = story_of(readings)
    found = corroborate_story(StoryMaterial(story=story, readings=tuple(readings)))
    for seed in range(5):
        random.Random(seed).shuffle(readings)  # noqa: S311  an order, no secret
        assert corroborate_story(StoryMaterial(story=story, readings=tuple(readings))) == found


def test_readings_of_other_stories_and_doubles_are_passed_over() -> None:
    one, other = article("A Post", said("Mara Venn")), article("B Mail", said("Tomas Brandt"))
    material = StoryMaterial(story=story_of([one]), readings=(other, one, one))
    assert main_claim(corroborate_story(material)).corroboration.persons.most == 1
    assert corroborate_story(StoryMaterial(story=story_of([]), readings=())).claims == ()


def test_what_an_outlet_prints_under_every_article_tells_nothing() -> None:
    foot = "The Orlby Post belongs to its readers and takes no money from parties or ministries."
    bodies = ("The mill stood for ninety years above the weir", "Rain fell on the Tessel for nine days", "Trains stop")
    readings = []
    for body in bodies:
        made = article("Orlby Post", body)
        text = f"{made.document.text}\n\n{foot}"
        again = article("Orlby Post", body, foot.rstrip("."))
        assert again.document.text.replace(". The Orlby", ".\n\nThe Orlby") == text
        readings.append(again)
    boilerplate = {
        r.document.id: [span for span in r.unsourced if span.exact.startswith("The Orlby Post")] for r in readings
    }
    lines = [claim.claim.line.exact for claim in join(*readings, boilerplate=boilerplate).claims]
    assert not any("readers" in line for line in lines)


def test_a_source_that_the_reading_lacks_and_rows_within_one_another_do_no_harm() -> None:
    reading = article("A Post", said("Mara Venn", within=None), said("Tomas Brandt", within="0"))
    rows = tuple(replace(row, source="src-gone", within=reading.attributions[1].id) for row in reading.attributions)
    found = join(replace(reading, attributions=rows, sources=())).claims
    assert found
    assert all(one.corroboration.persons.most for one in found)


def test_voices_of_outlets_are_named_in_what_rests_on_them() -> None:
    one = article("The Orlby Post", BANKS.capitalize(), at="2024-05-01")
    others = [article(o, said("Orlby Post", kind="outlet"), at="2024-05-02") for o in ("B Mail", "C Times")]
    line = main_line(join(one, *others), [one, *others])
    assert (line.rests_on, line.n_resting) == ("The Orlby Post", 3)
    assert line.n_speakers == 1


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Harrow Coast Fire Service", (2, 2)),
        ("Harrow Police", (2, 2)),
        ("Harrow University", (1, 2)),  # which may have the hospital
        ("Harrow Police Hospital", (1, 2)),
        ("Harrow Council", (1, 2)),
    ],
)
def test_two_kinds_of_institution_of_one_place_are_two_bodies(other: str, expected: tuple[int, int]) -> None:
    hospital = article("Orlby Post", said("Harrow General Hospital", kind="organisation"))
    assert count(hospital, article("Coast Mail", said(other, kind="organisation"))) == expected
