"""Names on the command line to files, and files to bytes, within the size limit."""

from __future__ import annotations

import glob
import os
import re
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.addresses import is_address
from sayso.errors import FetchingNotHere, InputError, MissingFile, NoArticles, TooLarge
from sayso.ingest.rulebook import get_formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

STANDARD_INPUT = "-"
# What browsers call the folder of a saved page in the languages that have a word of their own for it.
SAVED_BESIDE = re.compile(
    r"(?i)(?P<page>.{1,300}?)[ _-](?:files|dateien|fichiers|archivos|bestanden|file|filer|tiedostot)"
)
CHUNK_BYTES = 1 << 20
ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".wacz")
MAX_MATCHES = 1_000_000


def find_files(paths: Sequence[str], *, with_archives: bool = False) -> tuple[list[str], list[InputError]]:
    """Return the files that the paths stand for, in order, each once, and an error for each path that has none.

    Folders are searched through all their levels, each in the order of names, for files that are read by their
    ending; hidden files and folders, and what browsers save beside a page (``NAME_files``), are passed over, and no
    folder is entered twice, whatever links lead to it. A file that is named itself is taken whatever its ending. ``-``
    is standard input. A path of which there is no file may be a pattern (``*``, ``?``, ``[a-z]``, ``**`` for any
    folders).

    Args:
        paths: As the user named them.
        with_archives: Whether folders are searched for web archives too.

    Returns:
        The files and the errors. The errors are `MissingFile`, `NoArticles` and `FetchingNotHere`; raise one where one
        bad path must stop the work.
    """
    names: dict[str, None] = {}
    errors: list[InputError] = []
    for path in paths:
        try:
            names.update(dict.fromkeys(_expand(path, with_archives=with_archives)))
        except InputError as error:
            errors.append(error)
    return list(names), errors


def get_readable_endings() -> tuple[str, ...]:
    """Return the endings of the files that are looked for in folders."""
    return tuple(sorted(get_formats().endings))


def means_address(name: str) -> bool:
    """Return whether a name on the command line means an address of the web: a file of that name goes before it."""
    return is_address(name) and not os.path.lexists(name)


def read_file(name: str, *, limit_bytes: int) -> bytes:
    """Return the bytes of a file; one over the limit is refused before it is read.

    Raises:
        MissingFile: There is no such file.
        TooLarge: It is over the limit.
        InputError: It is a folder, or may not be read.
    """
    shown = make_printable(name)
    with open_file(name) as stream:
        try:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > limit_bytes:
                raise TooLarge(shown, status.st_size, limit_bytes)
            return read_stream(stream, name=shown, limit_bytes=limit_bytes)
        except OSError as error:
            raise InputError(shown, f"it cannot be read ({error.strerror or error})") from error


def open_file(name: str) -> BinaryIO:
    """Return a file opened for reading.

    Raises:
        MissingFile: There is no such file.
        InputError: It is a folder, or may not be read.
    """
    shown = make_printable(name)
    try:
        return Path(name).open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFile(shown) from error
    except IsADirectoryError as error:
        raise InputError(shown, "this is a folder, not a file") from error
    except ValueError as error:  # a name with a zero in it
        raise MissingFile(shown) from error
    except OSError as error:
        if Path(name).is_dir():  # Windows says "permission denied" of a folder
            raise InputError(shown, "this is a folder, not a file") from error
        raise InputError(shown, f"it cannot be read ({error.strerror or error})") from error


def read_stream(stream: BinaryIO, *, name: str, limit_bytes: int) -> bytes:
    """Return all bytes of a stream; reading stops at the limit.

    Raises:
        TooLarge: There are more. The size in the error is what had been read by then.
    """
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(min(CHUNK_BYTES, limit_bytes + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit_bytes:
            raise TooLarge(name, size, limit_bytes)
    return b"".join(chunks)


def make_printable(name: str) -> str:
    """Return a file's name as text that can be printed and stored: bytes that are no text become marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _has_surrogates(name) else name


def _has_surrogates(name: str) -> bool:
    """Tell whether the name holds code points that are no characters."""
    return any("\ud800" <= character <= "\udfff" for character in name)


def _expand(path: str, *, with_archives: bool) -> Iterable[str]:
    """Return the files of one path."""
    shown = make_printable(path)
    if path == STANDARD_INPUT:
        return [path]
    try:
        is_dir, exists = Path(path).is_dir(), Path(path).exists()
    except (OSError, ValueError) as error:
        raise MissingFile(shown) from error
    if is_dir:
        endings = (*get_readable_endings(), *(ARCHIVE_ENDINGS if with_archives else ()))
        found = _search_folder(path, endings)
        if not found:
            raise NoArticles(shown, endings)
        return found
    if exists:
        return [path]
    if is_address(path):
        raise FetchingNotHere(shown)
    matching = _match(path)
    if not matching:
        raise MissingFile(shown)
    return matching


def _match(pattern: str) -> list[str]:
    """Return the files that a pattern stands for, in the order of their names."""
    if not glob.has_magic(pattern):
        return []
    try:
        found = islice(glob.iglob(pattern, recursive=True), MAX_MATCHES)  # noqa: PTH207 - keeps the path as it was written
        return sorted(path for path in found if Path(path).is_file())
    except (OSError, ValueError, re.error):
        return []


def _is_saved_beside(folder: str, pages: set[str]) -> bool:
    """Tell whether a browser put the folder beside a page that it saved: frames and scripts are in it, no articles."""
    match = SAVED_BESIDE.fullmatch(folder)
    return match is not None and match["page"] in pages


def _search_folder(folder: str, endings: tuple[str, ...]) -> list[str]:
    """Return the readable files of a folder and the folders in it."""
    found: list[str] = []
    entered: set[str] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in entered:
            folders.clear()
            continue
        entered.add(real)
        pages = {os.path.splitext(name)[0] for name in files if name.lower().endswith((".html", ".htm"))}  # noqa: PTH122
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_saved_beside(name, pages))
        found.extend(
            os.path.join(place, name)  # noqa: PTH118 - keeps the path as the user wrote it, "./" and all
            for name in sorted(files)
            if not name.startswith(".") and name.lower().endswith(endings) and os.path.isfile(os.path.join(place, name))  # noqa: PTH113, PTH118
        )
    return found
