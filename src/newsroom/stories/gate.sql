-- The gate: what readers may see follows from these rows, and nothing here can be changed or taken back.
-- Every rule is looked up by a trigger; foreign keys can be switched off by a connection, triggers cannot.
-- A row says what its content says, and what the ledger entry of its act says, time and signature included. SQLite
-- cannot verify a signature: that the builder does, and `doctor` names the row.

CREATE TABLE gate_words (
    digest  TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    content BLOB
) WITHOUT ROWID;
-- What an outlet erased, by digest; a draft or a decision by its number ("draft 7"), a capture by its id. The signature
-- stands in the ledger entry, with everything it is of. The key's columns come first: SQLite's own check of a table without
-- rowid takes others for empty ones where they do not.
CREATE TABLE gate_erasure (
    outlet TEXT NOT NULL CHECK (outlet <> ''), digest TEXT NOT NULL, entry TEXT NOT NULL, by_one TEXT NOT NULL CHECK (by_one <> ''), by_two TEXT NOT NULL CHECK (by_two <> '' AND by_two <> by_one),
    reason TEXT NOT NULL CHECK (reason <> ''), at TEXT NOT NULL, PRIMARY KEY (outlet, digest, entry)
) WITHOUT ROWID;
CREATE TABLE gate_version (
    outlet TEXT NOT NULL CHECK (outlet <> ''),
    story  TEXT NOT NULL CHECK (story <> ''),
    number INTEGER NOT NULL CHECK (number >= 1),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    content TEXT NOT NULL,
    drafter TEXT NOT NULL,
    PRIMARY KEY (outlet, story, number),
    UNIQUE (outlet, story, number, digest)
) WITHOUT ROWID;
CREATE TABLE gate_approval (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
    outlet   TEXT NOT NULL, story TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL,
    approver TEXT NOT NULL CHECK (approver <> ''),
    needed   INTEGER NOT NULL CHECK (needed >= 1),
    approved_at TEXT NOT NULL, expires_at TEXT NOT NULL CHECK (expires_at > approved_at),
    entry    TEXT NOT NULL CHECK (length(entry) = 64),
    content  TEXT NOT NULL,
    signature TEXT NOT NULL CHECK (signature <> ''),
    FOREIGN KEY (outlet, story, version, digest) REFERENCES gate_version (outlet, story, number, digest)
) WITHOUT ROWID;
CREATE TABLE gate_voiding (
    approval TEXT NOT NULL PRIMARY KEY, reason TEXT NOT NULL CHECK (reason <> ''), at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE gate_publication (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
    outlet   TEXT NOT NULL, story TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL,
    approval TEXT NOT NULL UNIQUE,
    not_before TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    entry    TEXT NOT NULL CHECK (length(entry) = 64),
    content  TEXT NOT NULL,
    UNIQUE (outlet, story, supersedes),
    FOREIGN KEY (outlet, story, version, digest) REFERENCES gate_version (outlet, story, number, digest)
) WITHOUT ROWID;
CREATE TABLE gate_withdrawal (
    publication TEXT NOT NULL PRIMARY KEY,
    outlet TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('cancel', 'retract', 'takedown')),
    by_whom TEXT NOT NULL CHECK (by_whom <> ''), reason TEXT NOT NULL CHECK (reason <> ''), at TEXT NOT NULL, entry TEXT NOT NULL, content TEXT NOT NULL
) WITHOUT ROWID;

-- Nothing is changed, nothing is deleted, nothing is replaced.
CREATE TRIGGER gate_words_once BEFORE INSERT ON gate_words BEGIN
    SELECT RAISE(ABORT, 'gate: these words exist') WHERE EXISTS (SELECT 1 FROM gate_words WHERE digest = NEW.digest);
