"""The file of a case: who may read it, what is refused, what is left of what was purged, what others see in it."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import (
    BusyCase,
    CaseError,
    CaseExists,
    DamagedCase,
    MissingCase,
    NewerCase,
    NotACase,
    SaysoError,
    UnwritableCase,
)
from sayso.records import ArticleOrder, ClaimOrder, Filter, LogKind, SourceOrder
from sayso.store.sqlite import create_case, migrations, open_case
from sayso.store.sqlite import store as store_module
from sayso.store.sqlite.connection import Place, open_place, translated
from tests.cases import AT, add_readings, judge
from tests.findings import draw_lines, find_story
from tests.readings import Builder, claimed_reading, demo_reading, small_reading

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.store.sqlite import SqliteStore

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="file modes of POSIX")
EVERY = Filter()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.sayso"


@pytest.fixture
def store(path: Path) -> SqliteStore:
    made = create_case(path, name="Harbour", at=AT)
    readings = (small_reading(), claimed_reading(), demo_reading())
    add_readings(made, *readings)
    with made.write() as writer:
        told = [[(reading, reading.attributions[row]) for reading in readings[::2]] for row in (0, 1)]
        findings = find_story(readings, *told, numbers=writer.take_claim_numbers(2))
        writer.put_findings(findings, draw_lines(findings, readings))
        writer.hold("words", {b"a": b"1", b"b": b"2" * 3_000})
        writer.note_joined(readings[0].document.id)
    return made


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix_only
def test_the_file_and_all_beside_it_are_for_their_owner_alone(store: SqliteStore, path: Path) -> None:
    old = os.umask(0)
    try:
        with store.write() as writer:
            writer.purge(small_reading().document.id, at=AT)
        add_readings(store, small_reading())
        names = {each.name: mode(each) for each in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert set(names) == {"case.sayso", "case.sayso-wal", "case.sayso-shm"}
    assert set(names.values()) == {0o600}
    store.close()
    assert [each.name for each in path.parent.iterdir()] == ["case.sayso"]


def test_a_case_can_be_opened_again(store: SqliteStore, path: Path) -> None:
    store.close()
    again = open_case(path)
    with again.view() as view:
        assert view.get_info().n_documents == 3
        assert view.get_info().schema == len(migrations.load_schema())
    again.close()


def test_nothing_is_made_over_what_is_there(path: Path) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(CaseExists):
        create_case(path, name="x", at=AT)
    assert path.read_bytes() == b"mine"


def test_a_case_that_cannot_be_made_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "load_schema", lambda: ("CREATE TABLE broken (;",))
    with pytest.raises(CaseError):
        create_case(path, name="x", at=AT)
    assert not path.exists()
    with pytest.raises(UnwritableCase):
        create_case(path.parent / "nowhere" / "case.sayso", name="x", at=AT)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 ...", b"PK\x03\x04", b"<html>", b"only words", b"\x00" * 200], ids=repr
)
def test_what_is_no_case_is_told_so(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(NotACase):
        open_case(path)
    assert path.read_bytes() == data


def test_another_program_s_file_is_no_case_and_a_folder_is_none(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
    with pytest.raises(NotACase):
        open_case(path)
    with pytest.raises(NotACase):
        open_case(path.parent)
    with pytest.raises(MissingCase):
        open_case(path.parent / "none.sayso")
    with pytest.raises(SaysoError):
        open_case(path.parent / "nul\0.sayso")


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_newer_case_is_left_alone(store: SqliteStore, path: Path) -> None:
    store.close()
    spoil(path, "PRAGMA user_version = 99")
    with pytest.raises(NewerCase) as caught:
        open_case(path)
    assert (caught.value.found, caught.value.known) == (99, len(migrations.load_schema()))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON log BEGIN DELETE FROM log; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (x)",
        "DROP VIEW claims",
        "PRAGMA user_version = 0",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(store: SqliteStore, path: Path, statement: str) -> None:
    store.close()
    spoil(path, statement)
    with pytest.raises(DamagedCase):
        open_case(path)


def test_what_analyze_leaves_is_no_damage(store: SqliteStore, path: Path) -> None:
    store.close()
    spoil(path, "ANALYZE")
    open_case(path).close()


def use_all(path: Path) -> None:
    """Open a case and read all of it."""
    store = open_case(path)
    try:
        with store.view() as view:
            view.get_info()
            for doc in view.iter_documents():
                list(view.iter_readings(doc.id))
            for capture in view.iter_captures():
                view.get_warc(capture.id)
            list(view.iter_log())
            list(view.iter_damage())
            for kind in LogKind:
                list(view.iter_digests(kind))
            asked = Filter(outlet="a", party="a", place="o", since="2000")
            view.list_claims(asked, ClaimOrder.SOURCE, limit=50)
            view.list_claims(EVERY, ClaimOrder.OUTLET, limit=50)
            view.list_articles(EVERY, ArticleOrder.OUTLET, limit=50)
            view.list_sources(EVERY, SourceOrder.NAME, limit=50)
            view.search(Filter(text="the"), limit=50)
            list(view.iter_judgements())
            list(view.iter_feeds())
            list(view.iter_held("words"))
            view.find_held("words", [b"a", b"b"])
            for story in view.list_stories(EVERY, limit=50).rows:
                view.find_findings(story.id)
            view.find_claim(1)
            view.find_unjoined(limit=50)
            list(view.iter_shared_judgements([small_reading().attributions[0].id]))
    finally:
        store.close()


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_case_that_is_cut_off_is_damaged(store: SqliteStore, path: Path, share: float) -> None:
    store.close()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CaseError):
        use_all(path)


def test_whatever_bytes_change_only_our_errors_come_out(store: SqliteStore, path: Path) -> None:
    store.close()
    whole = path.read_bytes()
    dice = random.Random(3)  # noqa: S311  nothing secret
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 10, 300))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        try:
            use_all(path)
        except SaysoError:
            continue


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET outlet = NULL, published = x'ff'",
        "UPDATE document_records SET record = '{}'",
        "UPDATE readings SET data = x'00'",
        "UPDATE claim_rows SET via = '{', stance = 'shouts'",
        "UPDATE kept_captures SET record = '[[['",
        "UPDATE columns SET data = x'00'",
        "UPDATE columns SET data = randomblob(length(data))",
        "UPDATE log SET kind = 'nonsense'",
        "DELETE FROM texts",
        "DELETE FROM serial",
    ],
)
def test_records_that_are_none_are_damage(store: SqliteStore, path: Path, statement: str) -> None:
    store.close()
    try:
        spoil(path, statement)
    except sqlite3.IntegrityError:
        pytest.skip("SQLite itself refuses it")
    try:
        use_all(path)
    except SaysoError:
        return
    with closing(open_case(path)) as again, again.view() as view:
        assert list(view.iter_damage()) or "meta" in statement, statement


def test_a_changed_text_changes_its_digest(store: SqliteStore, path: Path) -> None:
    with store.view() as view:
        before = dict(view.iter_digests(LogKind.DOCUMENT))
        captures = dict(view.iter_digests(LogKind.CAPTURE))
    store.close()
    spoil(
        path,
        "UPDATE texts SET text = replace(text, 'harbour', 'airport')",
        "UPDATE warcs SET data = cast(data || x'00' AS BLOB)",
    )
    with closing(open_case(path)) as again, again.view() as view:
        after = dict(view.iter_digests(LogKind.DOCUMENT))
        assert {name for name in before if before[name] != after[name]} == {small_reading().document.id}
        assert not captures.items() & dict(view.iter_digests(LogKind.CAPTURE)).items()


# Purging.


def test_no_byte_of_what_was_purged_is_left(path: Path) -> None:
    store = create_case(path, name="Harbour", at=AT)
    word = "Zyzzomantic"
    make = Builder(f"The {word} ferry left {word}burg at noon, {word} Terric said.", outlet=f"{word} Times")
    make.source("a", f"{word} Terric", "person")
    make.row("a", "a", "said", f"The {word} ferry left {word}burg at noon", said_by=f"{word} Terric")
    reading = make.build()
    others = [make_reading(number) for number in range(60)]
    add_readings(store, *others[:30])
    add_readings(store, reading)
    add_readings(store, *others[30:])
    with store.view() as view:
        row = view.list_claims(Filter(text=word), ClaimOrder.ADDED, limit=1).rows[0]
    with store.write() as writer:
        told = [(reading, reading.attributions[0]), (others[0], others[0].attributions[0])]
        findings = find_story([reading, others[0]], told, numbers=writer.take_claim_numbers(1))
        writer.put_findings(findings, draw_lines(findings, [reading, others[0]]))
        # A story that it left quotes it still.
        left = find_story([others[1], reading], told[:1], numbers=writer.take_claim_numbers(1))
        writer.put_findings(left, draw_lines(left, [others[1], reading]))
        writer.put_findings(findings, draw_lines(findings, [reading, others[0]]))
        writer.add_judgement(judge("same", row.id, other=others[0].attributions[0].id), at=AT)
    with store.write() as writer:
        accept = judge("correct", row.id, document=row.document, changes={"source_name": f"{word} Sandel"})
        writer.add_judgement(accept, at=AT)
    assert word.encode() in path.with_name("case.sayso-wal").read_bytes() + path.read_bytes()
    with store.write() as writer:
        writer.purge(reading.document.id, at=AT)
    for each in path.parent.iterdir():
        held = each.read_bytes()
        for form in (word, word.lower(), reading.document.text, row.content[5:]):
            assert form.encode() not in held, (each.name, form)
        assert word.encode("utf-16-le") not in held
    store.close()


def test_a_purge_while_another_reads_says_that_traces_are_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "Place", lambda where, **_: Place(where, wait_s=0.1))
    store = create_case(path, name="Harbour", at=AT)
    add_readings(store, small_reading())
    with store.view(), pytest.raises(CaseError), store.write() as writer:
        writer.purge(small_reading().document.id, at=AT)
    with store.view() as view:
        assert view.get_info().n_documents == 0
    store.close()


# Others.


def test_others_who_hold_the_case_are_waited_for_and_then_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "Place", lambda where, **_: Place(where, wait_s=0.1))
    store = create_case(path, name="Harbour", at=AT)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyCase), store.write():
            pass
        with store.view() as view:
            assert view.get_info().n_documents == 0
    store.close()


def test_a_case_on_a_medium_that_cannot_be_written_is_read(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    real = Place.connect

    def connect(self: Place) -> sqlite3.Connection:
        if self.options != "mode=ro&immutable=1":
            raise UnwritableCase(str(self.path), "read-only")
        return real(self)

    monkeypatch.setattr(Place, "connect", connect)
    again = open_case(path)
    with again.view() as view:
        assert view.list_claims(EVERY, ClaimOrder.PUBLISHED, limit=5).rows
    with pytest.raises(UnwritableCase), again.write():
        pass
    again.close()
    path.with_name("case.sayso-wal").write_bytes(b"not yet in the file")
    with pytest.raises(UnwritableCase):
        open_place(path)


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
def test_a_case_in_a_folder_that_cannot_be_written_is_read(store: SqliteStore, path: Path) -> None:
    store.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with closing(open_case(path)) as again, again.view() as view:
            assert view.get_info().n_documents == 3
    finally:
        path.parent.chmod(0o700)


def test_a_full_disk_is_said_to_be_one_and_nothing_is_lost(store: SqliteStore) -> None:
    with store.view() as view:
        before = view.get_info()
    connection = store._take()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    store._give_back(connection)
    with pytest.raises(UnwritableCase):
        add_readings(store, *(make_reading(number) for number in range(20)))
    with store.view() as view:
        assert view.get_info() == before


def test_every_error_of_sqlite_has_a_name_of_ours(path: Path) -> None:
    for code, expected in (
        (sqlite3.SQLITE_BUSY, BusyCase),
        (sqlite3.SQLITE_FULL, UnwritableCase),
        (sqlite3.SQLITE_READONLY, UnwritableCase),
        (sqlite3.SQLITE_IOERR_WRITE, UnwritableCase),
        (sqlite3.SQLITE_IOERR_SHORT_READ, DamagedCase),
        (sqlite3.SQLITE_CORRUPT, DamagedCase),
        (sqlite3.SQLITE_NOTADB, DamagedCase),
    ):
        error = sqlite3.OperationalError("words")
        error.sqlite_errorcode = code
        with pytest.raises(expected), translated(Place(path)):
            raise error


def test_views_are_read_by_any_program(store: SqliteStore, path: Path) -> None:
    with store.view() as view:
        row = view.list_claims(Filter(party="mayor"), ClaimOrder.ADDED, limit=1).rows[0]
    with store.write() as writer:
        writer.add_judgement(judge("accept", row.id, document=row.document), at=AT)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        (claim,) = connection.execute("SELECT * FROM claims WHERE id = ?", (row.id,)).fetchall()
        assert (claim["source"], claim["content"], claim["stance"]) == (row.source_name, row.content, "asserts")
        assert (claim["article"], claim["source_id"], claim["judged"]) == (row.document, row.source, "accepted")
        article = connection.execute("SELECT * FROM articles WHERE id = ?", (row.document,)).fetchone()
        assert (article["title"], article["n_claims"]) == ("Harbour closed", 2)
        assert article["text"] == small_reading().document.text
        assert len(connection.execute("SELECT name, kind, naming, role FROM sources").fetchall()) == 23
        judgement = connection.execute('SELECT kind, subject, "by", reason FROM judgements').fetchone()
        assert tuple(judgement) == ("accept", row.id, "Mira Tannic", "because")
        assert connection.execute("SELECT name, sha256 FROM captures").fetchone()["name"] == "page.html"
        found = connection.execute("SELECT count(*) FROM text_words WHERE text_words MATCH 'harbour'").fetchone()
        assert found[0] == 1
