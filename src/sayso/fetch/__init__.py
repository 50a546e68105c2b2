"""Addresses to captures: what the net gives, or why it gave nothing, and every step on the way.

Rule 1: whatever the net does comes back as a `Captured`; nothing raises for it. Rule 2: nobody is connected to before
the very address of the connection was checked. Rule 3: robots.txt is obeyed, hosts are asked one thing at a time, and
nothing is claimed to be what it is not: the user agent is our own, no cookie is kept, no credentials are sent.
"""

from __future__ import annotations

from sayso.fetch.fetcher import Fetcher
from sayso.fetch.refusals import make_refusal
from sayso.fetch.settings import FetchSettings

__all__ = ["FetchSettings", "Fetcher", "make_refusal"]
