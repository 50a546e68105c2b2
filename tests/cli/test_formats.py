"""Inputs that are no text files, and inputs that hold several articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from sayso.export.reading_json import load_schema
from tests.ingest.mails import LEAD, SECOND, make_mail, make_mhtml
from tests.ingest.packages import make_docx, paragraph, run
from tests.ingest.pdfs import Put, Sheet, make_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Sayso = Callable[..., Result]

PAGE = f"<article><h1>Ferry</h1><p>{LEAD}</p><p>{SECOND}</p></article>".encode()
FILES = {
    "a.docx": make_docx(paragraph(run(LEAD))),
    "b.eml": make_mail(LEAD).as_bytes(),
    "c.mhtml": make_mhtml(PAGE),
    "d.pdf": make_pdf([Sheet(puts=[Put(50, 100, LEAD[:60]), Put(50, 112, LEAD[60:])])]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each format, and a digest of two mails."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    digest = make_mail("Two mails.", inner=(make_mail(LEAD), make_mail(SECOND)))
    (folder / "e.eml").write_bytes(digest.as_bytes())
    return folder


def test_every_format_in_a_folder_is_read(sayso: Sayso, folder: Path) -> None:
    result = sayso("read", "--json", str(folder))
    assert result.exit_code == 0, result.stderr
    readings = [json.loads(line) for line in result.stdout.splitlines()]
    assert [reading["document"]["format"] for reading in readings] == ["docx", "mail", "mhtml", "pdf", "mail", "mail"]
    assert [reading["document"]["name"][-7:] for reading in readings[-2:]] == ["e.eml#1", "e.eml#2"]
    for reading in readings:
        jsonschema.validate(reading, load_schema())


def test_readings_of_one_file_have_numbered_names_that_do_not_collide(
    sayso: Sayso, folder: Path, tmp_path: Path
) -> None:
    (folder / "e-2.txt").write_text(LEAD, encoding="utf-8")
    out = tmp_path / "out"
    result = sayso("read", "--json", "--out", str(out), str(folder))
    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in out.iterdir()) == [
        "a.json", "b.json", "c.json", "d.json", "e-2.json", "e-3.json", "e.json",
    ]  # fmt: skip
    assert "holds several articles; the second is written as e-3.json" in result.stderr
    assert json.loads((out / "e-3.json").read_text("utf-8"))["document"]["name"].endswith("e.eml#2")


def test_a_scan_and_a_damaged_file_are_reported_and_the_rest_go_on(sayso: Sayso, folder: Path) -> None:
    (folder / "f.pdf").write_bytes(make_pdf([Sheet(has_picture=True)]))
    (folder / "g.docx").write_bytes(FILES["a.docx"][:300])
    result = sayso("read", "--json", str(folder))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 6
    assert "f.pdf: scanned: no text layer" in result.stderr
    assert "g.docx: this package is damaged" in result.stderr
    assert "Traceback" not in result.stderr