END;
-- What two stories say, a byline, an empty deck, stays as long as one of them is not erased; what went with the last one is
-- kept again when a later story says it.
CREATE TRIGGER gate_words_stay BEFORE UPDATE ON gate_words BEGIN
    SELECT RAISE(ABORT, 'gate: words are only ever emptied, by a recorded erasure')
     WHERE NEW.digest <> OLD.digest OR NOT EXISTS (SELECT 1 FROM gate_erasure WHERE digest = OLD.digest)
        OR (NEW.content IS NOT NULL AND OLD.content IS NOT NULL);
    SELECT RAISE(ABORT, 'gate: words are kept for as long as a story says them that was not erased')
     WHERE (NEW.content IS NULL) = EXISTS (
         SELECT 1 FROM gate_version v WHERE instr(v.content, OLD.digest) AND NOT EXISTS (
             SELECT 1 FROM gate_erasure g JOIN ledger_entry e ON e.hash = g.entry
              WHERE g.digest = OLD.digest AND g.outlet = v.outlet AND json_extract(CAST(e.content AS TEXT), '$.body.story') IS v.story));
END;
CREATE TRIGGER gate_words_kept BEFORE DELETE ON gate_words BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_erasure_once BEFORE INSERT ON gate_erasure BEGIN
    SELECT RAISE(ABORT, 'gate: this erasure exists') WHERE EXISTS (SELECT 1 FROM gate_erasure WHERE outlet = NEW.outlet AND digest = NEW.digest AND entry = NEW.entry);
    SELECT RAISE(ABORT, 'gate: an erasure has its ledger entry')
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hash = NEW.entry AND e.outlet = NEW.outlet AND e.act = 'erasure');
    SELECT RAISE(ABORT, 'gate: the ledger entry says something else than the erasure')
      FROM (SELECT CAST(content AS TEXT) AS told FROM ledger_entry WHERE hash = NEW.entry)
     WHERE json_extract(told, '$.actor') IS NOT NEW.by_one OR json_extract(told, '$.body.by_two') IS NOT NEW.by_two
        OR json_extract(told, '$.body.reason') IS NOT NEW.reason OR json_extract(told, '$.at') IS NOT NEW.at
        OR NEW.digest NOT IN (SELECT value FROM json_each(told, '$.body.digests'));
    SELECT RAISE(ABORT, 'gate: an erasure is signed')
      FROM (SELECT CAST(content AS TEXT) AS told FROM ledger_entry WHERE hash = NEW.entry)
     WHERE COALESCE(json_extract(told, '$.body.signature'), '') = '' OR COALESCE(json_extract(told, '$.body.key'), '') = '';
END;
CREATE TRIGGER gate_erasure_stays BEFORE UPDATE ON gate_erasure BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_erasure_kept BEFORE DELETE ON gate_erasure BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;

CREATE TRIGGER gate_version_next BEFORE INSERT ON gate_version BEGIN
    SELECT RAISE(ABORT, 'gate: versions are numbered without gaps')
     WHERE NEW.number <> (SELECT COALESCE(MAX(number) + 1, 1) FROM gate_version WHERE outlet = NEW.outlet AND story = NEW.story);
END;
CREATE TRIGGER gate_version_stays BEFORE UPDATE ON gate_version BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_version_kept BEFORE DELETE ON gate_version BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;

