-- Points that may not be spent yet; and all that happened to a member, read in order.

ALTER TABLE postings ADD COLUMN usable_on TEXT;

DROP INDEX events_of_member;
CREATE INDEX events_of_member ON events (member, epoch, seq, kind) WHERE member IS NOT NULL;
