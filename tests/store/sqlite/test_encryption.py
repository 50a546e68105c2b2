"""Encrypted cases: nothing can be read without the passphrase, and all is as in others with it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import threading
from contextlib import closing, contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import (
    BusyCase,
    CaseError,
    CaseExists,
    DamagedCase,
    LockedCase,
    MissingExtra,
    NotACase,
    SaysoError,
    SettingsError,
    UnwritableCase,
)
from sayso.records import ClaimOrder, Filter
from sayso.store.sqlite import connection as connection_module
from sayso.store.sqlite import create_case, migrations, open_case
from sayso.store.sqlite import store as store_module
from sayso.store.sqlite.connection import KNOWN_STARTS, Place, check_header
from sayso.store.sqlite.encryption import load_sqlcipher, looks_encrypted, unlock
from tests.cases import AT, add_readings
from tests.ciphered import decipher
from tests.readings import Builder, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sayso.records import Reading
    from sayso.store.sqlite import SqliteStore

WORDS = "it's a “long” pässphrase"
RARE = "Zyzzomantic"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an encrypted case with two readings."""
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    made = tmp_path_factory.mktemp("whole") / "case.sayso"
    with closing(create_case(made, name="Harbour", at=AT, passphrase=WORDS)) as store:
        add_readings(store, small_reading(), demo_reading())
    return made.read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    made = tmp_path / "case.sayso"
    made.write_bytes(whole)
    return made


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(open_case(path, passphrase=WORDS)) as opened:
        yield opened


def rare_reading() -> Reading:
    make = Builder(f"The {RARE} ferry left {RARE}burg at noon, {RARE} Terric said.", outlet=f"{RARE} Times")
    make.source("a", f"{RARE} Terric", "person")
    make.row("a", "a", "said", f"The {RARE} ferry left {RARE}burg at noon", said_by=f"{RARE} Terric")
    return make.build()


def find_clear(folder: Path) -> list[str]:
    """Return the files in which something stands in clear."""
    forms = [form.encode(code) for form in (RARE, RARE.lower(), WORDS) for code in ("utf-8", "utf-16-le")]
    forms += [b"SQLite format", b"CREATE TABLE"]
    return [each.name for each in folder.iterdir() for form in forms if form in each.read_bytes()]


def spoil(path: Path, *statements: str) -> None:
    with closing(Place(path, passphrase=WORDS).connect()) as connection:
        for statement in statements:
            connection.execute(statement)


# The passphrase.


def test_with_the_passphrase_all_is_there(store: SqliteStore) -> None:
    with store.view() as view:
        assert view.get_info().is_encrypted
        assert view.list_claims(Filter(text="harbour"), ClaimOrder.PUBLISHED, limit=5).total == 1
        assert not list(view.iter_damage())
    with store.write() as writer:
        assert writer.get_info().is_encrypted


@pytest.mark.parametrize("passphrase", [None, "", "a\0b", "\udcff", "wrong", WORDS.upper(), f"{WORDS} "])
def test_without_it_the_case_is_locked(path: Path, passphrase: str | None, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LockedCase) as caught:
        open_case(path, passphrase=passphrase)
    assert WORDS not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("passphrase", ["", "a\0b", "\udcff"])
def test_what_can_be_no_passphrase_is_refused(folder: Path, passphrase: str) -> None:
    with pytest.raises(SettingsError) as caught:
        create_case(folder / "case.sayso", name="x", at=AT, passphrase=passphrase)
    assert not passphrase or repr(passphrase) not in str(caught.value)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "passphrase",
    ["'", "''; DROP TABLE log; --", '"', "\\", "%00", "\t\n", "x'00'", "一二三", "🦀", "a" * 5_000, "\xa0"],
)
def test_any_other_words_are_taken_as_they_are(folder: Path, passphrase: str) -> None:
    path = folder / "case.sayso"
    create_case(path, name="x", at=AT, passphrase=passphrase).close()
    with closing(open_case(path, passphrase=passphrase)) as store, store.view() as view:
        assert view.get_info().name == "x"
    assert b"log" in decipher(path, passphrase)
    with pytest.raises(LockedCase):
        open_case(path, passphrase=f"{passphrase}'")


