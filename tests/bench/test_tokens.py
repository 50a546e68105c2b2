"""Running text from tokens, on an invented page."""

import pytest

from sayso.bench.tokens import join_tokens


def page(*lines: str) -> str:
    return "\n".join(["<text>", "<p>", *(line.replace(" ", "\t") for line in lines), "</p>", "</text>"])


def test_punctuation_and_quotation_marks_close_up() -> None:
    given = page(
        "Ilse NP", "said VBD", ", ,", '" ``', "it PRP", "'s VBZ", "shut JJ", "( (", "now RB", ") )", "\" ''", ". ."
    )
    assert join_tokens(given) == 'Ilse said, "it\'s shut (now)".'


def test_a_mark_that_its_tag_does_not_place_goes_by_turns() -> None:
    assert join_tokens(page('" PUQ', "yes UH", '" PUQ', "and CC", '" PUQ', "no UH", '" PUQ')) == '"yes" and "no"'


def test_tokens_of_one_word_stand_together() -> None:
    given = "<p>\nan\tDT\n<w>\nall\tDT\n-\tHYPH\ngirl\tNN\n</w>\nteam\tNN\n</p>"
    assert join_tokens(given) == "an all-girl team"


def test_blocks_are_parted_by_blank_lines() -> None:
    given = "<head>\nTarn\tNP\nshut\tVBN\n</head>\n<p>\n<s>\nWhy\tWRB\n?\t.\n</s>\n</p>\nnot a token line"
    assert join_tokens(given) == "Tarn shut\n\nWhy?"


@pytest.mark.parametrize("given", ["", "\n\n", "<p>", "a", "\t\t"])
def test_odd_pages_raise_nothing(given: str) -> None:
    assert join_tokens(given).strip() == ""
