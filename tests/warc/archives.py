"""Archives for tests, made by hand so that every length and every byte may be wrong."""

from __future__ import annotations

import gzip
import zlib

PAGE = b"<html><title>Ferry stays in port</title><p>The harbour master said the ferry stays.</p></html>"


def record(
    block: bytes = PAGE,
    *,
    kind: str = "resource",
    uri: str = "https://northwire.example/ferry",
    length: int | str | None = None,
    more: str = "",
    end: bytes = b"\r\n\r\n",
    version: str = "WARC/1.1",
) -> bytes:
    stated = len(block) if length is None else length
    head = (
        f"{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-03-02T08:00:00Z\r\n"
        f"Content-Type: text/html\r\nContent-Length: {stated}\r\n{more}\r\n"
    )
    return head.encode() + block + end


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def bomb(size: int) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {size}\r\n\r\n".encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    step = bytes(1 << 20)
    parts = [packer.compress(head)]
    parts += [packer.compress(step) for _ in range(size >> 20)]
    return b"".join(parts) + packer.compress(b"\r\n\r\n") + packer.flush()
