"""Review: a person judges one row after the other, the most doubtful first; every decision is a judgement, and kept.

Rule 1: nothing is decided for a person: who judges is asked for once, and each decision carries the name.
Rule 2: what does not fit is said beside the row, and nothing is kept of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from sayso.errors import BadJudgement, InputError, NotInCase
from sayso.ledger import judging
from sayso.ledger.judging import NAME, Act, check_name
from sayso.ledger.pairs import Meant
from sayso.ledger.unmasking import PlacedSource
from sayso.records import JudgementKind
from sayso.web.asked import read_filter
from sayso.web.asked_row import FIELDS, find_asked
from sayso.web.forms import read_form
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.case import Ledger
    from sayso.ledger.queue import Question
    from sayso.records import Judgement
    from sayso.web.asked_row import AskedRow

WHO: Final = "sayso-who"
YEAR: Final = 365 * 24 * 3600
SEE: Final = 303
BAD: Final = 400
QUEUE_MAX: Final = 500
DONE_MAX: Final = 500
PAIRS: Final = {"same": JudgementKind.SAME, "different": JudgementKind.DIFFERENT, "unsure": JudgementKind.UNSURE}


@dataclass(slots=True)
class Sitting:
    """What is asked, and what was decided since the app was started.

    Attributes:
        queue: The rows that are asked, in order.
        done: Ids of judgements, each with document and row at which it was made.
    """

    queue: list[Question] = field(default_factory=list)
    done: list[tuple[str, str, str]] = field(default_factory=list)

    def find(self, row: str) -> int | None:
        """Return the place of a row in the queue."""
        return next((place for place, asked in enumerate(self.queue) if asked.row == row), None)

    def find_next(self, row: str, step: int = 1) -> str:
        """Return the address of the row before or after one; of the list where there is none."""
        place = self.find(row)
        goal = 0 if place is None else place + step
        if not 0 <= goal < len(self.queue):
            return "/review?end=1" if goal > 0 else ""
        return f"/review/{self.queue[goal].document}/{self.queue[goal].row}"


def get_sitting(request: Request) -> Sitting:
    """Return the sitting of this app: it serves one person on one machine."""
    found: Sitting = request.app.state.sitting
    return found


def get_name(request: Request) -> str | None:
    """Return who judges; None where nobody said so yet."""
    given = unquote(request.cookies.get(WHO, ""))
    try:
        return check_name("your name", given) if given else None
    except BadJudgement:
        return None


def begin(request: Request) -> Response:
    """Answer with the first row that is asked, or that there is none; before that ask for a name."""
    name = get_name(request)
    if name is None:
        return render(request, "review_begin.html", page="review", name=None, fault="", n_done=0)
    sitting = get_sitting(request)
    if request.query_params.get("end") != "1":
        asked = read_filter(request.query_params)
        sitting.queue = request.app.state.ledger.review().ask(asked, limit=QUEUE_MAX)
        if sitting.queue:
            return RedirectResponse(f"/review/{sitting.queue[0].document}/{sitting.queue[0].row}", SEE)
    return render(request, "review_begin.html", page="review", name=name, fault="", n_done=len(sitting.done))


async def take_name(request: Request) -> Response:
    """Keep who judges, in a cookie."""
    form = await read_form(request)
    try:
        name = check_name("your name", form.get("name", ""))
    except BadJudgement as error:
        return render(request, "review_begin.html", page="review", status=BAD, name=None, fault=str(error), n_done=0)
    response = RedirectResponse("/review", SEE)
    response.set_cookie(WHO, quote(name), max_age=YEAR, httponly=True, samesite="strict", path="/")
    return response


def show_row(request: Request) -> Response:
    """Answer with a row to judge."""
    return _show_row(request, fault="")


def _show_row(request: Request, *, fault: str) -> Response:
    sitting, ledger = get_sitting(request), request.app.state.ledger
    row = find_asked(ledger, request.path_params["document"], request.path_params["row"])
    place = sitting.find(row.row)
    did = request.query_params.get("did", "")
    return render(
        request,
        "review.html",
        page="review",
        status=BAD if fault else 200,
        row=row,
        name=get_name(request),
        fault=fault,
        did=_find_kind(ledger, did) if did else None,
        number=None if place is None else place + 1,
        total=len(sitting.queue),
        why=() if place is None else sitting.queue[place].why,
        after=sitting.find_next(row.row),
        before=sitting.find_next(row.row, -1) if place else "",
        can_undo=bool(sitting.done),
    )


async def judge(request: Request) -> Response:
    """Keep a decision, and go on to the next row."""
    form = await read_form(request)
    return await run_in_threadpool(_judge, request, form)


def _judge(request: Request, form: dict[str, str]) -> Response:
    name = get_name(request)
    if name is None:
        return RedirectResponse("/review", SEE)
    ledger, sitting = request.app.state.ledger, get_sitting(request)
    row = find_asked(ledger, request.path_params["document"], request.path_params["row"])
    act = Act(by=name, at=ledger.review().now(), reason=form.get("reason", ""))
    try:
        made = _make(ledger, row, request.path_params["act"], form, act)
    except (BadJudgement, NotInCase) as error:
        return _show_row(request, fault=str(error))
    sitting.done = [*sitting.done[-DONE_MAX:], (made.id, row.document, row.row)]
    # What is judged of two leaves the row itself undecided: it stays.
    goal = f"/review/{row.document}/{row.row}" if made.other else sitting.find_next(row.row)
    return _go(request, goal, made)


def _make(ledger: Ledger, row: AskedRow, deed: str, form: dict[str, str], act: Act) -> Judgement:
    """Return the judgement that a form asks for, kept.

    Raises:
        BadJudgement: It does not fit.
        NotInCase: It is about what the case does not have.
    """
    makers = {"accept": judging.accept, "reject": judging.reject, "unsure": judging.unsure}
    if deed in makers:
        made = makers[deed](row.judged, row.row, act)
    elif deed == "edit":
        changes = {
            one: form[one].strip() for one, _ in FIELDS if one in form and form[one].strip() != form.get(f"was_{one}")
        }
        made = judging.correct(row.judged, row.row, changes, act)
    elif deed == "split":
        party = {NAME: form.get(NAME, "").strip() or form.get("choice", "").strip()}
        party |= {one: form[one] for one in ("naming", "kind") if form.get(one)}
        made = judging.split(row.judged, row.row, party, act)
    elif deed in {"party", "claim"}:
        return _judge_two(ledger, row, deed, form, act)
    else:
        what = "decision"
        raise NotInCase(what, deed[:40])
    ledger.review().judge(made)
    return made


def _judge_two(ledger: Ledger, row: AskedRow, deed: str, form: dict[str, str], act: Act) -> Judgement:
    """Return a judgement of the row's source and another, or of the row and a claim."""
    kind = PAIRS.get(form.get("kind", ""))
    other = form.get("other", "").strip() or form.get("choice", "").strip()
    if kind is None or not other:
        reason = "say which other one is meant, and whether they are the same"
        raise BadJudgement(row.row, reason)
    pairs = ledger.pairs()
    if deed == "claim":
        return pairs.judge(kind, pairs.find(row.row, other), act)
    if row.source is None:
        reason = "this row has no source"
        raise BadJudgement(row.row, reason)
    # Of the row the machine's source is meant, whatever was judged of it since.
    placed = PlacedSource(document=row.document, source=row.source)
    return pairs.judge(kind, (Meant(placed=placed, says=row.source.name), pairs.find(other, other)[1]), act)


