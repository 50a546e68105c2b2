"""Where a case lies."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import MissingCase, SeveralCases

ENDING = ".sayso"


def find_case(given: str | None, *, folder: Path | None = None) -> Path:
    """Return the path of the case that is meant: the one that was given, else the only one in the folder.

    Args:
        given: A path, with or without its ending; None if none was given.
        folder: None for the working folder.

    Raises:
        MissingCase: There is none.
        SeveralCases: The folder holds several.
    """
    if given:
        path = Path(given)
        named = name_case(given)
        if path.is_file() or not named.is_file():
            return path
        return named
    where = folder or Path.cwd()
    found = sorted(path.name for path in where.glob(f"*{ENDING}") if path.is_file())
    if not found:
        raise MissingCase(str(where))
    if len(found) > 1:
        raise SeveralCases(str(where), tuple(found))
    return where / found[0]


def name_case(name: str) -> Path:
    """Return the path of a case of this name: with the ending, if it has none.

    Raises:
        MissingCase: It names a folder, or nothing.
    """
    path = Path(name)
    if not path.name:
        raise MissingCase(name or ".")
    return path if path.suffix == ENDING else path.with_name(path.name + ENDING)
