"""The lists of a case, as they are at one moment: what the command line and the pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import ArticleOrder, ClaimOrder, Filter, SourceOrder

if TYPE_CHECKING:
    from sayso.records import ArticleRow, CaseInfo, ClaimRow, Document, Hit, Page, RefusedRow, SourceRow
    from sayso.store.base import View

ALL = Filter()


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
        return self.view.get_info()

    def claims(
        self,
        asked: Filter = ALL,
        order: ClaimOrder = ClaimOrder.PUBLISHED,
        *,
        limit: int = 50,
        offset: int = 0,
        reverse: bool = False,
    ) -> Page[ClaimRow]:
        """Return rows of the ledger, the newest first."""
        return self.view.list_claims(asked, order, limit=limit, offset=offset, reverse=reverse)

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
