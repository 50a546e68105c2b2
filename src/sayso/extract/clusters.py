"""Rows that have one source, and whom a mention can mean at all."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.extract.mentions import Form, is_body, is_body_word, role_words, same_name

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Cluster:
    """Somebody on the page.

    Attributes:
        rows: Numbers of the rows they are the source of, in order.
        forms: The forms of their mentions that are known.
        places: Where the text mentions them, in order of place; by name anywhere, otherwise as a row's source.
        links: For each row after the first, the probability by which it was taken to be theirs.
        is_person: Whether the text names them as a person.
        owns_surname: Whether their last name alone can mean them.
    """

    rows: list[int] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    is_person: bool = False
    owns_surname: bool = True

    def add_place(self, place: int) -> bool:
        """Take in one more place; return whether it is new."""
        at = bisect_left(self.places, place)
        is_new = at == len(self.places) or self.places[at] != place
        if is_new:
            self.places.insert(at, place)
        return is_new

    @property
    def names(self) -> list[Form]:
        """The forms that are names."""
        return [form for form in self.forms if form.name]

    @property
    def gender(self) -> str:
        """``he`` or ``she`` where a mention tells it, else empty."""
        return next((form.gender for form in self.forms if form.gender in ("he", "she")), "")


def may_be(form: Form, cluster: Cluster) -> bool:
    """Return whether a mention can mean somebody at all: no other name, no other gender, no body for a person."""
    if not form.name and (_is_owner(form.owner, cluster) or _is_owned(form, cluster)):
        return False
    if form.name:
        return any(same_name(name, form) for name in cluster.names)
    if form.kind == "none":
        # Two claims that nobody is named for are not therefore one party's.
        return any(other.kind != "none" for other in cluster.forms)
    if form.gender in ("he", "she"):
        return _may_be_person(form, cluster)
    if form.gender == "it":
        return not (cluster.is_person or cluster.gender)
    return not (_are_other_bodies(form, cluster.forms) or _is_other_office(form, cluster))


def _is_other_office(form: Form, cluster: Cluster) -> bool:
    """Return whether "the fire chief" is said of one whom the text names with another office alone, a mayor."""
    offices = role_words([form]) if form.is_definite else set()
    known = role_words(cluster.forms)
    return bool(offices and cluster.names and known and offices.isdisjoint(known))


def _is_owner(owner: str, cluster: Cluster) -> bool:
    """Return whether a word is of the one whom a mention belongs to: "the mayor's brother" is not the mayor."""
    return bool(owner) and any(owner in other.words and other.owner != owner for other in cluster.forms)


def _is_owned(form: Form, cluster: Cluster) -> bool:
    """Return whether all that the text says of somebody is whose they are: "the minister" is not her spokesman."""
    is_plain = form.kind == "nominal" and not form.owner
    return is_plain and bool(cluster.forms) and all(other.owner == form.head for other in cluster.forms)


def _may_be_person(form: Form, cluster: Cluster) -> bool:
    """Return whether "he" or "she" can mean somebody."""
    if cluster.gender and cluster.gender != form.gender:
        return False
    if any(is_body(name) or name.is_joint for name in cluster.names):
        return False
    return bool(cluster.names) or all(f.number != "many" and f.gender != "it" for f in cluster.forms)


def _are_other_bodies(form: Form, others: Sequence[Form]) -> bool:
    """Return whether a mention is of another kind of body than others: a ministry is no intelligence service."""
    if form.kind != "nominal" or not is_body_word(form.head):
        return False
    heads = {o.name[-1].casefold() if o.name else o.head for o in others if o.kind in ("nominal", "name")}
    bodies = {head for head in heads if is_body_word(head)}
    # A name may be a body's that does not say so; a description of another kind is not.
    is_named = any(other.name for other in others)
    return form.head not in bodies and (bool(bodies) or (bool(heads) and not is_named))
