"""Who has it from whom, completed by what the routes say.

docs/architecture/origins.md, "What is known", rules 1 to 3, and what rule 4 needs.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.origins_clock import EVER, read_interval
from sayso.records import Borrowed, Borrowing, Kind, Naming, OriginReason, SetAside, SetAsideCode, Telling, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.origins_voices import Parts
    from sayso.records import OriginCase

# Up to so many tellings of a cited outlet are borrowed from one by one; of more by way of a ladder.
MOST_DIRECT = 4
# How the telling of an outlet is called that is cited and not in the case; the outlet's key follows.
CITED = "cited:"
# How a text is called that several tellings have, and nobody is known to have had first.
TEXT = "text:"


@dataclass(slots=True)
class Word:
    """What tellings say of the source of others that they cite (rule 4).

    Attributes:
        tellers: Nodes that say so.
        about: Nodes that they cite.
        part: The source.
        route: The parts of its carriers to there.
    """

    tellers: list[int]
    about: list[int]
    part: int
    route: tuple[int, ...]


@dataclass(slots=True)
class Network:
    """Nodes and who has it from whom.

    Nodes are the case's tellings first; then tellings that are cited and not in it, and rungs: nodes without a telling
    that stand for the first so many tellings of one outlet.

    Attributes:
        n_in_case: How many nodes are the case's tellings.
        telling: Of each node; None for a rung.
        outlet: Of each node the key of its outlet.
        takers: Of each certain borrowing the node that has it from another.
        givers: Of each the other node.
        has_parent: Of each node 1 if it has it from another for certain.
        part: Of each node the part of its certain source; -1 for none.
        route: The parts of a node's carriers, where there are any.
        possible: Of each node the part of its possible source; -1 for none.
        maybe: The nodes that a node may have it from.
        first: Of each node the first moment that it may be of.
        last: Of each node the last.
        borrowings: All that is certain, in order.
        words: What tellings say of those that they cite.
        set_aside: Dates that are not used.
    """

    n_in_case: int = 0
    telling: list[Telling | None] = field(default_factory=list)
    outlet: list[str] = field(default_factory=list)
    takers: list[int] = field(default_factory=list)
    givers: list[int] = field(default_factory=list)
    has_parent: bytearray = field(default_factory=bytearray)
    part: list[int] = field(default_factory=list)
    route: dict[int, tuple[int, ...]] = field(default_factory=dict)
    possible: list[int] = field(default_factory=list)
    maybe: dict[int, list[int]] = field(default_factory=dict)
    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    borrowings: list[Borrowing] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def add_case(self, tellings: Sequence[Telling]) -> None:
        """Take in the case's tellings, the first nodes."""
        n = self.n_in_case = len(tellings)
        self.telling = list(tellings)
        self.outlet = [get_outlet(telling) for telling in tellings]
        self.has_parent = bytearray(n)
        self.part, self.possible = [-1] * n, [-1] * n
        self.first, self.last = [EVER[0]] * n, [EVER[1]] * n

    def add_node(self, outlet: str, telling: Telling | None = None) -> int:
        """Return the number of a new node."""
        self.telling.append(telling)
        self.outlet.append(outlet)
        self.has_parent.append(0)
        self.part.append(-1)
        self.possible.append(-1)
        self.first.append(EVER[0])
        self.last.append(EVER[1])
        return len(self.outlet) - 1

    def add_edge(self, node: int, other: int) -> None:
        """Let a node have it from another."""
        self.takers.append(node)
        self.givers.append(other)
        self.has_parent[node] = 1


def get_outlet(telling: Telling) -> str:
    """Return the key of a telling's outlet; one of its own where none is stated."""
    return telling.outlet if telling.outlet is not None else f"document:{telling.document}"


