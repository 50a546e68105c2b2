"""WACZ packages and WARC files made by hand, for tests."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

from tests.warc.archives import answer, packed, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SITE = "https://northwire.example"
BODY = "The harbour master said on Monday that the ferry would stay in port until the owner had shown the letters."
PAGE = f"<!DOCTYPE html><html><head><title>Ferry stays</title></head><body><p>{BODY}</p></body></html>".encode()
INFO = record(b"software: crawl.sh 1.2\r\nformat: WARC File Format 1.1\r\n", kind="warcinfo")


def response(path: str, body: bytes = PAGE, *headers: str, status: str = "200 OK", more: str = "") -> bytes:
    lines = headers or ("Content-Type: text/html; charset=utf-8",)
    return record(answer(body, *lines, status=status), kind="response", uri=SITE + path, more=more).replace(
        b"Content-Type: text/html\r\n", b"Content-Type: application/http; msgtype=response\r\n", 1
    )


def pages(*paths: str) -> bytes:
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"})]
    lines += [json.dumps({"id": str(i), "url": SITE + path, "title": "Ferry"}) for i, path in enumerate(paths)]
    return "\n".join(lines).encode()


def listed(members: Mapping[str, bytes], wrong: Sequence[str] = ()) -> bytes:
    resources = [
        {
            "path": path,
            "hash": "sha256:" + hashlib.sha256(data + (b"x" if path in wrong else b"")).hexdigest(),
            "bytes": len(data),
        }
        for path, data in members.items()
    ]
    return json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()


def make_wacz(members: Mapping[str, bytes], *, wrong: Sequence[str] = (), is_packed: bool = False) -> bytes:
    """Return a package of these members with its list; members named in `wrong` have a wrong digest there."""
    package = listed(members, wrong)
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}
    whole = {**members, "datapackage.json": package, "datapackage-digest.json": json.dumps(digest).encode()}
    return zip_up(whole, is_packed=is_packed)


def zip_up(members: Mapping[str, bytes], *, is_packed: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


CRAWL = packed(INFO, response("/ferry"), response("/harbour"), response("/frame"))