CREATE TRIGGER gate_approval_fits BEFORE INSERT ON gate_approval BEGIN
    SELECT RAISE(ABORT, 'gate: this approval exists') WHERE EXISTS (SELECT 1 FROM gate_approval WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'gate: no version of that digest')
     WHERE NOT EXISTS (SELECT 1 FROM gate_version v WHERE v.outlet = NEW.outlet AND v.story = NEW.story AND v.number = NEW.version AND v.digest = NEW.digest);
    SELECT RAISE(ABORT, 'gate: a newer version stands')
     WHERE EXISTS (SELECT 1 FROM gate_version v WHERE v.outlet = NEW.outlet AND v.story = NEW.story AND v.number > NEW.version);
    SELECT RAISE(ABORT, 'gate: an approval has its ledger entry')
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hash = NEW.entry AND e.outlet = NEW.outlet AND e.act = 'approval');
    SELECT RAISE(ABORT, 'gate: that ledger entry belongs to another approval') WHERE EXISTS (SELECT 1 FROM gate_approval WHERE entry = NEW.entry);
    SELECT RAISE(ABORT, 'gate: the ledger entry says something else than the approval')
      FROM (SELECT CAST(content AS TEXT) AS told FROM ledger_entry WHERE hash = NEW.entry)
     WHERE json_extract(told, '$.body.approval') IS NOT NEW.id OR json_extract(told, '$.body.digest') IS NOT NEW.digest
        OR json_extract(told, '$.body.story') IS NOT NEW.story OR json_extract(told, '$.body.version') IS NOT NEW.version
        OR json_extract(told, '$.body.approver') IS NOT NEW.approver OR json_extract(told, '$.actor') IS NOT NEW.approver
        OR json_extract(told, '$.body.needed') IS NOT NEW.needed OR json_extract(told, '$.body.signature') IS NOT NEW.signature;
    SELECT RAISE(ABORT, 'gate: the approval is dated otherwise than its ledger entry')
     WHERE NEW.approved_at IS NOT (SELECT json_extract(CAST(content AS TEXT), '$.at') FROM ledger_entry WHERE hash = NEW.entry);
    SELECT RAISE(ABORT, 'gate: an approval has its signed statement') WHERE NOT json_valid(NEW.content);
    SELECT RAISE(ABORT, 'gate: the signed statement says something else than the approval')
     WHERE json_extract(NEW.content, '$.outlet') IS NOT NEW.outlet OR json_extract(NEW.content, '$.story') IS NOT NEW.story
        OR json_extract(NEW.content, '$.version') IS NOT NEW.version OR json_extract(NEW.content, '$.digest') IS NOT NEW.digest
        OR json_extract(NEW.content, '$.approver') IS NOT NEW.approver OR json_extract(NEW.content, '$.needed') IS NOT NEW.needed
        OR json_extract(NEW.content, '$.approved_at') IS NOT NEW.approved_at OR json_extract(NEW.content, '$.expires_at') IS NOT NEW.expires_at;
END;
CREATE TRIGGER gate_approval_stays BEFORE UPDATE ON gate_approval BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_approval_kept BEFORE DELETE ON gate_approval BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_voiding_once BEFORE INSERT ON gate_voiding BEGIN
    SELECT RAISE(ABORT, 'gate: this voiding exists') WHERE EXISTS (SELECT 1 FROM gate_voiding WHERE approval = NEW.approval);
END;
CREATE TRIGGER gate_voiding_stays BEFORE UPDATE ON gate_voiding BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_voiding_kept BEFORE DELETE ON gate_voiding BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;