def complete_voices(case: OriginCase) -> tuple[list[Voice], list[str | None]]:
    """Return all voices, those too that are only referred to, and the source of each telling.

    Rule 1: an own report that names nobody has its outlet as its source.
    """
    voices = {voice.id: voice for voice in reversed(case.voices)}
    own = {voice.outlet: voice.id for voice in voices.values() if voice.kind is Kind.OUTLET and voice.outlet}
    sources: list[str | None] = []
    for telling in case.tellings:
        source = telling.source
        if source is None and telling.is_own_report:
            key = get_outlet(telling)
            source = own.get(key)
            if source is None:
                source = own[key] = f"outlet:{key}"
                voices[source] = Voice(id=source, name=key, kind=Kind.OUTLET, naming=Naming.NAMED, outlet=key)
        sources.append(source)
        if source is not None:
            for voice in (source, *telling.carriers):
                if voice not in voices:
                    voices[voice] = Voice(id=voice, name=voice, kind=Kind.UNKNOWN, naming=Naming.VAGUE)
    return list(voices.values()), sources


def find_outlet_keys(parts: Parts) -> dict[int, str]:
    """Return the outlet's key of each part that is a named outlet."""
    keys: dict[int, str] = {}
    for number, voice in enumerate(parts.voices):
        if voice.kind is Kind.OUTLET and voice.naming is Naming.NAMED:
            part = parts.part_of[number]
            if voice.outlet is not None and keys.get(part, "voice:").startswith("voice:"):
                keys[part] = voice.outlet
            keys.setdefault(part, f"voice:{voice.id}")
    return keys


def build_network(case: OriginCase, parts: Parts, sources: Sequence[str | None]) -> Network:
    """Return who has it from whom, by what is given and by what the routes say."""
    builder = _Builder(case, parts)
    known: dict[str, tuple[Telling, str | None]] = {}
    for telling, source in zip(case.tellings, sources, strict=True):
        known.setdefault(telling.id, (telling, source))
    builder.index = {telling: node for node, telling in enumerate(known)}
    builder.net.add_case([telling for telling, _ in known.values()])
    asked = [(node, source) for node, (_, source) in enumerate(known.values()) if source is not None]
    builder.keys_above = {node: set() for node, source in asked if builder.cites_outlet(node, source)}
    builder.read_times()
    builder.add_borrowings()
    for node, source in asked:
        builder.add_source(node, source)
    builder.add_given_words()
    builder.add_own_voices()
    return builder.net


