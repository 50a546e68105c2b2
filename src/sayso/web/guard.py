"""What keeps strangers out of an app that listens on loopback: other users of the machine, and other sites' pages.

Rule 1: only requests that name this machine as their host are answered (DNS rebinding).
Rule 2: who opens the app has its key, made anew at each start: once in the address, then in a cookie.
Rule 3: what changes something must come from our own page.
Rule 4: our pages load nothing from outside, are framed by nobody, and tell nobody where they were.

Source: OWASP cheat sheets on cross-site request forgery and on content security policy; Fetch Metadata (W3C).
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "sayso"
HTTP_PORT: Final = 80
POLICY_VIOLATION: Final = 1008
KEY: Final = "key"
SAFE: Final = frozenset({"GET", "HEAD"})
HOST: Final = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::(?P<port>[0-9]{1,5}))?", re.ASCII | re.IGNORECASE)
HEADERS: Final = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
            b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """Wraps the app; answers what is not ours to answer itself."""

    def __init__(self, app: ASGIApp, *, key: str) -> None:
        """Take the app and the key of this start."""
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the app answer it."""
        if scope["type"] == "websocket":
            # No page opens one: who does is no page of ours.
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(one for one in HEADERS if one[0] not in known)]
            await send(message)

        request = Request(scope)
        answer = self._refuse(request) or self._let_in(request)
        await (answer or self._app)(scope, receive, send_guarded)

    def _refuse(self, request: Request) -> Response | None:
        """Return the answer to a request that does not come from our own page on this machine; None for others."""
        if HOST.fullmatch(request.headers.get("host", "")) is None:
            return _say("This app answers on this machine only.", HTTPStatus.MISDIRECTED_REQUEST)
        if request.method in SAFE:
            return None
        origin = request.headers.get("origin")
        is_ours = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        if not is_ours or origin not in {f"http://{request.headers['host']}", f"https://{request.headers['host']}"}:
            return _say("This did not come from a page of the app.", HTTPStatus.FORBIDDEN)
        return None

    def _let_in(self, request: Request) -> Response | None:
        """Return the answer to who brings the key for the first time, or has none; None for who is in."""
        # Cookies know no ports: two cases that are open at once would take each other's.
        found = HOST.fullmatch(request.headers["host"])
        cookie = f"{COOKIE}-{(found and found['port']) or HTTP_PORT}"
        if self._is_key(request.cookies.get(cookie)):
            return None
        if request.method in SAFE and self._is_key(request.query_params.get(KEY)):
            left = request.url.remove_query_params(KEY)
            target = left.path + (f"?{left.query}" if left.query else "")
            # One slash alone: two would lead to another host.
            response = RedirectResponse("/" + target.lstrip("/\\"), HTTPStatus.SEE_OTHER)
            response.set_cookie(cookie, self._key, httponly=True, samesite="strict", path="/")
            return response
        return _say("Open the app by the address that `sayso open` printed: it has the key.", HTTPStatus.UNAUTHORIZED)

    def _is_key(self, given: str | None) -> bool:
        return given is not None and hmac.compare_digest(given.encode(), self._key.encode())


def _say(words: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(words + "\n", status)
