"""SQLCipher, where a case is encrypted: the same calls as `sqlite3`, in a package that comes on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    import sqlite3

EXTRA = "encrypt"
RANDOM_VALUES = 200
"""A page of an encrypted case has all 256 values of a byte but for a few; text, markup and most programs have fewer."""


def load_sqlcipher() -> Any:  # noqa: ANN401  a module that has no types
    """Return the module.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415  comes on demand
    except ImportError as error:
        raise MissingExtra(EXTRA) from error
    return dbapi2


def unlock(connection: sqlite3.Connection, passphrase: str) -> None:
    """Tell a new connection the passphrase, before anything else; whether it is right shows at the first read.

    All else about the cipher is left as it comes, so that other programs open the file, too.

    Raises:
        MissingExtra: What is installed does not encrypt.

    Source: https://www.zetetic.net/sqlcipher/sqlcipher-api/, PRAGMA key.
    """
    if not connection.execute("PRAGMA cipher_version").fetchone():
        # A build without the cipher knows no key: it would take what follows for nothing, and write as ever.
        raise MissingExtra(EXTRA)
    # A wrong passphrase is our message to give, not the library's on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    quoted = passphrase.replace("'", "''")
    connection.execute(f"PRAGMA key = '{quoted}'")


def is_passphrase(given: str) -> bool:
    """Return whether a case can have this passphrase: it is not empty, and SQL can hold it."""
    # Lone surrogates stand for bytes of the environment that are no UTF-8.
    return bool(given) and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in given)


def check_passphrase(given: str) -> None:
    """Return if a case can have this passphrase.

    Raises:
        SettingsError: It cannot. What was given is not repeated.
    """
    if not is_passphrase(given):
        setting, shown = "passphrase", "what was given"
        raise SettingsError(setting, shown, "at least one character, no NUL, valid UTF-8")


def looks_encrypted(first: bytes) -> bool:
    """Return whether the first page of a file may be that of an encrypted case.

    Such a page is random from its first byte: it may begin as any other kind of file does, and what is compressed, or
    encrypted by another program, looks the same.
    """
    return len(set(first)) >= RANDOM_VALUES
