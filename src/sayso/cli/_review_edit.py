"""What a person changes in a row, asked step by step: labels by number, words by quoting them, sources by choosing.

Rule 1: an empty answer leaves a thing as it is, everywhere.
Rule 2: words that a person gives must stand in the text near the row; where they stand twice, the person says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.errors import BadJudgement
from sayso.export.visible import show
from sayso.ledger.judging import LABELS, NAME, check_value, describe_row
from sayso.ledger.spans import find_words, is_spans, split_words
from sayso.ledger.unmasking import PlacedSource
from sayso.store.judged import write_spans

if TYPE_CHECKING:
    from sayso.cli._keys import Answers
    from sayso.cli._review_page import ReviewPage, Shown
    from sayso.cli._review_rooms import ReviewRooms
    from sayso.records import Span

MENU: Final = (
    ("1", "stance", "stance"),
    ("2", "certainty", "certainty"),
    ("3", "endorsement", "the article’s voice"),
    ("4", NAME, "who says it"),
    ("5", "naming", "is that a name?"),
    ("6", "kind", "what sort of party"),
    ("7", "directness", "in quotation marks"),
    ("8", "source_spans", "words of the source"),
    ("9", "cue_spans", "words of the cue"),
    ("0", "content_spans", "words of the content"),
)
NEAR_CHARS: Final = 3_000
AROUND_CHARS: Final = 30
TITLE_CHARS: Final = 50
CHOICES_MAX: Final = 9
LABELS_WIDTH: Final = max(len(label) for _, _, label in MENU)


class Editor:
    """Asks what is to be changed."""

    def __init__(self, page: ReviewPage, answers: Answers) -> None:
        """Take where to print and where answers come from."""
        self.page = page
        self.answers = answers

    def ask_changes(self, shown: Shown) -> dict[str, str]:
        """Return the fields that a person changed; empty if none, or if it was thought better of."""
        reading = shown.judged.reading
        now = describe_row(reading, shown.now)
        changes: dict[str, str] = {}
        while True:
            self._print_menu(shown, now, changes)
            key = self.answers.key()
            if key is None or key in {"x", "\x1b", "q"}:
                return {}
            if key == "":
                return changes
            field = next((field for typed, field, _ in MENU if typed == key), None)
            if field is None:
                self.page.say("Give a number of the list, Enter to keep the changes, or x to leave it as it is.")
                continue
            value = self._ask_value(shown, field)
            if value is None:
                continue
            try:
                changes[field] = check_value(reading, shown.row, field, value)
            except BadJudgement as error:
                self.page.say(str(error))

    def ask_party(self, shown: Shown) -> dict[str, str]:
        """Return whose row it is instead: name, and for a new party its kind and naming; empty for nobody."""
        reading = shown.judged.reading
        others = [source for source in reading.sources if source.id != shown.now.source][:CHOICES_MAX]
        self.page.console.print()
        self.page.print_choices(
            [
                (str(n), Text(f"{show(one.name)} ({one.naming.value}, {one.kind.value})"))
                for n, one in enumerate(others, 1)
            ]
        )
        given = self.answers.line("Whose is it? A number, or a name:")
        if not given:
            return {}
        if given.isdecimal() and 1 <= int(given) <= len(others):
            return {NAME: others[int(given) - 1].name}
        party = {NAME: given}
        if not any(source.name.casefold() == given.casefold() for source in reading.sources):
            for field in ("naming", "kind"):
                value = self._ask_label(field)
                if value is not None:
                    party[field] = value
        return party

    def ask_source(self, shown: Shown, rooms: ReviewRooms, question: str) -> PlacedSource | None:
        """Return another source, of this document or of the case; None for none."""
        reading = shown.machine
        others = [source for source in reading.sources if source.id != shown.read.source][:CHOICES_MAX]
        found = [PlacedSource(document=reading.document.id, source=source) for source in others]
        words = [Text(f"{show(one.name)} ({one.naming.value}, {one.kind.value}), in this article") for one in others]
        while True:
            self.page.console.print()
            self.page.print_choices([(str(n), text) for n, text in enumerate(words, 1)])
            given = self.answers.line(question)
            if not given:
                return None
            if given.isdecimal() and 1 <= int(given) <= len(found):
                return found[int(given) - 1]
            elsewhere = [one for one in rooms.find_sources(given) if one.placed.source.id != shown.read.source]
            if not elsewhere:
                self.page.say(f"The case has no other source whose name contains “{given}”.")
                continue
            found = [one.placed for one in elsewhere]
            words = [
                Text(f"{show(one.placed.source.name)} ({one.placed.source.naming.value}), ").append(
                    ", ".join(
                        filter(None, (_cut(one.title), show(one.outlet or ""), show((one.published or "")[:10])))
                    ),
                    "dim",
                )
                for one in elsewhere
            ]

    def _print_menu(self, shown: Shown, now: dict[str, str], changes: dict[str, str]) -> None:
        text = shown.machine.document.text
        rows = []
        for key, field, label in MENU:
            is_spans_field = field.endswith("_spans")
            value = changes.get(field, now[field])
            said = show(_quote(text, value) if is_spans_field else value) or "nothing"
            words = Text(f"{self.page.pencil}{said}", "bold") if field in changes else Text(said)
            rows.append((key, Text(label, "dim"), words))
        self.page.console.print()
        self.page.print_table(rows, LABELS_WIDTH)
        self.page.console.print()
        self.page.say("Which is wrong? Enter keeps the changes, x leaves the row as it is.")

    def _ask_value(self, shown: Shown, field: str) -> str | None:
        if field in LABELS:
            return self._ask_label(field, describe_row(shown.judged.reading, shown.now)[field])
        if field == NAME:
            return self.answers.line("Who says it?") or None
        return self._ask_spans(shown, field)

    def _ask_label(self, field: str, now: str = "") -> str | None:
        values = [member.value for member in LABELS[field]]
        rows = [
            (str(n), Text(value).append("  (as it is)" if value == now else "", "dim"))
            for n, value in enumerate(values, 1)
        ]
        self.page.print_choices(rows)
        self.page.say(f"{field}? A number; Enter leaves it as it is.")
        key = self.answers.key() or ""
        if key.isdecimal() and 1 <= int(key) <= len(values):
            return values[int(key) - 1]
        return None

    def _ask_spans(self, shown: Shown, field: str) -> str | None:
        """Return places as judgements write them; None for leaving them."""
        text = shown.machine.document.text
        more = ", - for none" if field == "source_spans" else ""
        given = self.answers.line(f"The right words as they stand in the text, … between stretches{more}:")
        if not given:
            return None
        if given == "-" and more:
            return ""
        if is_spans(given):
            return given
        row = shown.now
        spans = row.cue_spans + row.content_spans + row.source_spans
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        found: list[Span] = []
        for words in split_words(given):
            # A further stretch stands after the one before.
            low = found[-1].end if found else start - NEAR_CHARS
            chosen = self._choose_span(text, words, max(start, low), (low, end + NEAR_CHARS))
            if chosen is None:
                return None
            found.append(chosen)
        return write_spans(found) or None

    def _choose_span(self, text: str, words: str, near: int, bounds: tuple[int, int]) -> Span | None:
        """Return where words stand; a person says which place is meant where there are several."""
        every = find_words(text, words, near=near)
        found = [span for span in every if bounds[0] <= span.start and span.end <= bounds[1]]
        if not found:
            away = f", only far from this row, at {every[0].start}-{every[0].end}" if every else ""
            self.page.say(
                f"“{words}” does not stand there{away}. Copy the words from the text, or give offsets: 12-40."
            )
            return None
        if len(found) == 1:
            return found[0]
        found = found[:CHOICES_MAX]
        self.page.print_choices([(str(n), _say_place(text, span)) for n, span in enumerate(found, 1)])
        self.page.say("They stand there several times. Which is meant? A number; Enter for none.")
        key = self.answers.key() or ""
        return found[int(key) - 1] if key.isdecimal() and 1 <= int(key) <= len(found) else None


def _cut(title: str) -> str:
    plain = show(title)
    return plain if len(plain) <= TITLE_CHARS else f"{plain[:TITLE_CHARS]}…"


def _quote(text: str, places: str) -> str:
    """Return the words at places, with the places."""
    pairs = [tuple(map(int, place.split("-"))) for place in places.split()]
    words = " … ".join(text[start:end] for start, end in pairs)
    return f"“{words}” {places}" if pairs else ""


def _say_place(text: str, span: Span) -> Text:
    before, after = text[max(0, span.start - AROUND_CHARS) : span.start], text[span.end : span.end + AROUND_CHARS]
    lead, tail = (" " if before[-1:].isspace() else ""), (" " if after[:1].isspace() else "")
    made = Text().append(f"… {show(before)}{lead}", "dim").append(show(span.exact), "bold")
    return made.append(f"{tail}{show(after)} …  {span.start}-{span.end}", "dim")
