"""A claim in one line, invented, for tests of what shows or keeps it."""

from __future__ import annotations

from typing import Any

from sayso.ids import make_id
from sayso.records import ClaimLine, FigureTold, Independence, Naming, Speaker


def make_line(number: int = 3, **more: Any) -> ClaimLine:  # noqa: ANN401  fields of the record
    """Return a claim of three tellings by two outlets."""
    dead = FigureTold(words="at least 12", low="12", high=None, unit=None, counts="dead", n_tellings=2, n_outlets=1)
    plain: dict[str, Any] = {
        "number": number,
        "id": make_id("clm", (number,)),
        "story": make_id("sty", (1,)),
        "line": "The fire at the depot killed at least 12 people",
        "document": make_id("doc", (1,)),
        "attribution": make_id("att", (1,)),
        "speakers": (
            Speaker(name="Ilsa Venn", naming=Naming.NAMED, n_tellings=2),
            Speaker(name="a rescue worker", naming=Naming.DESCRIBED, n_tellings=1),
        ),
        "n_speakers": 2,
        "least": 1,
        "most": 2,
        "independence": Independence.NOT_ESTABLISHED,
        "n_tellings": 3,
        "n_documents": 2,
        "outlets": ("The Harrow Coast Courier", "Port Callan Gazette"),
        "first": "2024-03-14T18:20+02:00",
        "last": "2024-03-15",
        "figures": (dead,),
        "is_disputed": True,
        "is_updated": False,
        "is_corrected": False,
        "is_circular": False,
        "rests_on": "Ilsa Venn",
        "n_resting": 2,
        "is_private": False,
    }
    return ClaimLine(**plain | more)
