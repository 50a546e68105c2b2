"""The same words in quotation marks, in several articles: one speech, whoever each of them calls its speaker.

A letter is quoted as the letter's, as its writer's and as his ministry's. The voices are not made one by that: they are
what each article calls the one who said this. So all have it from one text, and whom the clearest of them names, it
named. Whether two who are named for the same words are two is not known for this claim, unless both tell it in other
words too; who then is known to be another than that one counts, and is pointed out.
"""

from __future__ import annotations

from itertools import combinations
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


def find_one_statement(
    matches: Iterable[Match], *, tellings: Sequence[Telling], party_of: Mapping[str, str]
) -> frozenset[frozenset[str]]:
    """Return the pairs of parties that articles name for the same words, where not both tell the claim in others too.

    Args:
        matches: The pairs of mentions that stand in what two documents have in common.
        tellings: The tellings.
        party_of: Id of each voice's party.
    """
    named = {t.id: party_of.get(t.source, t.source) for t in tellings if t.source is not None}
    sure = [match for match in matches if match.is_certain or match.edge.extent is ReuseExtent.QUOTES]
    pairs = [(match.taker, match.giver) for match in sure if match.taker in named and match.giver in named]
    roots = find_roots(pairs)
    groups: dict[str, set[str]] = {}
    for telling, root in roots.items():
        groups.setdefault(root, set()).add(named[telling])
    places: dict[str, set[str]] = {}
    for telling, party in named.items():
        places.setdefault(party, set()).add(roots.get(telling, telling))
    return frozenset(
        frozenset(pair)
        for parties in groups.values()
        for pair in combinations(sorted(parties), 2)
        if not all(len(places[party]) > 1 for party in pair)
    )
