"""The lists of a case, as they are at one moment: what the command line and the pages show."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.corroborate.story_views import StoryViews
from sayso.corroborate.tracing import make_trace
from sayso.errors import NotInCase
from sayso.ledger.joining import count_waiting, find_successor, read_as_judged
from sayso.ledger.who import find_who
from sayso.records import ArticleOrder, ClaimOrder, Filter, SourceOrder

if TYPE_CHECKING:
    from sayso.records import (
        ArticleRow,
        CaseInfo,
        ClaimLine,
        ClaimRow,
        Document,
        Hit,
        Page,
        PartyView,
        Reading,
        RefusedRow,
        SourceRow,
        StoryFindings,
        StoryLine,
        Trace,
    )
    from sayso.store.base import View

ALL: Final = Filter()
NUMBER: Final = re.compile(r"[Cc]?([0-9]{1,9})", re.ASCII)
SOURCE_ID: Final = re.compile(r"src-[0-9a-f]{4,}", re.ASCII | re.IGNORECASE)
ID: Final = re.compile(r"(?:sty|doc)-[0-9a-f]{4,}", re.ASCII | re.IGNORECASE)


class Lists:
    """What a case holds at one moment."""

    def __init__(self, view: View) -> None:
        """Take the case as it is now."""
        self.view = view

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given: ``doc``, ``att``, ``src``, ``cap`` or ``jdg``.

        Raises:
            NotInCase: None or several begin so.
        """
        return self.view.find_id(prefix, given)

    def document(self, given: str) -> Document:
        """Return a document by its id, or the beginning of it.

        Raises:
            NotInCase: The case has no such document, or several.
        """
        return self.view.get_document(self.view.find_id("doc", given))

    def list_beside(self, document_id: str) -> list[str]:
        """Return the ids of the other documents that came in the same captures: the bytes of these hold them all."""
        captures = [capture.id for capture in self.view.iter_captures(document_id)]
        beside = (doc.id for capture in captures for doc in self.view.iter_documents(capture))
        return [doc for doc in dict.fromkeys(beside) if doc != document_id]

    def info(self) -> CaseInfo:
        """Return the case at a glance."""
        return replace(self.view.get_info(), n_waiting=self.count_waiting())

    def claims(
        self,
        asked: Filter = ALL,
        order: ClaimOrder = ClaimOrder.PUBLISHED,
        *,
        limit: int = 50,
        offset: int = 0,
        reverse: bool = False,
        once: bool = False,
    ) -> Page[ClaimRow]:
        """Return rows of the ledger, the newest first; with `once` of each claim only the first row."""
        return self.view.list_claims(asked, order, limit=limit, offset=offset, reverse=reverse, once=once)

    def articles(
        self,
        asked: Filter = ALL,
        order: ArticleOrder = ArticleOrder.PUBLISHED,
        *,
        limit: int = 50,
        offset: int = 0,
        reverse: bool = False,
    ) -> Page[ArticleRow]:
        """Return documents, the newest first."""
        return self.view.list_articles(asked, order, limit=limit, offset=offset, reverse=reverse)

    def sources(
        self,
        asked: Filter = ALL,
        order: SourceOrder = SourceOrder.CLAIMS,
        *,
        limit: int = 50,
        offset: int = 0,
        reverse: bool = False,
    ) -> Page[SourceRow]:
        """Return sources, those with most claims first."""
        return self.view.list_sources(asked, order, limit=limit, offset=offset, reverse=reverse)

    def refused(self, *, limit: int = 50, offset: int = 0) -> Page[RefusedRow]:
        """Return what there is no article of, the latest first."""
        return self.view.list_refused(limit=limit, offset=offset)

    def search(self, asked: Filter, *, limit: int = 50, offset: int = 0) -> Page[Hit]:
        """Return the articles in which all the words stand, the newest first."""
        return self.view.search(asked, limit=limit, offset=offset)

    # What documents have in common.

    def count_waiting(self) -> int:
        """Return how many documents and stories wait to be joined with the rest: what is told here lacks them."""
        return count_waiting(self.view)

    def count_unread(self) -> int:
        """Return how many documents were kept and never read: what is told here lacks them."""
        return self.view.count_unread()

    def claim(self, given: str) -> ClaimLine:
        """Return a claim by its number, as people write it: ``C3``, ``c3`` or ``3``.

        A claim that became part of another leads to that one.

        Raises:
            NotInCase: The case has no such claim.
        """
        number = read_number(given)
        found = None if number is None else self.view.find_claim(number)
        if number is not None and found is None and (successor := find_successor(self.view, number)) is not None:
            found = self.view.find_claim(successor)
        if found is None:
            what = "claim"
            raise NotInCase(what, given)
        return found

    def stories(self, asked: Filter = ALL, *, limit: int = 50, offset: int = 0) -> Page[StoryLine]:
        """Return stories, those with most documents first."""
        return self.view.list_stories(asked, limit=limit, offset=offset)

    def story(self, story_id: str) -> StoryFindings:
        """Return what was found about a story.

        Raises:
            NotInCase: The case has no such story.
        """
        found = self.view.find_findings(story_id)
        if found is None:
            what = "story"
            raise NotInCase(what, story_id)
        return found

    def find_stories(self, given: str, *, limit: int = 50) -> list[StoryLine]:
        """Return the stories that are meant: by a claim's number, a story's or document's id, else by words.

        Raises:
            NotInCase: It is a number or id that the case does not have.
        """
        if read_number(given) is not None:
            return self._line_of(self.claim(given).story)
        if ID.fullmatch(given):
            prefix = given.partition("-")[0].lower()
            found = self.find_id(prefix, given)
            return self._line_of(found if prefix == "sty" else self.view.find_story_of(found))
        return list(self.stories(Filter(text=given), limit=limit).rows)

    def find_story(self, given: str) -> StoryLine:
        """Return the one story that is meant, as `find_stories` finds it.

        Raises:
            NotInCase: None is, or several are.
        """
        found = self.find_stories(given, limit=2)
        if len(found) != 1:
            what = "story"
            raise NotInCase(what, given)
        return found[0]

    def readings(self, findings: StoryFindings) -> dict[str, Reading]:
        """Return the readings of a story's documents as persons have them, by document."""
        return {document: read_as_judged(self.view, document) for document in findings.story.documents}

    def trace(self, given: str) -> Trace:
        """Return how a claim went from its roots to the outlets.

        Raises:
            NotInCase: The case has no such claim.
        """
        line = self.claim(given)
        findings = self.story(line.story)
        return make_trace(line, findings, self.readings(findings))

    def who(self, given: str) -> list[PartyView]:
        """Return the parties that are meant by a name, a part of one, or a source's id; those in most articles first.

        Raises:
            NotInCase: An id that the case does not have.
        """
        is_id = SOURCE_ID.fullmatch(given.strip())
        return find_who(self.view, self.find_id("src", given) if is_id else given.strip())

    def views(self, story_id: str) -> StoryViews:
        """Return what makes the disputes, updates, drift, copies and events of a story ready to be shown.

        Raises:
            NotInCase: The case has no such story.
        """
        findings = self.story(story_id)
        return StoryViews(findings, self.readings(findings))

    def claim_lines(self, findings: StoryFindings) -> list[ClaimLine]:
        """Return the claims of a story, those of most outlets first."""
        found = (self.view.find_claim(claim.number) for claim in findings.claims)
        lines = [line for line in found if line is not None]
        return sorted(lines, key=lambda line: (-len(line.outlets), -line.n_tellings, line.number))

    def _line_of(self, story_id: str | None) -> list[StoryLine]:
        return [] if story_id is None else list(self.stories(Filter(story=story_id), limit=1).rows)


def read_number(given: str) -> int | None:
    """Return the number of a claim that somebody wrote; None where it is none."""
    found = NUMBER.fullmatch(given.strip())
    return int(found[1]) if found else None
