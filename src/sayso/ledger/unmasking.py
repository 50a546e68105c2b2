"""Which judgements say who an unnamed source is.

The machine never ties a described or vague source to a name, nor to a source of another document. A person may, with a
reason; and no export carries it, because whoever asked not to be named is in danger from exactly this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records import JudgementKind, Naming

if TYPE_CHECKING:
    from sayso.records import Attribution, Judgement, Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSource:
    """A source and the document it speaks in.

    Attributes:
        document: The document's id.
        source: Who speaks.
    """

    document: str
    source: Source


def find_source(reading: Reading, source_id: str) -> Source | None:
    """Return a source of a reading, or None."""
    return next((source for source in reading.sources if source.id == source_id), None)


def is_unnamed(source: Source) -> bool:
    """Return whether an article keeps back who a source is.

    A pronoun or description that the machine could not tie to a party is no such source: to say whom it means is to
    read the article.
    """
    return source.naming is not Naming.NAMED and source.unresolved is None


def is_beyond_page(one: PlacedSource, other: PlacedSource) -> bool:
    """Return whether it tells more of an unnamed source than its article does, to say that these two are one.

    Two descriptions of one article may be one party's; all else is beyond what the page says.
    """
    if not is_unnamed(one.source) and not is_unnamed(other.source):
        return False
    is_naming = Naming.NAMED in {one.source.naming, other.source.naming}
    return is_naming or one.document != other.document


def is_name_beyond_page(reading: Reading, att: Attribution, name: str) -> bool:
    """Return whether it tells more of a row's unnamed source than the article does, to call it by this name.

    Another description of it, in words of the article, does not.
    """
    source = find_source(reading, att.source)
    plain = name.casefold()
    if source is not None and source.naming is Naming.NAMED:
        return False
    if plain not in " ".join(reading.document.text.split()).casefold():
        return True
    named = {one.name.casefold() for one in reading.sources if one.naming is Naming.NAMED}
    return source is not None and is_unnamed(source) and plain in named


def is_row_judgement_beyond_page(reading: Reading, judgement: Judgement) -> bool:
    """Return whether a judgement about a row says who its unnamed source is.

    Args:
        reading: The machine's, without judgements; a row that it does not have tells nothing, and counts as such.
        judgement: About one of the document's rows.
    """
    name = dict(judgement.changes).get("source_name")
    if judgement.kind not in {JudgementKind.CORRECT, JudgementKind.SPLIT} or name is None:
        return False
    att = next((att for att in reading.attributions if att.id == judgement.subject), None)
    return att is None or is_name_beyond_page(reading, att, name)