CREATE TRIGGER gate_publication_fits BEFORE INSERT ON gate_publication BEGIN
    SELECT RAISE(ABORT, 'gate: this publication exists') WHERE EXISTS (SELECT 1 FROM gate_publication WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'gate: no approval of exactly this version and digest')
     WHERE NOT EXISTS (SELECT 1 FROM gate_approval a WHERE a.id = NEW.approval AND a.outlet = NEW.outlet AND a.story = NEW.story
                         AND a.version = NEW.version AND a.digest = NEW.digest);
    SELECT RAISE(ABORT, 'gate: the version is not the head of its story')
     WHERE NEW.version <> (SELECT MAX(number) FROM gate_version WHERE outlet = NEW.outlet AND story = NEW.story);
    SELECT RAISE(ABORT, 'gate: the approval is voided')
     WHERE EXISTS (SELECT 1 FROM gate_voiding WHERE approval = NEW.approval);
    SELECT RAISE(ABORT, 'gate: it was approved before the story was withdrawn: approve it again')
     WHERE EXISTS (SELECT 1 FROM gate_withdrawal w JOIN gate_publication p ON p.id = w.publication JOIN ledger_entry e ON e.hash = w.entry
                    WHERE p.outlet = NEW.outlet AND p.story = NEW.story AND w.kind <> 'cancel'
                      AND e.seq > (SELECT g.seq FROM gate_approval a JOIN ledger_entry g ON g.hash = a.entry WHERE a.id = NEW.approval));
    SELECT RAISE(ABORT, 'gate: the approval was used before')
     WHERE EXISTS (SELECT 1 FROM gate_publication WHERE approval = NEW.approval);
    SELECT RAISE(ABORT, 'gate: the approval has expired')
     WHERE NOT EXISTS (SELECT 1 FROM gate_approval a WHERE a.id = NEW.approval AND a.approved_at <= NEW.made_at
                         AND NEW.made_at < a.expires_at AND NEW.not_before < a.expires_at);
    SELECT RAISE(ABORT, 'gate: more people must approve')
     WHERE (SELECT COUNT(DISTINCT a.approver) FROM gate_approval a WHERE a.outlet = NEW.outlet AND a.story = NEW.story AND a.version = NEW.version
              AND a.digest = NEW.digest AND NEW.made_at < a.expires_at AND NOT EXISTS (SELECT 1 FROM gate_voiding v WHERE v.approval = a.id))
           < (SELECT MAX(needed) FROM gate_approval a WHERE a.outlet = NEW.outlet AND a.story = NEW.story AND a.version = NEW.version AND a.digest = NEW.digest);
    SELECT RAISE(ABORT, 'gate: it does not supersede the last publication')
     WHERE NEW.supersedes <> COALESCE((SELECT p.id FROM gate_publication p WHERE p.outlet = NEW.outlet AND p.story = NEW.story
                                          AND NOT EXISTS (SELECT 1 FROM gate_publication q WHERE q.supersedes = p.id)), '');
    SELECT RAISE(ABORT, 'gate: a publication has its ledger entry')
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hash = NEW.entry AND e.outlet = NEW.outlet AND e.act = 'publication');
    SELECT RAISE(ABORT, 'gate: that ledger entry belongs to another publication') WHERE EXISTS (SELECT 1 FROM gate_publication WHERE entry = NEW.entry);
    SELECT RAISE(ABORT, 'gate: the ledger entry says something else than the publication')
      FROM (SELECT CAST(content AS TEXT) AS told FROM ledger_entry WHERE hash = NEW.entry)
     WHERE json_extract(told, '$.body.publication') IS NOT NEW.id OR json_extract(told, '$.body.digest') IS NOT NEW.digest
        OR json_extract(told, '$.body.approval') IS NOT NEW.approval OR json_extract(told, '$.body.not_before') IS NOT NEW.not_before
        OR json_extract(told, '$.body.story') IS NOT NEW.story OR json_extract(told, '$.body.version') IS NOT NEW.version
        OR json_extract(told, '$.body.supersedes') IS NOT NEW.supersedes;
    SELECT RAISE(ABORT, 'gate: the publication is dated otherwise than its ledger entry')
     WHERE NEW.made_at IS NOT (SELECT json_extract(CAST(content AS TEXT), '$.at') FROM ledger_entry WHERE hash = NEW.entry);
    SELECT RAISE(ABORT, 'gate: a publication has its content') WHERE NOT json_valid(NEW.content);
    SELECT RAISE(ABORT, 'gate: the content says something else than the publication')
     WHERE json_extract(NEW.content, '$.outlet') IS NOT NEW.outlet OR json_extract(NEW.content, '$.story') IS NOT NEW.story
        OR json_extract(NEW.content, '$.version') IS NOT NEW.version OR json_extract(NEW.content, '$.digest') IS NOT NEW.digest
        OR json_extract(NEW.content, '$.approval') IS NOT NEW.approval OR json_extract(NEW.content, '$.not_before') IS NOT NEW.not_before
        OR json_extract(NEW.content, '$.supersedes') IS NOT NEW.supersedes;
