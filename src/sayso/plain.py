"""Records as plain data, and back: for what keeps or sends records and knows nothing of Sayso.

Plain data are dicts, lists, strings, numbers, booleans and None, so that JSON, msgpack and their like can write them.
Every field is in them, nothing is renamed, and `from_plain` gives back an equal record. They are for the same version
of Sayso at both ends; what is promised across versions is the shape of `reading_json`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sayso import errors, records

R = TypeVar("R")
Restorer = Callable[[Any], Any]

PLAIN = frozenset({str, int, float, bool, type(None)})


def to_plain(record: Any) -> Any:  # noqa: ANN401  plain data
    """Return a record, or a value of one, as plain data."""
    kind: Any = type(record)
    if kind in PLAIN:
        return record
    if kind is tuple or isinstance(record, tuple | list):
        values: Any = record
        return [to_plain(value) for value in values]
    if isinstance(record, StrEnum):
        return record.value
    names = _get_names(kind)
    return record if names is None else {name: to_plain(getattr(record, name)) for name in names}


def name_fields(record: Any) -> dict[str, Any]:  # noqa: ANN401  the same
    """Return the fields of a record by name, each as it is: for writers of JSON that ask for what they do not know.

    Raises:
        TypeError: It is no record.
    """
    kind: Any = type(record)
    names = _get_names(kind)
    if names is None:
        raise TypeError(kind)
    return {name: getattr(record, name) for name in names}


def from_plain(kind: type[R], data: Any) -> R:  # noqa: ANN401  plain data
    """Return the record that `to_plain` made these data of. A part of them may be a record already.

    Raises:
        DamagedRecord: The data are not those of such a record.
    """
    its: Any = kind
    try:
        made: R = _find_restorer(its)(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise errors.DamagedRecord(kind.__name__) from error
    return made


@cache
def _get_names(kind: Any) -> tuple[str, ...] | None:  # noqa: ANN401  a record's class
    """Return the names of a record's fields; None for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


@cache
def _get_types(kind: Any) -> dict[str, Any]:  # noqa: ANN401  a record's class
    """Return the type of each field of a record."""
    return get_type_hints(kind, {**vars(records), "Problem": errors.Problem})


@cache
def _find_restorers(kind: Any) -> dict[str, Restorer]:  # noqa: ANN401  a record's class
    """Return what gives back the value of each field of a record."""
    return {name: _find_restorer(its) for name, its in _get_types(kind).items()}


@cache
def _find_restorer(kind: Any) -> Restorer:  # noqa: ANN401  any type of a record's field
    """Return what gives back the value of a type that data stand for: found once, for there are very many values."""
    if get_origin(kind) in {UnionType, Union}:
        inner = _find_restorer(next(choice for choice in get_args(kind) if choice is not type(None)))
        return lambda data: None if data is None else inner(data)
    if get_origin(kind) is tuple:
        return _find_tuple_restorer(get_args(kind))
    if hasattr(kind, "__dataclass_fields__"):
        return partial(_restore_record, kind)
    return partial(_restore_value, kind, issubclass(kind, StrEnum))


def _find_tuple_restorer(kinds: tuple[Any, ...]) -> Restorer:
    """Return what gives back tuples of values of these types."""
    if kinds[-1] is Ellipsis:
        every = _find_restorer(kinds[0])
        return lambda data: tuple(map(every, data))
    inner = [_find_restorer(kind) for kind in kinds]
    return lambda data: tuple(restore(value) for restore, value in zip(inner, data, strict=True))


def _restore_record(kind: Any, data: Any) -> Any:  # noqa: ANN401  plain data
    if isinstance(data, kind):
        return data
    restorers = _find_restorers(kind)
    return kind(**{name: restorers[name](value) for name, value in data.items()})


def _restore_value(kind: Any, is_named: bool, data: Any) -> Any:  # noqa: ANN401, FBT001  plain data
    if is_named or (kind is float and type(data) is int):
        return kind(data)
    if type(data) is not kind:
        raise TypeError(kind)
    return data
