"""Help that is set in sections: commands of a group by what they are for, options of a command likewise."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli._print import Translating

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS: Final = (
    ("One article", ("read", "demo")),
    ("A case", ("new", "info", "add", "watch", "open")),
    ("What it says", ("claims", "articles", "sources", "search")),
    ("On whose say-so", ("trace", "story", "who", "timeline", "disputes", "drift")),
    ("What persons make of it", ("review", "judge", "reread")),
    ("What it keeps", ("verify", "stamp", "purge")),
)
LAST: Final = "More"


class Sectioned(Translating):
    """A group whose help lists its commands in sections, in the order in which one meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, those of the sections first."""
        known = [name for _, names in SECTIONS for name in names if name in self.commands]
        return known + [name for name in super().list_commands(ctx) if name not in known]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections that have commands."""
        names = self.list_commands(ctx)
        shown = [(name, self.commands[name]) for name in names if not self.commands[name].hidden]
        width = max((len(name) for name, _ in shown), default=0)
        for title, some in groupby(shown, key=lambda pair: _find_section(pair[0])):
            # Padded by hand, so that the sections' second columns stand under one another.
            limit = formatter.width - width - 6
            rows = [(name.ljust(width), command.get_short_help_str(limit)) for name, command in some]
            with formatter.section(title):
                formatter.write_dl(rows)


def _find_section(name: str) -> str:
    return next((title for title, names in SECTIONS if name in names), LAST)


class SectionedOption(click.Option):
    """An option that stands in a section of its command's help."""

    def __init__(self, *args: Any, section: str = "", **more: Any) -> None:  # noqa: ANN401  Click's own arguments
        """Keep the section; the rest is Click's."""
        super().__init__(*args, **more)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help lists its options in sections, those without one last."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections in the order in which the options were declared."""
        found: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                found.setdefault(getattr(param, "section", ""), []).append(record)
        for title, records in _without_last(found):
            with formatter.section(title or "Options"):
                formatter.write_dl(records)


def _without_last(found: dict[str, list[tuple[str, str]]]) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    """Return the sections, the one without a title last."""
    return sorted(found.items(), key=lambda pair: not pair[0])
