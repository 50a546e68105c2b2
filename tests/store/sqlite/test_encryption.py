"""Encrypted cases: nothing can be read without the passphrase, and all is as in others with it."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.errors import CaseExists, LockedCase, MissingExtra, NotACase, SettingsError
from sayso.records import ClaimOrder, Filter
from sayso.store.sqlite import create_case, migrations, open_case
from sayso.store.sqlite import store as store_module
from tests.cases import AT, add_readings
from tests.readings import demo_reading, small_reading

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "it's a “long” pässphrase"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an encrypted case."""
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    made = tmp_path / "case.sayso"
    with closing(create_case(made, name="Harbour", at=AT, passphrase=WORDS)) as store:
        add_readings(store, small_reading(), demo_reading())
        for each in tmp_path.iterdir():
            if not each.name.endswith("-shm"):
                assert b"harbour" not in each.read_bytes().lower()
                assert b"SQLite" not in each.read_bytes()
    return made


def test_with_the_passphrase_all_is_there(path: Path) -> None:
    with closing(open_case(path, passphrase=WORDS)) as store:
        with store.view() as view:
            assert view.get_info().is_encrypted
            assert view.list_claims(Filter(text="harbour"), ClaimOrder.PUBLISHED, limit=5).total == 1
            assert not list(view.iter_damage())
        with store.write() as writer:
            writer.purge(small_reading().document.id, at=AT)


@pytest.mark.parametrize("passphrase", [None, "wrong", WORDS.upper()])
def test_without_it_the_case_is_locked(path: Path, passphrase: str | None, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LockedCase) as caught:
        open_case(path, passphrase=passphrase)
    assert WORDS not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("passphrase", ["", "a\0b", "a\nb"])
def test_a_passphrase_that_nobody_can_type_is_refused(tmp_path: Path, passphrase: str) -> None:
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    with pytest.raises(SettingsError):
        create_case(tmp_path / "case.sayso", name="x", at=AT, passphrase=passphrase)
    assert not list(tmp_path.iterdir())


def test_a_passphrase_for_what_needs_none_is_not_looked_at(tmp_path: Path) -> None:
    made = tmp_path / "case.sayso"
    create_case(made, name="open", at=AT).close()
    with closing(open_case(made, passphrase="any")) as store, store.view() as view:  # noqa: S106  nothing secret
        assert not view.get_info().is_encrypted


def test_what_is_no_case_is_none_with_a_passphrase_either(tmp_path: Path) -> None:
    (tmp_path / "case.sayso").write_bytes(b"%PDF" + bytes(4_092))
    with pytest.raises(NotACase):
        open_case(tmp_path / "case.sayso", passphrase=WORDS)


def test_without_the_package_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(MissingExtra):
        create_case(tmp_path / "case.sayso", name="x", at=AT, passphrase=WORDS)
    assert not list(tmp_path.iterdir())
    (tmp_path / "locked.sayso").write_bytes(b"\x8f" * 4_096)
    with pytest.raises(MissingExtra):
        open_case(tmp_path / "locked.sayso", passphrase=WORDS)


def test_the_copy_that_a_migration_makes_is_encrypted_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*migrations.load_schema(), "CREATE TABLE notes (words TEXT) STRICT;\n")
    for module in (migrations, store_module):
        monkeypatch.setattr(module, "load_schema", lambda: steps)
    open_case(path, passphrase=WORDS).close()
    copy = path.with_name("case.sayso.backup-1")
    assert not copy.read_bytes().startswith(b"SQLite")
    monkeypatch.undo()
    with closing(open_case(copy, passphrase=WORDS)) as store, store.view() as view:
        assert view.get_info().n_documents == 2


def test_nothing_is_made_over_what_is_there(path: Path) -> None:
    with pytest.raises(CaseExists):
        create_case(path, name="x", at=AT, passphrase=WORDS)
