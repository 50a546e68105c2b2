"""A reporter's machine: the wheel, a bare Python, no checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "src/sayso/encoder/model"
MAX_PACKAGES = 40
# What the packages bring; and with the bytecode that pip makes of them, in binary megabytes.
MAX_BYTES = 250_000_000
MAX_BYTES_COMPILED = 250 * 2**20
# What `python -m venv` itself puts there.
BARE = {"pip", "setuptools"}
BARE_FOLDERS = {"pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth"}
HEAVY = {"spacy", "tensorflow", "textacy", "torch", "transformers"}

ARTICLE = """Ferry line to close

PORT ELLERY (Coast Wire) - The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said
on Tuesday. "We can no longer pay for it," she told The Harbour Post.

The drivers' union denied that talks had begun. A spokesman for the ministry declined to comment.
"""

LIST_PACKAGES = """
import importlib.metadata as metadata, json
print(json.dumps([
    {
        "name": found.name,
        "expression": found.metadata.get("License-Expression") or "",
        "text": (found.metadata.get("License") or "").strip().split("\\n")[0],
        "classifiers": [c for c in found.metadata.get_all("Classifier", []) if c.startswith("License ::")],
    }
    for found in metadata.distributions()
]))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("SAYSO_OFFLINE")), reason="SAYSO_OFFLINE is set: no package index"),
]


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package and what it says about its licence."""

    name: str
    expression: str
    text: str
    classifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bare:
    """An environment that holds the wheel and what it asks for."""

    folder: Path

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def sayso(self) -> Path:
        """The command, as a user starts it."""
        return self.python.with_name("sayso.exe" if os.name == "nt" else "sayso")

    def run(self, *command: str | Path, cwd: Path) -> str:
        """Return what a command prints."""
        done = subprocess.run(command, cwd=cwd, env=bare_settings(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def bare_settings() -> dict[str, str]:
    """Return the environment variables without those that would let the checkout shine through."""
    hidden = ("PYTHON", "VIRTUAL_ENV", "COV_", "COVERAGE_", "SAYSO_")
    return {key: value for key, value in os.environ.items() if not key.startswith(hidden)}


def is_free(package: Package) -> bool:
    """Return whether the licence, or one of those offered, is none of the GNU ones."""
    gnu = re.compile(r"\b[AL]?GPL|GNU .*General Public", re.IGNORECASE)
    offered = re.split(r"\s+OR\s+", package.expression) if package.expression else list(package.classifiers)
    offered = offered or [package.text]
    return any(not gnu.search(licence) for licence in offered)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Bare:
    made = Bare(tmp_path_factory.mktemp("bare") / "environment")
    made.run(sys.executable, "-m", "venv", made.folder, cwd=wheel.parent)
    made.run(made.python, "-m", "pip", "install", "--quiet", wheel, cwd=wheel.parent)
    return made


@pytest.fixture(scope="module")
def packages(bare: Bare) -> list[Package]:
    listed = json.loads(bare.run(bare.python, "-c", LIST_PACKAGES, cwd=bare.folder))
    found = [Package(**{**entry, "classifiers": tuple(entry["classifiers"])}) for entry in listed]
    return [package for package in found if package.name.lower() not in BARE]


def test_one_wheel_for_every_system(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_carries_the_model_the_types_and_the_licence(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert "sayso/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith("licenses/NOTICE") for name in inside)
    data = [path for path in (ROOT / "src/sayso").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    missing = {path.relative_to(ROOT / "src").as_posix() for path in data} - inside
    assert not missing
    assert any(path.suffix == ".onnx" for path in MODEL.iterdir())


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sayso"}


def test_the_command_tells_its_version(bare: Bare, tmp_path: Path) -> None:
    assert re.search(r"\d+\.\d+\.\d+", bare.run(bare.sayso, "--version", cwd=tmp_path))


def test_an_article_is_read_from_another_folder(bare: Bare, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    printed = bare.run(bare.sayso, "read", "ferry.txt", cwd=tmp_path)
    assert "Ida Marlow" in printed
    reading = json.loads(bare.run(bare.sayso, "read", "--json", "ferry.txt", cwd=tmp_path))
    assert reading["attributions"]


def test_python_reads_too(bare: Bare, tmp_path: Path) -> None:
    program = "import sayso, sys; print(len(sayso.read(sys.argv[1]).attributions))"
    assert int(bare.run(bare.python, "-c", program, ARTICLE, cwd=tmp_path)) > 0


def test_few_packages_are_installed(packages: list[Package]) -> None:
    names = sorted(package.name for package in packages)
    assert len(names) <= MAX_PACKAGES, names


def test_no_training_library_is_installed(packages: list[Package]) -> None:
    assert not {package.name.lower() for package in packages} & HEAVY


def test_the_installation_is_small(bare: Bare) -> None:
    (site,) = bare.folder.rglob("site-packages")
    sizes: dict[str, int] = {}
    compiled = 0
    for path in site.rglob("*"):
        top = path.relative_to(site).parts[0]
        if path.is_file() and top not in BARE_FOLDERS and not top.startswith(("pip-", "setuptools-")):
            size = path.stat().st_size
            if path.suffix == ".pyc":
                compiled += size
            else:
                sizes[top] = sizes.get(top, 0) + size
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:12]
    brought = sum(sizes.values())
    assert brought <= MAX_BYTES, (brought, largest)
    assert brought + compiled <= MAX_BYTES_COMPILED, (brought, compiled, largest)


def test_every_licence_leaves_the_user_free(packages: list[Package]) -> None:
    assert not [package for package in packages if not is_free(package)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("MIT AND LGPL-2.1-only", False),
    ],
)
def test_licences_are_told_apart(expression: str, *, expected: bool) -> None:
    assert is_free(Package(name="some", expression=expression, text="", classifiers=())) is expected
