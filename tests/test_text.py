"""Paragraphs, sentences and quotations stand where the text says, whatever the text is."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings

from sayso.text import find_paragraphs, find_quotations, find_sentences, is_wrapped
from tests.hostile import texts

WRAPPED = (
    "The harbour at Port Callan will stay closed until Monday, the\n"
    "mayor said. Nobody had asked the pilots, who were at sea when\n"
    "the gate was shut.\n"
    "\n"
    "The pilots said in a letter that they had seen the order only\n"
    "when it hung on the gate. The board, which runs the harbour of\n"
    "the town and of three villages, would not say who had signed\n"
    "it. A clerk at the board said that it was not signed at all.\n"
)


def quoted(text: str) -> list[str]:
    """Return the words of each quotation, checked to be in order."""
    found, _ = find_quotations(text)
    assert [(q.start, -q.end) for q in found] == sorted((q.start, -q.end) for q in found)
    return [text[q.start : q.end] for q in found]


def unclosed(text: str) -> list[int]:
    """Return where the marks stand that nothing closes."""
    _, problems = find_quotations(text)
    assert {problem.code for problem in problems} <= {"unclosed-quotation"}
    return [problem.start for problem in problems if problem.start is not None]


class TestParagraphs:
    @pytest.mark.parametrize(
        "break_", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\u2029", "\n \t\n", "\n\n\n\n"]
    )
    def test_any_line_break_ends_one(self, break_: str) -> None:
        text = f"  First one. {break_} Second one.{break_}"
        assert [text[s:e] for s, e in find_paragraphs(text)] == ["First one.", "Second one."]

    @pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
    def test_in_wrapped_text_only_a_blank_line_does(self, break_: str) -> None:
        text = WRAPPED.replace("\n", break_)
        assert is_wrapped(text)
        assert [text[s:e][:11] for s, e in find_paragraphs(text)] == ["The harbour", "The pilots "]

    def test_long_lines_are_paragraphs_not_wrapped(self) -> None:
        text = "\n".join(["A line that is far longer than any terminal would have broken it at. " * 3] * 8)
        assert not is_wrapped(text)
        assert len(find_paragraphs(text)) == 8

    def test_short_lines_are_paragraphs_not_wrapped(self) -> None:
        text = "Harbour closed\nPilots at sea\nBoard silent\nGate shut\nNo order\nNo name\nEnd"
        assert len(find_paragraphs(text)) == 7

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028", " \r\n\t"])
    def test_blank_text_has_none(self, text: str) -> None:
        assert find_paragraphs(text) == []
        assert find_sentences(text) == []
        assert find_quotations(text) == ([], [])

    @given(texts(lone_surrogates=True))
    @settings(max_examples=150, deadline=None)
    def test_they_hold_all_that_is_not_blank(self, text: str) -> None:
        spans = find_paragraphs(text)
        assert all(0 <= s < e <= len(text) for s, e in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert all(text[s:e] == text[s:e].strip() for s, e in spans)
        assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())


class TestSentences:
    def test_they_end_at_full_stops_not_at_abbreviations(self) -> None:
        text = "Dr. Brenn closed the gate. Mr. Oud, who runs it, said no. Was it signed? Nobody knows."
        assert [text[s:e] for s, e in find_sentences(text)] == [
            "Dr. Brenn closed the gate.",
            "Mr. Oud, who runs it, said no.",
            "Was it signed?",
            "Nobody knows.",
        ]

    def test_none_crosses_a_paragraph(self) -> None:
        text = "The gate is shut\n\nand stays shut."
        assert [text[s:e] for s, e in find_sentences(text)] == ["The gate is shut", "and stays shut."]

    def test_the_line_ends_of_wrapped_text_end_none(self) -> None:
        assert [WRAPPED[s:e].split(maxsplit=1)[0] for s, e in find_sentences(WRAPPED)] == [
            "The",
            "Nobody",
            "The",
            "The",
            "A",
        ]

    @pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003", "\x85", "\x0b", "\x1f"])
    def test_exotic_blanks_are_blanks(self, blank: str) -> None:
        # The splitter panics over a capital, such a blank and a stop.
        text = f"This is{blank}plan A{blank}. It is Mr.{blank}Oud's. Nobody{blank}knows."
        assert [text[s:e] for s, e in find_sentences(text)][-1] == f"Nobody{blank}knows."

    @given(texts(lone_surrogates=True))
    @settings(max_examples=150, deadline=None)
    def test_each_lies_in_a_paragraph_and_none_overlap(self, text: str) -> None:
        spans, paragraphs = find_sentences(text), find_paragraphs(text)
        assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert all(any(low <= s and e <= high for low, high in paragraphs) for s, e in spans)


class TestQuotations:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("“We did nothing,” she said.", ["“We did nothing,”"]),
            ('"We did nothing," she said.', ['"We did nothing,"']),
            ("«We did nothing», she said.", ["«We did nothing»"]),
            ("„We did nothing“, she said.", ["„We did nothing“"]),
            ("''We did nothing,'' she said.", ["''We did nothing,''"]),
            ("``We did nothing,'' she said.", ["``We did nothing,''"]),
            ("‘We did nothing,’ she said.", ["‘We did nothing,’"]),
            ("'We did nothing,' she said.", ["'We did nothing,'"]),
            ("(“No”) and [“yes”] —“maybe”", ["“No”", "“yes”", "“maybe”"]),
        ],
    )
    def test_every_kind_of_mark_is_read(self, text: str, expected: list[str]) -> None:
        assert quoted(text) == expected
        assert unclosed(text) == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("“He told me, ‘Go home,’ and left,” she said.", ["“He told me, ‘Go home,’ and left,”", "‘Go home,’"]),
            ("\"He told me, 'Go home,' and left.\"", ["\"He told me, 'Go home,' and left.\"", "'Go home,'"]),
            ("‘He told me, “Go home,” and left,’ she said.", ["‘He told me, “Go home,” and left,’", "“Go home,”"]),
            (
                "“The «Tern» and the ‘“Gull”’ sank.”",
                ["“The «Tern» and the ‘“Gull”’ sank.”", "«Tern»", "‘“Gull”’", "“Gull”"],
            ),
        ],
    )
    def test_nested_ones_are_found_too(self, text: str, expected: list[str]) -> None:
        assert quoted(text) == expected
        assert unclosed(text) == []

    @pytest.mark.parametrize("text", ['“We did nothing," she said.', '"We did nothing,” she said.'])
    def test_mixed_marks_close_one_another(self, text: str) -> None:
        assert quoted(text) == [text[:17]]
        assert unclosed(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "The boys' boats and the girls' nets weren't sold.",
            "The boys’ boats and the girls’ nets weren’t sold.",
            "It's Brenn's, isn't it? The '90s are over.",
            'A 6" pipe and an 8" pipe, 5\'11" apart.',
            "Rock 'n' roll",
            "",
        ],
    )
    def test_apostrophes_and_inches_are_no_quotations_of_sentences(self, text: str) -> None:
        assert all(len(words) <= len("'n'") for words in quoted(text))
        assert unclosed(text) == []

    def test_an_apostrophe_does_not_cut_a_quotation(self) -> None:
        text = "Get 'em “out of the boys' house” now."
        assert "“out of the boys' house”" in quoted(text)

    def test_one_of_several_paragraphs_opens_again_on_each(self) -> None:
        text = "“We did nothing.\n\n“We saw nobody.\n\n“We heard nothing,” she said.\n\nShe left."
        found, problems = find_quotations(text)
        assert quoted(text) == ["“We did nothing.", "“We saw nobody.", "“We heard nothing,”"]
        assert [q.runs_on for q in found] == [True, True, False]
        assert problems == []

    @pytest.mark.parametrize(
        "text", ['"We did nothing.\n\n"We saw nobody," she said.', "``No.\n\n``Never,'' she said."]
    )
    def test_straight_marks_run_on_too(self, text: str) -> None:
        found, problems = find_quotations(text)
        assert [q.runs_on for q in found] == [True, False]
        assert problems == []

    def test_unclosed_one_is_a_problem_and_ends_with_its_paragraph(self) -> None:
        text = "She said, “We did nothing.\n\nShe left."
        found, (problem,) = find_quotations(text)
        assert [text[q.start : q.end] for q in found] == ["“We did nothing."]
        assert not found[0].runs_on
        assert problem.code == "unclosed-quotation"
        assert (problem.start, problem.end) == (10, 11)

    def test_unclosed_one_spoils_nothing_after_it(self) -> None:
        text = 'She said, "We did nothing.\n\n“We did,” he said. "Twice."'
        assert quoted(text)[1:] == ["“We did,”", '"Twice."']

    def test_mark_left_open_inside_a_closed_quotation_is_a_problem(self) -> None:
        text = "“The «Tern sank,” she said."
        assert quoted(text) == ["“The «Tern sank,”"]
        assert unclosed(text) == [5]

    def test_closing_mark_alone_is_nothing(self) -> None:
        assert quoted("We did nothing,” she said.") == []
        assert unclosed("We did nothing,” she said.") == []

    def test_long_stretch_between_single_marks_is_two_apostrophes(self) -> None:
        text = "The 'em of it " + "and the gate of the harbour " * 30 + "of the boys' boats."
        assert quoted(text) == []

    @given(texts(lone_surrogates=True))
    @settings(max_examples=200, deadline=None)
    def test_each_lies_in_one_paragraph_and_begins_with_its_mark(self, text: str) -> None:
        found, problems = find_quotations(text)
        paragraphs = find_paragraphs(text)
        for q in found:
            assert text.startswith(q.mark, q.start)
            assert any(low <= q.start < q.end <= high for low, high in paragraphs)
        for one in found:
            for other in found:
                assert not one.start < other.start < one.end < other.end, "nested or apart, never crossing"
        for problem in problems:
            assert problem.start is not None
            assert problem.end is not None
            assert 0 <= problem.start < problem.end <= len(text)

    @pytest.mark.parametrize("text", ["«a ", "“a ‘", "‘a ", "'a ", "' ", "'a “b’c ", "”", "\"a b' "])
    def test_many_odd_marks_take_no_longer_than_their_number(self, text: str) -> None:
        began = time.process_time()
        find_quotations("‘a “b " + text * 20_000 + "”" * 20_000)
        assert time.process_time() - began < 5
