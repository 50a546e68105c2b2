"""Adding in the browser: links, text and files; hostile names, nothing, too much, several at once."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")

from hypothesis import given
from hypothesis import strategies as st

from sayso.config import Settings
from sayso.errors import InputError
from sayso.ledger.case import Ledger
from sayso.records import RefusalCode
from sayso.web.add import read_given
from sayso.web.jobs import BUG, MOST_KEPT, Job, Jobs, say_name
from sayso.web.joiner import Joiner
from sayso.web.uploads import NAME_CHARS, make_name
from tests.ledger.hands import HandFetcher, HandReader, make_feed, make_page
from tests.web.told_web import OURS, open_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response
    from starlette.testclient import TestClient

    from sayso.ledger.adding import Added

ONE = "https://example.org/one"
TWO = "https://example.org/two"
SHUT = "https://example.org/shut"
TEXT = "Ida Marlow said the ferry line would close."
MOST = 100_000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty case with a reader and a fetcher that need nothing."""
    pages: dict[str, str | RefusalCode] = {
        ONE: make_page(ONE),
        TWO: make_page(TWO, title="Ferry line to stay", said="Otto Lamm said the line would stay."),
        SHUT: RefusalCode.ROBOTS,
        "https://example.org/feed": make_feed(ONE, TWO),
    }
    with Ledger.create(str(tmp_path / "told"), settings=Settings(max_bytes=MOST)) as made:
        made.__dict__["reader"] = HandReader()
        made.__dict__["fetcher"] = HandFetcher(pages)
        yield made


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    """A browser with the key."""
    return open_browser(ledger)


def wait(client: TestClient, answer: Response) -> str:
    """Return the page of a lot when it is done."""
    assert answer.status_code == 303, answer.text
    for _ in range(200):
        page = str(client.get(answer.headers["location"]).text)
        if 'data-state="done"' in page:
            return page
        assert "noscript" in page
        time.sleep(0.05)
    pytest.fail("the lot never ended")


def send(client: TestClient, *files: tuple[str, bytes]) -> Response:
    """Return the answer to files."""
    answer: Response = client.post("/add/files", files=[("files", one) for one in files], headers=OURS)
    return answer


def count(ledger: Ledger) -> int:
    """Return how many articles the case has."""
    with ledger.look() as lists:
        return lists.articles().total


def list_left() -> list[Path]:
    """Return the folders that are left of what browsers sent."""
    return list(Path(gettempdir()).glob("sayso-*"))


def test_links_become_articles_and_a_refusal_says_what_to_do(client: TestClient, ledger: Ledger) -> None:
    before = list_left()
    answer = client.post("/add/links", data={"links": f"{ONE}\r\n\r\n {TWO} \n{SHUT}"}, headers=OURS)
    page = wait(client, answer)
    assert "Ferry line to close" in page
    assert "Ferry line to stay" in page
    assert 'class="advice"' in page
    assert gettempdir() not in page
    assert count(ledger) == 2
    assert ledger.count_waiting() == 0
    again = client.get("/add").text
    assert "Refused, and what to do" in again
    assert SHUT in again
    assert "2 known" in wait(client, client.post("/add/links", data={"links": f"{ONE}\n{TWO}"}, headers=OURS))
    assert list_left() == before


def test_a_feed_among_links_is_followed(client: TestClient, ledger: Ledger) -> None:
    wait(client, client.post("/add/links", data={"links": "https://example.org/feed"}, headers=OURS))
    assert count(ledger) == 2
    assert len(ledger.feeds()) == 1


@pytest.mark.parametrize(
    "links",
    ["", "  \n ", "/etc/passwd", "file:///etc/passwd", "../case.sayso", "-", "*", "javascript:alert(1)", f"{ONE}\n~/x"],
)
def test_what_is_no_link_is_never_taken_for_a_path(client: TestClient, ledger: Ledger, links: str) -> None:
    answer = client.post("/add/links", data={"links": links}, headers=OURS)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert ledger.fetcher.asked == []  # type: ignore[attr-defined]
    assert count(ledger) == 0


def test_an_address_of_which_there_is_a_file_is_fetched(
    client: TestClient, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "https:" / "example.org").mkdir(parents=True)
    (tmp_path / "https:" / "example.org" / "one").write_text("Jan Roth said a secret.", encoding="utf-8")
    assert "Ferry line to close" in wait(client, client.post("/add/links", data={"links": ONE}, headers=OURS))
    assert count(ledger) == 1


def test_a_pasted_text_is_added_with_what_is_said_of_it(client: TestClient, ledger: Ledger) -> None:
    said = {"outlet": "The <b>Post</b>", "published": "2024-03-14", "title": "", "url": "https://example.org/pasted"}
    page = wait(client, client.post("/add/text", data={"text": TEXT} | said, headers=OURS))
    assert "1 claim" in page
    with ledger.look() as lists:
        (row,) = lists.articles().rows
    assert (row.outlet, row.published) == ("The <b>Post</b>", "2024-03-14")
    assert "<b>Post" not in client.get("/articles").text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "  \n"},
        {"text": "x" * (MOST + 1)},
        {"text": TEXT, "url": "file:///etc/passwd"},
        {"text": TEXT, "published": "yesterday"},
        {"text": TEXT, "outlet": "x" * 301},
    ],
)
def test_a_text_that_cannot_be_added_is_said_to_be_none(
    client: TestClient, ledger: Ledger, fields: dict[str, str]
) -> None:
    answer = client.post("/add/text", data=fields, headers=OURS)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.post("/add/text", data={"text": "x" * 9 * MOST}, headers=OURS).status_code == 400
    assert count(ledger) == 0


