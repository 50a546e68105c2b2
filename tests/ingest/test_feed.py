"""Feeds to their items."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sayso.ingest.feed import MAX_BYTES, FeedContent, read_feed
from sayso.ingest.feed_child import MAX_ITEMS, read_feed_bytes, to_plain
from sayso.ingest.feed_marks import is_feed
from sayso.records import Moment, Precision
from tests.ingest.feeds import HOME, JSON, PAGE, RDF, atom, rss, rss_item


def read(data: bytes, url: str | None = HOME + "feed", media: str | None = None) -> FeedContent:
    return read_feed(data, name="feed", url=url, media=media)


def codes(feed: FeedContent) -> list[str]:
    return [problem.code for problem in feed.problems]


def test_rss_gives_items_in_order_with_address_title_and_time() -> None:
    feed = read(
        rss(rss_item(1, "<description>&lt;p&gt;The master &amp;amp; crew&lt;/p&gt;</description>"), rss_item(2))
    )
    assert feed.title == "Northwire"
    assert [item.url for item in feed.items] == [HOME + "1", HOME + "2"]
    first = feed.items[0]
    assert first.title == "Ferry 1 stays in port"
    assert first.summary == "The master & crew"
    assert first.id == first.url
    assert first.published == Moment(
        value="2024-11-04T10:01:00+02:00", precision=Precision.SECOND, stated_in="feed published"
    )
    assert not feed.problems


def test_rss_1_and_its_time_of_refresh() -> None:
    feed = read(RDF)
    assert [(item.url, item.published and item.published.value) for item in feed.items] == [(HOME + "1", "2024-11-04")]
    assert feed.refresh_s == 1800


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<ttl>30</ttl>", 1800.0),
        ("<ttl>soon</ttl>", None),
        ("<ttl>0</ttl>", None),
        ('<x:updatePeriod xmlns:x="http://purl.org/rss/1.0/modules/syndication/">daily</x:updatePeriod>', 86400.0),
    ],
)
def test_refresh_is_what_the_feed_says(head: str, expected: float | None) -> None:
    assert read(rss(rss_item(1), head=head)).refresh_s == expected


def test_atom_takes_the_alternate_link_and_xml_base() -> None:
    entry = (
        '<entry xml:base="y/"><id>tag:northwire.example,2024:1</id>'
        '<title type="html">&lt;b&gt;Ferry&lt;/b&gt; stays</title>'
        '<link rel="enclosure" type="audio/mpeg" href="a.mp3"/><link rel="self" href="self"/><link href="1.html"/>'
        "<updated>2024-11-04T10:15:00Z</updated></entry>"
    )
    feed = read(atom(entry, attributes=' xml:base="https://lisk.example/x/"'))
    item = feed.items[0]
    assert item.url == "https://lisk.example/x/y/1.html"
    assert item.title == "Ferry stays"
    assert item.id == "tag:northwire.example,2024:1"
    assert item.published
    assert item.published.stated_in == "feed updated"


def test_json_feed() -> None:
    feed = read(JSON)
    assert feed.title == "Northwire"
    assert [(item.url, item.id) for item in feed.items] == [(HOME + "1", "1"), ("https://lisk.example/2", "b")]
    assert feed.items[0].summary == "The harbour master"


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_older_rss(version: str) -> None:
    data = rss(rss_item(1)).replace(b'version="2.0"', f'version="{version}"'.encode())
    assert [item.url for item in read(data).items] == [HOME + "1"]


def test_relative_links_are_meant_against_the_feed_or_its_home() -> None:
    item = "<item><title>A</title><link>../a?x=1&amp;y=2</link></item>"
    assert read(rss(item), url="https://lisk.example/x/feed").items[0].url == "https://lisk.example/a?x=1&y=2"
    assert read(rss(item), url=None).items[0].url == "https://northwire.example/a?x=1&y=2"


def test_guid_stands_for_a_link_only_where_it_is_an_address() -> None:
    guids = (HOME + "1", "12345")
    feed = read(rss(*(f"<item><title>A</title><guid>{guid}</guid></item>" for guid in guids)))
    assert [item.url for item in feed.items] == [HOME + "1"]
    assert codes(feed) == ["no-address"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@lisk.example", "", "http://"])
def test_what_is_no_address_on_the_web_is_left_out(link: str) -> None:
    feed = read(rss(f"<item><title>A</title><link>{link}</link></item>", rss_item(1)), url=None)
    assert [item.url for item in feed.items if item.url != HOME] == [HOME + "1"]


def test_an_address_is_there_once() -> None:
    assert len(read(rss(rss_item(1), rss_item(1), rss_item(2))).items) == 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 04 Nov 2024 10:15:30 EST", "2024-11-04T10:15:30-05:00"),
        ("Mon, 4 Nov 24 10:15 GMT", "2024-11-04T10:15+00:00"),
        ("2024-11-04T10:15Z", "2024-11-04T10:15Z"),
        ("2024-11-04", "2024-11-04"),
        ("November 4, 2024", "2024-11-04"),
        ("November 4, 2024 10:15 PM", "2024-11-04T22:15"),
        ("Mon, 04 Nov 2024 10:15:00 Lisk", "2024-11-04T10:15:00"),
        ("03/04/2024", None),
        ("1730715300", None),
        ("Mon, 31 Feb 2024 10:00:00 GMT", None),
        ("tomorrow", None),
    ],
)
def test_dates_in_the_forms_that_feeds_use(written: str, expected: str | None) -> None:
    item = f"<item><link>{HOME}1</link><pubDate>{written}</pubDate></item>"
    feed = read(rss(item))
    published = feed.items[0].published
    assert (published and published.value) == expected
    assert codes(feed) == ([] if expected else ["unreadable-date"])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fish & chips", "Fish & chips"),
        ("caf&eacute;", "café"),
        ("a\x08b", "a b"),
        ("a&#x110000;b", "a b"),
        ("a&#55296;b", "a b"),
        (f"a&#{'9' * 5_000};b", "a b"),
        ("a&#0;b", "a b"),
        ("<b>Ferry", "Ferry"),
    ],
)
def test_broken_markup_loses_no_item(text: str, title: str) -> None:
    items = (f"<item><title>{text}</title><link>{HOME}1?a=1&b=2</link></item>", rss_item(2))
    feed = read(rss(*items))
    assert [item.url for item in feed.items] == [HOME + "1?a=1&b=2", HOME + "2"]
    assert (feed.items[0].title or "").replace("<b>", "").startswith(title)
    assert "broken-feed" in codes(feed)


def test_a_feed_that_is_cut_off_gives_what_there_is() -> None:
    feed = read(rss(*map(rss_item, range(9)))[:1500])
    assert len(feed.items) > 3
    assert codes(feed) == ["broken-feed"]


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (rss(rss_item(1), title="Café “Lisk”").decode().encode("cp1252"), "text/xml; charset=utf-8"),
        (rss(rss_item(1), title="Café “Lisk”"), "text/xml; charset=iso-8859-1"),
        (rss(rss_item(1), title="Café “Lisk”"), "text/xml; charset=nonsense"),
        (rss(rss_item(1), title="Café “Lisk”").decode().encode("utf-16"), None),
        (b"\n\n" + rss(rss_item(1), title="Café “Lisk”"), "text/html"),
        (b"\xef\xbb\xbf" + rss(rss_item(1), title="Café “Lisk”"), None),
    ],
)
def test_wrong_charsets_and_blank_lines_do_no_harm(data: bytes, media: str | None) -> None:
    feed = read(data, media=media)
    assert feed.title == "Café “Lisk”"
    assert len(feed.items) == 1


def test_bytes_in_no_encoding_are_read_as_far_as_they_go() -> None:
    data = rss(rss_item(1), title="Café").replace(b"Ferry", "Fähre ".encode("latin-1") + "Fähre—".encode())
    feed = read(data)
    assert len(feed.items) == 1
    assert codes(feed) == ["guessed-encoding"]


LAUGHS = "<!DOCTYPE rss [" + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/hostname"><!ENTITY % b SYSTEM "http://127.0.0.1:1/"> %b;]>'
LONG = f'<!DOCTYPE rss [<!ENTITY a9 "{"a" * 50_000}">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE, LONG])
def test_entities_are_not_filled_in(before: str) -> None:
    began = time.monotonic()
    feed = read(rss(f"<item><title>{'&a9;' * 2_000}</title><link>{HOME}1</link></item>", before=before))
    assert time.monotonic() - began < 5
    assert [item.url for item in feed.items] == [HOME + "1"]
    assert set(feed.items[0].title or "") <= set("&a9; ")
    assert "aa" not in (feed.items[0].title or "")
    assert "entities-dropped" in codes(feed)


def test_items_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    feed = read(rss(*(f"<item><link>{HOME}{i}</link></item>" for i in range(MAX_ITEMS + 7))))
    assert len(feed.items) == MAX_ITEMS
    assert codes(feed) == ["too-many-items"]


def test_bytes_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    feed = read(rss(rss_item(1), rss_item(2), f"<item><title>{'a' * MAX_BYTES}</title></item>"))
    assert len(feed.items) == 2
    assert codes(feed) == ["cut-off"]


@pytest.mark.parametrize(
    "tail",
    [
        "<a>" * 300_000,
        "<a/>" * 300_000,
        "<title>" + "& " * 700_000,
        "<![CDATA[" * 200_000,
        '<a b="' * 150_000,
        "</a>" * 200_000,
    ],
)
def test_what_takes_long_to_parse_is_left_out(tail: str) -> None:
    began = time.monotonic()
    feed = read(rss(rss_item(1), tail))
    assert time.monotonic() - began < 10
    assert [item.url for item in feed.items][:1] == [HOME + "1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable-feed"),
        (b" \n", "unreadable-feed"),
        (rss(), "empty-feed"),
        (PAGE, "unreadable-feed"),
        (b"The mayor said so.", "unreadable-feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unreadable-feed"),
        (b'{"version": "1"}', "unreadable-feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "empty-feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "unreadable-feed"),
        (b'{"a":' * 100_000, "unreadable-feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 900_000, "unreadable-feed"),
    ],
)
def test_what_is_no_feed_says_so(data: bytes, code: str) -> None:
    feed = read(data)
    assert not feed.items
    assert codes(feed) == [code]


def test_json_of_many_items_is_cut() -> None:
    items = [{"url": f"/{i}"} for i in range(MAX_ITEMS + 1)]
    data = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    feed = read(data.encode())
    assert len(feed.items) == MAX_ITEMS
    assert codes(feed) == ["too-many-items"]


def test_a_process_that_fails_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ingest.feed.LIMIT_S", 0.001)
    assert codes(read(rss(rss_item(1)))) == ["unreadable-feed"]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("a &amp; b", "a & b"),
        ("<p>a</p><script>x</script>", "a x"),
        ("<" + "b" * 10, None),
        ("plain", "plain"),
        ("<!-- -->", None),
    ],
)
def test_markup_to_text(markup: str, plain: str | None) -> None:
    assert to_plain(markup, 100) == plain


def test_markup_that_is_nested_without_end_does_no_harm() -> None:
    assert to_plain("<div>" * 300_000 + "deep", 100) in {None, "deep"}


@pytest.mark.parametrize(
    ("data", "media", "expected"),
    [
        (rss(), None, True),
        (rss(), "text/html", True),
        (rss(before=LAUGHS), None, True),
        (rss(before="<!-- > --><?x y?><!DOCTYPE rss>"), None, True),
        (RDF, None, True),
        (atom(), None, True),
        (b"<feed><entry/></feed>", None, True),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', None, True),
        (JSON, None, True),
        (b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', None, True),
        (rss().decode().encode("utf-16"), None, True),
        (rss().decode().encode("utf-16-le"), None, True),
        (b"Warning: cache is old\n" + rss(), "application/rss+xml", True),
        (b"Warning: cache is old\n" + rss(), None, False),
        (PAGE, None, False),
        (PAGE, "application/rss+xml", False),
        (b'<feed xmlns="urn:lisk:feed-of-chickens"/>', None, False),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', None, False),
        (b'{"version": 1}', None, False),
        (b"<!-- <rss>", None, False),
        (b"<!DOCTYPE rss [", None, False),
        (b"", None, False),
    ],
)
def test_a_feed_is_told_by_its_bytes(data: bytes, media: str | None, expected: bool) -> None:  # noqa: FBT001
    assert is_feed(data, media) is expected


PIECES = st.sampled_from(
    [
        *(rss(rss_item(1)), RDF, JSON, atom(), PAGE, b"<item>", b"<entry>", b"<rss>", b"<link>", b"<link href='//'/>"),
        *(b"&a;", b"<![CDATA[", b"]]>", b"<!ENTITY a 'b'>", b"\xff\xfe", b"<content type='application/octet-stream'>"),
        *(b"<guid>", b"&#xFFFFFFFF;", b"&#x110000;", b"<pubDate>99 Foo 2024", b"xml:base='http://['", b"<source>"),
        *(b"<image>", b"<textInput>", b"<itunes:image/>"),
    ]
)


@given(pieces=st.lists(st.one_of(PIECES, st.binary(max_size=20)), max_size=8))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_content(pieces: list[bytes]) -> None:
    feed = read(b"".join(pieces))
    assert feed.items or feed.problems
    for item in feed.items:
        assert item.url.lower().startswith(("http://", "https://"))
        f"{item.title}{item.summary}{item.id}{item.url}".encode()


def test_what_the_child_says_is_plain_data() -> None:
    found = read_feed_bytes(rss(rss_item(1)), name="feed", media=None)
    assert found["items"][0]["link"] == HOME + "1"
    assert found["problems"] == []
