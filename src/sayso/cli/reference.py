"""``python -m sayso.cli.reference docs/``: brings the generated parts of the reference pages up to date.

A generated part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``; the rest of a page is written by
hand. A test fails when a part is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli import main as sayso
from sayso.export.list_json import load_list_schema
from sayso.export.reading_json import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What stands before a shape's name, and the schema that has it.
SCHEMAS: Final[dict[str, Callable[[], dict[str, Any]]]] = {"shape": load_schema, "list": load_list_schema}
PAGES: Final = ("cli.md", "lists-json.md", "reading-json.md")
PART: Final = re.compile(r"(<!-- generated: (?P<name>[\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
WIDTH: Final = 100


def refresh(page: str) -> str:
    """Return the page with its generated parts as they should be now."""
    return PART.sub(lambda found: f"{found[1]}\n{_write_part(found['name'])}\n{found[3]}", page)


def _write_part(name: str) -> str:
    kind, _, rest = name.partition(" ")
    return _show_help(rest) if kind == "help" else _show_shape(SCHEMAS[kind](), rest)


def _show_help(command: str) -> str:
    """Return the help text of a command, as a terminal shows it."""
    path = f"sayso {command}".split()
    found: click.Command = sayso
    context = click.Context(sayso, info_name="sayso", terminal_width=WIDTH, **sayso.context_settings)
    for step in path[1:]:
        if isinstance(found, click.Group):
            found = found.commands[step]
            context = click.Context(found, info_name=step, parent=context, terminal_width=WIDTH)
    return f"```text\n$ {' '.join(path)} --help\n{found.get_help(context)}\n```\n"


def _show_shape(schema: dict[str, Any], name: str) -> str:
    """Return the fields of one object of a schema as a table."""
    shape = schema if name == "line" else schema["$defs"][name]
    rows = ["| field | value | meaning |", "|---|---|---|"]
    rows += [" | ".join(("", *cells, "")).strip() for cells in _list_fields(schema, shape, "")]
    return "\n".join(rows) + "\n"


def _list_fields(schema: dict[str, Any], shape: dict[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, rule in shape["properties"].items():
        described = rule.get("description") or schema["$defs"][_target(rule)]["description"]
        yield f"`{prefix}{name}`", _say_type(rule), described.replace("|", "\\|")
        if "properties" in rule:
            yield from _list_fields(schema, rule, f"{prefix}{name}.")


def _say_type(rule: dict[str, Any]) -> str:
    """Return what a value may be, in a few words."""
    if "const" in rule or "enum" in rule:
        return " ".join(f"`{value}`" for value in rule.get("enum", [rule.get("const")]))
    if "$ref" in rule:
        return _link(_target(rule))
    if "anyOf" in rule:
        return " or ".join(_say_type(one) for one in rule["anyOf"])
    if rule["type"] == "array":
        return f"list of {_say_type(rule['items'])}"
    if rule["type"] == "number":
        return f"{rule['minimum']} to {rule['maximum']}"
    return " or ".join([rule["type"]] if isinstance(rule["type"], str) else rule["type"])


def _target(rule: dict[str, Any]) -> str:
    return str(rule["$ref"]).rpartition("/")[2]


def _link(name: str) -> str:
    return "`[start, end]`" if name == "place" else f"[{name}](#{name})"


def main(folder: str) -> None:
    """Bring every page up to date."""
    for name in PAGES:
        path = Path(folder, name)
        path.write_text(refresh(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