END;
CREATE TRIGGER gate_publication_stays BEFORE UPDATE ON gate_publication BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_publication_kept BEFORE DELETE ON gate_publication BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;

CREATE TRIGGER gate_withdrawal_fits BEFORE INSERT ON gate_withdrawal BEGIN
    SELECT RAISE(ABORT, 'gate: this withdrawal exists') WHERE EXISTS (SELECT 1 FROM gate_withdrawal WHERE publication = NEW.publication);
    SELECT RAISE(ABORT, 'gate: no such publication')
     WHERE NOT EXISTS (SELECT 1 FROM gate_publication WHERE id = NEW.publication AND outlet = NEW.outlet);
    SELECT RAISE(ABORT, 'gate: a withdrawal has its ledger entry')
     WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.hash = NEW.entry AND e.outlet = NEW.outlet AND e.act = 'withdrawal');
    SELECT RAISE(ABORT, 'gate: the ledger entry says something else than the withdrawal')
      FROM (SELECT CAST(content AS TEXT) AS told FROM ledger_entry WHERE hash = NEW.entry)
     WHERE json_extract(told, '$.body.publication') IS NOT NEW.publication OR json_extract(told, '$.body.kind') IS NOT NEW.kind
        OR json_extract(told, '$.body.reason') IS NOT NEW.reason OR json_extract(told, '$.actor') IS NOT NEW.by_whom
        OR json_extract(told, '$.body.by_name') IS NOT json_extract(NEW.content, '$.by_name');
    SELECT RAISE(ABORT, 'gate: the withdrawal is dated otherwise than its ledger entry')
     WHERE NEW.at IS NOT (SELECT json_extract(CAST(content AS TEXT), '$.at') FROM ledger_entry WHERE hash = NEW.entry);
    -- Readers see one publication of a story: the last that is due and was not cancelled. That one ends; what waits is cancelled first.
    SELECT RAISE(ABORT, 'gate: it waits for its time and nobody has seen it: cancel it')
     WHERE NEW.kind <> 'cancel' AND NEW.at < (SELECT not_before FROM gate_publication WHERE id = NEW.publication);
    SELECT RAISE(ABORT, 'gate: readers see another publication of this story by now: look at the list again')
     WHERE NEW.kind <> 'cancel' AND NEW.publication IS NOT (
         SELECT p.id FROM gate_publication p JOIN gate_publication mine ON mine.id = NEW.publication AND p.outlet = mine.outlet AND p.story = mine.story
          WHERE p.not_before <= NEW.at AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id AND w.kind = 'cancel' AND w.at < p.not_before)
          ORDER BY (SELECT seq FROM ledger_entry e WHERE e.hash = p.entry) DESC, p.made_at DESC LIMIT 1);
    SELECT RAISE(ABORT, 'gate: something else of this story waits for its time: cancel that too')
      FROM gate_publication p JOIN gate_publication mine ON mine.id = NEW.publication AND p.outlet = mine.outlet AND p.story = mine.story
     WHERE NEW.kind <> 'cancel' AND p.not_before > NEW.at AND NOT EXISTS (SELECT 1 FROM gate_withdrawal w WHERE w.publication = p.id);
    SELECT RAISE(ABORT, 'gate: it is out already: retract it or take it down')
     WHERE NEW.kind = 'cancel' AND NEW.at >= (SELECT not_before FROM gate_publication WHERE id = NEW.publication);
END;
CREATE TRIGGER gate_withdrawal_stays BEFORE UPDATE ON gate_withdrawal BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
CREATE TRIGGER gate_withdrawal_kept BEFORE DELETE ON gate_withdrawal BEGIN SELECT RAISE(ABORT, 'gate: append only'); END;
