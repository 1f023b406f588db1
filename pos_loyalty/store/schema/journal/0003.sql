-- What was drawn from leased prizes, so that no prize is given twice, and which leases went back.

CREATE TABLE draws (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    lease BLOB NOT NULL CHECK (length(lease) = 16),
    reward TEXT,
    PRIMARY KEY (epoch, seq, number),
    FOREIGN KEY (epoch, seq) REFERENCES events
) STRICT, WITHOUT ROWID;

CREATE INDEX draws_that_won ON draws (lease, reward) WHERE reward IS NOT NULL;

CREATE TABLE returns (
    lease BLOB PRIMARY KEY CHECK (length(lease) = 16),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    FOREIGN KEY (epoch, seq) REFERENCES events
) STRICT, WITHOUT ROWID;

CREATE TRIGGER draws_come_with_their_event BEFORE INSERT ON draws
WHEN EXISTS (SELECT 1 FROM events WHERE (epoch, seq) > (NEW.epoch, NEW.seq))
BEGIN
    SELECT raise(ABORT, 'draws come with their event');
END;

CREATE TRIGGER draws_are_never_changed BEFORE UPDATE ON draws
BEGIN
    SELECT raise(ABORT, 'draws are never changed');
END;

CREATE TRIGGER draws_are_never_deleted BEFORE DELETE ON draws
BEGIN
    SELECT raise(ABORT, 'draws are never deleted');
END;

CREATE TRIGGER returns_are_never_changed BEFORE UPDATE ON returns
BEGIN
    SELECT raise(ABORT, 'returns are never changed');
END;

CREATE TRIGGER returns_are_never_deleted BEFORE DELETE ON returns
BEGIN
    SELECT raise(ABORT, 'returns are never deleted');
END;
