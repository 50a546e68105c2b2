"""What the docs promise to cover, they cover."""

from __future__ import annotations

import inspect
import re
import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

from sayso import errors, records
from sayso.bench.commands import bench

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
ENUMS = [e for _, e in inspect.getmembers(records, inspect.isclass) if issubclass(e, StrEnum) and e is not StrEnum]
ERRORS = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, Exception)]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_the_glossary_explains_every_value(enum: type[StrEnum]) -> None:
    glossary = read("docs/architecture/glossary.md")
    missing = [member.value for member in enum if f"`{member.value}`" not in glossary]
    assert not missing


def test_every_word_of_the_glossary_says_what_to_avoid() -> None:
    things = read("docs/architecture/glossary.md").split("## Things")[1].split("## Values")[0]
    entries = re.split(r"\n(?=\*\*)", things.strip())
    assert entries
    without = [entry.split("\n")[0] for entry in entries if "*Avoid*:" not in entry]
    assert not without


@pytest.mark.parametrize(
    "noun",
    [
        "Document",
        "Span",
        "Source",
        "Attribution",
        "Relation",
        "Reading",
        "Run",
        "Problem",
        "Assertion",
        "Time",
        "Quantity",
        "Place",
        "Factuality",
        "Capture",
        "Judgement",
        "Feed",
        "Refusal",
    ],
)
def test_every_noun_is_in_the_glossary(noun: str) -> None:
    assert f"**{noun}.**" in read("docs/architecture/glossary.md")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_is_described(error: type[Exception]) -> None:
    assert f"`{error.__name__}`" in read("docs/architecture/README.md")


@pytest.mark.parametrize("command", bench.commands)
def test_every_measure_is_described(command: str) -> None:
    assert f"python -m sayso.bench {command}" in read("docs/measures.md")


def test_every_room_is_described() -> None:
    folder = ROOT / "src/sayso"
    rooms = [path.stem for path in folder.iterdir() if path.name[0] not in "_." and path.suffix in {"", ".py"}]
    assert len(rooms) > 10
    assert not [room for room in rooms if f"`{room}`" not in read("docs/architecture/README.md")]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_it_beat_and_when_to_look_again(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == ["Context", "Decision", "What it beat", "Revisit when"]


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    index = read("docs/decisions/README.md")
    assert not [path.name for path in DECISIONS if f"({path.name})" not in index]


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    dead = [target for target in targets if not (path.parent / target).exists()]
    assert not dead


@pytest.mark.parametrize("command", ["sayso read", "sayso.read", "make demo", "make bench"])
def test_the_readme_shows_how_to_begin(command: str) -> None:
    assert command in read("README.md")


def test_a_change_that_users_notice_is_announced() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert fragments or f"## {version}" in read("CHANGELOG.md")


def test_the_licence_is_whole_and_the_notice_names_what_needs_naming() -> None:
    assert "Apache License" in read("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in read("LICENSE")
    notice = read("NOTICE")
    assert "all-MiniLM-L6-v2" in notice
    assert "tld" in notice