def test_a_passphrase_for_what_needs_none_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    made = tmp_path / "case.sayso"
    create_case(made, name="open", at=AT).close()
    for passphrase in ("any", ""):
        with closing(open_case(made, passphrase=passphrase)) as store, store.view() as view:
            assert not view.get_info().is_encrypted


def test_the_passphrase_is_in_nothing_that_is_shown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert WORDS not in repr(Place(path, passphrase=WORDS))
    monkeypatch.setattr(connection_module, "PRAGMAS", ("no = (such;",))
    with pytest.raises(CaseError) as caught:
        open_case(path, passphrase=WORDS)
    error: BaseException | None = caught.value
    while error is not None:
        assert WORDS[:6] not in f"{error} {error!r} {vars(error)}"
        error = error.__cause__ or error.__context__


# What lies on the disk.


def test_nothing_is_written_in_clear_before_during_or_after(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    # With room for so few pages, those that are not yet kept are written too.
    monkeypatch.setattr(connection_module, "PRAGMAS", (*connection_module.PRAGMAS, "cache_size = 4"))
    path = folder / "case.sayso"
    store = create_case(path, name=RARE, at=AT, passphrase=WORDS)
    assert find_clear(folder) == []
    reading = rare_reading()
    with store.write() as writer:
        for number in range(20):
            add_all(writer, make_reading(number))
        add_all(writer, reading)
        assert path.with_name("case.sayso-wal").stat().st_size > 100_000
        assert find_clear(folder) == []
    with store.view() as view:
        assert view.list_claims(Filter(text=RARE), ClaimOrder.SOURCE, limit=5).total == 1
        assert find_clear(folder) == []
    store.close()
    assert find_clear(folder) == []
    assert [each.name for each in folder.iterdir()] == ["case.sayso"]
    assert RARE.encode() in decipher(path, WORDS)


def add_all(writer: object, reading: Reading) -> None:
    """Add a reading within a block that goes on."""

    @contextmanager
    def write() -> Iterator[object]:
        yield writer

    add_readings(SimpleNamespace(write=write), reading)


def test_no_byte_of_what_was_purged_is_left_under_the_cipher(path: Path, store: SqliteStore) -> None:
    reading = rare_reading()
    add_readings(store, reading)
    with store.write() as writer:
        writer.purge(reading.document.id, at=AT)
    assert path.with_name("case.sayso-wal").stat().st_size == 0
    clear = decipher(path, WORDS)
    assert clear.count(b"harbour")
    assert not clear.count(RARE.encode())
    assert not clear.count(RARE.lower().encode())


def test_the_cipher_is_the_one_that_the_docs_name(store: SqliteStore) -> None:
    with store.view() as view:
        settings = [row[0] for row in view._connection.execute("PRAGMA cipher_settings")]
        memory = view._connection.execute("PRAGMA temp_store").fetchone()
    assert settings == [
        "PRAGMA kdf_iter = 256000;",
        "PRAGMA cipher_page_size = 4096;",
        "PRAGMA cipher_use_hmac = 1;",
        "PRAGMA cipher_plaintext_header_size = 0;",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;",
        "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;",
    ]
    assert memory == (2,)


def test_the_copy_that_a_migration_makes_is_encrypted_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_case(path, passphrase=WORDS)) as store:
        add_readings(store, rare_reading())
    steps = (*migrations.load_schema(), "CREATE TABLE notes (words TEXT) STRICT;\n")
    for module in (migrations, store_module):
        monkeypatch.setattr(module, "load_schema", lambda: steps)
    open_case(path, passphrase=WORDS).close()
    copy = path.with_name(f"case.sayso.backup-{len(steps) - 1}")
    assert find_clear(path.parent) == []
    assert sorted(each.name for each in path.parent.iterdir()) == ["case.sayso", copy.name]
    assert RARE.encode() in decipher(copy, WORDS)
    monkeypatch.undo()
    with closing(open_case(copy, passphrase=WORDS)) as store, store.view() as view:
        assert view.get_info().n_documents == 3


