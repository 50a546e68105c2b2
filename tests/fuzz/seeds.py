"""Invented files of every format that is read: what fuzzing begins with."""

from __future__ import annotations

import gzip

from tests.ingest.feeds import JSON, RDF, atom, rss, rss_item
from tests.ingest.mails import make_mail, make_mhtml
from tests.ingest.packages import make_docx, paragraph, run
from tests.ingest.pdfs import Put, Sheet, make_pdf, wrap
from tests.ingest.waczs import CRAWL, INFO, make_wacz, pages, response
from tests.warc.archives import packed

TITLE = "Ferry owner denies cutting corners"
BODY = "LISK, Nov. 3 (Northwire) — The owner of the ferry denied on Sunday that anyone had cut corners. “No,” she said."
MORE = "The harbour master, who asked for an inquiry, said that he had seen the letters. He would not show them."
TEXT = f"{TITLE}\n\nBy Petra Oud\n\n{BODY}\n\n{MORE}\n\nSource: Northwire\n\n© 2024 Northwire\n"
LD = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":'
    f'"{TITLE}","datePublished":"2024-11-03T10:15:00+02:00","author":[{{"@type":"Person","name":"Petra Oud"}}],'
    '"publisher":{"@id":"#n"}},{"@id":"#n","@type":"Organization","name":"Northwire"}]}</script>'
)
HTML = (
    f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Northwire</title>{LD}'
    '<link rel="canonical" href="https://northwire.example/ferry"><meta property="og:site_name" content="Northwire">'
    f'<meta name="date" content="2024-11-03"></head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>'
    f'<p class="byline">By <a rel="author">Petra Oud</a></p><time datetime="2024-11-03">3 November</time><p>{BODY}</p>'
    f"<blockquote><p>{MORE}</p></blockquote><ul><li>{MORE}</li></ul><table><tr><td>{BODY}</td></tr></table>"
    f"<figure><figcaption>The ferry</figcaption></figure><p>Source: Northwire</p></article></body></html>"
)
LIVE = (
    f'<html><head><title>{TITLE} - live</title><script type="application/ld+json">{{"@type":"LiveBlogPosting",'
    f'"liveBlogUpdate":[{{"@type":"BlogPosting","headline":"One","articleBody":"{MORE}"}},{{"@type":"BlogPosting",'
    f'"headline":"Two","articleBody":"{MORE}"}}]}}</script></head><body><p>{BODY}</p></body></html>'
)
MARKDOWN = f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n*By Petra Oud*\n\n> {BODY}\n\n1. {MORE}\n\n"
MARKDOWN += "| a | b |\n|---|---|\n| 1 | 2 |\n"
TALK = "BRENN: We did nothing wrong.\n\nOUD: Will you show the letters?\n\nBRENN: I will not show them to you.\n" * 3
PDF = make_pdf(
    [Sheet(puts=[Put(50, 100, TITLE, 18), *(Put(50, 130 + 12 * i, x) for i, x in enumerate(wrap(BODY, 300)))])]
)
DOCX = make_docx(paragraph(run(TITLE), style="Titel") + paragraph(run(BODY), f"<w:ins>{run(MORE)}</w:ins>"))
MAIL = make_mail(f"{BODY}\n\n{MORE}", html=f"<p>{BODY}</p>", files={"a.pdf": b"x"}, inner=(make_mail(BODY),)).as_bytes()
WACZ = make_wacz({"archive/data.warc.gz": CRAWL, "pages/pages.jsonl": pages("/ferry")})

DOCUMENTS = {
    "a.txt": [TEXT.encode(), TALK.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252")],
    "a.md": [MARKDOWN.encode()],
    "a.html": [HTML.encode(), LIVE.encode(), HTML.encode("cp1252")],
    "a.eml": [MAIL],
    "a.mhtml": [make_mhtml(HTML.encode(), head="From: <Saved by Blink>\r\n")],
    "a.docx": [DOCX],
    "a.pdf": [PDF],
}
FEEDS = [
    rss(rss_item(1, "<description>&lt;p&gt;The master&lt;/p&gt;</description>"), rss_item(2)),
    atom(
        f'<entry><title type="xhtml"><div>A</div></title><link href="a"/><content type="html">{BODY}</content></entry>'
    ),
    *(RDF, JSON),
]
ARCHIVES = [
    CRAWL,
    INFO + response("/ferry", gzip.compress(HTML.encode()), "Content-Encoding: gzip"),
    WACZ,
    packed(INFO),
]
LISTS = [
    b"# for Monday\nhttps://northwire.example/1\n<http://lisk.example/2>\n",
    b"url,title\nhttps://northwire.example/1,Ferry\n",
]
TOKENS = [
    *(b"<", b">", b"&", b'"', b"'", b"/", b"\0", b"\xff", b"\r\n\r\n", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"</"),
    *(
        b"<p>",
        b"<div>",
        b"<b>",
        b"<table><tr><td>",
        b"<li>",
        b"<script>",
        b"<style>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    ),
    *(b"&nbsp;", b"&#0;", b"&#xD800;", b"&#99999999;", b"&b;", b"charset=utf-16", b"charset=hz", b"encoding='x'"),
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        "\u202e\u200b".encode(),
        "“".encode(),
        b"\x1b[31m",
        b"\x85",
        b"\x0c",
    ),
    *(
        b"Content-Type: text/html; charset=x\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Encoding: gzip\r\n",
    ),
    *(
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 9999999999\r\n",
        b"WARC/1.1\r\n",
        b"PK\x03\x04",
        b"PK\x01\x02",
    ),
    *(
        b"--b\r\n",
        b"-1",
        b"0",
        b"4294967295",
        b"1e999",
        b"[" * 50,
        b"{" * 50,
        b"2024-11-03T10:15:00Z",
        b"By ",
        b"(AP) - ",
    ),
    *(
        b"said",
        b"https://",
        b"#",
        b",",
        b"> ",
        b"* ",
        b"`" * 9,
        b"|",
        b"\t",
        b" " * 70,
        b"=?utf-8?b?",
        b"%PDF-",
        b"obj",
    ),
]
