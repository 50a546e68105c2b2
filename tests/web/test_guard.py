"""Who may ask the app for anything: this machine, with the key; and for a change, only our own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import texts
from tests.web.told_case import HOST, KEY, open_app

anyio = pytest.importorskip("anyio")
WebSocketDisconnect = pytest.importorskip("starlette.websockets").WebSocketDisconnect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

PAGES = ("/", "/stories", "/articles", "/who", "/disputes", "/timeline")


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A browser that has the key."""
    with open_app(None) as client:
        yield client


@pytest.fixture
def stranger(client: TestClient) -> TestClient:
    """A browser that has none."""
    client.cookies.clear()
    return client


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "localhost.evil",
        "",
        "[",
        "[::1",
        "x@127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1 evil.example",
        "127.0.0.1/",
        "::1",
        "127.1",
        "2130706433",
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/app.css", "/nothing"])
def test_only_this_machine_is_answered(client: TestClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 421
    assert "Claims" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "[::1]:8000", "LOCALHOST"])
def test_this_machine_by_each_of_its_names_is_answered(client: TestClient, host: str) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    port = host.rpartition(":")[2] if host[-1:].isdigit() and ":" in host else ""
    key = f"{cookies}; sayso={KEY}; sayso-{port or '80'}={KEY}"
    assert client.get("/", headers={"host": host, "cookie": key}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/static/app.css", "/nothing", "/article/doc-0000"])
def test_without_the_key_nothing_is_shown(stranger: TestClient, path: str) -> None:
    for query in ("", "?key=", f"?key={KEY[:-1]}", "?key=%C3%A9", "?key=%00"):
        answer = stranger.get(path + query, follow_redirects=False)
        assert answer.status_code == 401
        assert "sayso open" in answer.text
        assert "set-cookie" not in answer.headers


def test_the_key_becomes_a_cookie_that_no_script_and_no_other_site_gets(stranger: TestClient) -> None:
    answer = stranger.get(f"/?key={KEY}&q=harbour", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=harbour")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert KEY not in answer.headers["location"]


def test_two_cases_that_are_open_at_once_keep_each_its_own_key(stranger: TestClient) -> None:
    names = {
        stranger.get(f"/?key={KEY}", headers={"host": f"127.0.0.1:{port}"}, follow_redirects=False)
        .headers["set-cookie"]
        .partition("=")[0]
        for port in (8000, 8001)
    }
    assert len(names) == 2


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/a", "/\\evil.example", "///evil.example", "/%5Cevil"]
)
def test_the_key_leads_to_no_other_site(stranger: TestClient, path: str) -> None:
    answer = stranger.get(f"{HOST}{path}?key={KEY}", follow_redirects=False)
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": f"{HOST}.evil.example"},
        {"origin": "http://["},
        {"origin": f"http://x@{HOST[7:]}"},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
        {"origin": HOST, "sec-fetch-site": "same-site"},
    ],
)
def test_a_change_that_another_site_asks_for_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/", headers=headers).status_code == 403


def test_a_change_that_our_own_page_asks_for_comes_to_the_page(client: TestClient) -> None:
    answer = client.post("/", headers={"origin": HOST, "sec-fetch-site": "same-origin"})
    assert answer.status_code == 405


def test_a_change_is_never_let_in_by_the_address(stranger: TestClient) -> None:
    answer = stranger.post(f"/?key={KEY}", headers={"origin": HOST}, follow_redirects=False)
    assert answer.status_code == 401


@pytest.mark.parametrize("path", [*PAGES, "/static/app.css", "/nothing", "/?page=x", "/?key=wrong"])
def test_every_answer_forbids_what_is_not_ours(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_anything_from_outside_or_runs_what_stands_in_it(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text
    for part in text.split("src=")[1:] + text.split("<link")[1:]:
        assert "//" not in part.partition(">")[0]


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/static/app.css"])
def test_head_answers_like_get_without_a_body(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fguard.py", "/static//etc/passwd"]
)
def test_no_file_beside_the_static_ones_is_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "from __future__" not in answer.text


def test_no_socket_is_opened(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


async def ask(
    app: object, path: str, headers: list[tuple[bytes, bytes]], query: bytes, method: str
) -> list[dict[str, Any]]:
    """Return what is answered to a request as no browser would write it."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "root_path": "",
        "query_string": query,
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    await app(scope, receive, send)  # type: ignore[operator]
    return sent


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.one_of(texts(max_size=4).map("/{}".format), st.text("/\\.%:@evil?#", max_size=12).map("/{}".format)),
    host=st.one_of(st.just(b"127.0.0.1:8000"), st.binary(max_size=12)),
    cookie=st.binary(max_size=20),
    origin=st.one_of(st.just(b"http://127.0.0.1:8000"), st.binary(max_size=12)),
    query=st.one_of(st.just(f"key={KEY}".encode()), st.binary(max_size=12)),
    method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "TRACE", "get"]),
)
def test_no_request_breaks_the_guard_or_gets_past_it(
    client: TestClient, path: str, host: bytes, cookie: bytes, origin: bytes, query: bytes, method: str
) -> None:
    headers = [(b"host", host), (b"cookie", cookie), (b"origin", origin)]
    start, *_ = anyio.run(ask, client.app, path, headers, query, method)
    has_key = query == f"key={KEY}".encode() and method in {"GET", "HEAD"} and host == b"127.0.0.1:8000"
    assert start["status"] == (303 if has_key else start["status"])
    assert has_key or start["status"] in {401, 403, 421}
    answer = dict(start["headers"])
    assert b"content-security-policy" in answer
    if has_key:
        assert answer[b"location"].startswith(b"/")
        assert not answer[b"location"].startswith((b"//", b"/\\"))
