"""What every store's lists show of the claims that documents tell together."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_story import gather_story
from sayso.records import (
    ArticleOrder,
    ClaimOrder,
    Filter,
    Moment,
    Precision,
    SourceOrder,
    Urls,
)
from tests.cases import AT, add_readings, judge
from tests.readings import Builder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import ClaimLine, Reading
    from sayso.store.base import Store

EVERY = Filter()


def report(outlet: str, day: int, *claims: str) -> Reading:
    """Return a reading in which one party says each of these, newest day first in lists."""
    text = " ".join(f"{claim}, Ilsa Venn of {outlet} said." for claim in claims)
    moment = Moment(value=f"2024-05-{day:02}", precision=Precision.DAY, stated_in="given")
    url = f"https://{outlet.lower()}.example/{day}"
    make = Builder(text, name=url, outlet=outlet, published=moment, urls=Urls(asked=url))
    make.source("v", f"Ilsa Venn of {outlet}", "person")
    for number, claim in enumerate(claims):
        make.row(f"r{number}", "v", "said", claim, said_by=f"Ilsa Venn of {outlet}", nth=number)
    return make.build(origins=("v",))


@dataclass(frozen=True)
class Told:
    """A case in which three documents of a story tell two claims; what a fourth says is told nowhere else.

    Attributes:
        readings: Post, Mail, Wire and the one apart, each newer than the one before.
        safe: The claim of the bridge: told by Post, Mail and Wire, on one leg at least.
        shut: The claim of the road: told by Wire, in Post's own voice, disputed, on two legs at least.
    """

    readings: tuple[Reading, ...]
    safe: ClaimLine
    shut: ClaimLine


def tell(store: Store) -> Told:
    post = report("Post", 1, "The bridge at Orlby is safe")
    mail = report("Mail", 2, "The bridge at Orlby is quite safe", "Nobody was there at all")
    wire = report("Wire", 3, "Orlby's bridge is safe", "The road to Orlby is shut")
    apart = report("Gazette", 4, "A circus came to Tarn")
    add_readings(store, post, mail, wire, apart)
    groups = [
        [(post, post.attributions[0]), (mail, mail.attributions[0]), (wire, wire.attributions[0])],
        [(post, None), (wire, wire.attributions[1])],
    ]
    with store.write() as writer:
        findings, lines = gather_story((post, mail, wire), groups, writer.take_claim_numbers, random.Random(1))
        safe = replace(lines[0], least=1, most=3, is_disputed=False)
        shut = replace(lines[1], least=2, most=2, is_disputed=True)
        writer.put_findings(findings, (safe, shut))
    return Told((post, mail, wire, apart), safe, shut)
