"""The root of all errors, and the error that is a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error that is a value.

    Attributes:
        code: A short stable name, like ``unclosed-quotation``.
        message: One sentence for a person.
        start: Where it begins, in code points of the document's text; None where it is not about one place.
        end: Where it ends (excluded); None with `start`.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class SaysoError(Exception):
    """The root of every error that Sayso raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make it again in another process; what made the message is no longer known there."""
        return _remake, (type(self), self.args), self.__dict__


def _remake(kind: type[SaysoError], args: tuple[object, ...]) -> SaysoError:
    """Return an error with this message; what it carries is set by what unpacks it."""
    error = kind.__new__(kind)
    error.args = args
    return error
