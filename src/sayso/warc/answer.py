"""The bytes of an HTTP answer to its status, headers and decoded body, within limits."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, cast

from sayso.errors import Problem
from sayso.warc.inflating import BITS, inflate
from sayso.warc.members import End

if TYPE_CHECKING:
    import socket

    from sayso.warc.limits import Limits

STEP_BYTES = 1 << 16
MAX_CODINGS = 3
FOLD = re.compile(r"[\r\n]+[ \t]*")
# Browsers' archives name the version that was spoken; the block is written as for HTTP/1.1 all the same.
NEWER_VERSION = re.compile(rb"HTTP/[23](?:\.\d)? ")

TOO_LARGE = "answer-too-large"
BROKEN = "answer-broken"
CUT_OFF = "answer-cut-off"
OTHER_CODING = "answer-other-coding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer.

    Attributes:
        status: Its status.
        headers: In order, as they came; a folded one in one line.
        body: Decoded from transfer and content encoding.
        size_bytes: How many bytes of the block the answer took; what follows them is none of it.
        problems: Where the bytes contradict the headers; the body is then what could be had.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    size_bytes: int
    problems: tuple[Problem, ...] = ()

    def get(self, name: str) -> str | None:
        """Return a header's first value; None where there is no such header."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class KeptStream(io.BytesIO):
    """Bytes that stay readable when `http.client` is done with them, and stand in for a socket."""

    def close(self) -> None:
        """Do nothing: where reading ended is still to be asked."""

    def makefile(self, *_: object, **__: object) -> KeptStream:
        """Return itself, as a socket returns its file."""
        return self


def read_answer(block: bytes, *, limits: Limits) -> Answer | Problem:
    """Return the answer that the bytes hold, or the problem for which they hold none."""
    newer = NEWER_VERSION.match(block)
    if newer:
        block = b"HTTP/1.1 " + block[newer.end() :]
    stream = KeptStream(block)
    response = HTTPResponse(cast("socket.socket", stream), method="GET")
    try:
        response.begin()
    except (HTTPException, ValueError):
        return Problem(code=BROKEN, message="The answer does not begin as HTTP does.")
    if stream.tell() > limits.header_bytes:
        return Problem(code=TOO_LARGE, message=f"The answer's headers are over {limits.header_bytes:,} bytes.")
    headers = tuple((name, FOLD.sub(" ", str(value))) for name, value in response.getheaders())
    body, problems = _read_transfer(response, stream)
    if len(body) > limits.body_bytes:
        return Problem(code=TOO_LARGE, message=f"The answer's body is over {limits.body_bytes:,} bytes.")
    taken = stream.tell() - (len(b"HTTP/1.1 ") - len(newer[0]) if newer else 0)
    decoded, problem = _decode(body, _find_codings(headers), limits=limits)
    if problem and problem.code == TOO_LARGE:
        return problem
    if problem:
        problems.append(problem)
    return Answer(status=response.status, headers=headers, body=decoded, size_bytes=taken, problems=tuple(problems))


def _read_transfer(response: HTTPResponse, stream: KeptStream) -> tuple[bytes, list[Problem]]:
    """Return the body without chunk marks. It cannot be longer than the block, which is in memory already."""
    start = stream.tell()
    coding = (response.getheader("transfer-encoding") or "").strip().lower()
    if coding not in {"", "chunked", "identity"}:
        problem = Problem(code=OTHER_CODING, message=f"The transfer encoding {coding[:40]!r} is not read.")
        return stream.read(), [problem]
    parts: list[bytes] = []
    try:
        while part := response.read(STEP_BYTES):
            parts.append(part)
    except IncompleteRead as error:
        parts.append(error.partial)
        if not any(parts):  # many archives keep the body without its chunk marks, and the header that promises them
            stream.seek(start)
            return stream.read(), [Problem(code=BROKEN, message="The body has not the chunks that its header states.")]
        return b"".join(parts), [Problem(code=CUT_OFF, message="The body is cut off, or its chunks are broken.")]
    except HTTPException:
        return b"".join(parts), [Problem(code=CUT_OFF, message="The body is cut off, or its chunks are broken.")]
    if response.length:
        return b"".join(parts), [Problem(code=CUT_OFF, message=f"{response.length:,} bytes of the body are missing.")]
    return b"".join(parts), []


def _find_codings(headers: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the content codings in the order in which they were applied."""
    stated = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    return [coding for part in stated.split(",") if (coding := part.strip().lower()) not in {"", "identity"}]


def _decode(body: bytes, codings: list[str], *, limits: Limits) -> tuple[bytes, Problem | None]:
    """Return the body without its content codings as far as it can be had, and what is wrong with it."""
    if not codings or not body:
        return body, None
    if len(codings) > MAX_CODINGS or not set(codings) <= set(BITS):
        stated = ", ".join(codings)[:40]
        return body, Problem(code=OTHER_CODING, message=f"The content encoding {stated!r} is not read.")
    most = limits.body_bytes
    if limits.ratio is not None:
        most = min(most, max(limits.ratio_from_bytes, len(body) * limits.ratio))
    decoded = body
    for coding in reversed(codings):
        found = inflate(decoded, coding, most=most)
        if found.end is End.BOMB:
            message = f"The body swells from {len(body):,} bytes to more than {most:,}."
            return b"", Problem(code=TOO_LARGE, message=message)
        if found.end is End.CUT_OFF:
            return found.data, Problem(code=CUT_OFF, message="The body ends before its encoding does.")
        if found.end is End.DAMAGED:
            message = f"The body is not encoded as its header states ({', '.join(codings)})."
            return found.data or body, Problem(code=BROKEN, message=message)
        decoded = found.data
    return decoded, None