# What is a case and what is none.


@pytest.mark.parametrize("start", [start for start, _ in KNOWN_STARTS], ids=repr)
def test_a_case_may_begin_as_anything_does(folder: Path, start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first 16 bytes of an encrypted case are random: one in 256 begins as a page does."""

    def unlock_salted(connection: sqlite3.Connection, passphrase: str) -> None:
        unlock(connection, passphrase)
        connection.execute(f"PRAGMA cipher_salt = \"x'{start.ljust(16, b'.').hex()}'\"")

    path = folder / "case.sayso"
    with monkeypatch.context() as patched:
        patched.setattr(connection_module, "unlock", unlock_salted)
        create_case(path, name="x", at=AT, passphrase=WORDS).close()
    assert path.read_bytes().startswith(start)
    with closing(open_case(path, passphrase=WORDS)) as store, store.view() as view:
        assert view.get_info().name == "x"


def test_random_bytes_cannot_be_told_from_a_case(tmp_path: Path) -> None:
    path = tmp_path / "case.sayso"
    dice = random.Random(5)  # noqa: S311  nothing secret
    for _ in range(200):
        assert looks_encrypted(dice.randbytes(4_096))
    path.write_bytes(dice.randbytes(8_192))
    assert check_header(path)
    with pytest.raises(LockedCase):
        open_case(path)
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    with pytest.raises(LockedCase):
        open_case(path, passphrase=WORDS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF" + bytes(4_092),
        bytes(8_192),
        b"Only words. " * 1_000,
        "<p>Mäßig würzig".encode() * 900,
        b"\x8f" * 99,
    ],
    ids=lambda data: repr(data[:4]),
)
def test_what_is_no_case_is_none_with_a_passphrase_either(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "case.sayso").write_bytes(data)
    for passphrase in (None, WORDS):
        with pytest.raises(NotACase):
            open_case(tmp_path / "case.sayso", passphrase=passphrase)
    assert (tmp_path / "case.sayso").read_bytes() == data


def test_what_another_program_encrypted_is_no_case(path: Path) -> None:
    spoil(path, "PRAGMA application_id = 7")
    with pytest.raises(NotACase):
        open_case(path, passphrase=WORDS)


def test_nothing_is_made_over_what_is_there(path: Path) -> None:
    with pytest.raises(CaseExists):
        create_case(path, name="x", at=AT, passphrase=WORDS)


# Without the package.


def test_without_the_package_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(MissingExtra) as caught:
        create_case(tmp_path / "case.sayso", name="x", at=AT, passphrase=WORDS)
    assert caught.value.extra == "encrypt"
    assert not list(tmp_path.iterdir())
    (tmp_path / "locked.sayso").write_bytes(bytes(range(256)) * 16)
    with pytest.raises(LockedCase):
        open_case(tmp_path / "locked.sayso")
    with pytest.raises(MissingExtra):
        open_case(tmp_path / "locked.sayso", passphrase=WORDS)


def test_a_package_that_does_not_encrypt_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", SimpleNamespace(dbapi2=sqlite3))
    with pytest.raises(MissingExtra):
        create_case(tmp_path / "case.sayso", name="x", at=AT, passphrase=WORDS)
    assert not list(tmp_path.iterdir())


# As with other cases.


def test_a_wrong_passphrase_harms_nothing_that_was_not_yet_in_the_file(path: Path, store: SqliteStore) -> None:
    killed = path.with_name("killed.sayso")
    with store.view():
        # While somebody reads, what is written stays beside the file.
        add_readings(store, *(make_reading(number) for number in range(5)))
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", f"{killed}{ending}")
    assert killed.with_name("killed.sayso-wal").stat().st_size > 0
    with pytest.raises(LockedCase):
        open_case(killed, passphrase="wrong")  # noqa: S106  nothing secret
    with closing(open_case(killed, passphrase=WORDS)) as again, again.view() as view:
        assert view.get_info().n_documents == 7
        assert not list(view.iter_damage())


def test_each_thread_reads_with_a_connection_of_its_own(store: SqliteStore) -> None:
    gate, found = threading.Barrier(4), []

    def look() -> None:
        with store.view() as view:
            gate.wait(30)
            found.append((view.get_info().n_documents, id(view._connection)))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [count for count, _ in found] == [2] * 4
    assert len({connection for _, connection in found}) == 4


def test_opening_and_reading_derives_the_key_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(connection: sqlite3.Connection, passphrase: str) -> None:
        asked.append(passphrase)
        unlock(connection, passphrase)

    monkeypatch.setattr(connection_module, "unlock", count)
    with closing(open_case(path, passphrase=WORDS)) as store:
        for _ in range(3):
            with store.view() as view:
                view.get_info()
        add_readings(store, make_reading(1))
    assert asked == [WORDS]


def test_a_full_disk_is_said_to_be_one_and_nothing_is_lost(store: SqliteStore) -> None:
    with store.view() as view:
        before = view.get_info()
        pages = view._connection.execute("PRAGMA page_count").fetchone()[0]
        view._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(UnwritableCase):
        add_readings(store, *(make_reading(number) for number in range(20)))
    with store.view() as view:
        assert view.get_info() == before


def test_others_who_hold_the_case_are_waited_for_and_then_named(path: Path, store: SqliteStore) -> None:
    with closing(Place(path, wait_s=0.1, passphrase=WORDS).connect()) as hasty:
        impatient = store_module.SqliteStore(Place(path, wait_s=0.1, passphrase=WORDS), hasty)
        with store.write(), pytest.raises(BusyCase), impatient.write():
            pass
        impatient.close()


@pytest.mark.parametrize("share", [0.0005, 0.1, 0.5, 0.9, 0.999])
def test_a_case_that_is_cut_off_is_damaged(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedCase if share > 0.01 else NotACase):
        open_case(path, passphrase=WORDS)


@pytest.mark.parametrize(("page", "expected"), [(0, LockedCase), (1, SaysoError), (-1, SaysoError)])
def test_no_changed_byte_goes_unseen(path: Path, page: int, expected: type[SaysoError]) -> None:
    data = bytearray(path.read_bytes())
    data[4_096 * page + (len(data) if page < 0 else 0) + 2_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(expected):
        read_all(path)
    with pytest.raises(ValueError, match="was changed"):
        decipher(path, WORDS)


def read_all(path: Path) -> None:
    """Open a case and read every page of it."""
    with closing(open_case(path, passphrase=WORDS)) as store, store.view() as view:
        where = next(iter(view.iter_damage()), None)
        if where is not None:
            raise DamagedCase(str(path), where[0])


def test_errors_of_the_cipher_are_told_as_those_of_sqlite(path: Path) -> None:
    cipher = load_sqlcipher()
    place = Place(path, passphrase=WORDS)
    for code, expected in (
        (sqlite3.SQLITE_BUSY, BusyCase),
        (sqlite3.SQLITE_FULL, UnwritableCase),
        (sqlite3.SQLITE_CORRUPT, DamagedCase),
        (sqlite3.SQLITE_NOTADB, LockedCase),
    ):
        error = cipher.OperationalError("words")
        error.sqlite_errorcode = code
        with pytest.raises(expected), connection_module.translated(place):
            raise error


def test_a_folder_that_cannot_be_written_is_said_to_be_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[[Place], sqlite3.Connection] = Place.connect

    def connect(self: Place) -> sqlite3.Connection:
        if self.options != "mode=ro&immutable=1":
            raise UnwritableCase(str(self.path), "read-only")
        return real(self)

    monkeypatch.setattr(Place, "connect", connect)
    with closing(open_case(path, passphrase=WORDS)) as store:
        with store.view() as view:
            assert view.get_info().n_documents == 2
        with pytest.raises(UnwritableCase), store.write():
            pass
