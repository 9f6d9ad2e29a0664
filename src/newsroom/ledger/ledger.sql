-- The ledger's rows: append-only, gapless, chained, dated forward. Written in the transaction of the act.
-- SQLite cannot compute a SHA-256: whether a hash is that of its content, `doctor` and every reader of a receipt look.
CREATE TABLE ledger_entry (
    outlet   TEXT NOT NULL CHECK (outlet <> ''),
    seq      INTEGER NOT NULL CHECK (seq >= 0),
    hash     TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    act      TEXT NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (outlet, seq)
) WITHOUT ROWID;
CREATE TRIGGER ledger_entry_follows BEFORE INSERT ON ledger_entry BEGIN
    SELECT RAISE(ABORT, 'ledger: this entry exists')
     WHERE EXISTS (SELECT 1 FROM ledger_entry WHERE (outlet = NEW.outlet AND seq = NEW.seq) OR hash = NEW.hash);
    SELECT RAISE(ABORT, 'ledger: entries have no gaps')
     WHERE NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger_entry WHERE outlet = NEW.outlet);
    SELECT RAISE(ABORT, 'ledger: an entry names the one before')
     WHERE NEW.previous <> COALESCE((SELECT hash FROM ledger_entry WHERE outlet = NEW.outlet AND seq = NEW.seq - 1),
                                    '0000000000000000000000000000000000000000000000000000000000000000');
    SELECT RAISE(ABORT, 'ledger: an entry is one JSON object') WHERE NOT json_valid(CAST(NEW.content AS TEXT));
    SELECT RAISE(ABORT, 'ledger: an entry says what its row says')
      FROM (SELECT CAST(NEW.content AS TEXT) AS told)
     WHERE json_extract(told, '$.outlet') IS NOT NEW.outlet OR json_extract(told, '$.seq') IS NOT NEW.seq
        OR json_extract(told, '$.previous') IS NOT NEW.previous OR json_extract(told, '$.act') IS NOT NEW.act;
    SELECT RAISE(ABORT, 'ledger: an entry is dated, and not before the one it follows')
      FROM (SELECT json_extract(CAST(NEW.content AS TEXT), '$.at') AS at)
     WHERE at IS NULL OR length(at) <> 27
        OR at < (SELECT json_extract(CAST(content AS TEXT), '$.at') FROM ledger_entry WHERE outlet = NEW.outlet AND seq = NEW.seq - 1);
END;
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;

-- Full nodes of the Merkle tree over the entries.
CREATE TABLE ledger_node (
    outlet TEXT NOT NULL, level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (outlet, level, place)
) WITHOUT ROWID;
CREATE TRIGGER ledger_node_once BEFORE INSERT ON ledger_node BEGIN
    SELECT RAISE(ABORT, 'ledger: this node exists')
     WHERE EXISTS (SELECT 1 FROM ledger_node WHERE outlet = NEW.outlet AND level = NEW.level AND place = NEW.place);
END;
CREATE TRIGGER ledger_node_stays BEFORE UPDATE ON ledger_node BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
CREATE TRIGGER ledger_node_kept BEFORE DELETE ON ledger_node BEGIN SELECT RAISE(ABORT, 'ledger: append only'); END;
