"""The shapes of records as JSON Schema, read off their types: what `to_plain` makes of them."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from sayso import errors, records

if TYPE_CHECKING:
    from collections.abc import Iterable

SIMPLE: Final = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
FIELD: Final = re.compile(r"^\s{8}(\w+): (.*?)(?=^\s{8}\w+: |\Z)", re.MULTILINE | re.DOTALL)


def describe_records(kinds: Iterable[type]) -> dict[str, Any]:
    """Return the schemas of records and of all that they hold, by name."""
    found: dict[str, Any] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if kind.__name__ not in found:
            met: list[type] = []
            found[kind.__name__] = _describe_record(kind, met)
            waiting.extend(met)
    return dict(sorted(found.items()))


def make_reference(kind: type) -> dict[str, Any]:
    """Return what stands for a record where another one holds it."""
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _describe_record(kind: type, met: list[type]) -> dict[str, Any]:
    hints = get_type_hints(kind, {**vars(records), "Problem": errors.Problem})
    said = {name: " ".join(words.split()) for name, words in FIELD.findall(kind.__doc__ or "")}
    properties = {}
    for field in fields(kind):
        shape = _describe_type(hints[field.name], met)
        # Beside a reference a description may stand since JSON Schema 2020-12, which OpenAPI 3.1 follows.
        properties[field.name] = shape | ({"description": said[field.name]} if field.name in said else {})
    return {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "required": list(properties),
        "properties": properties,
    }


def _describe_type(hint: Any, met: list[type]) -> dict[str, Any]:  # noqa: ANN401  a type
    if hint in SIMPLE:
        return {"type": SIMPLE[hint]}
    if get_origin(hint) in {Union, UnionType}:
        return {"anyOf": [_describe_type(one, met) for one in get_args(hint)]}
    if get_origin(hint) in {tuple, list}:
        return _describe_list(get_args(hint), met)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [one.value for one in hint]}
    if not (isinstance(hint, type) and is_dataclass(hint)):
        return {}
    met.append(hint)
    return make_reference(hint)


def _describe_list(parts: tuple[Any, ...], met: list[type]) -> dict[str, Any]:
    if not parts or Ellipsis in parts:
        return {"type": "array", "items": _describe_type(parts[0], met) if parts else {}}
    shapes = [_describe_type(one, met) for one in parts]
    return {"type": "array", "prefixItems": shapes, "minItems": len(shapes), "maxItems": len(shapes)}
