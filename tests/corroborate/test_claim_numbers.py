"""The numbers by which people call claims, while invented stories grow."""

from __future__ import annotations

from dataclasses import replace

from sayso.corroborate.claim_numbers import keep_numbers
from tests.corroborate.stories_told import article, join, judge, main_claim, said

SCHOOL = "the school of Saltmarsh stays shut until the end of the week because its roof leaks"


class Taking:
    """Numbers that were never given."""

    def __init__(self) -> None:
        """Begin at 1."""
        self.next = 1
        self.asked: list[int] = []

    def __call__(self, count: int) -> range:
        """Take so many."""
        self.asked.append(count)
        found = range(self.next, self.next + count)
        self.next += count
        return found


def test_a_claim_keeps_its_number_while_more_is_added() -> None:
    take = Taking()
    first = [article("Orlby Post", said("Mara Venn"), at="2024-05-02")]
    old = keep_numbers((), join(*first), take)
    assert [one.number for one in old.claims] == [1]
    more = [*first, article("Coast Mail", said("Tomas Brandt"), said("Ludo Pesh", SCHOOL), at="2024-05-01")]
    new = keep_numbers(old.claims, join(*more), take)
    # The first telling is another now, and so is the claim's id.
    assert main_claim(new).claim.id != main_claim(old).claim.id
    assert main_claim(new).number == 1
    assert main_claim(new, "Saltmarsh").number == 2
    assert keep_numbers(new.claims, join(*more), take) == new
    assert take.asked == [1, 1]


def test_an_old_number_goes_to_one_claim_only() -> None:
    take = Taking()
    readings = [article(outlet, said("Mara Venn")) for outlet in ("Orlby Post", "Coast Mail", "Evening")]
    old = keep_numbers((), join(*readings), take)
    rows = [mention.attribution for mention in old.claims[0].claim.mentions]
    apart = [judge("different", str(rows[0]), str(rows[1])), judge("same", str(rows[1]), str(rows[2]))]
    new = keep_numbers(old.claims, join(*readings, judgements=apart), take)
    assert {len(one.claim.mentions): one.number for one in new.claims} == {2: 1, 1: 2}
    back = keep_numbers(new.claims, join(*readings), take)
    assert [one.number for one in back.claims] == [1]


def test_claims_without_a_number_hand_none_on() -> None:
    findings = join(article("Orlby Post", said("Mara Venn")))
    assert [one.number for one in keep_numbers(findings.claims, findings, Taking()).claims] == [1]
    numbered = tuple(replace(one, number=7) for one in findings.claims)
    assert [one.number for one in keep_numbers(numbered, findings, Taking()).claims] == [7]