async def undo(request: Request) -> Response:
    """Take back a decision, the last one unless another is named, and go back to its row."""
    form = await read_form(request)
    return await run_in_threadpool(_undo, request, form)


def _undo(request: Request, form: dict[str, str]) -> Response:
    name, sitting, ledger = get_name(request), get_sitting(request), request.app.state.ledger
    if name is None:
        return RedirectResponse("/review", SEE)
    given = form.get("judgement", "") or (sitting.done[-1][0] if sitting.done else "")
    if not given:
        subject, message = "undo", "Nothing of this sitting is left to take back."
        raise InputError(subject, message)
    review = ledger.review()
    judgement = review.get_judgement(given)
    made = judging.undo(judgement, Act(by=name, at=review.now()))
    review.judge(made)
    at = next((f"/review/{doc}/{row}" for one, doc, row in sitting.done if one == judgement.id), None)
    sitting.done = [one for one in sitting.done if one[0] != judgement.id]
    if at is None and judgement.document and judgement.subject.startswith("att-"):
        at = f"/review/{judgement.document}/{judgement.subject}"
    return _go(request, at or "/review", made)


def _go(request: Request, goal: str, made: Judgement) -> Response:
    """Return the way to the next row; the case is joined anew meanwhile."""
    goal += ("&" if "?" in goal else "?") + urlencode({"did": made.id})
    task = BackgroundTask(request.app.state.joiner.join)
    return RedirectResponse(goal, SEE, background=task)


def _find_kind(ledger: Ledger, given: str) -> JudgementKind | None:
    try:
        return ledger.review().get_judgement(given).kind
    except NotInCase:
        return None


ROUTES: Final = [
    Route("/review", begin),
    Route("/review/name", take_name, methods=["POST"]),
    Route("/review/undo", undo, methods=["POST"]),
    Route("/review/{document}/{row}", show_row),
    Route("/review/{document}/{row}/{act}", judge, methods=["POST"]),
]
