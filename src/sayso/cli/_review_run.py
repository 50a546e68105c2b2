"""What ``sayso review`` does once it is understood: a sitting from its first question to its last word, an undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.cli._keys import find_answers
from sayso.cli._print import print_error
from sayso.cli._review_edit import Editor
from sayso.cli._review_loop import Sitting
from sayso.cli._review_page import STATES
from sayso.errors import BadJudgement
from sayso.ledger import judging
from sayso.ledger.judging import Act, check_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.cli._keys import Answers
    from sayso.cli._review_page import ReviewPage
    from sayso.cli._review_rooms import ReviewRooms
    from sayso.records import Filter

ASKED_NAME = "Who judges? Your name is kept with every decision:"


def hold_sitting(rooms: ReviewRooms, page: ReviewPage, wanted: Filter, options: Mapping[str, object]) -> None:
    """Ask a person about the rows that are wanted, until there are no more or the person stops."""
    answers = find_answers()
    name = find_name(answers, options["name"])
    is_blind = bool(options["blind"])
    limit = options["limit"]
    queue = rooms.ask(wanted, limit=limit if isinstance(limit, int) else None, blind_to=name if is_blind else None)
    if not queue:
        page.say("There is no row left to ask about. Other filters, or --judged accepted, show what was judged.")
        return
    sitting = Sitting(rooms, page, answers, Editor(page, answers), name)
    sitting.is_blind = is_blind
    try:
        sitting.run(queue)
    finally:
        # After Ctrl-C, too: what was decided is kept, and the person should read that.
        page.console.print()
        page.say(sitting.tally.say(), "")


def undo_judgement(rooms: ReviewRooms, page: ReviewPage, given: str, name: object) -> None:
    """Take back one judgement by its id.

    Raises:
        NotInCase: The case has no such judgement.
    """
    judgement = rooms.get_judgement(given)
    act = Act(by=find_name(find_answers(), name), at=rooms.now())
    rooms.judge(judging.undo(judgement, act))
    page.say_kept(f"undone: {STATES[judgement.kind]} by {judgement.by}.")


def find_name(answers: Answers, given: object) -> str:
    """Return the name of the person who judges, asked for until there is one.

    Raises:
        BadJudgement: Nobody gives one.
    """
    while True:
        name = given if isinstance(given, str) and given else answers.line(ASKED_NAME)
        if name is None:
            subject, reason = "review", "nobody gave a name: say --as NAME or set SAYSO_REVIEWER"
            raise BadJudgement(subject, reason)
        try:
            return check_name("your name", name)
        except BadJudgement as error:
            if given:
                raise
            print_error(str(error))
