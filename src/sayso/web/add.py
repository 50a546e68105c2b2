"""Add: links, text and files become articles of the case; what becomes of each is shown as it comes.

Rule 1: what a browser names is a link or a name, and never a path of this machine.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from sayso.errors import InputError, NotInCase
from sayso.ingest.addresses import find_address
from sayso.ingest.moments import read_moment
from sayso.ledger.intake import Given
from sayso.web.forms import FORM_BYTES, read_form, refuse
from sayso.web.jobs import FOLDER, say_name
from sayso.web.render import render
from sayso.web.uploads import take_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.adding import Added
    from sayso.web.jobs import Job

SEE: Final = 303
BAD: Final = 400
REFUSED_SHOWN: Final = 30
LINKS_MAX: Final = 5_000
LINKS_BYTES: Final = 2_000_000
ESCAPED: Final = 3
"""A byte of a text is at most so many in a form."""
NAME_CHARS: Final = 300
SIGNS: Final = {
    "added": "+",
    "new version": "↻",
    "known": "=",
    "note": "·",
    "refused": "✗",
    "unreadable": "✗",
}


def show_add(request: Request) -> Response:
    """Answer with the forms, and what was refused before."""
    return _show(request, {}, fault="")


def _show(request: Request, form: dict[str, str], *, fault: str) -> Response:
    ledger = request.app.state.ledger
    with ledger.look() as lists:
        refused = lists.refused(limit=REFUSED_SHOWN)
    return render(
        request,
        "add.html",
        page="add",
        status=BAD if fault else 200,
        fault=fault,
        form=form,
        refused=refused.rows,
        n_refused=refused.total,
        max_bytes=ledger.settings.max_bytes,
        jobs=request.app.state.jobs.list_jobs(),
        say_name=say_name,
    )


async def add_links(request: Request) -> Response:
    """Begin to add what stands at addresses, one a line."""
    form = await read_form(request, limit=LINKS_BYTES)
    lines = [line.strip() for line in form.get("links", "").splitlines() if line.strip()]
    found = {line: find_address(line) for line in lines}
    wrong = next((line for line, address in found.items() if address is None), None)
    if not lines or wrong is not None or len(lines) > LINKS_MAX:
        fault = (
            f"“{wrong[:80]}” is no address of a page: give it whole, like https://example.org/ferry."
            if wrong is not None
            else f"At most {LINKS_MAX:,} links at a time."
            if lines
            else "Give a link."
        )
        return await run_in_threadpool(_show, request, form, fault=fault)
    return await run_in_threadpool(_start_links, request, [address for address in found.values() if address])


def _start_links(request: Request, addresses: list[str]) -> Response:
    """Begin with addresses as a list in a file: so none of them can be taken for a file of that name."""
    folder = TemporaryDirectory(prefix="sayso-", ignore_cleanup_errors=True)
    under = Path(folder.name) / FOLDER
    under.mkdir()
    path = under / "links.txt"
    path.write_text("\n".join(addresses) + "\n", encoding="utf-8")
    ledger = request.app.state.ledger
    return _start(request, lambda expect: ledger.add([str(path)], expect=expect), folder)


async def add_text(request: Request) -> Response:
    """Begin to add a text that was pasted."""
    settings = request.app.state.ledger.settings
    form = await read_form(request, limit=settings.max_bytes * ESCAPED + FORM_BYTES)
    text = form.get("text", "")
    data = text.encode()
    try:
        given = read_given(form)
        if not text.strip():
            refuse("text", "Paste a text.")
        if len(data) > settings.max_bytes:
            refuse("text", f"The text is more than {settings.max_bytes:,} bytes.")
    except InputError as error:
        return await run_in_threadpool(_show, request, form, fault=say_fault(error))
    ledger = request.app.state.ledger

    def add(expect: Callable[[int], None]) -> Iterator[Added]:
        expect(1)
        yield from ledger.paste(data, given)

    return await run_in_threadpool(_start, request, add)


def say_fault(error: InputError) -> str:
    """Return what is wrong, without the name of the field."""
    return str(error).removeprefix(f"{error.name}: ")


def read_given(form: dict[str, str]) -> Given:
    """Return what a form says of a text.

    Raises:
        InputError: It is no address, no time, or too long.
    """
    said = {name: " ".join(form.get(name, "").split()) or None for name in ("url", "title", "outlet", "published")}
    if any(value is not None and len(value) > NAME_CHARS for name, value in said.items() if name != "url"):
        refuse("title", f"Title, outlet and time are at most {NAME_CHARS} characters.")
    if said["url"] is not None and find_address(said["url"]) is None:
        refuse("url", "The address is none of a page: give it whole, like https://example.org/ferry.")
    if said["published"] is not None and read_moment(said["published"], stated_in="given") is None:
        refuse("published", "The time is none: give 2024, 2024-03, 2024-03-14 or 2024-03-14T18:20+02:00.")
    return Given(**{**said, "url": said["url"] and find_address(said["url"])})


async def add_files(request: Request) -> Response:
    """Begin to add files."""
    ledger = request.app.state.ledger
    try:
        names, folder = await take_files(request, max_bytes=ledger.settings.max_bytes)
    except InputError as error:
        return await run_in_threadpool(_show, request, {}, fault=say_fault(error))
    return await run_in_threadpool(_start, request, lambda expect: ledger.add(names, expect=expect), folder)


def _start(
    request: Request,
    add: Callable[[Callable[[int], None]], Iterator[Added]],
    folder: TemporaryDirectory[str] | None = None,
) -> Response:
    job: Job = request.app.state.jobs.start(add, folder)
    return RedirectResponse(f"/add/{job.id}", SEE)


def show_job(request: Request) -> Response:
    """Answer with what became of each thing so far."""
    job = request.app.state.jobs.find(request.path_params["job"])
    if job is None:
        what, given = "lot", request.path_params["job"][:40]
        raise NotInCase(what, given)
    return render(
        request, "adding.html", page="add", job=job, events=list(reversed(job.events)), signs=SIGNS, say_name=say_name
    )


ROUTES: Final = [
    Route("/add", show_add),
    Route("/add/links", add_links, methods=["POST"]),
    Route("/add/text", add_text, methods=["POST"]),
    Route("/add/files", add_files, methods=["POST"]),
    Route("/add/{job}", show_job),
]