class _Builder:
    """Follows the rules in their order."""

    def __init__(self, case: OriginCase, parts: Parts) -> None:
        self.case = case
        self.part_by_id = {voice.id: parts.part_of[number] for number, voice in enumerate(parts.voices)}
        self.keys = find_outlet_keys(parts)
        self.net = Network()
        self.index: dict[str, int] = {}
        self.cited: dict[str, int] = {}
        self.shelves: dict[str, _Shelf] | None = None
        # The keys of the outlets that a node which cites some has it from.
        self.keys_above: dict[int, set[str]] = {}
        self.reasons: dict[tuple[str, str], OriginReason] = {}
        self.word_by_key: dict[tuple[int, int, tuple[int, ...]], Word] = {}

    def read_times(self) -> None:
        """Read the tellings' times; a date in the future is none."""
        net, case = self.net, self.case
        limit = read_interval(case.as_of) if case.as_of is not None else None
        latest = EVER[1] if limit is None else limit[1] + case.clock_slack_s
        future, unreadable = [], []
        for node, telling in enumerate(net.telling):
            if telling is None or telling.published is None:
                continue
            interval = read_interval(telling.published)
            if interval is None:
                unreadable.append(telling.id)
            elif interval[0] > latest:
                future.append(telling.id)
            else:
                net.first[node], net.last[node] = interval
        for code, ids in ((SetAsideCode.FUTURE_DATE, future), (SetAsideCode.UNREADABLE_DATE, unreadable)):
            if ids:
                net.set_aside.append(SetAside(code=code, tellings=tuple(ids)))

    def add_borrowings(self) -> None:
        """Take in what is given."""
        net, index = self.net, self.index
        for borrowing in self.case.borrowings:
            node = index.get(borrowing.telling)
            if node is None or borrowing.telling == borrowing.taken_from:
                continue
            other = index.get(borrowing.taken_from)
            if other is None and not borrowing.is_certain:
                continue  # it may be from elsewhere anyway
            if other is None and borrowing.taken_from.startswith(CITED):
                other = index[borrowing.taken_from] = self.get_cited(borrowing.taken_from.removeprefix(CITED))
            elif other is None:
                telling = Telling(id=borrowing.taken_from, document=borrowing.taken_from)
                other = index[telling.id] = net.add_node(get_outlet(telling), telling)
            if borrowing.is_certain:
                net.add_edge(node, other)
                net.borrowings.append(borrowing)
                if node in self.keys_above:
                    self.keys_above[node].add(net.outlet[other])
            else:
                net.maybe.setdefault(node, []).append(other)

    def cites_outlet(self, node: int, source: str) -> bool:
        """Return whether a telling's route may name outlets."""
        telling = self.net.telling[node]
        return telling is not None and (bool(telling.carriers) or self.part_by_id[source] in self.keys)

    def add_source(self, node: int, source: str) -> None:
        """Take in whom a telling names, and whom it cites by that (rule 2)."""
        net, telling = self.net, self.net.telling[node]
        part = self.part_by_id[source]
        if telling is None or not telling.is_source_certain:
            net.possible[node] = part
            return
        is_outlet = part in self.keys and not telling.is_own_report
        route = tuple([self.part_by_id[voice] for voice in telling.carriers])
        if not is_outlet:
            net.part[node] = part
            if route:
                net.route[node] = route
        if telling.carriers or is_outlet:
            self.cite(node, (*route, part) if is_outlet else route, None if is_outlet else part)

    def cite(self, node: int, route: tuple[int, ...], part: int | None) -> None:
        """Let a telling cite the outlets of its route, from one to the next."""
        net, teller, start = self.net, node, 0
        while True:
            own = net.outlet[node]
            while start < len(route) and self.keys.get(route[start], own) == own:
                start += 1
            if start == len(route):
                return
            key = self.keys[route[start]]
            is_known = key in self.keys_above.setdefault(node, set())
            if is_known and node == teller:
                return
            found, rung, is_one = self.find_earlier(key, node)
            about = found or [self.get_cited(key)]
            if not is_known:
                # Of many the first stands in the list for all; the rung is what is reckoned with.
                for other in about if rung is None else about[:1]:
                    self.borrow(node, other, Borrowed.CITES, "cites-outlet")
                if rung is not None:
                    net.givers[-1] = rung
                self.keys_above[node].add(key)
            if part is not None and (is_one or not found):
                self.add_word(teller, about, part, route[start + 1 :])
            if found:
                return
            node, start = about[0], start + 1

    def find_earlier(self, key: str, node: int) -> tuple[list[int], int | None, bool]:
        """Return an outlet's tellings not known to be later, as its shelf does."""
        if self.shelves is None:
            self.shelves = {outlet: _Shelf(self.net) for outlet in self.keys.values()}
            for other, outlet in enumerate(self.net.outlet[: self.net.n_in_case]):
                if outlet in self.shelves:
                    self.shelves[outlet].nodes.append(other)
        shelf = self.shelves.get(key)
        if shelf is None or not shelf.nodes:
            return [], None, False
        return shelf.find_until(self.net.last[node] + self.case.clock_slack_s)

    def get_cited(self, key: str) -> int:
        """Return the telling of an outlet that is cited and not in the case."""
        if key not in self.cited:
            telling = Telling(id=f"{CITED}{key}", document=f"{CITED}{key}", outlet=key)
            self.cited[key] = self.net.add_node(key, telling)
        return self.cited[key]

    def borrow(self, node: int, other: int, kind: Borrowed, code: str) -> None:
        """Add what follows from the routes."""
        net = self.net
        telling, taken_from = net.telling[node], net.telling[other]
        net.add_edge(node, other)
        if telling is not None and taken_from is not None:
            key = (code, net.outlet[other])
            reason = self.reasons.get(key)
            if reason is None:
                reason = self.reasons[key] = OriginReason(code=code, parts=(("outlet", net.outlet[other]),))
            net.borrowings.append(Borrowing(telling=telling.id, taken_from=taken_from.id, kind=kind, reason=reason))

    def add_word(self, node: int, about: list[int], part: int, route: tuple[int, ...]) -> None:
        """Remember what a telling says of the source of those that it cites."""
        key = (id(about) if len(about) > 1 else -about[0] - 1, part, route)
        word = self.word_by_key.get(key)
        if word is None:
            word = self.word_by_key[key] = Word([], about, part, route)
            self.net.words.append(word)
        word.tellers.append(node)

    def add_given_words(self) -> None:
        """Remember the same of what was given as citing."""
        for borrowing in self.case.borrowings:
            if borrowing.kind is not Borrowed.CITES or not borrowing.is_certain:
                continue
            node = self.index.get(borrowing.telling)
            if node is None or self.net.part[node] < 0 or borrowing.telling == borrowing.taken_from:
                continue
            other, route = self.index[borrowing.taken_from], self.net.route.get(node, ())
            keys = [self.keys.get(part) for part in route]
            key = self.net.outlet[other]
            after = route[keys.index(key) + 1 :] if key in keys else route
            self.add_word(node, [other], self.net.part[node], after)

    def add_own_voices(self) -> None:
        """Let an article's own voice repeat what it attributes elsewhere (rule 3)."""
        net = self.net
        own: dict[str, list[int]] = {}
        case = range(net.n_in_case)
        is_recorded = [net.part[node] >= 0 or net.has_parent[node] for node in case]
        documents = [telling.document if telling is not None else "" for telling in net.telling]
        for node in case:
            if not is_recorded[node] and net.possible[node] < 0:
                own.setdefault(documents[node], []).append(node)
        recorded: dict[str, list[int]] = {}
        for node in case:
            if is_recorded[node] and documents[node] in own:
                recorded.setdefault(documents[node], []).append(node)
        for document, nodes in own.items():
            for other in recorded.get(document, ()):
                self.borrow(nodes[0], other, Borrowed.REPEATS, "same-article")
            # By way of the first: the same groups above each, and no more borrowings than tellings.
            for node in nodes[1:]:
                self.borrow(node, nodes[0], Borrowed.REPEATS, "same-article")


