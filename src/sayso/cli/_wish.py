"""What the caller of a command asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options of ``sayso read``, as its help explains them.

    Attributes:
        as_json: JSON instead of a page for the terminal.
        as_html: A page for the browser instead of one for the terminal.
        out: The folder for files; None for standard output.
        offsets: Print where each row stands.
        no_color: Print without colour.
        max_bytes: None for what the settings say.
        title: Of the one input; None if not given.
        outlet: Of the one input; None if not given.
        published: Of the one input, ISO 8601; None if not given.
        no_network: Fetch nothing.
        allow_private: Fetch from private networks, too.
    """

    as_json: bool = False
    as_html: bool = False
    out: str | None = None
    offsets: bool = False
    no_color: bool = False
    max_bytes: int | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    no_network: bool = False
    allow_private: bool = False

    @property
    def is_about_one(self) -> bool:
        """Whether something was said that can be true of one input only."""
        return not (self.title is None and self.outlet is None and self.published is None)
