"""The same words in quotation marks, in several articles: one speech, whoever each of them calls its speaker.

A letter is quoted as the letter's, as its writer's and as his ministry's. The voices are not made one by that: they are
what each article calls the one who said this. So all have it from one text, and whom the clearest of them names, it
named. Somebody who is known to be another than that one counts all the same, and is pointed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.judged_pairs import find_roots
from sayso.corroborate.origins_network import TEXT
from sayso.records import Borrowed, Borrowing, Naming, OriginReason, ReuseExtent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.borrowings import Match, Scene
    from sayso.records import Telling, Voice

CLEAREST = {Naming.NAMED: 0, Naming.DESCRIBED: 1, Naming.VAGUE: 2}


def find_speeches(
    matches: Iterable[Match],
    *,
    tellings: Sequence[Telling],
    voices: Mapping[str, Voice],
    party_of: Mapping[str, str],
    scene: Scene,
    borrowings: Iterable[Borrowing],
) -> tuple[Borrowing, ...]:
    """Return what tellings of one claim that quote the same words have it from, where they call the speaker otherwise.

    Args:
        matches: The pairs of mentions that stand in what two documents have in common.
        tellings: The tellings.
        voices: Their voices.
        party_of: Id of each voice's party.
        scene: The documents.
        borrowings: What is known besides; what has it from another telling for certain is left out.
    """
    taken = {borrowing.telling for borrowing in borrowings if borrowing.is_certain}
    named = {t.id: t for t in tellings if t.source is not None and t.id not in taken}
    quotes = [match for match in matches if match.edge.extent is ReuseExtent.QUOTES]
    pairs = [(match.taker, match.giver) for match in quotes if match.taker in named and match.giver in named]
    groups: dict[str, list[str]] = {}
    for telling, root in find_roots(pairs).items():
        groups.setdefault(root, []).append(telling)
    found: list[Borrowing] = []
    for root in sorted(groups):
        members = groups[root]
        sources = [str(named[key].source) for key in members]
        sure = [key for key in members if named[key].is_source_certain]
        if not sure or len({party_of.get(source, source) for source in sources}) == 1:
            continue
        lead = min(sure, key=lambda key: (CLEAREST[voices[str(named[key].source)].naming], scene.order(key)))
        words = max(match.edge.words for match in quotes if match.taker in members)
        reason = OriginReason(
            code="one-speech", parts=(("name", voices[str(named[lead].source)].name), ("words", str(words)))
        )
        target = f"{TEXT}{min(members)}"
        found += [
            Borrowing(
                telling=key,
                taken_from=target,
                kind=Borrowed.CITES if key == lead else Borrowed.COPIES,
                reason=reason,
            )
            for key in sorted(members)
        ]
    return tuple(found)
