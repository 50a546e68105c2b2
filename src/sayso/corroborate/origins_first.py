"""Who told it first, as far as times and borrowings tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import FirstCertainty, FirstReport, SetAside, SetAsideCode

if TYPE_CHECKING:
    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_weighing import Weighed


def find_first(net: Network, weighed: Weighed, slack_s: float) -> tuple[FirstReport, list[SetAside]]:
    """Return who may have told it first, and the tellings whose dates contradict what they have it from.

    What is borrowed from was told no later than what borrows; so only groups that borrow from no other can be first.
    """
    last = [time.last for time in net.time]
    early: list[str] = []
    for number in range(len(weighed.groups) - 1, -1, -1):
        for node in weighed.groups[number]:
            telling = net.telling[node]
            for parent in net.parents[node]:
                if last[node] < last[parent] and weighed.group_of[parent] != number:
                    if last[node] + slack_s >= net.time[parent].first:
                        last[parent] = last[node]
                    elif telling is not None:
                        early.append(telling.id)
    roots = [node for number, group in enumerate(weighed.groups) if not weighed.above[number] for node in group]
    until = min((last[node] for node in roots), default=0.0)
    candidates = sorted(node for node in roots if net.time[node].first <= until + slack_s)
    outlets = tuple(dict.fromkeys(net.outlet[node] for node in candidates))
    tellings = tuple(telling.id for node in candidates if (telling := net.telling[node]) is not None)
    dated = [node for node in range(net.n_in_case) if net.time[node].last < float("inf")]
    certainty = FirstCertainty.POSSIBLE
    if not dated and len(outlets) > 1:
        certainty = FirstCertainty.UNKNOWN
    elif len(outlets) == 1:
        certainty = FirstCertainty.CERTAIN
    earliest = min(dated, key=lambda node: (net.time[node].last, node), default=None)
    told = net.telling[earliest] if earliest is not None else None
    at = told.published if told is not None else None
    unused = [SetAside(code=SetAsideCode.BEFORE_ITS_SOURCE, tellings=tuple(dict.fromkeys(early)))] if early else []
    return FirstReport(outlets=outlets, tellings=tellings, certainty=certainty, at=at), unused
