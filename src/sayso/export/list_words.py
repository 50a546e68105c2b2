"""The lists of a case in words: claims, articles, sources, hits, what was refused, the case at a glance.

Rule 1: for denies, doubts and declines the article's own cue is given, never our label alone.
Rule 2: every text is passed through `show`; a text too long is cut around what was searched for, and says so.
Rule 3: what a person judged is in words of its own; where a person judged, the machine's doubt is no longer shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.export.head import MONTHS, say_date
from sayso.export.row_words import is_cue, quote, say_stance
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import COUNTED, LOW_CONFIDENCE, Judged, Kind, Piece, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import ArticleRow, ClaimRow, Hit, Naming, SourceRow

LONGEST_LISTED_CHARS: Final = 600
SHOWN_DIGITS: Final = 8
PASTED: Final = "pasted"
"""What a text that was pasted in is added as: no name to be shown for a title."""
UNTITLED: Final = "without a title"
SHORT_MONTH: Final = 3
CLOCK_CHARS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """One row of a case in words; empty where there is nothing to say.

    Attributes:
        id: Short, to be pasted.
        document: Its document's id, short.
        naming: Whether a reader could tell who speaks.
        who: The party.
        through: Who carried it, in order.
        says: Stance and certainty.
        quoted: The article's cue in quotation marks, right after `says`: for a denial, a doubt, a refusal or a deed.
        note: On a line of its own: how the article puts it, with its cue.
        judged: What a person judged of it.
        is_rejected: Whether that is that it is none, and nobody contradicts.
        is_low: Whether a person should check it, and none has.
        claim: The content in pieces, what was searched for marked.
        n_cut: How many characters of the content are left out.
        title: The document's; empty where it has none.
        published: Outlet and date; empty where neither is stated.
        version: That its document is an older version, and which came after; empty for the newest.
    """

    id: str
    document: str
    naming: Naming
    who: str
    through: tuple[str, ...]
    says: str
    quoted: str
    note: str
    judged: str
    is_rejected: bool
    is_low: bool
    claim: tuple[Piece, ...]
    n_cut: int
    title: str
    published: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """One document of a case in words; empty where there is nothing to say.

    Attributes:
        id: Short, to be pasted.
        title: The title, else what it was added as.
        outlet: Who published it.
        date: When, in short.
        counts: How many rows, sources, judged rows: each on a line.
        notes: Other versions of it, and its problems: each on a line.
    """

    id: str
    title: str
    outlet: str
    date: str
    counts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """Sources in one line, in words; empty where there is nothing to say.

    Attributes:
        id: Of the first of them, short, and how many more there are.
        naming: Whether a reader could tell who it is.
        name: As most documents write it.
        about: Role and kind.
        counts: How many rows; in how many articles of how many outlets: each on a line.
        dates: From the first publication to the last.
    """

    id: str
    naming: Naming
    name: str
    about: str
    counts: tuple[str, ...]
    dates: str


def say_claim(row: ClaimRow) -> ClaimWords:
    """Return a row in words."""
    cues = [row.cue] if row.cue else []
    is_unknown = row.kind is Kind.UNKNOWN
    says, quoted, note = say_stance(row, cues, is_nobodys=is_unknown)
    if row.stance is Stance.OTHER and cues and not note:
        quoted = quote(show(row.cue))
    claim, n_cut = cut(row.hits or (Piece(text=row.content, is_hit=False),))
    return ClaimWords(
        id=shorten_id(row.id),
        document=shorten_id(row.document),
        naming=row.naming,
        who=load_words()["nobody"] if is_unknown and is_cue(row.source_name, cues) else show(row.source_name),
        through=tuple(map(show, row.via)),
        says=says,
        quoted=quoted,
        note=note,
        judged=_say_judged(row),
        is_rejected=row.judged is Judged.REJECTED and not row.is_disputed,
        is_low=is_to_check(row),
        claim=claim,
        n_cut=n_cut,
        title=show(row.title or ""),
        published=_join(row.outlet, say_day(row.published)),
        version=f"older version, replaced by {shorten_id(row.superseded_by)}" if row.superseded_by else "",
    )


def _say_judged(row: ClaimRow) -> str:
    """Return what persons judged of a row, and who."""
    words = load_words()["judged"]
    names: dict[Judged, list[str]] = {}
    for one in row.judged_by:
        names.setdefault(one.judged, []).append(show(one.name))
    said = [f"{words[judged.value]} by {' and '.join(by)}" for judged, by in names.items()]
    return ", ".join(said) or str(words[row.judged.value])


def is_to_check(row: ClaimRow) -> bool:
    """Return whether the machine is unsure of a row and no person has judged it."""
    return row.confidence < LOW_CONFIDENCE and row.judged is Judged.NOT


def say_article(row: ArticleRow) -> ArticleWords:
    """Return a document in words."""
    notes = []
    if row.superseded_by:
        notes.append(f"replaced by {shorten_id(row.superseded_by)}")
    if row.supersedes:
        notes.append(f"replaces {shorten_id(row.supersedes)}")
    if row.n_problems:
        notes.append(count(row.n_problems, "problem"))
    counts = [count(row.n_claims, "claim"), f"by {count(row.n_sources, 'source')}" if row.n_sources else ""]
    counts.append(f"{row.n_judged:,} judged" if row.n_judged else "")
    return ArticleWords(
        id=shorten_id(row.id),
        title=show(row.title or "") or (UNTITLED if row.name == PASTED else show(row.name)),
        outlet=show(row.outlet or ""),
        date=say_day(row.published, is_short=True),
        counts=tuple(filter(None, counts)),
        notes=tuple(notes),
    )


def say_source(row: SourceRow) -> SourceWords:
    """Return sources in words."""
    first = shorten_id(row.ids[0]) if row.ids else ""
    more = f" and {len(row.ids) - 1:,} more" if len(row.ids) > 1 else ""
    spread = f"in {count(row.n_articles, 'article')}"
    if row.n_outlets > 1:
        spread += f" of {count(row.n_outlets, 'outlet')}"
    days = dict.fromkeys(filter(None, (say_day(row.first, is_short=True), say_day(row.last, is_short=True))))
    return SourceWords(
        id=f"{first}{more}",
        naming=row.naming,
        name=show(row.name),
        about=_join(row.role, "" if row.kind is Kind.UNKNOWN else load_words()["kinds"][row.kind.value]["one"]),
        counts=(count(row.n_claims, "claim"), spread),
        dates=" to ".join(days),
    )


def say_hit(hit: Hit) -> tuple[Piece, ...]:
    """Return the stretch in which the words searched for stand, safe to show."""
    return cut(hit.pieces)[0]


def say_day(published: str | None, *, is_short: bool = False) -> str:
    """Return the day of an ISO 8601 time as finely as it was stated, the month in short; empty where none is stated."""
    if not published:
        return ""
    said = say_date(published.replace(" ", "T").partition("T")[0])
    if said is None:
        return show(published)
    if is_short:
        for month in MONTHS:
            said = said.replace(month, month[:SHORT_MONTH])
    return said


def say_time(at: str) -> str:
    """Return a UTC time of the case to the minute: ``25 November 2026, 22:12 UTC``."""
    day, _, clock = at.partition("T")
    return f"{say_day(day)}, {show(clock)[:CLOCK_CHARS]} UTC"


def count(n: int, noun: str, many: str | None = None) -> str:
    """Return ``1 claim`` or ``1,204 claims``."""
    return f"{n:,} {noun if n == 1 else many or f'{noun}s'}"


def say_total(total: int) -> str:
    """Return how many there are, where more than `COUNTED` were not counted."""
    return f"{COUNTED:,} or more" if total >= COUNTED else f"{total:,}"


def shorten_id(whole: str) -> str:
    """Return the prefix of an id and its first digits, which commands take for it."""
    prefix, dash, digits = whole.rpartition("-")
    return f"{show(prefix)}{dash}{show(digits)[:SHOWN_DIGITS]}"


def cut(pieces: Iterable[Piece], limit: int = LONGEST_LISTED_CHARS) -> tuple[tuple[Piece, ...], int]:
    """Return pieces safe to show, no longer in all than the limit, and how many characters were too many.

    What is too long is cut at its end, or on both sides where the first hit would not be seen.
    """
    shown = [Piece(text=_show_within(piece.text), is_hit=piece.is_hit) for piece in pieces]
    total = sum(len(piece.text) for piece in shown)
    if total <= limit:
        return _strip(shown), 0
    start = _start_of_window(shown, limit)
    kept, place = [], 0
    for piece in shown:
        text = piece.text[max(0, start - place) : max(0, start + limit - place)]
        place += len(piece.text)
        if text:
            kept.append(Piece(text=text, is_hit=piece.is_hit))
    if start:
        kept.insert(0, Piece(text="… ", is_hit=False))
    return _strip(kept), total - limit


def _start_of_window(pieces: Sequence[Piece], limit: int) -> int:
    """Return where to begin so that the first hit is seen: at the start, if it is seen from there."""
    place = 0
    for piece in pieces:
        if piece.is_hit:
            return 0 if place + len(piece.text) <= limit else max(0, place - limit // 4)
        place += len(piece.text)
    return 0


def _show_within(text: str) -> str:
    """Return a piece of text safe to show, with the blank at its ends that parts it from its neighbours."""
    inner = show(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _strip(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without blank space around the whole."""
    if pieces:
        pieces[0] = Piece(text=pieces[0].text.lstrip(), is_hit=pieces[0].is_hit)
        pieces[-1] = Piece(text=pieces[-1].text.rstrip(), is_hit=pieces[-1].is_hit)
    return tuple(piece for piece in pieces if piece.text)


def _join(*parts: str | None) -> str:
    return " · ".join(filter(None, (show(part or "") for part in parts)))
