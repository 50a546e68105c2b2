"""A WACZ package's members within limits: its WARC files, which of their records are pages, and whether it is whole.

Members are never written to disk, and their names are only compared.

Source: WACZ 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

from sayso.errors import EncryptedFile, Problem, UnreadableFile
from sayso.ingest.addresses import find_address

if TYPE_CHECKING:
    from collections.abc import Iterator

# The zip library takes the list of members into memory in one piece; a member takes about 100 bytes of it.
MAX_DIRECTORY_BYTES = 4_000_000
MAX_MEMBERS = 50_000
MAX_LIST_BYTES = 8_000_000
MAX_PAGES_BYTES = 64_000_000
MAX_LINE_BYTES = 1_000_000
MAX_PAGES = 100_000
# WARC files in it are packed already; one that is packed once more may unpack to this.
MAX_UNPACKED_BYTES = 2_000_000_000
STEP_BYTES = 1 << 16
MAX_NOTES = 100
HEADER_BYTES = 30  # of a member, without its name
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
WARC_MEMBER = re.compile(r"archive/[^/\\]{1,300}\.warc(?:\.gz)?")
LIST = "datapackage.json"
LIST_DIGEST = "datapackage-digest.json"
# Seeds stand in the first, what was reached from them in the second.
PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError, NotImplementedError, OverflowError)
DIGEST = re.compile(r"\s*(?P<algorithm>sha256|sha512|sha1|md5):[0-9a-fA-F]{32,128}\s*")


class _Guarded:
    """A file of which no more is read at once than a list of members may take."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.close = stream.seek, stream.tell, stream.close

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(MAX_DIRECTORY_BYTES + 1 if count < 0 else min(count, MAX_DIRECTORY_BYTES + 1))
        if len(data) > MAX_DIRECTORY_BYTES:
            message = "too much at once"
            raise zipfile.BadZipFile(message)
        return data

    def seekable(self) -> bool:
        return True


