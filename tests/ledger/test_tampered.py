"""Whatever a list, filter or page shows is checked: each change with SQL to what is shown is found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_story import gather_story
from sayso.records import Feed
from sayso.store.sqlite import create_case
from tests.cases import AT, judge
from tests.ledger.hands import START, make_ledger, make_page
from tests.ledger.test_verifying import change, check, places

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.bench.synthetic_story import Told

A, B, C = "https://a.example/1", "https://b.example/1", "https://c.example/1"
CHANGES = (
    "UPDATE kept_captures SET asked = 'http://evil.example/' WHERE asked IS NOT NULL",
    "UPDATE kept_captures SET refusal = 'paywall' WHERE refusal IS NOT NULL",
    "UPDATE kept_captures SET refusal = NULL WHERE refusal IS NOT NULL",
    "UPDATE kept_captures SET warc_sha256 = '00' WHERE number = 1",
    "UPDATE kept_captures SET added_at = '2020-01-01T00:00:00Z'",
    "UPDATE outlets SET name = 'Fake Post'",
    "UPDATE outlets SET folded = 'fake'",
    "UPDATE outlets SET n = 99",
    "UPDATE documents SET title = 'Fake' WHERE added = 1",
    "UPDATE documents SET name = 'Fake' WHERE added = 1",
    "UPDATE documents SET published = '1999-01-01' WHERE added = 1",
    "UPDATE documents SET day = 1 WHERE added = 1",
    "UPDATE documents SET url = 'http://evil.example/' WHERE added = 1",
    "UPDATE documents SET added_at = '1999-01-01T00:00:00Z'",
    "UPDATE documents SET captured_at = '1999-01-01T00:00:00Z' WHERE added = 1",
    "UPDATE documents SET format = 'pdf' WHERE added = 1",
    "UPDATE documents SET supersedes = (SELECT id FROM documents WHERE added = 1) WHERE added = 2",
    "UPDATE documents SET n_claims = 999 WHERE added = 1",
    "UPDATE documents SET n_problems = 9 WHERE added = 1",
    "UPDATE documents SET n_judged = 9 WHERE added = 1",
    "UPDATE documents SET n_sources = 9 WHERE added = 1",
    "UPDATE documents SET outlet = NULL",
    "UPDATE documents SET added = added + 1000",
    "UPDATE came_from SET capture = 2 WHERE number = 1",
    "UPDATE came_from SET salt = '00' WHERE salt IS NOT NULL",
    "DELETE FROM came_from WHERE number = 1",
    "DELETE FROM came_from WHERE salt IS NOT NULL",
    "UPDATE addresses SET url = 'http://evil.example/' || url",
    "DELETE FROM addresses",
    "UPDATE runs SET model = 'fake'",
    "UPDATE runs SET engine = 'fake'",
    "UPDATE runs SET id = 'run-0000000000000000'",
    "UPDATE problems SET capture = 1",
    "UPDATE kept_judgements SET about_kind = 'accept' WHERE about_kind = 'reject'",
    "UPDATE kept_judgements SET about = 'jdg-0', document = NULL",
    "UPDATE names SET folded = 'evil' || number",
    "UPDATE lines SET folded = 'evil' || number",
    "UPDATE lines SET key = 'evil' || number",
    "UPDATE lines SET shown_in = (SELECT min(number) FROM lines)",
    "UPDATE lines SET shown_in = NULL WHERE shown_in IS NOT NULL",
    "UPDATE lines SET n = 99",
    "UPDATE line_words SET word = 'Fake' || n || what || line WHERE what = 'name'",
    "UPDATE line_words SET n = n + 1",
    "DELETE FROM line_words",
    "INSERT INTO apart SELECT printf('src-%016x', hash) FROM source_rows LIMIT 1",
    "UPDATE source_rows SET name = 'Fake' WHERE number = 1",
    "UPDATE source_rows SET kind = 'state'",
    "UPDATE source_rows SET role = 'Minister'",
    "UPDATE source_rows SET line = (SELECT max(number) FROM lines)",
    "UPDATE claim_rows SET content = 'the opposite' WHERE number = (SELECT min(number) FROM claim_rows)",
    "UPDATE claim_rows SET stance = 'denies'",
    "UPDATE claim_rows SET via = '[\"Fake\"]'",
    "UPDATE claim_rows SET judged = 'accepted'",
    "UPDATE claim_rows SET start = start + 1",
    "UPDATE claim_rows SET confidence = 0.1",
    "UPDATE claim_rows SET places = '[\"x\"]'",
    "UPDATE claim_rows SET quantities = '[\"x\"]'",
    "DELETE FROM claim_rows WHERE number = (SELECT min(number) FROM claim_rows)",
    "UPDATE columns SET data = zeroblob(length(data)) WHERE what = 'rows'",
    "UPDATE columns SET n = n + 1 WHERE what = 'documents'",
    "DELETE FROM columns",
    "DELETE FROM columns WHERE what = 'told'",
    "UPDATE columns SET data = zeroblob(length(data)) WHERE what = 'told'",
    "UPDATE columns SET n = n + 1 WHERE what = 'told'",
    "UPDATE columns SET data = CAST(data || data AS BLOB), n = n + n WHERE what = 'told'",
    "DELETE FROM tellers",
    "UPDATE tellers SET document = 7 WHERE claim = 2",
    "INSERT INTO tellers SELECT 2, max(number) FROM documents",
    "UPDATE claims_told SET is_disputed = 1 - is_disputed",
    "DELETE FROM told_rows WHERE claim = 1",
    "DELETE FROM text_words_data WHERE id > 10",
    "INSERT INTO text_words (text_words) VALUES ('delete-all')",
    "INSERT INTO claim_words (claim_words) VALUES ('delete-all')",
    "INSERT INTO text_words (rowid, text) VALUES (1, 'planted')",
    "INSERT INTO text_words (rowid, text) SELECT document, 'planted' FROM texts LIMIT 1",
    "INSERT INTO meta VALUES ('more', 'x')",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with all kinds of records: an article of two captures, a refusal, a problem, judgements, a feed."""
    path = tmp_path_factory.mktemp("whole") / "harbour.sayso"
    pages = {
        A: make_page(A, said="Ida Marlow said the line would close in Port Callan."),
        B: make_page(B, title="Bridge to open", said="Ola Brenn said the bridge would open."),
        C: "<html></html>",
        "https://e.example/1": make_page(A, said="Ida Marlow said the line would close in Port Callan.") + " ",
    }
    site = '<meta property="og:site_name" content="Lorven Post"></head>'
    pages = {url: page.replace("</head>", site) for url, page in pages.items()}
    ledger = make_ledger({**pages}, store=create_case(path, name="harbour", at=START))
    list(ledger.add([*pages, "https://d.example/1"]))
    with ledger.store.write() as writer:
        first, second = (doc.id for doc in writer.iter_documents())
        rows = [writer.get_reading(doc).reading for doc in (first, second)]
        for reading in rows:
            writer.add_judgement(judge("reject", reading.attributions[0].id, document=reading.document.id), at=AT)
        sources = [reading.sources[0].id for reading in rows]
        writer.add_judgement(judge("same", sources[0], other=sources[1]), at=AT)
        writer.set_feed(Feed(url="https://a.example/feed", added_at=START), at=START)
        told: list[list[Told]] = [[(reading, reading.attributions[0]) for reading in rows], [(rows[0], None)]]
        writer.put_findings(*gather_story(rows, told, writer.take_claim_numbers))
    assert ledger.verify().findings == ()
    ledger.close()
    return path


@pytest.mark.parametrize("sql", CHANGES)
def test_each_change_to_what_is_shown_is_found(whole: Path, tmp_path: Path, sql: str) -> None:
    path = tmp_path / "harbour.sayso"
    shutil.copy(whole, path)
    change(path, sql)
    assert places(check(path))
