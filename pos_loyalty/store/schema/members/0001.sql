-- What the server told this till. Everything here can be told again.

CREATE TABLE members (
    member BLOB PRIMARY KEY CHECK (length(member) = 16),
    status TEXT NOT NULL,
    as_of_us INTEGER NOT NULL,
    includes_epoch INTEGER NOT NULL,
    includes_seq INTEGER NOT NULL,
    name TEXT,
    phone TEXT,
    card TEXT,
    language TEXT,
    folded TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX members_by_phone ON members (phone) WHERE phone <> '';

CREATE TABLE lots (
    member BLOB NOT NULL REFERENCES members,
    number INTEGER NOT NULL,
    unit TEXT NOT NULL,
    event_id BLOB NOT NULL CHECK (length(event_id) = 16),
    points INTEGER NOT NULL CHECK (points > 0),
    expires_on TEXT,
    PRIMARY KEY (member, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
    sku TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    category TEXT NOT NULL,
    tax_rate TEXT NOT NULL,
    folded TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE programs (
    program TEXT NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (program, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    staff TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    badge_digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The store this till stands in, as the message that told it.
CREATE TABLE store (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    document TEXT NOT NULL
) STRICT;

CREATE TABLE passes (
    number INTEGER PRIMARY KEY,
    pass TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE place (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    server_epoch INTEGER NOT NULL,
    cursor TEXT NOT NULL
) STRICT;

INSERT INTO place VALUES (1, 0, '');
