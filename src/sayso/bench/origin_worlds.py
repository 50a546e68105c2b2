"""The bounds of origins by brute force: docs/architecture/origins.md read word by word, and all worlds gone through.

Nothing here is shared with `sayso.corroborate`, nor made to be fast: it is what the fast one is held against. Small
cases only, whose ties do not contradict one another.
"""

from __future__ import annotations

import datetime as dt
from itertools import combinations, product
from typing import TYPE_CHECKING

from sayso.records import Borrowed, Kind, Level, Naming, Tied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.records import Moment, OriginCase, Telling, Tie

Pair = frozenset[str]


class Contradictory(ValueError):
    """No world fits the ties."""


class Known:
    """What is known of a case once it is completed by rules 1 to 4."""

    def __init__(self, case: OriginCase) -> None:
        """Follow the rules in their order."""
        self.case = case
        self.kind = {voice.id: voice.kind for voice in case.voices}
        self.naming = {voice.id: voice.naming for voice in case.voices}
        self.spoke_in = {voice.id: voice.outlet for voice in case.voices}
        self.outlet: dict[str, str] = {}
        self.document: dict[str, str] = {}
        self.source: dict[str, str] = {}
        self.possible: dict[str, str] = {}
        self.borrows: dict[str, set[str]] = {}
        self.cites: dict[str, set[str]] = {}
        self.unclear: set[str] = set()  # cite several documents by rule 2: rule 4 does not apply
        self.told: dict[str, set[str]] = {}
        for telling in case.tellings:
            self.add(telling.id, telling.outlet or telling.document, telling.document)
        for borrowing in case.borrowings:
            if borrowing.is_certain:
                if borrowing.taken_from not in self.outlet:
                    outlet = borrowing.taken_from.removeprefix("cited:")
                    self.add(borrowing.taken_from, outlet, borrowing.taken_from)
                self.borrows[borrowing.telling].add(borrowing.taken_from)
                if borrowing.kind is Borrowed.CITES:
                    self.cites[borrowing.telling].add(borrowing.taken_from)
        self.clusters = self.find_same_outlets()
        for telling in case.tellings:
            self.read_source(telling)
        self.repeat()
        self.groups = self.find_groups()
        self.pass_words()
        self.taken_over = self.find_taken_over()

    def add(self, telling: str, outlet: str, document: str) -> None:
        """Take in a telling."""
        self.outlet[telling], self.document[telling] = outlet, document
        self.borrows[telling], self.cites[telling] = set(), set()

    # --- Which voices are an outlet ---------------------------------------------------------------------------------

    def find_same_outlets(self) -> dict[str, str]:
        """Return the outlet key of each voice that is a named outlet, or is one with such a voice."""
        keys: dict[str, str] = {}
        for one in classes_of(sorted(self.kind), self.same_pairs()):
            named = sorted(v for v in one if self.kind[v] is Kind.OUTLET and self.naming[v] is Naming.NAMED)
            if named:
                stated = [key for v in named if (key := self.spoke_in[v])]
                for voice in one:
                    keys[voice] = stated[0] if stated else f"voice:{named[0]}"
        return keys

    def holds(self, tie: Tie, a: str, b: str) -> bool:
        """Return whether a tie is applied to this pair: certain, not undone, and no unmasking by the machine."""
        if tie.is_undone or not tie.is_certain:
            return False
        if tie.by is not None:
            return True
        named = [self.naming[v] is Naming.NAMED for v in (a, b)]
        one_outlet = self.spoke_in[a] is not None and self.spoke_in[a] == self.spoke_in[b]
        if tie.relation is Tied.SPEAKS_FOR:
            return all(named)
        if tie.relation is Tied.SAME:
            return all(named) or (not any(named) and one_outlet)
        return any(named) or one_outlet

    def pairs(self, relation: Tied, *, level: Level | None = None, bodies: bool = False) -> set[Pair]:
        """Return the pairs of which a relation holds; of bodies only, or of a tie that binds bodies."""
        found = set()
        for tie in self.case.ties:
            if tie.relation is not relation or (level is not None and tie.level is not level):
                continue
            some = [(v, tie.voices[-1]) for v in tie.voices[:-1]]
            for a, b in some if relation is Tied.SPEAKS_FOR else combinations(tie.voices, 2):
                are_bodies = all(self.kind[v] in {Kind.ORGANISATION, Kind.STATE, Kind.OUTLET} for v in (a, b))
                if self.holds(tie, a, b) and (not bodies or are_bodies or tie.level is Level.ORGANISATIONS):
                    found.add(frozenset((a, b)))
        return found

    def same_pairs(self) -> set[Pair]:
        """Return the pairs that are one voice."""
        found = self.pairs(Tied.SAME, level=Level.PERSONS)
        for a, b in combinations(self.kind, 2):
            are_outlets = all(self.kind[v] is Kind.OUTLET and self.naming[v] is Naming.NAMED for v in (a, b))
            if are_outlets and self.spoke_in[a] is not None and self.spoke_in[a] == self.spoke_in[b]:
                found.add(frozenset((a, b)))
        return found

    # --- Rules 1 and 2 ----------------------------------------------------------------------------------------------

    def read_source(self, telling: Telling) -> None:
        """Follow rules 1 and 2 for one telling."""
        source = telling.source
        if source is None and telling.is_own_report:
            key = self.outlet[telling.id]
            own = [v for v, kind in self.kind.items() if kind is Kind.OUTLET and self.spoke_in[v] == key]
            source = own[0] if own else f"outlet:{key}"
            if not own:
                self.kind[source], self.naming[source], self.spoke_in[source] = Kind.OUTLET, Naming.NAMED, key
        if source is None:
            return
        if not telling.is_source_certain:
            self.possible[telling.id] = source
            return
        route = [*telling.carriers]
        if source in self.clusters and not telling.is_own_report:
            route.append(source)
        else:
            self.source[telling.id] = source
        outlets = [self.clusters[v] for v in route if v in self.clusters]
        self.cite(telling.id, outlets, teller=telling.id)

    def cite(self, telling: str, outlets: Sequence[str], *, teller: str) -> None:
        """Let a telling cite the first outlet that is not its own, in the name of the teller."""
        others = [place for place, key in enumerate(outlets) if key != self.outlet[telling]]
        if not others:
            return
        key, rest = outlets[others[0]], outlets[others[0] + 1 :]
        if telling == teller and any(self.outlet[t] == key for t in self.borrows[telling]):
            return
        in_case = [t for t in self.case.tellings if t.outlet == key and t.document != self.document[telling]]
        earlier = [t for t in in_case if not self.is_later(t.id, telling)]
        if earlier:
            self.borrows[telling] |= {t.id for t in earlier}
            if len({t.document for t in earlier}) == 1:
                self.cites[teller] |= {t.id for t in earlier}
            return
        cited = f"cited:{key}"
        if cited not in self.outlet:
            self.add(cited, key, cited)
        self.borrows[telling].add(cited)
        self.cites[teller].add(cited)
        self.cite(cited, rest, teller=teller)

    def is_later(self, one: str, other: str) -> bool:
        """Return whether one telling is known to be later than the other."""
        times = {t.id: t.published for t in self.case.tellings}
        a, b = times.get(one), times.get(other)
        if a is None or b is None:
            return False
        return earliest(a) > latest(b) + dt.timedelta(seconds=self.case.clock_slack_s)

    # --- Rules 3 and 4, groups --------------------------------------------------------------------------------------

    def repeat(self) -> None:
        """Follow rule 3."""
        own = [
            t.id
            for t in self.case.tellings
            if t.id not in self.source and t.id not in self.possible and not self.borrows[t.id]
        ]
        recorded = [t.id for t in self.case.tellings if t.id in self.source or self.borrows[t.id]]
        for telling in own:
            beside = [t for t in recorded if self.document[t] == self.document[telling]]
            first = next(t for t in own if self.document[t] == self.document[telling])
            self.borrows[telling] |= set(beside) or ({first} - {telling})

    def reach(self, telling: str) -> set[str]:
        """Return all that a telling certainly borrows from, directly or through others."""
        found: set[str] = set()
        front = set(self.borrows[telling])
        while front:
            found |= front
            front = {b for t in front for b in self.borrows[t]} - found
        return found

    def find_groups(self) -> dict[str, frozenset[str]]:
        """Return the group of each telling."""
        reach = {t: self.reach(t) for t in self.borrows}
        return {t: frozenset({t} | {o for o in reach[t] if t in reach[o]}) for t in reach}

    def above(self, group: frozenset[str]) -> set[frozenset[str]]:
        """Return the groups that a group borrows from, directly or through others."""
        return {self.groups[b] for t in group for b in self.reach(t)} - {group}

    def pass_words(self) -> None:
        """Follow rule 4."""
        for group in set(self.groups.values()):
            if not self.above(group) and not any(t in self.source for t in group):
                tellers = [t for t in self.cites if t not in group and self.cites[t] & group and t in self.source]
                if tellers:
                    self.told[min(group)] = {self.source[t] for t in tellers}

    def attributions(self, group: frozenset[str]) -> set[tuple[str, str]]:
        """Return the certain attributions of a group: telling and voice."""
        stated = {(t, self.source[t]) for t in group if t in self.source}
        return stated | {(t, voice) for t in group for voice in self.told.get(t, ())}

    # --- Taken over -------------------------------------------------------------------------------------------------

    def find_taken_over(self) -> set[tuple[str, str]]:
        """Return the attributions that are taken over, decided from the roots upwards."""
        self.known_different = different_pairs(self)
        taken: set[tuple[str, str]] = set()
        for group in sorted(set(self.groups.values()), key=lambda g: (len(self.above(g)), sorted(g))):
            higher = {a for g in self.above(group) for a in self.attributions(g)} - taken
            possible = {(t, self.possible[t]) for t in group if t in self.possible}
            for telling, voice in self.attributions(group) | possible:
                if any(frozenset((voice, other)) not in self.known_different for _, other in higher):
                    taken.add((telling, voice))
        return taken


