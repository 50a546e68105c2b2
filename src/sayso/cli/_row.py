"""One row of a ledger in words: who, through whom, what they do with the claim, the claim."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._visible import show
from sayso.cli._words import load_words, say
from sayso.export.reading_json import LOW_CONFIDENCE, is_low
from sayso.records import Directness, Endorsement, Kind, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.cli._order import Line
    from sayso.records import Attribution, Reading, Source, Span

ACCENT: Final = "turquoise4"
LONGEST_CLAIM_CHARS: Final = 1200
DEEPEST: Final = 4
REFUSALS: Final = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DECLINES})
PARAGRAPH: Final = re.compile(r"\s*\n\s*\n\s*")
OPENING: Final = "\u201c\u2018\u00ab\u201e\"'"
CLOSING: Final = "\u201d\u2019\u00bb\"'"


@dataclass(frozen=True, slots=True)
class Style:
    """What a terminal can write.

    Attributes:
        marks: The mark of each naming.
        signs: The other signs.
        bullet: Before a sentence.
        rule: Of what the line between two readings is made.
        accent: The one colour.
    """

    marks: dict[str, str]
    signs: dict[str, str]
    bullet: str
    rule: str
    accent: str = ACCENT

    @classmethod
    def of(cls, encoding: str) -> Style:
        """Return the signs that the encoding has."""
        words = load_words()
        is_rich = encoding.lower().replace("_", "-").startswith("utf")
        tail = "" if is_rich else "_ascii"
        return cls(
            marks=words[f"marks{tail}"],
            signs=words[f"signs{tail}"],
            bullet=words[f"signs{tail}"]["bullet"],
            rule=words[f"signs{tail}"]["rule"],
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, ready to be laid out.

    Attributes:
        depth: How many rows it is within, as far as the page indents.
        number: Its number on the page.
        mark: Whether it is within a row, or disputes one; and whether a reader could tell who speaks.
        who: Name, and what else is stated of the party.
        through: Who carried it; empty if it came straight.
        says: Stance and certainty, the article's cue where it matters, relations, and ``check``.
        claim: The content.
    """

    depth: int
    number: Text
    mark: Text
    who: Text
    through: Text
    says: Text
    claim: Text


class Ledger:
    """The rows of one reading in the order of the page."""

    def __init__(self, reading: Reading, lines: Sequence[Line], style: Style, *, has_offsets: bool) -> None:
        """Look up what the rows refer to."""
        self.reading = reading
        self.lines = lines
        self.style = style
        self.has_offsets = has_offsets
        self.numbers = {line.att.id: line.number for line in lines}
        self._sources = {source.id: source for source in reading.sources}
        self._relations: dict[str, list[str]] = defaultdict(list)
        for link in reading.relations:
            if link.from_id in self.numbers and link.to_id in self.numbers:
                verb = load_words()["relations"][link.type.value]
                doubt = "" if link.confidence >= LOW_CONFIDENCE else f"{load_words()['perhaps']} "
                self._relations[link.from_id].append(f"{doubt}{verb} {self.numbers[link.to_id]}")

    def iter_cells(self) -> Iterator[Cells]:
        """Yield every row; what is stated of a party is given with its first row."""
        met: set[str] = set()
        for line in self.lines:
            yield Cells(
                depth=min(line.depth, DEEPEST),
                number=Text(f"{line.number:>3}", "dim"),
                mark=self._say_mark(line),
                who=self._say_who(line.att, is_first=line.att.source not in met),
                through=self._say_through(line.att),
                says=self._say_stance(line.att),
                claim=self._say_claim(line.att),
            )
            met.add(line.att.source)

    def _say_mark(self, line: Line) -> Text:
        """Return why a row stands where it stands, and whether a reader could tell who speaks."""
        source = self._sources.get(line.att.source)
        sign = self.style.signs["nested"] if line.depth else self.style.signs["disputes"] if line.is_dispute else " "
        # Whoever a pronoun means is known to the reader only if the machine could tell.
        is_known = source is not None and not source.unresolved
        mark = self.style.marks[source.naming.value if source and is_known else "vague"]
        return Text(f"{sign} {mark}", self.style.accent)

    def _say_who(self, att: Attribution, *, is_first: bool) -> Text:
        source = self._sources.get(att.source)
        if source is None or (source.kind is Kind.UNKNOWN and _is_cue(source, att)):
            return Text("nobody named", "bold")
        text = Text(show(source.name), "bold")
        about = [show(part) for part in (source.role, source.affiliation) if part] if is_first else []
        if about:
            text.append("\n" + ", ".join(about), "not bold dim")
        if source.unresolved:
            text.append(f"\nwho that is: not resolved, {show(source.unresolved)}", "not bold dim")
        return text

    def _say_through(self, att: Attribution) -> Text:
        names = [show(self._sources[party].name) for party in att.via if party in self._sources]
        return Text("through " + ", then ".join(names), "italic") if names else Text()

    def _say_stance(self, att: Attribution) -> Text:
        source = self._sources.get(att.source)
        cue = show(" … ".join(span.exact for span in att.cue_spans))
        text = Text()
        if cue or att.stance not in REFUSALS:
            text.append(say(att))
        if att.endorsement is not Endorsement.NEUTRAL and cue:
            text.append(f"\n{load_words()['puts'][att.endorsement.value]} {_quote(cue)}", "dim")
        elif att.stance in REFUSALS:
            text.append(f" {_quote(cue)}" if cue else "no words for it in the article")
        elif cue and (source is None or source.kind is Kind.UNKNOWN):
            text.append(f"\n{_quote(cue)}", "dim")
        for relation in self._relations[att.id]:
            text.append(f"\n{relation}", self.style.accent)
        if is_low(att):
            text.append("\ncheck", f"bold {self.style.accent}")
        return text

    def _say_claim(self, att: Attribution) -> Text:
        text = Text()
        left = LONGEST_CLAIM_CHARS
        total = 0
        for n, span in enumerate(att.content_spans):
            words = _lines(_with_marks(self.reading.document.text, span, att.directness))
            total += len(words)
            if left > 0:
                text.append(" … " if n else "", "dim").append(words[:left])
            left -= len(words)
        if total > LONGEST_CLAIM_CHARS:
            text.append(f" … and {total - LONGEST_CLAIM_CHARS:,} characters more; --json has all", "dim")
        if self.has_offsets:
            text.append("\n" + _say_offsets(att), "dim")
        return text


def _lines(text: str) -> str:
    """Return the text safe for a terminal, with a new line for every paragraph."""
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


def _is_cue(source: Source, att: Attribution) -> bool:
    """Return whether a source is called by the cue alone, as one without an agent is."""
    cues = {" ".join(span.exact.split()).casefold() for span in att.cue_spans}
    return " ".join(source.name.split()).casefold() in cues


def _quote(words: str) -> str:
    return f"“{words.strip(OPENING + CLOSING)}”"


def _say_offsets(att: Attribution) -> str:
    parts = (("source", att.source_spans), ("cue", att.cue_spans), ("content", att.content_spans))
    return "  ".join(
        f"{role} {', '.join(f'{span.start}-{span.end}' for span in spans)}" for role, spans in parts if spans
    )
