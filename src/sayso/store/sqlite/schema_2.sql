-- Schema 2: what documents have in common. All of it is made of documents, readings and judgements, and none is logged.

-- What finds which documents belong together keeps its notes here, each kind on a shelf of its own.
CREATE TABLE shelves (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE held (
    shelf INTEGER NOT NULL REFERENCES shelves,
    key BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (shelf, key)
) STRICT, WITHOUT ROWID;

-- By the number of its adding, so that the first are found at once, however many there are.
CREATE TABLE unjoined (added INTEGER PRIMARY KEY REFERENCES documents (added) ON DELETE CASCADE) STRICT;
INSERT INTO unjoined SELECT d.added FROM documents AS d
WHERE EXISTS (SELECT 1 FROM readings AS r WHERE r.document = d.number AND r.is_current = 1) ORDER BY d.added;

CREATE TABLE stories (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    n_documents INTEGER NOT NULL,
    -- The minute of the last publication, for the order of lists.
    latest INTEGER,
    -- Whether a document of it was joined again since: then the findings are older than what they were made of.
    is_stale INTEGER NOT NULL,
    record TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX stories_order ON stories (n_documents DESC, latest DESC, id);
-- A document that went to another story stays with its older one, marked, for as long as that one's findings quote it.
CREATE TABLE story_documents (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    is_member INTEGER NOT NULL,
    PRIMARY KEY (story, document)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX story_members ON story_documents (document) WHERE is_member = 1;
CREATE INDEX story_documents_document ON story_documents (document);

-- The number that was given to a claim last: none is given twice.
CREATE TABLE claim_serial (number INTEGER NOT NULL) STRICT;
INSERT INTO claim_serial VALUES (0);
CREATE TABLE claims_told (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    n_outlets INTEGER NOT NULL,
    n_tellings INTEGER NOT NULL,
    n_documents INTEGER NOT NULL,
    is_disputed INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX claims_told_story ON claims_told (story);
-- Which claim a row tells. By what the row's id says, since its number changes with each reading.
CREATE TABLE told_rows (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    hash INTEGER NOT NULL,
    claim INTEGER NOT NULL REFERENCES claims_told ON DELETE CASCADE,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_rows_claim ON told_rows (claim);
-- Which documents tell a claim, in a row or in their own voice. No reference: what quotes a document goes before it.
CREATE TABLE tellers (
    claim INTEGER NOT NULL REFERENCES claims_told ON DELETE CASCADE,
    document INTEGER NOT NULL,
    PRIMARY KEY (claim, document)
) STRICT, WITHOUT ROWID;

-- Of judgements about two sources or two rows there may be `unsure` ones; those about one row name its document.
DROP INDEX judgements_sources;
CREATE INDEX judgements_pairs ON kept_judgements (number)
WHERE about_kind IN ('same', 'different') OR (about_kind = 'unsure' AND document IS NULL);

CREATE VIEW told AS
SELECT c.number, json_extract(c.record, '$.line') AS line, c.least, c.most,
    json_extract(c.record, '$.independence') AS independence, c.n_outlets AS outlets, c.n_tellings AS tellings,
    c.n_documents AS articles, c.is_disputed AS disputed, json_extract(c.record, '$.first') AS first,
    json_extract(c.record, '$.last') AS last, json_extract(c.record, '$.document') AS article,
    json_extract(c.record, '$.attribution') AS claim_id, s.id AS story
FROM claims_told AS c JOIN stories AS s ON s.number = c.story;
