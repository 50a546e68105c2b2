"""A corroboration in plain sentences: the bounds, and why."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.corroborate.origins_network import TEXT, get_outlet
from sayso.records import Independence, Level, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.records import Bounds, Corroboration, Dependence, Origin, OriginCase, OriginReason, SetAside, Tie

# Longer lists say how many more there are.
MOST_NAMES = 6


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Return the sentences, by table and name."""
    text = (files("sayso.corroborate") / "rules" / "origins.toml").read_text("utf-8")
    return tomllib.loads(text)


def say_bounds(bounds: Bounds) -> str:
    """Return the bounds as a sentence."""
    name = "range" if bounds.least < bounds.most else "exact_one" if bounds.most == 1 else "exact"
    return load_words()["head"][name].format(least=bounds.least, most=bounds.most)


def say_reason(reason: OriginReason) -> str:
    """Return a reason in words; a caller's own without a sentence as its code with its parts."""
    parts = dict(reason.parts)
    words = load_words()["reason"].get(reason.code)
    if words is None:
        return " ".join([reason.code.replace("-", " "), *parts.values()])
    return words.format(**parts)


def iter_why(case: OriginCase, corroboration: Corroboration) -> Iterator[str]:
    """Yield why the bounds are what they are, each sentence once: what matters most first, single tellings last."""
    yield from dict.fromkeys(_Saying(case, corroboration).iter_all())


def iter_circles(case: OriginCase, corroboration: Corroboration) -> Iterator[str]:
    """Yield who has it from one another in a circle, each sentence once."""
    yield from dict.fromkeys(_Saying(case, corroboration).iter_circles())


