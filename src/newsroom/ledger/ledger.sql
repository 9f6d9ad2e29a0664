-- The ledger's rows: append-only, gapless, chained. Written in the transaction of the act.
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
