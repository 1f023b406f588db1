-- The till's own facts. What stands in events and postings is never changed and never deleted.

CREATE TABLE identity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    terminal BLOB NOT NULL CHECK (length(terminal) = 16)
) STRICT;

CREATE TABLE events (
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    monotonic_ns INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    server_offset_ms INTEGER,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    shift BLOB CHECK (length(shift) = 16),
    approver TEXT,
    member BLOB CHECK (length(member) = 16),
    body BLOB NOT NULL,
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (epoch, seq)
) STRICT;

CREATE INDEX events_by_kind ON events (kind, epoch, seq);
CREATE INDEX events_of_member ON events (member, kind) WHERE member IS NOT NULL;

CREATE TABLE postings (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    leg INTEGER NOT NULL,
    account TEXT NOT NULL,
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    unit TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points <> 0),
    lot BLOB NOT NULL CHECK (length(lot) = 16),
    expires_on TEXT,
    PRIMARY KEY (epoch, seq, leg),
    FOREIGN KEY (epoch, seq) REFERENCES events
) STRICT, WITHOUT ROWID;

CREATE INDEX postings_of_owner ON postings (owner, epoch, seq);

CREATE TRIGGER events_follow_each_other BEFORE INSERT ON events
WHEN NOT EXISTS (
    SELECT 1 FROM events
    WHERE epoch = NEW.epoch AND seq = NEW.seq - 1 AND hash = NEW.prev_hash
) AND NOT (
    NEW.seq = 1
    AND NEW.prev_hash = zeroblob(32)
    AND NOT EXISTS (SELECT 1 FROM events WHERE epoch >= NEW.epoch)
)
BEGIN
    SELECT raise(ABORT, 'an event follows the last one');
END;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT raise(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN
    SELECT raise(ABORT, 'events are never deleted');
END;

CREATE TRIGGER postings_come_with_their_event BEFORE INSERT ON postings
WHEN EXISTS (SELECT 1 FROM events WHERE (epoch, seq) > (NEW.epoch, NEW.seq))
BEGIN
    SELECT raise(ABORT, 'postings come with their event');
END;

CREATE TRIGGER postings_are_never_changed BEFORE UPDATE ON postings
BEGIN
    SELECT raise(ABORT, 'postings are never changed');
END;

CREATE TRIGGER postings_are_never_deleted BEFORE DELETE ON postings
BEGIN
    SELECT raise(ABORT, 'postings are never deleted');
END;

-- Personal data stands beside the chain: deleting the row is the erasure.
CREATE TABLE records (
    event_id BLOB PRIMARY KEY REFERENCES events (event_id),
    member BLOB NOT NULL CHECK (length(member) = 16),
    record BLOB NOT NULL,
    salt BLOB NOT NULL,
    card TEXT NOT NULL
) STRICT;

CREATE INDEX records_of_member ON records (member);
CREATE INDEX records_by_card ON records (card) WHERE card <> '';

CREATE TABLE slips (
    number INTEGER PRIMARY KEY,
    event_id BLOB NOT NULL UNIQUE REFERENCES events (event_id),
    state TEXT NOT NULL,
    slip BLOB NOT NULL
) STRICT;

CREATE INDEX slips_waiting ON slips (number) WHERE state <> 'done';

-- How far the server has confirmed, and what it said.
CREATE TABLE acknowledged (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE answers (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (epoch, seq),
    FOREIGN KEY (epoch, seq) REFERENCES events
) STRICT, WITHOUT ROWID;

CREATE INDEX answers_parked ON answers (epoch, seq) WHERE outcome = 'parked';

CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
