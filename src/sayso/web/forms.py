"""What a page sends: read with a limit before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from sayso.errors import InputError

if TYPE_CHECKING:
    from starlette.requests import Request

FORM_BYTES: Final = 100_000
MOST_FIELDS: Final = 100
PLAIN: Final = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, of several of one name the last.

    Raises:
        InputError: It is no form, or larger than any of ours.
    """
    name = "form"
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            message = f"A form is at most {FORM_BYTES:,} bytes."
            raise InputError(name, message)
    if body and request.headers.get("content-type", "").partition(";")[0].strip().lower() != PLAIN:
        message = "This is no form of the app."
        raise InputError(name, message)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        message = "The form cannot be read."
        raise InputError(name, message) from error
    return {field: value.replace("\r\n", "\n") for field, value in pairs}
