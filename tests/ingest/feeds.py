"""Invented feeds, for tests."""

from __future__ import annotations

HOME = "https://northwire.example/"


def rss_item(number: int, more: str = "") -> str:
    return (
        f"<item><title>Ferry {number} stays in port</title><link>{HOME}{number}</link><guid>{HOME}{number}</guid>"
        f"<pubDate>Mon, 04 Nov 2024 10:{number % 60:02}:00 +0200</pubDate>{more}</item>"
    )


def rss(*items: str, head: str = "", before: str = "", title: str = "Northwire") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><channel><title>{title}</title>'
        f"<link>{HOME}</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


def atom(*entries: str, attributes: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>Northwire</title>'
        f"{''.join(entries)}</feed>"
    ).encode()


RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
    f'<channel rdf:about="{HOME}"><title>Northwire</title><sy:updatePeriod>hourly</sy:updatePeriod>'
    "<sy:updateFrequency>2</sy:updateFrequency></channel>"
    f'<item rdf:about="{HOME}1"><title>Ferry 1 stays in port</title><link>{HOME}1</link>'
    "<dc:date>2024-11-04</dc:date></item></rdf:RDF>"
).encode()

JSON = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Northwire", "home_page_url": "https://northwire.example/",'
    b' "items": [{"id": 1, "url": "/1", "title": "Ferry 1 stays in port", "content_html": "<p>The <b>harbour</b>'
    b' master</p>", "date_published": "2024-11-04T10:15:00+02:00"}, {"id": "b", "external_url": "https://lisk.example/2"}]}'
)

PAGE = (
    b"<!DOCTYPE html><html><head><title>How to read an rss feed</title></head>"
    b"<body><p>Write &lt;rss&gt; first.</p><code><rss></code></body></html>"
)

ATOM_NAMED = '<link rel="alternate" type="application/atom+xml" href="https://lisk.example/%d">'
