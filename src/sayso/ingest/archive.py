"""Web archives to captures: WARC files, packed or not, and WACZ packages, of any size.

An archive is read from its place, record by record, and never as a whole. What is captured is what may be an article:
an answer with status 200, or a resource, that is a page, a PDF or a text. Its record is kept byte for byte.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

from sayso.errors import InputError, Problem
from sayso.ids import capture_id
from sayso.ingest.addresses import find_address
from sayso.ingest.files import make_printable, open_file
from sayso.ingest.formats import PAGE_START, PDF_MARK, ZIP_MARK
from sayso.ingest.wacz import Package, drop_fragment
from sayso.records import Capture, Captured, CaptureKind, Redirect, Urls
from sayso.warc import Answer, Limits, WarcRecord, read_answer, read_records, write_member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.config import Settings

STATUS_OK = 200
REDIRECTS = {301, 302, 303, 307, 308}
MAX_REDIRECTS = 10
MAX_REMEMBERED = 100_000
PAGES = {"text/html", "application/xhtml+xml"}
READ = PAGES | {
    "application/pdf", "text/plain", "text/markdown", "text/x-markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
# Texts that crawlers ask for and nobody reads.
FOR_MACHINES = re.compile(r"(?i)/(?:robots|ads|app-ads|humans|security|llms)\.txt")
# ISO 28500:2017, 5.4: a time in UTC, to the second or finer.
DATE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z")
SOFTWARE = re.compile(rb"(?im)^software[ \t]*:[ \t]*([^\r\n]{1,200})")
NOT_STATED = "not stated"
SNIFFED_BYTES = 4_096


def read_archive(name: str, *, settings: Settings) -> Iterator[Captured | Problem]:
    """Yield what may be articles in a WARC file or WACZ package, and the problems, in order.

    Of a WACZ that says which of its records are pages, those alone are captured. Redirects that lead to a page of it
    are the capture's.

    Args:
        name: The file's name.
        settings: Records larger than its size limit are passed over, and that is said.

    Raises:
        MissingFile: There is no such file.
        EncryptedFile: It is a WACZ whose members are encrypted.
        UnreadableFile: It is a WACZ that is damaged as a whole, or made to do harm.
        InputError: It cannot be read.
    """
    shown = make_printable(name)
    with open_file(name) as stream:
        try:
            is_package = stream.read(len(ZIP_MARK)) == ZIP_MARK
            stream.seek(0)
            yield from (_read_package if is_package else _read_file)(stream, _Sieve(name=shown, settings=settings))
        except OSError as error:
            raise InputError(shown, f"it cannot be read ({error.strerror or error})") from error


@dataclass(slots=True, kw_only=True)
class _Sieve:
    """What is known while an archive is read.

    Attributes:
        name: The file's name.
        settings: Those in force.
        pages: Addresses of pages; None where all pages are taken.
        redirects: Steps that led to an address from a page.
        software: What made the archive.
        met: How many records were taken or passed over, by the reason.
    """

    name: str
    settings: Settings
    pages: set[str] | None = None
    redirects: dict[str, tuple[Redirect, ...]] = field(default_factory=dict)
    software: str = NOT_STATED
    met: Counter[str] = field(default_factory=Counter)


def _read_file(stream: BinaryIO, sieve: _Sieve) -> Iterator[Captured | Problem]:
    """Yield what is in a WARC file."""
    yield from _read_warc(stream, sieve, where=sieve.name)
    yield from _sum_up(sieve)


def _read_package(stream: BinaryIO, sieve: _Sieve) -> Iterator[Captured | Problem]:
    """Yield what is in a WACZ package."""
    package = Package(stream, name=sieve.name)
    sieve.pages = set(package.pages) if package.pages is not None else None
    told = 0
    for member, warc in package.iter_warcs():
        yield from package.problems[told:]
        told = len(package.problems)
        yield from _read_warc(cast("BinaryIO", warc), sieve, where=f"{sieve.name}/{member}")
    yield from package.problems[told:]
    yield from _sum_up(sieve)


def _sum_up(sieve: _Sieve) -> Iterator[Problem]:
    """Yield what is to be said of the archive as a whole."""
    met = sieve.met
    if met["revisit"]:
        message = f"{met['revisit']:,} records say only that a page was as before, and are passed over."
        yield Problem(code="archive-revisits", message=message)
    if not met["captured"]:
        message = (
            f"There is no page, PDF or text in this archive ({met['other']:,} answers are something else, "
            f"{met['status']:,} have a status other than 200)."
        )
        yield Problem(code="archive-empty", message=message)


def _read_warc(stream: BinaryIO, sieve: _Sieve, *, where: str) -> Iterator[Captured | Problem]:
    """Yield what is in a WARC stream."""
    limits = Limits.of(sieve.settings.max_bytes)
    for record in read_records(stream, limits=limits):
        if isinstance(record, Problem):
            yield record
        elif record.type == "warcinfo":
            found = SOFTWARE.search(record.block[:65_536])
            sieve.software = " ".join(found[1].decode("utf-8", "replace").split()) if found else NOT_STATED
        elif record.type == "revisit":
            sieve.met["revisit"] += 1
        elif record.type in {"response", "resource"}:
            yield from _read_record(record, sieve, where=where, limits=limits)


def _read_record(record: WarcRecord, sieve: _Sieve, *, where: str, limits: Limits) -> Iterator[Captured | Problem]:
    """Yield the capture of a record, if it may be an article, and what is wrong with it."""
    address = find_address(record.uri or "")
    if not _may_be_article(record, address, sieve):
        sieve.met["other"] += 1
        return
    answer: Answer | Problem | None = None
    if record.type == "response" and (record.media or "application/http").lower().startswith("application/http"):
        answer = read_answer(record.block, limits=limits)
    if isinstance(answer, Problem):
        yield _place(answer, record)
        return
    if answer is not None and answer.status != STATUS_OK:
        _remember_redirect(answer, address, sieve)
        sieve.met["status"] += 1
        return
    media = answer.get("content-type") if answer is not None else record.media
    data = answer.body if answer is not None else record.block
    if not _is_read(media, data, is_page_known=sieve.pages is not None):
        sieve.met["other"] += 1
        return
    at = _find_time(record, answer)
    if at is None:
        yield _place(Problem(code="archive-no-time", message="it does not say when it was captured"), record)
        return
    if answer is not None:
        yield from (_place(problem, record) for problem in answer.problems)
    sieve.met["captured"] += 1
    steps = sieve.redirects.get(drop_fragment(address), ()) if address else ()
    asked = steps[0].url if steps else address
    sha256 = hashlib.sha256(data).hexdigest()
    capture = Capture(
        id=capture_id(url=asked, sha256=sha256),
        kind=CaptureKind.ARCHIVE,
        name=address or f"{where}#{record.number}",
        urls=Urls(asked=asked, final=address),
        captured_at=at,
        status=answer.status if answer is not None else None,
        headers=answer.headers if answer is not None else (),
        redirects=steps,
        media=media,
        sha256=sha256,
        size_bytes=len(data),
        tool=sieve.software,
        ip=record.get("WARC-IP-Address"),
    )
    yield Captured(capture=capture, data=data, warc=write_member(record))


def _may_be_article(record: WarcRecord, address: str | None, sieve: _Sieve) -> bool:
    """Tell whether a record may be what a person would open: a page of the list, or no part of another page."""
    if sieve.pages is not None and (address is None or drop_fragment(address) not in sieve.pages):
        return False
    # Browsers' archives say for what a thing was asked: a document, or a script's own request.
    asked_as = (record.get("WARC-Resource-Type") or "document").strip().lower()
    return asked_as == "document" and not (address and FOR_MACHINES.fullmatch(urlsplit(address).path))


def _is_read(media: str | None, data: bytes, *, is_page_known: bool) -> bool:
    """Tell whether bytes of this media type may be an article; without a type the bytes tell."""
    kind = (media or "").split(";", maxsplit=1)[0].strip().lower()
    if kind in READ:
        return bool(data)
    head = data[:SNIFFED_BYTES]
    if kind in {"", "application/octet-stream", "unk"}:
        return head.startswith(PDF_MARK) or PAGE_START.match(head.decode("latin-1")) is not None
    return is_page_known and PAGE_START.match(head.decode("latin-1")) is not None


def _find_time(record: WarcRecord, answer: Answer | None) -> str | None:
    """Return when a record was captured: as it says, or else as its server's clock said; None if neither does."""
    stated = DATE.fullmatch((record.date or "").strip())
    if stated:
        try:
            dt.datetime.fromisoformat(stated[1])
        except ValueError:
            return None
        return f"{stated[1]}Z"
    served = answer.get("date") if answer is not None else None
    try:
        moment = parsedate_to_datetime((served or "")[:100])
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _remember_redirect(answer: Answer, address: str | None, sieve: _Sieve) -> None:
    """Keep where a page of the list sends its visitors: the page is there."""
    target = find_address(answer.get("location") or "", base=address)
    if answer.status not in REDIRECTS or address is None or target is None or sieve.pages is None:
        return
    steps = (*sieve.redirects.get(drop_fragment(address), ()), Redirect(url=address, status=answer.status, to=target))
    place = drop_fragment(target)
    if len(steps) <= MAX_REDIRECTS and place not in sieve.pages and len(sieve.redirects) < MAX_REMEMBERED:
        sieve.pages.add(place)
        sieve.redirects[place] = steps


def _place(problem: Problem, record: WarcRecord) -> Problem:
    """Return the problem with the record's place in the file."""
    address = f", {record.uri[:200]}" if record.uri else ""
    return replace(problem, message=f"Record {record.number}{address}: {problem.message}")
