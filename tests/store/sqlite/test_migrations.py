"""Older cases are brought up to date: a copy first, forward only, whole or not at all."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.errors import CaseError, UnwritableCase
from sayso.records import ClaimOrder, Filter, LogKind
from sayso.store.sqlite import create_case, migrations, open_case
from sayso.store.sqlite import store as store_module
from sayso.store.sqlite.connection import Place
from tests.cases import AT, add_readings
from tests.readings import small_reading

if TYPE_CHECKING:
    from pathlib import Path

FIRST = migrations.load_schema()
SECOND = (*FIRST, "CREATE TABLE notes (words TEXT) STRICT;\nINSERT INTO notes VALUES ('new');\n")
BROKEN = (*FIRST, "CREATE TABLE notes (words TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a case of the oldest schema."""
    path = tmp_path / "case.sayso"
    store = create_case(path, name="Harbour", at=AT)
    add_readings(store, small_reading())
    store.close()
    return path


def use(monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...]) -> None:
    for module in (migrations, store_module):
        monkeypatch.setattr(module, "load_schema", lambda: steps)


def test_an_older_case_is_brought_up_to_date_with_a_copy_beside_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, SECOND)
    with closing(open_case(old)) as store, store.view() as view:
        assert view.get_info().schema == 2
        assert len(view.list_claims(Filter(), ClaimOrder.ADDED, limit=5).rows) == 2
        entry = list(view.iter_log())[-1]
        assert (entry.kind, entry.subject) == (LogKind.MIGRATION, "schema-2")
        assert dict(view.iter_digests(LogKind.MIGRATION)) == {"schema-2": entry.digest}
    copy = old.with_name("case.sayso.backup-1")
    assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0
    assert sorted(each.name for each in old.parent.iterdir()) == ["case.sayso", "case.sayso.backup-1"]
    use(monkeypatch, FIRST)
    with closing(open_case(copy)) as store, store.view() as view:
        assert view.get_info().n_documents == 1
    with pytest.raises(CaseError):
        open_case(old)


def test_a_migration_that_breaks_off_leaves_the_case_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BROKEN)
    with pytest.raises(CaseError):
        open_case(old)
    use(monkeypatch, FIRST)
    with closing(open_case(old)) as store, store.view() as view:
        assert view.get_info().schema == 1
        assert len(list(view.iter_log())) == 4
    use(monkeypatch, SECOND)
    open_case(old).close()


def test_a_copy_that_is_there_already_stays(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = old.with_name("case.sayso.backup-1")
    copy.write_bytes(b"older")
    use(monkeypatch, SECOND)
    open_case(old).close()
    assert copy.read_bytes() == b"older"


def test_an_older_case_that_cannot_be_written_says_so(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, SECOND)
    place = Place(old, "mode=ro&immutable=1")
    monkeypatch.setattr(store_module, "open_place", lambda _path, _passphrase: (place, place.connect()))
    with pytest.raises(UnwritableCase):
        open_case(old)


def test_two_who_migrate_at_once_do_it_once(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, SECOND)
    place = Place(old)
    with closing(place.connect()) as late:
        version = migrations.check_schema(late, place)
        open_case(old).close()
        migrations.migrate(late, place, version, at=AT)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 1