def earliest(moment: Moment) -> dt.datetime:
    """Return the first moment that a stated minute may be, in UTC."""
    start = dt.datetime.fromisoformat(moment.value)
    return start if start.tzinfo else start.replace(tzinfo=dt.timezone(dt.timedelta(hours=14)))


def latest(moment: Moment) -> dt.datetime:
    """Return the moment by which a stated minute is over, in UTC."""
    start = dt.datetime.fromisoformat(moment.value)
    start = start if start.tzinfo else start.replace(tzinfo=dt.timezone(dt.timedelta(hours=-12)))
    return start + dt.timedelta(minutes=1)


def classes_of(voices: Sequence[str], same: set[Pair]) -> list[set[str]]:
    """Return the classes of voices that the pairs make the same."""
    classes = [{v} for v in voices]
    for a, b in map(sorted, same):
        one = next(c for c in classes if a in c)
        other = next(c for c in classes if b in c)
        if one is not other:
            one |= other
            classes.remove(other)
    return classes


def spread(pairs: set[Pair], classes: Sequence[set[str]]) -> set[Pair]:
    """Return the pairs that are different because voices of their classes are.

    Raises:
        Contradictory: Two of one class are.
    """
    whole = {v: c for c in classes for v in c}
    found = set()
    for pair in pairs:
        a, b = sorted(pair)
        if whole[a] is whole[b]:
            raise Contradictory
        found |= {frozenset((x, y)) for x in whole[a] for y in whole[b]}
    return found


