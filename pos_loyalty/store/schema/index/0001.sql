-- The compact index while it is being built: lines come in the order of their digests.

CREATE TABLE lines (
    digest BLOB PRIMARY KEY,
    member BLOB NOT NULL,
    status INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counted, because counting a million lines takes longer than a cashier should wait.
CREATE TABLE extent (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    server_epoch INTEGER NOT NULL,
    cursor TEXT NOT NULL,
    lines INTEGER NOT NULL
) STRICT;

INSERT INTO extent VALUES (1, 0, '', 0);