class _Saying:
    """Names for ids, and the sentences."""

    def __init__(self, case: OriginCase, corroboration: Corroboration) -> None:
        self.words = load_words()
        self.got = corroboration
        self.ties = case.ties
        self.voices = {voice.id: voice.name for voice in case.voices}
        outlets = {v.outlet: v.name for v in case.voices if v.kind == "outlet" and v.outlet is not None}
        self.outlet: dict[str, str] = {}
        for telling in (*case.tellings, *corroboration.cited):
            key = telling.outlet if telling.outlet is not None else telling.document
            self.outlet[telling.id] = outlets.get(get_outlet(telling), key)
            if telling.id.startswith(TEXT):
                self.outlet[telling.id] = self.words["list"]["one_text"]
        self.outlets = outlets
        self.source = {telling.id: telling.source for telling in case.tellings}

    def iter_all(self) -> Iterator[str]:
        """Yield all sentences."""
        got = self.got
        yield from self.iter_head()
        yield from self.iter_circles()
        for origin in got.persons.origins:
            yield from self.iter_origin(origin)
        yield from self.iter_body_ties()
        for tie in got.persons.non_merges:
            yield self.say_non_merge(tie)
        for entry in got.dependence[:MOST_NAMES]:
            yield self.say_dependence(entry)
        outlets = self.join([self.outlets.get(key, key) for key in got.first.outlets])
        yield self.words["first"][got.first.certainty].format(outlets=outlets)
        for aside in got.set_aside:
            yield self.say_aside(aside)
        yield from self.iter_tellings()

    def iter_circles(self) -> Iterator[str]:
        """Yield who has it from one another in a circle."""
        for loop in self.got.loops:
            name = "grounded" if not loop.is_circular else "circular" if loop.is_certain else "possible"
            yield self.words["loop"][name].format(outlets=self.name_tellings(loop.tellings))

    def iter_head(self) -> Iterator[str]:
        """Yield the bounds and what they amount to."""
        persons, bodies = self.got.persons, self.got.organisations
        yield say_bounds(persons)
        for bounds in (persons, bodies):
            yield from self.iter_inexact(bounds)
        yield self.say_independence()
        if (persons.least, persons.most) != (bodies.least, bodies.most):
            yield self.words["head"]["organisations"].format(bounds=say_bounds(bodies).lower())

    def iter_body_ties(self) -> Iterator[str]:
        """Yield the ties that make bodies and not persons."""
        merged = {id(tie) for origin in self.got.persons.origins for tie in origin.merges}
        for origin in self.got.organisations.origins:
            for tie in origin.merges:
                if id(tie) not in merged and len({self.voices.get(voice, voice) for voice in tie.voices}) > 1:
                    yield self.say_tie("origin", "speaks-for", tie)

    def iter_inexact(self, bounds: Bounds) -> Iterator[str]:
        """Yield where a bound may not be reached."""
        if not bounds.is_least_exact:
            yield self.words["head"]["inexact_least"].format(least=bounds.least)
        if not bounds.is_most_exact:
            yield self.words["head"]["inexact_most"].format(most=bounds.most)

    def say_independence(self) -> str:
        """Return the state of independence."""
        sentence = self.words["independence"][self.got.independence]
        if self.got.independence is Independence.ESTABLISHED:
            return sentence.format(legs=self.join([o.name for o in self.got.persons.origins if o.is_leg]))
        return sentence

    def iter_origin(self, origin: Origin) -> Iterator[str]:
        """Yield how one origin counts, and what made it one."""
        words = self.words["origin"]
        names = {other.id: other.name for other in self.got.persons.origins}
        if origin.is_leg:
            name = "leg" if len(origin.tellings) > 1 else "leg_once"
            yield words[name].format(name=origin.name, tellings=len(origin.tellings))
        elif origin.may_be is not None:
            yield words["may_be"].format(name=origin.name, other=names[origin.may_be])
        elif not origin.is_certain:
            yield words["possible"].format(name=origin.name)
        for tie in origin.merges:
            yield self.say_tie("origin", "merge", tie)
        if origin.is_private:
            yield words["private"].format(name=origin.name)

    def say_tie(self, table: str, name: str, tie: Tie) -> str:
        """Return what a tie says of its voices, and who says so."""
        by = self.words["list"]["by"].format(by=tie.by) if tie.by is not None else ""
        names = list(dict.fromkeys(self.voices.get(voice, voice) for voice in tie.voices))
        if name == "merge" and len(names) == 1:
            name = "merge_same"
        voices = self.join(names)
        reason = say_reason(tie.reason)
        return self.words[table][name].format(voices=voices, reason=reason, by=by, relation=tie.relation)

    def say_non_merge(self, tie: Tie) -> str:
        """Return why voices are not one, or why it is open."""
        if tie.relation is Tied.UNKNOWN:
            return self.say_tie("apart", "unknown", tie)
        return self.say_tie("apart", "different" if tie.is_certain else "possible", tie)

    def say_dependence(self, entry: Dependence) -> str:
        """Return how many tellings stand or fall with one."""
        name = "outlet" if entry.level is None else "body" if entry.level is Level.ORGANISATIONS else "origin"
        if entry.what.startswith(TEXT):
            name = "text"
        name = name if entry.is_exact else "inexact"
        return self.words["dependence"][name].format(resting=entry.resting, of=entry.of, name=entry.name)

    def say_aside(self, aside: SetAside) -> str:
        """Return what is not applied, and why."""
        voices = self.join(self.voices.get(voice, voice) for tie in aside.ties for voice in tie.voices)
        people = self.join(sorted({tie.by for tie in aside.ties if tie.by is not None}))
        outlets = self.name_tellings(aside.tellings)
        return self.words["set_aside"][aside.code].format(voices=voices, people=people, outlets=outlets)

    def iter_tellings(self) -> Iterator[str]:
        """Yield how single tellings stand to others."""
        words = self.words["telling"]
        for some in self.got.unrecorded:
            name = "unrecorded" if some.is_in_case else "cited"
            sentence = words[name].format(outlets=self.name_tellings(some.tellings))
            if some.may_be_from:
                sentence += " " + words["may_be_from"].format(others=self.name_tellings(some.may_be_from))
            yield sentence
        for borrowing in self.got.borrowings:
            names = {"outlet": self.outlet[borrowing.telling], "other": self.outlet[borrowing.taken_from]}
            kind = "prints" if borrowing.taken_from.startswith(TEXT) else borrowing.kind
            yield words[kind].format(**names, reason=say_reason(borrowing.reason))
        for name, tellings in (("taken_over", self.got.taken_over), ("otherwise", self.got.otherwise)):
            for telling in tellings:
                source = self.source.get(telling) or ""
                yield words[name].format(outlet=self.outlet[telling], source=self.voices.get(source, source))

    def name_tellings(self, tellings: Sequence[str]) -> str:
        """Return the outlets of tellings, each once."""
        return self.join(self.outlet[telling] for telling in tellings)

    def join(self, names: Iterable[str]) -> str:
        """Return names as a list in prose, each once."""
        words, some = self.words["list"], list(dict.fromkeys(names))
        if len(some) > MOST_NAMES:
            some[MOST_NAMES - 1 :] = [words["more"].format(n=len(some) - MOST_NAMES + 1)]
        return words["and"].join(filter(None, [words["comma"].join(some[:-1]), *some[-1:]]))
