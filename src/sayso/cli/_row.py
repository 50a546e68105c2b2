"""One row of a ledger as cells of the terminal's page: who, through whom, what they do with the claim, the claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.export.row_words import iter_rows
from sayso.export.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.export.order import Line
    from sayso.export.row_words import RowWords
    from sayso.records import Attribution, Reading

ACCENT: Final = "turquoise4"
DEEPEST: Final = 4


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
        """Number the rows."""
        self.reading = reading
        self.lines = lines
        self.style = style
        self.has_offsets = has_offsets
        self.numbers = {line.att.id: line.number for line in lines}

    def iter_cells(self) -> Iterator[Cells]:
        """Yield every row; what is stated of a party is given with its first row."""
        for row in iter_rows(self.reading, self.lines):
            yield Cells(
                depth=min(row.line.depth, DEEPEST),
                number=Text(f"{row.line.number:>3}", "dim"),
                mark=self._say_mark(row),
                who=_say_who(row),
                through=Text("through " + ", then ".join(row.through), "italic") if row.through else Text(),
                says=self._say_stance(row),
                claim=self._say_claim(row),
            )

    def _say_mark(self, row: RowWords) -> Text:
        """Return why a row stands where it stands, and whether a reader could tell who speaks."""
        signs = self.style.signs
        sign = signs["nested"] if row.line.depth else signs["disputes"] if row.line.is_dispute else " "
        return Text(f"{sign} {self.style.marks[row.naming.value]}", self.style.accent)

    def _say_stance(self, row: RowWords) -> Text:
        text = Text(" ".join(filter(None, (row.says, row.quoted))))
        if row.note:
            text.append(f"\n{row.note}", "dim")
        for bearing in row.bearings:
            text.append(f"\n{bearing.verb} {bearing.number}", self.style.accent)
        if row.is_low:
            text.append("\ncheck", f"bold {self.style.accent}")
        return text

    def _say_claim(self, row: RowWords) -> Text:
        text = Text()
        for n, words in enumerate(row.claim):
            text.append(" … " if n else "", "dim").append(words)
        if row.n_cut:
            text.append(f" … and {row.n_cut:,} characters more; --json has all", "dim")
        if self.has_offsets:
            text.append("\n" + _say_offsets(row.line.att), "dim")
        return text


def _say_who(row: RowWords) -> Text:
    text = Text(row.who, "bold")
    if row.about:
        text.append("\n" + row.about, "not bold dim")
    if row.unresolved:
        text.append(f"\nwho that is: not resolved, {row.unresolved}", "not bold dim")
    return text


def _say_offsets(att: Attribution) -> str:
    parts = (("source", att.source_spans), ("cue", att.cue_spans), ("content", att.content_spans))
    return "  ".join(
        f"{role} {', '.join(f'{span.start}-{span.end}' for span in spans)}" for role, spans in parts if spans
    )
