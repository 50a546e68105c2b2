-- Schema 1. Tables hold what is kept; the views below them are what people read with other programs.
-- The number of a document begins with the minute of its publication, counted backwards, and that of a row with the
-- number of its document: in the order of their numbers both come newest first, and rows in the order of the text.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE serial (number INTEGER NOT NULL) STRICT;
CREATE TABLE migrations (schema INTEGER PRIMARY KEY, salt TEXT NOT NULL) STRICT;

CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX log_purged ON log (subject) WHERE kind = 'purge';

CREATE TABLE kept_captures (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    asked TEXT,
    refusal TEXT,
    warc_sha256 TEXT,
    salt TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX captures_asked ON kept_captures (asked) WHERE asked IS NOT NULL;
CREATE INDEX captures_refused ON kept_captures (number) WHERE refusal IS NOT NULL;
CREATE TABLE warcs (capture INTEGER PRIMARY KEY REFERENCES kept_captures ON DELETE CASCADE, data BLOB NOT NULL) STRICT;

CREATE TABLE outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, n INTEGER NOT NULL) STRICT;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    added INTEGER NOT NULL UNIQUE,
    added_at TEXT NOT NULL,
    title TEXT,
    name TEXT NOT NULL,
    outlet INTEGER REFERENCES outlets,
    published TEXT,
    day INTEGER,
    url TEXT,
    captured_at TEXT NOT NULL,
    format TEXT NOT NULL,
    supersedes TEXT,
    n_claims INTEGER NOT NULL DEFAULT 0,
    n_sources INTEGER NOT NULL DEFAULT 0,
    n_judged INTEGER NOT NULL DEFAULT 0,
    n_problems INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX documents_supersedes ON documents (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX documents_outlet ON documents (outlet);
CREATE TABLE document_records (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    record TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;
CREATE TABLE texts (document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE, text TEXT NOT NULL) STRICT;
CREATE TABLE came_from (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    capture INTEGER NOT NULL REFERENCES kept_captures ON DELETE CASCADE,
    -- Of its first capture the document's own digest tells: there is no salt then.
    salt TEXT,
    UNIQUE (document, capture)
) STRICT;
CREATE INDEX came_from_capture ON came_from (capture);
CREATE TABLE addresses (
    url TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (url, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_document ON addresses (document);

CREATE TABLE runs (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, engine TEXT NOT NULL) STRICT;
CREATE TABLE readings (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES runs,
    made_at TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    salt TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX readings_document ON readings (document);
CREATE INDEX readings_run ON readings (run) WHERE is_current = 1;

CREATE TABLE problems (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    capture INTEGER NOT NULL REFERENCES kept_captures ON DELETE CASCADE,
    record TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;
CREATE INDEX problems_capture ON problems (capture);
CREATE TABLE kept_judgements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    about TEXT NOT NULL,
    about_kind TEXT NOT NULL,
    document TEXT,
    record TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;
CREATE INDEX judgements_document ON kept_judgements (document);
CREATE INDEX judgements_sources ON kept_judgements (number) WHERE about_kind IN ('same', 'different');
CREATE TABLE feeds (number INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, record TEXT NOT NULL, salt TEXT NOT NULL) STRICT;
CREATE TABLE timestamps (
    number INTEGER PRIMARY KEY,
    stamped TEXT NOT NULL,
    token BLOB NOT NULL,
    salt TEXT NOT NULL
) STRICT;

-- What the lists know of the current readings, with what persons judged in it. All of it can be made anew.

CREATE TABLE names (number INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE, n INTEGER NOT NULL) STRICT;
CREATE TABLE units (number INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE, n INTEGER NOT NULL) STRICT;
CREATE TABLE lines (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL,
    n INTEGER NOT NULL,
    shown_in INTEGER
) STRICT;
CREATE INDEX lines_joined ON lines (shown_in) WHERE shown_in IS NOT NULL;
CREATE TABLE line_words (
    line INTEGER NOT NULL,
    what TEXT NOT NULL,
    word TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (line, what, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE apart (source TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE source_rows (
    number INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    line INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    naming TEXT NOT NULL,
    role TEXT
) STRICT;
CREATE INDEX sources_document ON source_rows (document);
CREATE INDEX sources_hash ON source_rows (hash);
CREATE INDEX sources_line ON source_rows (line);
CREATE TABLE claim_rows (
    number INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    -- No reference: the numbers of a document's rows follow its own, and an index to find them by would be waste.
    document INTEGER NOT NULL,
    source INTEGER NOT NULL,
    via TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    start INTEGER NOT NULL,
    stance TEXT NOT NULL,
    certainty TEXT NOT NULL,
    endorsement TEXT NOT NULL,
    confidence REAL NOT NULL,
    places TEXT NOT NULL,
    quantities TEXT NOT NULL,
    judged TEXT NOT NULL
) STRICT;
CREATE INDEX claims_hash ON claim_rows (hash);
-- Columns of numbers, packed: a filter looks at whole columns. See columns.py.
CREATE TABLE columns (
    what TEXT NOT NULL,
    first INTEGER NOT NULL,
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX columns_heads ON columns (what, first, version, n);

CREATE VIRTUAL TABLE text_words USING fts5(
    text, content='texts', content_rowid='document', columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE claim_words USING fts5(
    content, content='claim_rows', content_rowid='number', columnsize=0, tokenize="unicode61 remove_diacritics 2"
);

-- For people and their programs.

CREATE VIEW captures AS
SELECT id, json_extract(record, '$.name') AS name, json_extract(record, '$.kind') AS kind,
    json_extract(record, '$.urls.asked') AS asked_url, json_extract(record, '$.urls.final') AS final_url,
    json_extract(record, '$.captured_at') AS captured_at, json_extract(record, '$.status') AS status,
    json_extract(record, '$.media') AS media, json_extract(record, '$.sha256') AS sha256,
    json_extract(record, '$.size_bytes') AS size_bytes, refusal,
    json_extract(record, '$.refusal.message') AS refusal_message, added_at
FROM kept_captures;

CREATE VIEW articles AS
SELECT d.id, d.title, o.name AS outlet, d.published, d.url, d.name, d.format, d.captured_at, d.added_at,
    d.n_claims, d.n_sources, d.n_judged, d.n_problems, d.supersedes, t.text
FROM documents AS d LEFT JOIN outlets AS o ON o.number = d.outlet JOIN texts AS t ON t.document = d.number;

CREATE VIEW sources AS
SELECT printf('src-%016x', s.hash) AS id, d.id AS article, s.name, s.kind, s.naming, s.role
FROM source_rows AS s JOIN documents AS d ON d.number = s.document;

CREATE VIEW claims AS
SELECT printf('att-%016x', c.hash) AS id, d.id AS article, d.title, o.name AS outlet, d.published, d.url,
    printf('src-%016x', s.hash) AS source_id, s.name AS source, s.kind, s.naming, s.role, c.via, c.cue, c.content,
    c.start, c.stance, c.certainty, c.endorsement, c.confidence, c.places, c.quantities, c.judged
FROM claim_rows AS c JOIN documents AS d ON d.number = c.document JOIN source_rows AS s ON s.number = c.source
LEFT JOIN outlets AS o ON o.number = d.outlet;

CREATE VIEW judgements AS
SELECT id, json_extract(record, '$.kind') AS kind, json_extract(record, '$.document') AS article,
    json_extract(record, '$.subject') AS subject, json_extract(record, '$.other') AS other,
    json_extract(record, '$.changes') AS changes, json_extract(record, '$.by') AS by,
    json_extract(record, '$.at') AS at, json_extract(record, '$.reason') AS reason
FROM kept_judgements;
