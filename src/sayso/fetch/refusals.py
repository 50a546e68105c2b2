"""The words of refusals, read from the table beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from sayso.records import Refusal, RefusalCode

SERVER_ERROR = 500


@cache
def _load_table() -> dict[str, Any]:
    """Return the table."""
    return tomllib.loads(resources.files(__package__).joinpath("refusals.toml").read_text("utf-8"))


def make_refusal(code: RefusalCode, *, host: str = "", reason: str = "") -> Refusal:
    """Return the refusal in words.

    Args:
        code: The cause.
        host: Who was asked.
        reason: What exactly happened, as part of a sentence.
    """
    is_unread = code is RefusalCode.ROBOTS and reason
    words = _load_table()["robots-unread" if is_unread else code.value]
    return Refusal(code=code, message=words["message"].format(host=host, reason=reason), advice=words["advice"])


def make_status_refusal(status: int, *, host: str, retry_after: str | None) -> Refusal:
    """Return the refusal for a status that brings no page.

    Args:
        status: The status.
        host: Who was asked.
        retry_after: When to try again, as part of a sentence: ``in 120 seconds``; None where the server does not say.
    """
    table = _load_table()
    known = table["statuses"].get(str(status)) or (table["statuses"]["500"] if status >= SERVER_ERROR else {})
    words = table[RefusalCode.STATUS.value]
    wait = f" ({host} says {retry_after})" if retry_after else ""
    return Refusal(
        code=RefusalCode.STATUS,
        message=words["message"].format(host=host, status=status, reason=known.get("reason", "it gives no page")),
        advice=known.get("advice", words["advice"]).format(wait=wait),
    )
