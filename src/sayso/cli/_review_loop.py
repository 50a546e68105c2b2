"""A sitting: one row after the other, the most doubtful first, each decision kept before the next row is shown.

Rule 1: a decision is kept at once; Ctrl-C, a closed terminal or the end of standard input lose none.
Rule 2: what cannot be kept is said, and the same row is asked again.
Rule 3: who judges blind sees what the machine read, and nobody else's judgements.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sayso.cli._print import uninterrupted
from sayso.cli._review_page import STATES, ReviewPage, Shown
from sayso.errors import BadJudgement, NotInCase
from sayso.ledger import judging
from sayso.ledger.judging import Act
from sayso.ledger.unmasking import PlacedSource, find_source
from sayso.store.judged import apply_judgements, find_in_force

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.cli._keys import Answers
    from sayso.cli._review_edit import Editor
    from sayso.cli._review_rooms import ReviewRooms
    from sayso.ledger.queue import Question
    from sayso.records import Judgement

STAY: Final = -1
"""In place of where to go: the same row, without printing it again."""
REASON: Final = "Why? (Enter for no reason)"


@dataclass(slots=True)
class Tally:
    """What was decided in a sitting.

    Attributes:
        kept: The judgements in their order, with the place in the queue at which each was made.
    """

    kept: list[tuple[int, Judgement]] = field(default_factory=list)

    def say(self) -> str:
        """Return it in one sentence."""
        if not self.kept:
            return "Nothing was decided."
        counts = Counter(STATES[judgement.kind] for _, judgement in self.kept)
        parts = ", ".join(f"{n} {words}" for words, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        return f"{len(self.kept)} decided and kept: {parts}."


class Sitting:
    """One person, one queue of rows."""

    def __init__(self, rooms: ReviewRooms, page: ReviewPage, answers: Answers, editor: Editor, name: str) -> None:
        """Take the rooms, and who judges."""
        self.rooms = rooms
        self.page = page
        self.answers = answers
        self.editor = editor
        self.name = name
        self.tally = Tally()
        self.is_blind = False
        self.is_over = False
        self._keys: dict[str, Callable[[int, Shown], int]] = {
            "a": self._accept,
            "r": self._reject,
            "u": self._unsure,
            "e": self._edit,
            "s": self._split,
            "m": self._merge,
            "d": self._tell_apart,
        }

    def run(self, queue: list[Question]) -> None:
        """Ask about every row until there are no more, or the person stops."""
        place = 0
        while not self.is_over:
            if place >= len(queue):
                place = self._answer_end(len(queue))
                continue
            shown = self._show(queue, place)
            if shown is None:
                self.page.say("This row was taken out of the case meanwhile; on to the next.")
                place += 1
                continue
            goal = STAY
            while goal == STAY and not self.is_over:
                goal = self._answer(place, shown)
            place = goal

    def _show(self, queue: list[Question], place: int) -> Shown | None:
        """Print a row, and return it; None if it is gone."""
        asked = queue[place]
        try:
            reading = self.rooms.get_reading(asked.document)
        except NotInCase:
            return None
        if all(att.id != asked.row for att in reading.attributions):
            return None
        judgements = self.rooms.list_judgements(asked.document)
        if self.is_blind:
            judgements = [judgement for judgement in judgements if judgement.by == self.name]
        shown = Shown(
            machine=reading,
            judged=apply_judgements(reading, judgements),
            row=asked.row,
            why=asked.why,
            judgements=tuple(one for one in find_in_force(judgements) if one.subject == asked.row),
            place=f"{place + 1} of {len(queue)}",
        )
        self.page.print_row(shown)
        self.page.print_keys()
        return shown

    def _answer(self, place: int, shown: Shown) -> int:
        """Return where to go after one key."""
        key = self.answers.key()
        if key is None or key == "q":
            self.is_over = True
        elif key in {"n", "b"}:
            return place + 1 if key == "n" else max(0, place - 1)
        elif key == "?":
            self.page.print_help()
            self.page.print_keys()
        elif key == "z":
            return self._undo()
        elif key in self._keys:
            return self._keys[key](place, shown)
        elif key:
            self.page.say("No such key; ? tells what there is.")
        return STAY

    def _answer_end(self, end: int) -> int:
        """Return where to go after the last row: back, or nowhere."""
        self.page.console.print()
        self.page.say("That was the last row. z undoes the last decision, b goes back, any other key ends the sitting.")
        key = self.answers.key()
        if key == "b":
            return end - 1
        place = self._undo() if key == "z" else STAY
        self.is_over = place == STAY and key != "z"
        return end if place == STAY else place

    def _keep(self, place: int, make: Callable[[Act], Judgement], *, is_asked: bool = True) -> int:
        """Keep a judgement and go on; say what does not fit and stay."""
        reason = self.answers.line(REASON) if is_asked else ""
        if reason is None:
            return self._leave()
        try:
            judgement = make(Act(by=self.name, at=self.rooms.now(), reason=reason))
            with uninterrupted():
                self.rooms.judge(judgement)
                self.tally.kept.append((place, judgement))
                self.page.say_kept(f"{STATES[judgement.kind]}. z undoes it.")
        except (BadJudgement, NotInCase) as error:
            self.page.say(str(error))
            return STAY
        return place + 1

    def _accept(self, place: int, shown: Shown) -> int:
        return self._keep(place, lambda act: judging.accept(shown.judged.reading, shown.row, act), is_asked=False)

    def _unsure(self, place: int, shown: Shown) -> int:
        return self._keep(place, lambda act: judging.unsure(shown.judged.reading, shown.row, act), is_asked=False)

    def _reject(self, place: int, shown: Shown) -> int:
        return self._keep(place, lambda act: judging.reject(shown.judged.reading, shown.row, act))

    def _edit(self, place: int, shown: Shown) -> int:
        changes = self.editor.ask_changes(shown)
        if not changes:
            return self._leave()
        return self._keep(place, lambda act: judging.correct(shown.judged.reading, shown.row, changes, act))

    def _split(self, place: int, shown: Shown) -> int:
        party = self.editor.ask_party(shown)
        if not party:
            return self._leave()
        return self._keep(place, lambda act: judging.split(shown.judged.reading, shown.row, party, act))

    def _merge(self, place: int, shown: Shown) -> int:
        return self._pair(place, shown, judging.same, "The same party as which? A number, or part of a name:")

    def _tell_apart(self, place: int, shown: Shown) -> int:
        return self._pair(place, shown, judging.different, "Another party than which? A number, or part of a name:")

    def _pair(
        self, place: int, shown: Shown, make: Callable[[PlacedSource, PlacedSource, Act], Judgement], question: str
    ) -> int:
        source = find_source(shown.machine, shown.read.source)
        if source is None:
            self.page.say("This row has no source.")
            return STAY
        other = self.editor.ask_source(shown, self.rooms, question)
        if other is None:
            return self._leave()
        one = PlacedSource(document=shown.machine.document.id, source=source)
        # The row itself is not decided with this: it stays before the person.
        kept = self._keep(place, lambda act: make(one, other, act))
        return kept if kept == STAY else place

    def _undo(self) -> int:
        """Undo the last decision of this sitting, and go back to its row."""
        if not self.tally.kept:
            self.page.say("Nothing of this sitting is left to undo. For an older one: sayso review --undo ID.")
            return STAY
        place, judgement = self.tally.kept[-1]
        with uninterrupted():
            self.rooms.judge(judging.undo(judgement, Act(by=self.name, at=self.rooms.now())))
            self.tally.kept.pop()
            self.page.say_kept("undone.")
        return place

    def _leave(self) -> int:
        self.page.say("Left as it is.")
        return STAY
