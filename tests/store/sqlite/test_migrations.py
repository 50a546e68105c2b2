"""Older cases are brought up to date: a copy first, forward only, whole or not at all."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import CaseError, UnwritableCase
from sayso.records import ClaimOrder, Filter, LogKind
from sayso.store.sqlite import create_case, migrations, open_case
from sayso.store.sqlite import store as store_module
from sayso.store.sqlite.connection import Place
from tests.cases import AT, add_readings, capture_of, judge
from tests.findings import draw_lines, find_single
from tests.readings import small_reading

if TYPE_CHECKING:
    from pathlib import Path

NOW = migrations.load_schema()
NEXT = (*NOW, "CREATE TABLE notes (words TEXT) STRICT;\nINSERT INTO notes VALUES ('new');\n")
BROKEN = (*NOW, "CREATE TABLE notes (words TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a case of the schema before the next."""
    path = tmp_path / "case.sayso"
    store = create_case(path, name="Harbour", at=AT)
    add_readings(store, small_reading())
    store.close()
    return path


def use(monkeypatch: pytest.MonkeyPatch, steps: tuple[str, ...]) -> None:
    for module in (migrations, store_module):
        monkeypatch.setattr(module, "load_schema", lambda: steps)


def test_an_older_case_is_brought_up_to_date_with_a_copy_beside_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, NEXT)
    with closing(open_case(old)) as store, store.view() as view:
        assert view.get_info().schema == len(NEXT)
        assert len(view.list_claims(Filter(), ClaimOrder.ADDED, limit=5).rows) == 2
        entry = list(view.iter_log())[-1]
        assert (entry.kind, entry.subject) == (LogKind.MIGRATION, f"schema-{len(NEXT)}")
        assert dict(view.iter_digests(LogKind.MIGRATION)) == {f"schema-{len(NEXT)}": entry.digest}
    copy = old.with_name(f"case.sayso.backup-{len(NOW)}")
    assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0
    assert sorted(each.name for each in old.parent.iterdir()) == ["case.sayso", copy.name]
    use(monkeypatch, NOW)
    with closing(open_case(copy)) as store, store.view() as view:
        assert view.get_info().n_documents == 1
    with pytest.raises(CaseError):
        open_case(old)


def test_a_migration_that_breaks_off_leaves_the_case_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BROKEN)
    with pytest.raises(CaseError):
        open_case(old)
    use(monkeypatch, NOW)
    with closing(open_case(old)) as store, store.view() as view:
        assert view.get_info().schema == len(NOW)
        assert len(list(view.iter_log())) == 4
    use(monkeypatch, NEXT)
    open_case(old).close()


def test_a_copy_that_is_there_already_stays(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = old.with_name(f"case.sayso.backup-{len(NOW)}")
    copy.write_bytes(b"older")
    use(monkeypatch, NEXT)
    open_case(old).close()
    assert copy.read_bytes() == b"older"


def test_an_older_case_that_cannot_be_written_says_so(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, NEXT)
    place = Place(old, "mode=ro&immutable=1")
    monkeypatch.setattr(store_module, "open_place", lambda _path, _passphrase: (place, place.connect()))
    with pytest.raises(UnwritableCase):
        open_case(old)


def test_two_who_migrate_at_once_do_it_once(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, NEXT)
    place = Place(old)
    with closing(place.connect()) as late:
        version = migrations.check_schema(late, place)
        open_case(old).close()
        migrations.migrate(late, place, version, at=AT)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone()[0] == 1


def make_older(path: Path, number: int) -> None:
    """Make a case what it was at a schema: what later ones made is taken out, and what they removed is put in."""
    older, newer = (migrations._expect_schema(steps) for steps in (NOW[:number], NOW))  # what there is
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for kind, name, _ in sorted(newer - older, key=lambda one: one[0] != "view"):
            if not name.startswith("sqlite_"):
                connection.execute(f"DROP {kind} IF EXISTS {name}")
        for _, _, sql in older - newer:
            connection.execute(sql)
        connection.execute(f"PRAGMA user_version = {number}")


def test_of_a_case_of_the_first_schema_all_that_was_read_is_to_be_joined(tmp_path: Path) -> None:
    path = tmp_path / "case.sayso"
    readings = [make_reading(number) for number in range(5)]
    readings[3] = replace(readings[3], document=replace(readings[3].document, supersedes=readings[1].document.id))
    unread = small_reading().document
    captured = capture_of("unread")
    with closing(create_case(path, name="Harbour", at=AT)) as store:
        add_readings(store, *readings)
        one, other = (reading.sources[0].id for reading in readings[:2])
        made = judge("same", one, other=other)
        with store.write() as writer:
            writer.add_capture(captured, at=AT)
            writer.add_document(unread, captured.capture.id, at=AT)
            writer.add_judgement(made, at=AT)
            before = writer.list_claims(Filter(), ClaimOrder.ADDED, limit=1_000)
    make_older(path, 1)
    with closing(open_case(path)) as store:
        with store.write() as writer:
            assert writer.get_info().schema == len(NOW)
            assert writer.find_unjoined(limit=9) == [reading.document.id for reading in readings]
            assert writer.list_claims(Filter(), ClaimOrder.ADDED, limit=1_000) == before
            assert list(writer.iter_shared_judgements([one])) == [made]
            assert writer.take_claim_numbers(1) == range(1, 2)
            findings = find_single(readings[0], numbers=range(1, 1 + len(readings[0].attributions)))
            writer.take_claim_numbers(len(findings.claims))
            writer.put_findings(findings, draw_lines(findings, readings[:1]))
        with store.view() as view:
            assert list(view.iter_damage()) == []
    copy = path.with_name("case.sayso.backup-1")
    assert stat.S_IMODE(copy.stat().st_mode) & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
    # The copy of an older schema opens as the case itself did.
    with closing(open_case(copy)) as store, store.view() as view:
        assert view.count_unjoined() == len(readings)
