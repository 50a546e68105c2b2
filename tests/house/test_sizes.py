"""Modules, functions and names stay within the limits of the house."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_ARGUMENTS = 7
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "handler"}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def find_modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


ALL = find_modules("src", "tests", "training")
CODE = find_modules("src", "training")


def count_lines(source: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the function's lines, its docstring and blank lines left out."""
    end = node.end_lineno or node.lineno
    skipped: set[int] = set()
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        skipped.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    lines = source.splitlines()
    return sum(1 for number in range(node.lineno, end + 1) if number not in skipped and lines[number - 1].strip())


def find_functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS)]


def test_there_is_something_to_check() -> None:
    assert any(name_of(path) == "src/sayso/records/document.py" for path in CODE)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{name_of(path)} has no docstring"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_MODULE_LINES, f"{name_of(path)} has {lines} lines: make two rooms of it"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    too_long = {
        f"{name_of(path)}:{node.lineno} {node.name}": lines
        for node in find_functions(source)
        if (lines := count_lines(source, node)) > MAX_FUNCTION_LINES
    }
    assert not too_long


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_functions_take_few_arguments(path: Path) -> None:
    many = {}
    for node in find_functions(path.read_text(encoding="utf-8")):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        count = len([arg for arg in given if arg.arg not in {"self", "cls"}])
        if count > MAX_ARGUMENTS:
            many[f"{name_of(path)}:{node.lineno} {node.name}"] = count
    assert not many


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_no_module_is_a_drawer_for_odds_and_ends(path: Path) -> None:
    assert path.stem.strip("_") not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", find_modules("src"), ids=name_of)
def test_a_rule_is_switched_off_by_its_code(path: Path) -> None:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    bare = [
        f"{name_of(path)}:{token.start[0]}"
        for token in tokens
        if token.type == tokenize.COMMENT and token.string.strip() in {"# noqa", "# type: ignore"}
    ]
    assert not bare
