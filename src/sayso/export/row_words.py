"""The rows of a ledger in words, for every page that shows them: who, through whom, what they do with the claim.

Rule 1: for denies, doubts and declines the article's own cue is given, never our label alone.
Rule 2: every text is passed through `show`; a claim keeps its paragraphs as lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.export.reading_json import is_low
from sayso.export.visible import show
from sayso.export.words import load_words, say
from sayso.records import LOW_CONFIDENCE, Directness, Endorsement, Kind, Naming, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.export.order import Line
    from sayso.export.words import Said
    from sayso.records import Attribution, Reading, Span

LONGEST_CLAIM_CHARS: Final = 1200
REFUSALS: Final = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DECLINES})
PARAGRAPH: Final = re.compile(r"\s*\n\s*\n\s*")
OPENING: Final = "\u201c\u2018\u00ab\u201e\"'"
CLOSING: Final = "\u201d\u2019\u00bb\"'"


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a row bears on another, in words.

    Attributes:
        verb: ``disputes``, or ``perhaps disputes`` where the machine is unsure.
        number: The other row's, as shown.
    """

    verb: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """One row in words; empty where there is nothing to say.

    Attributes:
        line: The row in its place.
        naming: Whether a reader could tell who speaks; an unresolved party is vague.
        who: The party.
        about: Role and affiliation; with the party's first row only.
        unresolved: Why it could not be told who that is.
        through: Who carried it, in order.
        says: Stance and certainty.
        quoted: The article's cue in quotation marks, right after `says`: for a denial, a doubt or a refusal.
        note: On a line of its own: how the article puts it, with its cue.
        bearings: On other rows.
        is_low: Whether a person should check it.
        claim: The content, piece by piece, no longer in all than `LONGEST_CLAIM_CHARS`.
        n_cut: How many characters of the content are left out.
    """

    line: Line
    naming: Naming
    who: str
    about: str
    unresolved: str
    through: tuple[str, ...]
    says: str
    quoted: str
    note: str
    bearings: tuple[Bearing, ...]
    is_low: bool
    claim: tuple[str, ...]
    n_cut: int


def iter_rows(reading: Reading, lines: Sequence[Line]) -> Iterator[RowWords]:
    """Yield the words of every line, in order."""
    sources = {source.id: source for source in reading.sources}
    bearings = _say_bearings(reading, {line.att.id: line.number for line in lines})
    met: set[str] = set()
    for line in lines:
        att = line.att
        source = sources.get(att.source)
        cues = [span.exact for span in att.cue_spans]
        says, quoted, note = say_stance(att, cues, is_nobodys=source is None or source.kind is Kind.UNKNOWN)
        claim, n_cut = _say_claim(reading.document.text, att)
        is_nobody = source is None or (source.kind is Kind.UNKNOWN and is_cue(source.name, cues))
        about = [] if source is None or is_nobody or att.source in met else [source.role, source.affiliation]
        yield RowWords(
            line=line,
            # Whoever a pronoun means is known to the reader only if the machine could tell.
            naming=Naming.VAGUE if source is None or source.unresolved else source.naming,
            who=load_words()["nobody"] if source is None or is_nobody else show(source.name),
            about=", ".join(show(part) for part in about if part),
            unresolved="" if source is None or is_nobody or not source.unresolved else show(source.unresolved),
            through=tuple(show(sources[party].name) for party in att.via if party in sources),
            says=says,
            quoted=quoted,
            note=note,
            bearings=tuple(bearings[att.id]),
            is_low=is_low(att),
            claim=claim,
            n_cut=n_cut,
        )
        met.add(att.source)


def _say_bearings(reading: Reading, numbers: dict[str, int]) -> dict[str, list[Bearing]]:
    found: dict[str, list[Bearing]] = defaultdict(list)
    for link in reading.relations:
        if link.from_id in numbers and link.to_id in numbers:
            verb = load_words()["relations"][link.type.value]
            doubt = "" if link.confidence >= LOW_CONFIDENCE else f"{load_words()['perhaps']} "
            found[link.from_id].append(Bearing(f"{doubt}{verb}", numbers[link.to_id]))
    return found


def say_stance(row: Said, cues: Sequence[str], *, is_nobodys: bool) -> tuple[str, str, str]:
    """Return what the party does with the claim, the cue right after it, and the note on the next line.

    Args:
        row: The row.
        cues: The words that ascribe, as they stand.
        is_nobodys: Whether no party is there to ask.
    """
    cue = show(" … ".join(cues))
    if row.stance in REFUSALS and not cue:
        return "", "no words for it in the article", ""
    says = say(row)
    if row.endorsement is not Endorsement.NEUTRAL and cue:
        return says, "", f"{load_words()['puts'][row.endorsement.value]} {quote(cue)}"
    if row.stance in REFUSALS:
        return says, quote(cue), ""
    return says, "", quote(cue) if cue and is_nobodys else ""


def _say_claim(text: str, att: Attribution) -> tuple[tuple[str, ...], int]:
    """Return the pieces of a row's content, and how many characters were too many."""
    pieces = []
    left, total = LONGEST_CLAIM_CHARS, 0
    for span in att.content_spans:
        words = _lines(_with_marks(text, span, att.directness))
        total += len(words)
        if left > 0:
            pieces.append(words[:left])
        left -= len(words)
    return tuple(pieces), max(0, total - LONGEST_CLAIM_CHARS)


def _lines(text: str) -> str:
    """Return the text safe to show, with a new line for every paragraph."""
    return "\n".join(filter(None, (show(part) for part in PARAGRAPH.split(text))))


def _with_marks(text: str, span: Span, directness: Directness) -> str:
    """Return a span with the quotation marks that stand right around it."""
    if directness is Directness.INDIRECT:
        return span.exact
    before = text[span.start - 1 : span.start] if span.start else ""
    after = text[span.end : span.end + 1]
    opening = before if before and before in OPENING and not span.exact.startswith(tuple(OPENING)) else ""
    closing = after if after and after in CLOSING and not span.exact.endswith(tuple(CLOSING)) else ""
    return f"{opening}{span.exact}{closing}"


def is_cue(name: str, cues: Sequence[str]) -> bool:
    """Return whether a source is called by the cue alone, as one without an agent is."""
    return " ".join(name.split()).casefold() in {" ".join(cue.split()).casefold() for cue in cues}


def quote(words: str) -> str:
    """Return words in quotation marks, their own taken off."""
    return f"“{words.strip(OPENING + CLOSING)}”"