def body_classes(known: Known) -> list[set[str]]:
    """Return which voices are of one body."""
    same = known.same_pairs() | known.pairs(Tied.SPEAKS_FOR) | known.pairs(Tied.SAME, level=Level.ORGANISATIONS)
    return classes_of(sorted(known.kind), same)


def different_bodies(known: Known) -> set[Pair]:
    """Return the pairs of voices known to be of different bodies."""
    return spread(known.pairs(Tied.DIFFERENT, bodies=True), body_classes(known))


def different_pairs(known: Known) -> set[Pair]:
    """Return the pairs of voices known to be different."""
    stated = known.pairs(Tied.DIFFERENT) | different_bodies(known)
    return spread(stated, classes_of(sorted(known.kind), known.same_pairs()))


def iter_partitions(classes: Sequence[set[str]], different: set[Pair]) -> Iterator[list[set[str]]]:
    """Yield every partition that keeps the classes whole and the different pairs apart."""
    if not classes:
        yield []
        return
    *rest, last = classes
    for partition in iter_partitions(rest, different):
        yield [*partition, set(last)]
        for place, part in enumerate(partition):
            if not any(frozenset((a, b)) in different for a in part for b in last):
                yield [*partition[:place], part | last, *partition[place + 1 :]]


def find_range(case: OriginCase, level: Level) -> tuple[int, int]:
    """Return the least and the greatest number of origins of all worlds.

    Raises:
        Contradictory: The ties leave no world.
    """
    known = Known(case)
    counted = {a for g in set(known.groups.values()) for a in known.attributions(g)} - known.taken_over
    open_ones = sorted(set(known.possible.items()) - known.taken_over)
    if level is Level.PERSONS:
        classes, different = classes_of(sorted(known.kind), known.same_pairs()), known.known_different
    else:
        classes, different = body_classes(known), different_bodies(known)
    bottoms = [g for g in set(known.groups.values()) if not known.above(g)]
    numbers = set()
    for chosen in product((False, True), repeat=len(open_ones)):
        holding = counted | {one for one, holds in zip(open_ones, chosen, strict=True) if holds}
        silent = [g for g in bottoms if not any(t in g for t, _ in holding)]
        voices = {voice for _, voice in holding}
        for partition in iter_partitions(classes, different):
            parts = sum(1 for part in partition if part & voices)
            numbers |= {parts + extra for extra in range(len(silent) + 1)}
    return min(numbers), max(numbers)
