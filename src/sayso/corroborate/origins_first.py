"""Who told it first, as far as times and borrowings tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_clock import EVER
from sayso.records import FirstCertainty, FirstReport, SetAside, SetAsideCode

if TYPE_CHECKING:
    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_weighing import Weighed


def find_first(net: Network, weighed: Weighed, slack_s: float) -> tuple[FirstReport, list[SetAside]]:
    """Return who may have told it first, and the tellings whose dates contradict what they have it from.

    What is borrowed from was told no later than what borrows; so only groups that borrow from no other can be first.
    """
    groups, first = weighed.groups, net.first
    last = list(net.last)
    early: list[str] = []
    start, ends, of = groups.parents.start, groups.parents.ends, groups.of
    for number in range(len(groups.first) - 1, -1, -1):
        for node in groups.circles.get(number) or (groups.first[number],):
            until = last[node]
            for parent in ends[start[node] : start[node + 1]]:
                if until < last[parent] and of[parent] != number:
                    if until + slack_s >= first[parent]:
                        last[parent] = until
                    elif (telling := net.telling[node]) is not None:
                        early.append(telling.id)
    roots = [node for number in weighed.roots for node in groups.get(number)]
    until = min([last[node] for node in roots], default=0.0) + slack_s
    candidates = sorted([node for node in roots if first[node] <= until])
    outlets = tuple(dict.fromkeys(net.outlet[node] for node in candidates))
    tellings = tuple(telling.id for node in candidates if (telling := net.telling[node]) is not None)
    dated = [node for node in range(net.n_in_case) if net.last[node] < EVER[1]]
    certainty = FirstCertainty.POSSIBLE
    if not dated and len(outlets) > 1:
        certainty = FirstCertainty.UNKNOWN
    elif len(outlets) == 1:
        certainty = FirstCertainty.CERTAIN
    earliest = min(dated, key=lambda node: (net.last[node], node), default=None)
    told = net.telling[earliest] if earliest is not None else None
    at = told.published if told is not None else None
    unused = [SetAside(code=SetAsideCode.BEFORE_ITS_SOURCE, tellings=tuple(dict.fromkeys(early)))] if early else []
    return FirstReport(outlets=outlets, tellings=tellings, certainty=certainty, at=at), unused
