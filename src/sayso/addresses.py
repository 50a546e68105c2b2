"""When two addresses are the same page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from sayso.records import Urls

ADDRESS = re.compile(r"(?i)(?:https?|ftps?)://|www\.")
# What is put on links to tell where a reader came from, and never changes the page.
TRACKING_PREFIXES = ("utm_", "at_", "mc_")
TRACKING = frozenset({"fbclid", "gclid", "dclid", "igshid", "msclkid", "yclid", "ocid", "cmpid", "smid"})
DEFAULT_PORTS = {"http": 80, "https": 443}


def is_address(name: str) -> bool:
    """Return whether a name on the command line means an address of the web, be it one that is fetched or not."""
    return ADDRESS.match(name) is not None


def normalise_address(url: str) -> str:
    """Return an address as it is compared: host in small letters, no fragment, no default port, no tracking marks."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    where = host if port is None or port == DEFAULT_PORTS.get(scheme) else f"{host}:{port}"
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(key)]
    return urlunsplit((scheme, where, parts.path or "/", urlencode(kept), ""))


def list_own_addresses(urls: Urls) -> list[str]:
    """Return the addresses that are the page's own, each once.

    A canonical address on another host is the original's, of which this is a republication: not a version of it. So may
    that of a saved page be of which nothing else is known. Nor is a page the front page that some sites call canonical.
    """
    own = [url for url in (urls.asked, urls.final) if url]
    hosts = {find_host(url) for url in own}
    if urls.canonical and find_host(urls.canonical) in hosts and not _is_front_page(urls.canonical):
        own.append(urls.canonical)
    return list(dict.fromkeys(own))


def find_host(url: str) -> str:
    """Return the host of an address without its ``www.``; empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_front_page(url: str) -> bool:
    parts = urlsplit(normalise_address(url))
    return parts.path == "/" and not parts.query


def _is_tracking(key: str) -> bool:
    return key.lower() in TRACKING or key.lower().startswith(TRACKING_PREFIXES)