def test_files_are_added_under_their_names_and_nothing_is_left_of_them(client: TestClient, ledger: Ledger) -> None:
    before = list_left()
    files = [(f"page {n}.txt", f"Ida Marlow said that {n} ferries would stop.".encode()) for n in range(6)]
    answer = send(client, *files)
    page = wait(client, answer)
    assert "6 added" in page
    assert "page 3.txt" in page
    assert count(ledger) == 6
    assert list_left() == before


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.txt",
        "/etc/passwd",
        "C:\\Windows\\x.txt",
        "a\x00b.txt",
        "-",
        "*.txt",
        "..",
        ".",
        "<img src=x>.txt",
        "\u202egpj.txt",
        "x" * 900 + ".txt",
        "con.txt",
        ".hidden",
        " ",
        "https://example.org/x.txt",
        "a\r\nSet-Cookie: x.txt",
    ],
)
def test_hostile_names_of_files_are_names_and_nothing_else(
    client: TestClient, ledger: Ledger, tmp_path: Path, name: str
) -> None:
    before = {one for one in tmp_path.rglob("*") if "told" not in one.name}
    answer = send(client, (name, TEXT.encode()))
    if answer.status_code != 400:
        page = wait(client, answer)
        assert "<img" not in page
        assert "1 added" in page
        assert count(ledger) == 1
    assert {one for one in tmp_path.rglob("*") if "told" not in one.name} == before
    assert ledger.fetcher.asked == []  # type: ignore[attr-defined]


@given(st.text(max_size=400))
def test_a_made_name_is_one_part_that_every_file_system_takes(name: str) -> None:
    made = make_name(name)
    assert made
    assert made == Path(made).name
    assert made not in {".", "..", "-"}
    assert len(made) <= NAME_CHARS
    assert not set(made) & set('/\\:*?"<>|\x00\n\r[]')
    assert make_name(made) == made


def test_nothing_too_much_and_what_is_no_file_is_refused(client: TestClient, ledger: Ledger) -> None:
    assert send(client, ("", b"x")).status_code == 400
    assert client.post("/add/files", data={"files": "x"}, headers=OURS).status_code == 400
    assert client.post("/add/files", files={"x": (None, "x")}, headers=OURS).status_code == 400
    broken = OURS | {"content-type": "multipart/form-data"}
    assert client.post("/add/files", content=b"--x", headers=broken).status_code == 400
    junk = OURS | {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/add/files", content=b"junk", headers=junk).status_code == 400
    assert send(client, ("big.txt", b"x" * MOST * 11)).status_code == 400
    assert send(client, *((f"{n}.txt", b"x") for n in range(501))).status_code == 400
    page = wait(client, send(client, ("large.txt", b"x" * (MOST + 1)), ("empty.txt", b""), ("good.txt", TEXT.encode())))
    assert "1 added" in page
    assert "2 unreadable" in page
    assert gettempdir() not in page
    assert count(ledger) == 1


def test_several_lots_at_once_are_all_added(client: TestClient, ledger: Ledger) -> None:
    answers = [send(client, (f"{n}.txt", f"Ida Marlow said that {n} ferries stop.".encode())) for n in range(8)]
    assert len({answer.headers["location"] for answer in answers}) == 8
    for answer in answers:
        assert "1 added" in wait(client, answer)
    assert count(ledger) == 8
    assert client.get("/add").text.count('href="/add/') == 8


def test_what_does_not_come_from_our_page_adds_nothing(client: TestClient, ledger: Ledger) -> None:
    for headers in ({}, {"origin": "http://evil.example"}, {"origin": "null"}, OURS | {"sec-fetch-site": "same-site"}):
        assert client.post("/add/links", data={"links": ONE}, headers=headers).status_code == 403
        assert client.post("/add/text", data={"text": TEXT}, headers=headers).status_code == 403
        files = {"files": ("x.txt", TEXT.encode())}
        assert client.post("/add/files", files=files, headers=headers).status_code == 403
    assert client.get("/add/links").status_code == 404
    assert client.get("/add/0000").status_code == 404
    assert count(ledger) == 0


def fail(_expect: Callable[[int], None]) -> Iterator[Added]:
    """Break off with an error that is foreseen."""
    name, message = "x", "it is broken"
    raise InputError(name, message)


def crash(_expect: Callable[[int], None]) -> Iterator[Added]:
    """Break off with one that is not."""
    raise ZeroDivisionError


def idle(_expect: Callable[[int], None]) -> Iterator[Added]:
    """Add nothing."""
    return iter(())


def test_what_breaks_a_lot_off_is_told(ledger: Ledger) -> None:
    jobs, failed, crashed = Jobs(Joiner(ledger)), Job(), Job()
    jobs.run(failed, fail, None)
    assert (failed.state, failed.fault) == ("done", "x: it is broken")
    with pytest.raises(ZeroDivisionError):
        jobs.run(crashed, crash, None)
    assert (crashed.state, crashed.fault) == ("done", BUG)


def test_old_lots_are_forgotten(ledger: Ledger) -> None:
    jobs = Jobs(Joiner(ledger))
    for _ in range(60):
        job = jobs.start(idle)
        while job.state != "done":
            time.sleep(0.002)
    assert len(jobs.list_jobs()) <= MOST_KEPT + 1
    assert jobs.find(job.id) is job


def test_names_are_said_without_where_files_lay() -> None:
    assert say_name("/var/sayso-x/3/added/page.txt") == "page.txt"
    assert say_name("added/page.txt") == "page.txt"
    assert say_name("C:\\Temp\\sayso-x\\3\\added\\page.txt") == "page.txt"
    assert say_name(ONE) == ONE
    assert read_given({"title": " a \n b "}).title == "a b"
