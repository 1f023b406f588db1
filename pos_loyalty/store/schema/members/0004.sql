-- Prizes leased to this till, and what everybody was told of all tills' leases.

CREATE TABLE leases (
    lease BLOB PRIMARY KEY CHECK (length(lease) = 16),
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE commitments (
    lease BLOB PRIMARY KEY CHECK (length(lease) = 16),
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