class MemberStream:
    """A member's bytes; what is wrong with them ends the stream and is kept."""

    def __init__(self, stream: zipfile.ZipExtFile, algorithm: str) -> None:
        """Read from the member's beginning."""
        self._stream = stream
        self._algorithm = algorithm
        self._hash = hashlib.new(algorithm, usedforsecurity=False)
        self.is_damaged = False

    def read(self, count: int) -> bytes:
        """Return up to so many bytes; none at the end, or where the member is damaged."""
        if self.is_damaged:
            return b""
        try:
            data = self._stream.read(min(count, STEP_BYTES))
        except DAMAGED:
            self.is_damaged = True
            return b""
        self._hash.update(data)
        return data

    def get_digest(self) -> str:
        """Return the digest of what was read, as a package's list writes it."""
        return f"{self._algorithm}:{self._hash.hexdigest()}"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the member."""
        self._stream.close()


class Package:
    """An open WACZ package.

    Attributes:
        problems: What was wrong with it.
        pages: Addresses of its pages without fragments; None where it does not tell which of its records are pages.
    """

    def __init__(self, stream: BinaryIO, *, name: str) -> None:
        """Read the lists of members and of pages.

        Raises:
            EncryptedFile: A member that is needed is encrypted.
            UnreadableFile: It is no zip archive, is damaged, or was made to do harm.
        """
        self.name = name
        self.problems: list[Problem] = []
        self._digests: dict[str, str] | None = None
        try:
            self._zip = zipfile.ZipFile(cast("BinaryIO", _Guarded(stream)))
        except DAMAGED as error:
            raise UnreadableFile(
                name, "this package is damaged, or its list of members is beyond all measure"
            ) from error
        infos = self._zip.filelist
        if len(infos) > MAX_MEMBERS:
            raise UnreadableFile(name, f"this package has more than {MAX_MEMBERS:,} files in it")
        self._refuse_overlap(infos)
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if info.filename in self._members:
                self._note("wacz-repeated-member", f"{info.filename[:200]!r} is in it twice; the first is read.")
            self._members.setdefault(info.filename, info)
        self._digests = self._read_digests()
        self.pages = self._read_pages()

    def iter_warcs(self) -> Iterator[tuple[str, MemberStream]]:
        """Yield the name and stream of each WARC file, in order of their names; problems are noted on the way."""
        names = sorted(member for member in self._members if WARC_MEMBER.fullmatch(member))
        if not names:
            self._note("wacz-empty", "There is no WARC file in this package.")
        for member in names:
            stream = self._open(member, MAX_UNPACKED_BYTES)
            if stream is None:
                continue
            with stream:
                while stream.read(STEP_BYTES):
                    pass
            self._check_digest(member, stream)
            again = self._open(member, MAX_UNPACKED_BYTES)
            if again is not None:
                with again:
                    yield member, again

    def _refuse_overlap(self, infos: list[zipfile.ZipInfo]) -> None:
        """Refuse members that share bytes: that is how small files are made to unpack to immense ones.

        Raises:
            UnreadableFile: There are such.
        """
        ordered = sorted(infos, key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in ordered[1:]), self._zip.start_dir]
        for info, end in zip(ordered, ends, strict=True):
            if info.header_offset < 0 or info.header_offset + HEADER_BYTES + info.compress_size > end:
                raise UnreadableFile(self.name, "its members overlap, or are larger than the package")

    def _open(self, member: str, limit_bytes: int) -> MemberStream | None:
        """Return a member's stream; None where there is none that is read.

        Raises:
            EncryptedFile: It is encrypted.
        """
        info = self._members.get(member)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise EncryptedFile(self.name)
        is_packed = info.compress_type != zipfile.ZIP_STORED
        if info.compress_type not in METHODS or (is_packed and info.file_size > limit_bytes):
            self._note("wacz-member", f"{member!r} is packed in a way that is not read, or swells beyond all measure.")
            return None
        try:
            named = DIGEST.fullmatch((self._digests or {}).get(member, ""))
            return MemberStream(
                cast("zipfile.ZipExtFile", self._zip.open(info)), named["algorithm"] if named else "sha256"
            )
        except DAMAGED:
            self._note("wacz-member", f"{member!r} is damaged.")
            return None

    def _read(self, member: str, limit_bytes: int) -> bytes | None:
        """Return a small member's bytes; None where there is none, or it is too large or damaged."""
        stream = self._open(member, limit_bytes)
        if stream is None:
            return None
        parts, size = [], 0
        with stream:
            while part := stream.read(STEP_BYTES):
                parts.append(part)
                size += len(part)
                if size > limit_bytes:
                    self._note("wacz-member", f"{member!r} is larger than is read.")
                    return None
        if stream.is_damaged:
            self._note("wacz-member", f"{member!r} is damaged.")
            return None
        return b"".join(parts)

    def _read_digests(self) -> dict[str, str] | None:
        """Return the digest of each member by the package's own list; None where it has none that can be read."""
        data = self._read(LIST, MAX_LIST_BYTES)
        found = _load(data)
        resources = found.get("resources") if found else None
        if data is None or not isinstance(resources, list):
            self._note("wacz-no-list", f"The package has no {LIST} that can be read: nothing vouches for its files.")
            return None
        stated = (_load(self._read(LIST_DIGEST, MAX_LIST_BYTES)) or {}).get("hash")
        if isinstance(stated, str) and stated.strip().lower() != f"sha256:{hashlib.sha256(data).hexdigest()}":
            self._note("wacz-wrong-digest", f"{LIST} is not that of the digest beside it.")
        entries = [entry for entry in resources if isinstance(entry, dict)]
        return {str(entry.get("path")): str(entry.get("hash")) for entry in entries}

    def _read_pages(self) -> frozenset[str] | None:
        """Return the addresses of the pages; None where the package lists none."""
        pages: set[str] = set()
        for member in PAGE_LISTS:
            stream = self._open(member, MAX_PAGES_BYTES)
            if stream is None:
                continue
            with stream:
                for line in _iter_lines(stream):
                    address = find_address(str((_load(line) or {}).get("url") or ""))
                    if address and len(pages) < MAX_PAGES:
                        pages.add(drop_fragment(address))
            self._check_digest(member, stream)
        return frozenset(pages) or None

    def _check_digest(self, member: str, stream: MemberStream) -> None:
        """Note where a member that was read to its end is damaged, or is not what the list says."""
        if stream.is_damaged:
            self._note("wacz-damaged", f"{member!r} is damaged; it is read as far as that goes.")
        if self._digests is None:
            return
        stated = self._digests.get(member)
        if stated is None:
            self._note("wacz-unlisted", f"{member!r} is not in the package's list: nothing vouches for it.")
        elif stated.strip().lower() != stream.get_digest():
            self._note("wacz-wrong-digest", f"{member!r} is not that of the digest in the package's list.")

    def _note(self, code: str, message: str) -> None:
        """Keep a problem; of thousands of one kind the first are told."""
        if sum(problem.code == code for problem in self.problems) < MAX_NOTES:
            self.problems.append(Problem(code=code, message=message))


def drop_fragment(address: str) -> str:
    """Return an address without what follows ``#``: that part never went to the server."""
    return address.partition("#")[0]


def _load(data: bytes | None) -> dict[str, Any] | None:
    """Return the JSON object in these bytes; None if there is none."""
    try:
        found = json.loads(data) if data else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _iter_lines(stream: MemberStream) -> Iterator[bytes]:
    """Yield the lines of a stream, those beyond all measure left out; it is read to its end."""
    rest, size = b"", 0
    while part := stream.read(STEP_BYTES):
        size += len(part)
        if size > MAX_PAGES_BYTES:
            continue
        *lines, rest = (rest + part).split(b"\n")
        yield from lines
        rest = rest if len(rest) <= MAX_LINE_BYTES else b""
    yield rest
