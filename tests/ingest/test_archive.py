"""Web archives to captures."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sayso.config import Settings
from sayso.errors import EncryptedFile, InputError, MissingFile, Problem, SaysoError, UnreadableFile
from sayso.ids import capture_id
from sayso.ingest import documents_of, wacz
from sayso.ingest.archive import read_archive
from sayso.records import Captured, CaptureKind, Redirect, Urls
from sayso.warc import WarcRecord, read_body, read_records
from tests.ingest.pdfs import Put, Sheet, make_pdf
from tests.ingest.waczs import BODY, CRAWL, INFO, PAGE, SITE, listed, make_wacz, pages, response, zip_up
from tests.warc.archives import bomb, packed, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[..., tuple[list[Captured], list[Problem]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_bytes(
        data: bytes, name: str = "a.warc.gz", settings: Settings | None = None
    ) -> tuple[list[Captured], list[Problem]]:
        path = tmp_path / name
        path.write_bytes(data)
        found = list(read_archive(str(path), settings=settings or Settings()))
        captures = [one for one in found if isinstance(one, Captured)]
        for captured in captures:
            check(captured)
        return captures, [one for one in found if isinstance(one, Problem)]

    return read_bytes


def check(captured: Captured) -> None:
    capture = captured.capture
    sha256 = hashlib.sha256(captured.data).hexdigest()
    assert (capture.sha256, capture.size_bytes) == (sha256, len(captured.data))
    assert capture.id == capture_id(url=capture.urls.asked, sha256=sha256)
    assert capture.kind == CaptureKind.ARCHIVE
    assert [type(one) for one in read_records(io.BytesIO(captured.warc))].count(WarcRecord) == 1


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def names(captures: list[Captured]) -> list[str]:
    return [captured.capture.name.removeprefix(SITE) for captured in captures]


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_response_becomes_a_capture_with_its_record(read: Read, is_packed: bool) -> None:  # noqa: FBT001
    one = response("/ferry", more="WARC-IP-Address: 192.0.2.7\r\n")
    captures, problems = read(packed(INFO, one) if is_packed else INFO + one)
    assert not problems
    (captured,) = captures
    capture = captured.capture
    assert captured.data == PAGE
    assert capture.urls == Urls(asked=f"{SITE}/ferry", final=f"{SITE}/ferry")
    assert capture.captured_at == "2026-03-02T08:00:00Z"
    assert (capture.status, capture.media, capture.tool) == (200, "text/html; charset=utf-8", "crawl.sh 1.2")
    assert capture.ip == "192.0.2.7"
    assert capture.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert gzip.decompress(captured.warc) == one
    assert read_body(captured.warc) == PAGE
    (doc,) = documents_of(captured, settings=Settings())
    assert BODY in doc.text
    assert doc.urls.asked == f"{SITE}/ferry"


def test_bodies_are_decoded_and_their_records_are_not(read: Read) -> None:
    squeezed = gzip.compress(PAGE)
    (captured,), _ = read(packed(response("/ferry", squeezed, "Content-Type: text/html", "Content-Encoding: gzip")))
    assert captured.data == PAGE
    assert squeezed in gzip.decompress(captured.warc)


def test_only_what_may_be_an_article_is_taken(read: Read) -> None:
    pdf = make_pdf([Sheet(puts=[Put(50, 100, BODY)])])
    records = [
        response("/ferry"),
        response("/a.pdf", pdf, "Content-Type: application/pdf"),
        response("/a.txt", BODY.encode(), "Content-Type: text/plain"),
        response("/no-type", PAGE, "X-Lisk: 1"),
        response("/no-type.pdf", pdf, "Content-Type: application/octet-stream"),
        response("/no-type.bin", b"\0\1", "X-Lisk: 1"),
        response("/robots.txt", b"User-agent: *", "Content-Type: text/plain"),
        response("/a.js", b"1", "Content-Type: text/javascript"),
        response("/gone", PAGE, "Content-Type: text/html", status="404 Not Found"),
        response("/moved", b"", "Location: /ferry", status="301 Moved"),
        response("/empty", b""),
        response("/part", PAGE, "Content-Type: text/html", more="WARC-Resource-Type: xhr\r\n"),
        record(b"Host: a", kind="request"),
        record(b"a: b", kind="metadata"),
        record(PAGE, uri="https://lisk.example/resource"),
        record(PAGE, uri="urn:lisk:1"),
        record(PAGE, kind="conversion"),
        response("/again").replace(b"WARC-Type: response", b"WARC-Type: revisit"),
    ]
    captures, problems = read(packed(*records))
    assert names(captures)[:-1] == [
        "/ferry", "/a.pdf", "/a.txt", "/no-type", "/no-type.pdf", "https://lisk.example/resource"
    ]  # fmt: skip
    assert captures[-1].capture.name.endswith("a.warc.gz#16")
    assert captures[-1].capture.urls == Urls()
    assert codes(problems) == ["archive-revisits"]


@pytest.mark.parametrize(
    ("date", "served", "expected"),
    [
        ("2026-03-02T08:00:00.123456Z", "", "2026-03-02T08:00:00Z"),
        ("yesterday", "Mon, 02 Mar 2026 09:00:00 +0100", "2026-03-02T08:00:00Z"),
        ("2026-13-02T08:00:00Z", "", None),
        ("yesterday", "soon", None),
        ("yesterday", "Mon, 02 Mar 2026 09:00:00", None),
    ],
)
def test_the_time_is_the_records_own(read: Read, date: str, served: str, expected: str | None) -> None:
    one = response("/ferry", PAGE, "Content-Type: text/html", f"Date: {served}")
    captures, problems = read(packed(one.replace(b"2026-03-02T08:00:00Z", date.encode())))
    assert [captured.capture.captured_at for captured in captures] == ([expected] if expected else [])
    assert codes(problems) == ([] if expected else ["archive-no-time", "archive-empty"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(response("/a", PAGE, "Content-Type: text/html", "Content-Length: 9999")), "answer-cut-off"),
        (packed(response("/a"), response("/b").replace(b"HTTP/1.1 200 OK", b"no answer today")), "answer-broken"),
        (packed(response("/a"))[:-30], "warc-cut-off"),
        (packed(response("/a")) + b"junk" + packed(response("/b")), "warc-no-record"),
        (INFO + response("/a") + b"WARC/1.1\r\n" + b"X: y\r\n" * 30_000, "warc-header"),
        (packed(response("/a")) + bomb(64 << 20), "warc-too-large"),
        (b"", "archive-empty"),
        (b"The mayor", "archive-empty"),
        (packed(response("/a", gzip.compress(bytes(30_000_000)), "Content-Type: text/html", "Content-Encoding: gzip")),
         "answer-too-large"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_is_read(read: Read, data: bytes, code: str) -> None:
    captures, problems = read(data)
    assert code in codes(problems)
    assert "/a" in names(captures) or not captures


def test_larger_records_than_the_limit_are_passed_over(read: Read) -> None:
    captures, problems = read(
        packed(response("/a", PAGE * 40_000), response("/b")), settings=Settings(max_bytes=10_000)
    )
    assert names(captures) == ["/b"]
    assert codes(problems) in (["warc-too-large"], ["answer-too-large"])


def test_files_that_are_none_are_errors(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        list(read_archive(str(tmp_path / "none.warc"), settings=Settings()))
    with pytest.raises(InputError):
        list(read_archive(str(tmp_path), settings=Settings()))


def test_of_a_package_only_its_pages_are_taken(read: Read) -> None:
    members = {"archive/data.warc.gz": CRAWL, "pages/pages.jsonl": pages("/ferry#top"), "indexes/index.cdx": b""}
    captures, problems = read(make_wacz(members), "a.wacz")
    assert names(captures) == ["/ferry"]
    assert not problems


def test_pages_reached_from_others_and_redirects_are_taken(read: Read) -> None:
    crawl = packed(
        response("/old", b"", "Location: /older", status="302 Found"),
        response("/older", b"", "Location: /frame#x", status="301 Moved"),
        response("/loop", b"", "Location: /loop", status="301 Moved"),
    )
    members = {
        "archive/a.warc.gz": crawl,
        "archive/b.warc.gz": CRAWL,
        "pages/pages.jsonl": pages("/old", "/loop"),
        "pages/extraPages.jsonl": pages("/harbour"),
    }
    captures, problems = read(make_wacz(members, is_packed=True), "a.wacz")
    assert names(captures) == ["/harbour", "/frame"]
    frame = captures[1].capture
    assert frame.urls == Urls(asked=f"{SITE}/old", final=f"{SITE}/frame")
    assert frame.redirects == (
        Redirect(url=f"{SITE}/old", status=302, to=f"{SITE}/older"),
        Redirect(url=f"{SITE}/older", status=301, to=f"{SITE}/frame#x"),
    )
    assert not problems


def test_without_a_list_of_pages_all_are_taken(read: Read) -> None:
    for members in ({}, {"pages/pages.jsonl": pages()}, {"pages/pages.jsonl": b"\xff{[" * 9}):
        captures, problems = read(make_wacz({"archive/data.warc.gz": CRAWL, **members}), "a.wacz")
        assert names(captures) == ["/ferry", "/harbour", "/frame"]
        assert not problems


def test_digests_are_checked(read: Read) -> None:
    members = {"archive/data.warc.gz": CRAWL, "pages/pages.jsonl": pages("/ferry")}
    captures, problems = read(make_wacz(members, wrong=["archive/data.warc.gz", "pages/pages.jsonl"]), "a.wacz")
    assert names(captures) == ["/ferry"]
    assert codes(problems) == ["wacz-wrong-digest"] * 2
    whole = {**members, "datapackage.json": listed({}), "datapackage-digest.json": b'{"hash": "sha256:00"}'}
    assert codes(read(zip_up(whole), "a.wacz")[1]) == ["wacz-wrong-digest", "wacz-unlisted", "wacz-unlisted"]
    for bad in (b"", b"[]", b"{", b'{"resources": 1}', b"[" * 100_000):
        _, problems = read(zip_up({**members, "datapackage.json": bad}), "a.wacz")
        assert codes(problems) == ["wacz-no-list"]


def test_other_digests_than_sha256_are_checked_too(read: Read) -> None:
    package = listed({"archive/data.warc.gz": CRAWL}).replace(
        hashlib.sha256(CRAWL).hexdigest().encode(), hashlib.sha512(CRAWL).hexdigest().encode()
    )
    package = package.replace(b"sha256:", b"sha512:")
    assert not read(zip_up({"archive/data.warc.gz": CRAWL, "datapackage.json": package}), "a.wacz")[1]


def test_members_with_odd_names_are_no_archives(read: Read) -> None:
    odd = ("../archive/a.warc.gz", "/archive/b.warc.gz", "archive/../c.warc.gz", "archive/x/d.warc", "archive/e.exe")
    members = dict.fromkeys(odd, CRAWL)
    captures, problems = read(make_wacz(members), "a.wacz")
    assert not captures
    assert codes(problems) == ["wacz-empty", "archive-empty"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_read_once(read: Read) -> None:
    out = io.BytesIO(make_wacz({"archive/data.warc.gz": CRAWL}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("archive/data.warc.gz", packed(response("/other")))
    captures, problems = read(out.getvalue(), "a.wacz")
    assert names(captures) == ["/ferry", "/harbour", "/frame"]
    assert codes(problems) == ["wacz-repeated-member"]


def patch(data: bytes, mark: bytes, at: int, new: bytes, *, last: bool = False) -> bytes:
    place = (data.rindex(mark) if last else data.index(mark)) + at
    return data[:place] + new + data[place + len(new) :]


WHOLE = make_wacz({"archive/data.warc.gz": CRAWL, "pages/pages.jsonl": pages("/ferry")})
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[:-30],
        b"PK\x03\x04",
        patch(WHOLE, CENTRAL, 42, b"\xff\xff\xff\x7f"),  # its place is beyond the package
        patch(WHOLE, CENTRAL, 20, b"\xff\xff\xff\x00"),  # its packed size overlaps the next
        patch(WHOLE, END, 12, b"\xff\xff\xff\x7f", last=True),  # the list of members is immense
        zip_up({f"{i}": b"" for i in range(60_000)}),
    ],
)
def test_packages_that_are_damaged_or_made_to_do_harm_are_refused(read: Read, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data, "a.wacz")


def test_encrypted_packages_are_refused(read: Read) -> None:
    with pytest.raises(EncryptedFile):
        read(patch(WHOLE, CENTRAL, 8, b"\x01\x00"), "a.wacz")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (patch(WHOLE, CENTRAL, 10, b"\x0c\x00"), "wacz-member"),  # bzip2
        (patch(WHOLE, LOCAL, 0, b"XXXX", last=True), "wacz-member"),
        (patch(WHOLE, CENTRAL, 16, b"\0\0\0\0"), "wacz-damaged"),  # its checksum is wrong
        (
            zip_up({"archive/a.warc": bytes(3_000_000), "datapackage.json": bytes(3_000_000)}, is_packed=True),
            "wacz-no-list",
        ),
    ],
)
def test_damaged_members_are_said(read: Read, data: bytes, code: str) -> None:
    assert code in codes(read(data, "a.wacz")[1])


def test_limits_of_lists_hold(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacz, "MAX_PAGES_BYTES", 100_000)
    monkeypatch.setattr(wacz, "MAX_LIST_BYTES", 1_000)
    monkeypatch.setattr(wacz, "MAX_UNPACKED_BYTES", 100)
    members = {
        "archive/a.warc": CRAWL,
        "pages/pages.jsonl": pages("/ferry") + b"\n" + b"x" * 200_000 + pages("/harbour"),
    }
    captures, problems = read(zip_up({**members, "datapackage.json": b" " * 2_000}), "a.wacz")
    assert names(captures) == ["/ferry"]
    assert codes(problems) == ["wacz-member", "wacz-no-list"]
    _, problems = read(zip_up({**members, "datapackage.json": b" " * 2_000}, is_packed=True), "a.wacz")
    assert set(codes(problems)) == {"wacz-member", "wacz-no-list", "archive-empty"}


def test_of_many_problems_of_a_kind_the_first_are_told(read: Read) -> None:
    members = {f"archive/{i}.warc": b"" for i in range(150)}
    _, problems = read(zip_up({**members, "datapackage.json": listed({})}), "a.wacz")
    assert codes(problems).count("wacz-unlisted") == 100


def test_a_disk_that_fails_is_our_own_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("sayso.ingest.archive.read_records", fail)
    with pytest.raises(InputError):
        read(CRAWL)


PIECES = st.sampled_from(
    [CRAWL, packed(response("/x")), INFO, response("/y"), b"WARC/1.1\r\n", b"\r\n\r\n", b"\x1f\x8b\x08"]
)
CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 60), st.one_of(PIECES, st.binary(max_size=12)))


@pytest.mark.parametrize("start", [WHOLE, CRAWL, INFO + response("/ferry")])
@given(changes=st.lists(CHANGE, max_size=4))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_any_damage_gives_captures_problems_or_our_own_error(
    read: Read, start: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    data = start
    for place, size, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + size :]
    try:
        captures, problems = read(data)
    except SaysoError:
        return
    assert captures or problems
