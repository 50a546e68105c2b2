"""Files that a browser sends: into a folder of their own, under names that are nothing but names.

Rule 1: no path that a browser names is ever one of ours: of a name only its last part is kept, and of that only what
every file system takes.
Rule 2: reading stops at the limit; nothing of what was sent before is kept then.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from sayso.web.forms import refuse
from sayso.web.jobs import FOLDER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

MOST_FILES: Final = 500
TOTAL_FACTOR: Final = 10
NAME_CHARS: Final = 120
UNSAFE: Final = re.compile(r"[^\w .,()&+=@\u2019'-]+")
RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


async def take_files(request: Request, *, max_bytes: int) -> tuple[list[str], TemporaryDirectory[str]]:
    """Return the files that a form sends, and the folder in which they lie.

    Args:
        request: With the form.
        max_bytes: Of one file, which whatever reads it looks to; of all together there may be ten times as much.

    Raises:
        InputError: There are none, too many, or too much.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        refuse("files", "This is no form of the app.")
    limit = max_bytes * TOTAL_FACTOR
    form = None
    parser = MultiPartParser(request.headers, _limit(request, limit), max_files=MOST_FILES, max_fields=10)
    try:
        form = await parser.parse()
        files = [one for _, one in form.multi_items() if isinstance(one, UploadFile) and one.filename]
        if not files:
            refuse("files", "No file was chosen.")
        return await run_in_threadpool(_keep, files)
    except MultiPartException as error:
        refuse("files", f"The files cannot be taken: {error.message}")
    except (KeyError, UnicodeDecodeError, ValueError):
        refuse("files", "The form cannot be read.")
    finally:
        if form is not None:
            await form.close()


def _keep(files: list[UploadFile]) -> tuple[list[str], TemporaryDirectory[str]]:
    folder = TemporaryDirectory(prefix="sayso-", ignore_cleanup_errors=True)
    names = []
    for place, one in enumerate(files):
        under = Path(folder.name) / str(place) / FOLDER
        under.mkdir(parents=True)
        path = under / make_name(one.filename or "")
        with path.open("xb") as stream:
            shutil.copyfileobj(one.file, stream)
        names.append(str(path))
    return names, folder


def make_name(given: str) -> str:
    """Return a name that is nothing but a name: no folders, no marks that mean something to a shell or a system."""
    last = re.split(r"[/\\]", given)[-1]
    name = UNSAFE.sub("_", last).strip(" .-_")
    if not name or RESERVED.fullmatch(name):
        return f"file{'_' * bool(name)}{name}"
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= NAME_CHARS else f"{(stem or ending)[: NAME_CHARS - 20]}{dot}{ending[:12]}"


async def _limit(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            refuse("files", f"Together the files are more than {limit:,} bytes. Add them in parts, or with sayso add.")
        yield chunk
