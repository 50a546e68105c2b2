"""``sayso`` as it is, but for the model: who stands before "said" is the source, what stands after it the claim.

Run as a program it is that ``sayso``, for tests that need a process of their own. SAYSO_TEST_PAUSE_S makes it slow.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from sayso.cli import _rooms, main
from sayso.errors import InputError
from sayso.ids import attribution_id, source_id
from sayso.records import Attribution, Document, Kind, Naming, Reading, Run, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.cli._wish import Wish

SAID = re.compile(r"([\w\u2019 ]+) (said) ([^.]+)")
RUN = Run(engine="sayso 0", model="driver", model_sha256="0" * 64)


class HandRooms(_rooms.OwnRooms):
    """The package's own rooms, with a reader that needs no model."""

    def read_many(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Yield a reading of each document; one with the word UNREADABLE in it is bad input."""
        for doc in documents:
            time.sleep(float(os.environ.get("SAYSO_TEST_PAUSE_S", "0")))
            if "UNREADABLE" in doc.text:
                raise InputError(doc.name, "it says that it cannot be read.")
            yield read_by_hand(doc)


def read_by_hand(doc: Document) -> Reading:
    """Return the rows around every "said"."""
    sources, rows = [], []
    for found in SAID.finditer(doc.text):
        who, cue, content = (
            Span(start=found.start(n), end=found.end(n), exact=found[n]) for n in range(1, found.re.groups + 1)
        )
        key = source_id(document=doc.id, first_start=who.start, name=who.exact)
        naming = Naming.NAMED if who.exact.istitle() else Naming.VAGUE
        sources.append(Source(id=key, name=who.exact, kind=Kind.PERSON, naming=naming, mentions=(who,)))
        row_id = attribution_id(document=doc.id, cue=[(cue.start, cue.end)], content=[(content.start, content.end)])
        rows.append(Attribution(id=row_id, source=key, source_spans=(who,), cue_spans=(cue,), content_spans=(content,)))
    return Reading(
        document=doc,
        sources=tuple(sources),
        attributions=tuple(rows),
        relations=(),
        origins=tuple(source.id for source in sources),
        headline=None,
        unsourced=(),
        problems=(),
        run=RUN,
    )


def open_hand_rooms(wish: Wish) -> _rooms.Rooms:
    """Stand in for `sayso.cli._rooms.open_rooms`."""
    return HandRooms(wish)


if __name__ == "__main__":
    _rooms.open_rooms = open_hand_rooms
    main(prog_name="sayso")