class _Shelf:
    """One outlet's tellings by time."""

    def __init__(self, net: Network) -> None:
        self.net = net
        self.nodes: list[int] = []
        self.firsts: list[float] = []
        self.rungs: list[int] = []
        self.n_of_one = 0
        self.heads: dict[int, list[int]] = {}

    def find_until(self, last: float) -> tuple[list[int], int | None, bool]:
        """Return the tellings that may be no later; the rung that stands for them; whether they are of one document.

        Of many tellings of several documents only the first is given.
        """
        if not self.firsts:
            self.sort()
        count = bisect_right(self.firsts, last)
        is_one = 0 < count <= self.n_of_one
        if count not in self.heads:
            self.heads[count] = self.nodes[: count if is_one or count <= MOST_DIRECT else 1]
        rung = self.get_rung(count) if count > MOST_DIRECT else None
        return self.heads[count], rung, is_one

    def sort(self) -> None:
        """Put the tellings in order of the first moment that each may be of."""
        net = self.net
        self.nodes.sort(key=lambda node: (net.first[node], node))
        self.firsts = [net.first[node] for node in self.nodes]
        documents = [telling.document for node in self.nodes if (telling := net.telling[node]) is not None]
        self.n_of_one = next((i for i, document in enumerate(documents) if document != documents[0]), len(documents))

    def get_rung(self, count: int) -> int:
        """Return the node that has it from the first so many tellings."""
        while len(self.rungs) < count:
            rung = self.net.add_node(self.net.outlet[self.nodes[0]])
            self.net.add_edge(rung, self.nodes[len(self.rungs)])
            if self.rungs:
                self.net.add_edge(rung, self.rungs[-1])
            self.rungs.append(rung)
        return self.rungs[count - 1]
