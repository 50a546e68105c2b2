"""A case of invented rows, for tests of what the commands make of it.

Run as a program it is ``sayso`` on that case. SAYSO_TEST_CLAIMS says how many claims it has.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.cli import _case, main
from sayso.errors import MissingCase, NotInCase
from sayso.ids import make_id
from sayso.records import (
    COUNTED,
    ArticleOrder,
    ArticleRow,
    CaseInfo,
    Certainty,
    ClaimOrder,
    ClaimRow,
    Endorsement,
    Filter,
    Hit,
    Judged,
    Kind,
    Naming,
    Page,
    Piece,
    RefusalCode,
    RefusedRow,
    SourceOrder,
    SourceRow,
    Stance,
    StoryLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

STORY = StoryLine(
    id=make_id("sty", (1,)),
    title="Depot fire",
    words=("depot",),
    n_documents=2,
    n_claims=3,
    outlets=("The Harrow Coast Courier",),
    first="2024-03-14",
    last="2024-03-15",
)

TITLE = "Depot fire “could have been put out in minutes”, governor says"
OTHER_TITLE = "Ferries stay in port"
PUBLISHED = "2024-03-14T18:20+02:00"


def make_article(n: int = 1, **more: Any) -> ArticleRow:  # noqa: ANN401  fields of the record
    """Return an article."""
    plain: dict[str, Any] = {
        "id": make_id("doc", (n,)),
        "title": TITLE,
        "name": "depot.html",
        "outlet": "The Harrow Coast Courier",
        "published": PUBLISHED,
        "url": "https://courier.example/depot",
        "captured_at": "2024-03-15T08:00:00Z",
        "added_at": "2024-03-15T08:00:01Z",
        "format": "html",
        "n_claims": 12,
        "n_sources": 5,
        "n_judged": 0,
        "n_problems": 0,
        "supersedes": None,
        "superseded_by": None,
    }
    return ArticleRow(**plain | more)


def make_claim(n: int, **more: Any) -> ClaimRow:  # noqa: ANN401  fields of the record
    """Return a row."""
    plain: dict[str, Any] = {
        "id": make_id("att", (n,)),
        "document": make_id("doc", (1,)),
        "title": TITLE,
        "outlet": "The Harrow Coast Courier",
        "published": PUBLISHED,
        "url": "https://courier.example/depot",
        "source": make_id("src", (n,)),
        "source_name": "Ilva Brenn",
        "kind": Kind.PERSON,
        "naming": Naming.NAMED,
        "via": (),
        "cue": "said",
        "content": f"the fire could have been put out within {n} minutes",
        "start": 100 * n,
        "stance": Stance.ASSERTS,
        "certainty": Certainty.CERTAIN,
        "endorsement": Endorsement.NEUTRAL,
        "confidence": 0.9,
        "places": (),
        "quantities": (f"{n} minutes",),
        "judged": Judged.NOT,
    }
    return ClaimRow(**plain | more)


def make_source(n: int = 1, **more: Any) -> SourceRow:  # noqa: ANN401  fields of the record
    """Return sources in one line."""
    plain: dict[str, Any] = {
        "ids": (make_id("src", (n,)), make_id("src", (n, "again"))),
        "name": "Ilva Brenn",
        "kind": Kind.PERSON,
        "naming": Naming.NAMED,
        "role": "governor of Harrow Coast",
        "n_claims": 14,
        "n_articles": 3,
        "n_outlets": 2,
        "first": "2024-03-14",
        "last": "2024-04",
    }
    return SourceRow(**plain | more)


def make_refused(n: int = 1, **more: Any) -> RefusedRow:  # noqa: ANN401  fields of the record
    """Return an address without an article."""
    plain: dict[str, Any] = {
        "capture": make_id("cap", (n,)),
        "name": "https://gazette.example/depot",
        "at": "2024-03-15T08:00:02Z",
        "code": RefusalCode.ROBOTS,
        "message": "The site asks programs not to fetch this page.",
        "advice": "Save the page from your browser and add the file.",
    }
    return RefusedRow(**plain | more)


def make_info(**more: Any) -> CaseInfo:  # noqa: ANN401  fields of the record
    """Return a case at a glance."""
    plain: dict[str, Any] = {
        "name": "Depot fire",
        "created_at": "2024-03-15T07:59:00Z",
        "schema": 1,
        "is_encrypted": False,
        "n_documents": 2,
        "n_captures": 2,
        "n_refused": 1,
        "n_claims": 9,
        "n_sources": 7,
        "n_judgements": 3,
        "n_feeds": 1,
        "n_purged": 0,
        "outlets": (("The Harrow Coast Courier", 1), ("Port Callan Gazette", 1)),
        "first": "2024-03-12",
        "last": PUBLISHED,
        "models": ("cues-1",),
        "log_length": 31,
        "log_head": "ab" * 32,
    }
    return CaseInfo(**plain | more)


def make_claims() -> list[ClaimRow]:
    """Return rows of two articles: every kind of thing that a page has to show."""
    other = {
        "document": make_id("doc", (2,)),
        "title": OTHER_TITLE,
        "outlet": "Port Callan Gazette",
        "published": "2024-03-12",
    }
    return [
        make_claim(1, via=("Norvane Press Agency",), judged=Judged.ACCEPTED),
        make_claim(
            2,
            source_name="the Interior Ministry",
            kind=Kind.ORGANISATION,
            cue="denied",
            content="that ammunition had been stored in the depot on the night of the fire, or at any time since the "
            "inspection of the year before",
            stance=Stance.DENIES,
        ),
        make_claim(
            3,
            source_name="a spokesman for the ministry",
            naming=Naming.DESCRIBED,
            cue="declined to comment",
            content="on how many guards were on duty",
            stance=Stance.DECLINES,
            certainty=Certainty.POSSIBLE,
        ),
        make_claim(
            4,
            source_name="is thought",
            kind=Kind.UNKNOWN,
            naming=Naming.VAGUE,
            cue="is thought",
            content="up to 40 trucks left the yard before dawn",
            certainty=Certainty.PROBABLE,
            confidence=0.3,
        ),
        make_claim(
            5,
            source_name="two people close to the inquiry",
            kind=Kind.GROUP,
            naming=Naming.VAGUE,
            via=("the Norvane Press Agency", "the Coast Wire"),
            cue="claimed",
            content="valves had been shut by hand",
            endorsement=Endorsement.DISTANCED,
            judged=Judged.CORRECTED,
        ),
        make_claim(6, content="it was an attack", judged=Judged.REJECTED, confidence=0.2),
        make_claim(7, **other, source_name="the port company", kind=Kind.ORGANISATION, content="no ferry will leave"),
        make_claim(8, **other, source_name="Tam Orrel", stance=Stance.DOUBTS, cue="could not say whether"),
        make_claim(9, **other, source_name="the union", stance=Stance.OTHER, cue="backed", judged=Judged.UNSURE),
    ]


@dataclass
class InventedRooms:
    """Rooms over invented rows; what was asked for is kept, and nothing is filtered."""

    claim_rows: Sequence[ClaimRow] = field(default_factory=make_claims)
    article_rows: Sequence[ArticleRow] = field(default_factory=lambda: [make_article(1), make_article(2)])
    source_rows: Sequence[SourceRow] = field(default_factory=lambda: [make_source(1)])
    refused_rows: Sequence[RefusedRow] = field(default_factory=lambda: [make_refused(1)])
    hits: Sequence[Hit] = ()
    case_info: CaseInfo = field(default_factory=make_info)
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def find_id(self, prefix: str, given: str) -> str:
        """Return the id of one of the two documents, or of a claim's source."""
        known = {make_id("doc", (n,)) for n in (1, 2)} | {row.source for row in self.claim_rows}
        found = [one for one in known if one.startswith(f"{prefix}-{given.removeprefix(f'{prefix}-')}")]
        if len(found) != 1:
            raise NotInCase(prefix, given)
        return found[0]

    def info(self) -> CaseInfo:
        """Return the case at a glance."""
        return self.case_info

    def claims(
        self,
        asked: Filter,
        order: ClaimOrder,
        *,
        limit: int,
        offset: int = 0,
        reverse: bool = False,
        once: bool = False,  # noqa: ARG002  each row tells a claim of its own
    ) -> Page[ClaimRow]:
        """Return rows."""
        rows = [mark_hits(row, asked.text) for row in self.claim_rows] if asked.text else self.claim_rows
        return self._page(rows, limit, offset, asked, order, reverse)

    def articles(
        self, asked: Filter, order: ArticleOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[ArticleRow]:
        """Return articles."""
        return self._page(self.article_rows, limit, offset, asked, order, reverse)

    def sources(
        self, asked: Filter, order: SourceOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[SourceRow]:
        """Return sources."""
        return self._page(self.source_rows, limit, offset, asked, order, reverse)

    def find_story(self, given: str) -> StoryLine:
        """Return the one story that there is."""
        if given != STORY.id:
            what = "story"
            raise NotInCase(what, given)
        return STORY

    def refused(self, *, limit: int, offset: int = 0) -> Page[RefusedRow]:
        """Return refusals."""
        return self._page(self.refused_rows, limit, offset)

    def search(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[Hit]:
        """Return hits."""
        return self._page(self.hits, limit, offset, asked)

    def _page(self, rows: Sequence[T], limit: int, offset: int, *asked: object) -> Page[T]:
        self.asked.append((*asked, limit, offset))
        return Page(rows=tuple(rows[offset : offset + limit]), total=min(len(rows), COUNTED))


def mark_hits(row: ClaimRow, text: str) -> ClaimRow:
    """Return the row with one word marked where it first stands."""
    before, hit, after = row.content.partition(text)
    pieces = (Piece(text=before, is_hit=False), Piece(text=hit, is_hit=True), Piece(text=after, is_hit=False))
    return replace(row, hits=tuple(piece for piece in pieces if piece.text))


@contextlib.contextmanager
def open_invented_rooms(case: str | None, *, join: bool = False) -> Iterator[InventedRooms]:  # noqa: ARG001
    """Stand in for `sayso.cli._case.open_case_rooms`."""
    if case == "missing.sayso":
        raise MissingCase(case)
    n = int(os.environ.get("SAYSO_TEST_CLAIMS", "0"))
    pieces = (
        Piece(text="… nobody had asked the guards, and the ", is_hit=False),
        Piece(text="depot", is_hit=True),
        Piece(text=" burned until the morning, when the first of three crews came over the bridge …", is_hit=False),
    )
    hits = [Hit(article=make_article(1), pieces=pieces)]
    yield InventedRooms(
        claim_rows=[make_claim(one) for one in range(n)] if n else make_claims(),
        article_rows=[
            make_article(1, n_judged=3, superseded_by=make_id("doc", (3,))),
            make_article(
                2, title=OTHER_TITLE, outlet="Port Callan Gazette", published="2024-03", n_claims=1, n_sources=1
            ),
            make_article(3, title=None, outlet=None, published=None, supersedes=make_id("doc", (1,)), n_problems=2),
        ],
        source_rows=[
            make_source(1),
            make_source(2, name="the Interior Ministry", kind=Kind.ORGANISATION, role=None),
            make_source(
                3,
                name="a nurse on the night shift",
                naming=Naming.DESCRIBED,
                role=None,
                ids=(make_id("src", (3,)),),
                n_claims=1,
                n_articles=1,
                n_outlets=1,
                last="2024-03-14",
            ),
        ],
        hits=hits,
    )


if __name__ == "__main__":
    _case.open_case_rooms = open_invented_rooms
    main(prog_name="sayso")
