-- What programs ask of a member and of all members; it is told again from the beginning.

ALTER TABLE members ADD COLUMN birthday TEXT;
ALTER TABLE members ADD COLUMN past TEXT;
ALTER TABLE lots ADD COLUMN usable_on TEXT;

CREATE TABLE figures (
    name TEXT PRIMARY KEY,
    figure INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

UPDATE place SET cursor = '';
