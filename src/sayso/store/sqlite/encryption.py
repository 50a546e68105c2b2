"""SQLCipher, where a case is encrypted: the same calls as `sqlite3`, in a package that comes on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    import sqlite3

EXTRA = "encrypt"


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
    """Tell a connection the passphrase; whether it is right shows at the first read.

    Raises:
        SettingsError: It can be none.

    Source: https://www.zetetic.net/sqlcipher/sqlcipher-api/, PRAGMA key.
    """
    if not passphrase or "\0" in passphrase or not passphrase.isprintable():
        setting, given = "passphrase", "what was given"
        raise SettingsError(setting, given, "printable characters, at least one")
    # A wrong passphrase is our message to give, not the library's on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    quoted = passphrase.replace("'", "''")
    connection.execute(f"PRAGMA key = '{quoted}'")
