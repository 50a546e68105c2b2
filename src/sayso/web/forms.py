"""What a page sends: read with a limit before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import parse_qsl

from sayso.errors import InputError

if TYPE_CHECKING:
    from starlette.requests import Request

FORM_BYTES: Final = 100_000
MOST_FIELDS: Final = 100
PLAIN: Final = "application/x-www-form-urlencoded"


async def read_form(request: Request, *, limit: int = FORM_BYTES) -> dict[str, str]:
    """Return the fields of a form, of several of one name the last.

    Args:
        request: With the form.
        limit: So many bytes at most.

    Raises:
        InputError: It is no form, or larger than any of ours.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            refuse("form", f"A form is at most {limit:,} bytes.")
    if body and request.headers.get("content-type", "").partition(";")[0].strip().lower() != PLAIN:
        refuse("form", "This is no form of the app.")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        refuse("form", "The form cannot be read.")
    return {field: value.replace("\r\n", "\n") for field, value in pairs}


def refuse(name: str, message: str) -> NoReturn:
    """Refuse what a page sent.

    Args:
        name: Of the field or form.
        message: What is wrong, for a person.

    Raises:
        InputError: Always.
    """
    raise InputError(name, message)
