"""Sources of which it could not be told who they are: a pronoun is nobody's name, and one "it" is not another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Naming

if TYPE_CHECKING:
    from sayso.records import Source


def name_source(source: Source) -> str:
    """Return by what to call a source; one that was not resolved as such: “it” (not resolved)."""
    return source.name if source.unresolved is None else f"“{source.name}” (not resolved)"


def find_naming(source: Source) -> Naming:
    """Return whether a reader could tell who a source is; one that was not resolved is vague."""
    return source.naming if source.unresolved is None else Naming.VAGUE
