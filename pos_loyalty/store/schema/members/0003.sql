-- The words by which programs select products; the catalogue is told again from the beginning.

ALTER TABLE products ADD COLUMN brand TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN labels TEXT NOT NULL DEFAULT '';  -- With ; between them.
ALTER TABLE products ADD COLUMN unit TEXT NOT NULL DEFAULT 'piece';
ALTER TABLE products ADD COLUMN cost_minor INTEGER;

UPDATE place SET cursor = '';
