"""WARC/1.1 records, each a gzip member of its own."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = "WARC/1.1"
HTTP = "application/http"
# Source: RFC 3986, 2: what a URI is made of; everything else is written as %XX, line ends above all.
URI_SAFE = "!#$%&'()*+,/:;=?@[]~"
NO_FIELD = re.compile(r"[^\x20-\x7e]+")
HEAD_END = re.compile(rb"\r?\n\r?\n")


def write_resource(data: bytes, *, at: str, uri: str | None = None, media: str | None = None) -> bytes:
    """Return one ``resource`` record: bytes that were not fetched, or of which nothing else is known.

    Args:
        data: The bytes.
        at: UTC, ``2024-11-03T10:15:42Z``.
        uri: Where they are from; without one, ``urn:sha256:`` and their hash. Never the path of a local file: an
            archive is passed on, and the path names its user.
        media: Their media type.
    """
    fields = [
        ("WARC-Type", "resource"),
        ("WARC-Target-URI", _clean_uri(uri) if uri else f"urn:sha256:{hashlib.sha256(data).hexdigest()}"),
        ("WARC-Date", at),
    ]
    return _write([(fields, data, media or "application/octet-stream")])


def write_exchange(
    *, url: str, at: str, request: bytes, response: bytes, ip: str | None = None, is_cut: bool = False
) -> bytes:
    """Return a ``request`` and a ``response`` record, byte for byte as they went over the wire.

    Args:
        url: What was asked for.
        at: UTC: when the answer began.
        request: Head (and body) of the request.
        response: Head and body of the answer.
        ip: The address that was connected to.
        is_cut: Whether reading the answer stopped at a limit.
    """
    shared = [("WARC-Target-URI", _clean_uri(url)), ("WARC-Date", at)]
    if ip is not None:
        shared.append(("WARC-IP-Address", ip))
    answer = [("WARC-Type", "response"), *shared]
    if is_cut:
        answer.append(("WARC-Truncated", "length"))
    asked = [
        ("WARC-Type", "request"),
        *shared,
        ("WARC-Concurrent-To", _record_id(answer, response)),
    ]
    return _write(
        [
            (asked, request, f"{HTTP}; msgtype=request"),
            (answer, response, f"{HTTP}; msgtype=response"),
        ]
    )


def _find_payload(block: bytes, media: str) -> bytes:
    """Return a resource's bytes, or what follows an HTTP head: chunk marks included, as warcio and wget reckon it."""
    if not media.startswith(HTTP):
        return block
    end = HEAD_END.search(block)
    return block[end.end() :] if end else b""


def _digest(data: bytes) -> str:
    """Return the SHA-256 as a labelled digest.

    Source: ISO 28500:2017 (WARC/1.1), 5.8.
    """
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def _record_id(fields: Iterable[tuple[str, str]], block: bytes) -> str:
    """Return the record's id, which follows from what it holds: writing the same twice writes the same bytes."""
    named = "\n".join(f"{name}: {value}" for name, value in fields) + hashlib.sha256(block).hexdigest()
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}>"


def _clean_uri(uri: str) -> str:
    """Return the URI without characters that none may have."""
    return quote(uri.encode("utf-8", "replace"), safe=URI_SAFE)


def _write(records: list[tuple[list[tuple[str, str]], bytes, str]]) -> bytes:
    """Return the records' bytes."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=VERSION)
    for fields, block, media in records:
        named = [
            *fields,
            ("WARC-Record-ID", _record_id(fields, block)),
            ("WARC-Block-Digest", _digest(block)),
            ("WARC-Payload-Digest", _digest(_find_payload(block, media))),
        ]
        clean = [(name, NO_FIELD.sub(" ", value)) for name, value in named]
        record_type = fields[0][1]
        # Made here and not by the writer's own builder, which parses an HTTP head and sets it anew: not what came.
        record = ArcWarcRecord(
            "warc",
            record_type,
            StatusAndHeaders("", clean, protocol=VERSION),
            io.BytesIO(block),
            None,
            NO_FIELD.sub(" ", media),
            len(block),
        )
        writer.write_record(record)
    return out.getvalue()
