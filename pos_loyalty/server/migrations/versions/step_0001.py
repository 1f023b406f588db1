"""Stores, tills, staff, catalogue, programs, members, and the ledger with its feed."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

SHOP = """
CREATE TABLE identity (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    signing_seed bytea NOT NULL CHECK (length(signing_seed) = 32),
    index_key bytea NOT NULL CHECK (length(index_key) = 32),
    server_epoch bigint NOT NULL CHECK (server_epoch > 0)
);
CREATE TABLE stores (
    store text PRIMARY KEY,
    name text NOT NULL,
    address text NOT NULL,
    zone text NOT NULL,
    currency text NOT NULL,
    language text NOT NULL,
    region text NOT NULL,
    card_prefixes text[] NOT NULL,
    accent text NOT NULL
);
CREATE TABLE tills (
    terminal uuid PRIMARY KEY,
    store text NOT NULL REFERENCES stores,
    name text NOT NULL,
    public_key bytea NOT NULL UNIQUE CHECK (length(public_key) = 32),
    enrolled_at timestamptz NOT NULL,
    revoked_at timestamptz,
    heard_at timestamptz,
    app_version text NOT NULL DEFAULT ''
);
CREATE TABLE enrolment_codes (
    digest bytea PRIMARY KEY CHECK (length(digest) = 32),
    store text NOT NULL REFERENCES stores,
    till text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by uuid REFERENCES tills
);
CREATE TABLE channels (
    channel text PRIMARY KEY,
    key_digest bytea NOT NULL UNIQUE CHECK (length(key_digest) = 32),
    revoked_at timestamptz
);
CREATE TABLE staff (
    store text REFERENCES stores,
    staff text,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('cashier', 'manager')),
    pin_hash text NOT NULL,
    badge_digest text NOT NULL,
    active boolean NOT NULL,
    PRIMARY KEY (store, staff)
);
CREATE TABLE programs (
    program text,
    version integer CHECK (version > 0),
    document text NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (program, version)
);
CREATE TABLE products (
    sku text PRIMARY KEY,
    name text NOT NULL,
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    category text NOT NULL,
    tax_rate text NOT NULL,
    sold boolean NOT NULL
);
"""

FEED = """
CREATE SEQUENCE change_ids;
CREATE TABLE members (
    member uuid PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('blank', 'active', 'blocked')),
    leased_to uuid NOT NULL,
    home_store text
);
CREATE INDEX members_blank ON members (leased_to) WHERE status = 'blank';
CREATE TABLE records (
    member uuid PRIMARY KEY,
    record bytea NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE credentials (
    digest bytea PRIMARY KEY CHECK (length(digest) = 12),
    member uuid NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint NOT NULL DEFAULT nextval('change_ids')
);
CREATE INDEX credentials_feed ON credentials (xid, id);
CREATE INDEX credentials_member ON credentials (member);
CREATE TABLE sightings (
    member uuid,
    store text,
    last_on date NOT NULL,
    PRIMARY KEY (member, store)
);
CREATE TABLE changes (
    scope text,
    kind text,
    key text,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint NOT NULL DEFAULT nextval('change_ids'),
    PRIMARY KEY (scope, kind, key)
);
CREATE INDEX changes_feed ON changes (scope, xid, id);
"""

LEDGER = """
CREATE TABLE heads (
    terminal uuid,
    epoch bigint CHECK (epoch > 0),
    seq bigint NOT NULL CHECK (seq >= 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (terminal, epoch)
);
CREATE TABLE events (
    terminal uuid,
    epoch bigint,
    seq bigint,
    event_id uuid NOT NULL,
    header bytea NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    outcome text NOT NULL CHECK (outcome IN ('applied', 'duplicate', 'parked', 'disputed')),
    code text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (terminal, epoch, seq)
);
CREATE TABLE event_ids (
    event_id uuid PRIMARY KEY,
    content bytea NOT NULL CHECK (length(content) = 32)
);
CREATE TABLE postings (
    event_id uuid,
    leg smallint,
    member uuid,
    kind text NOT NULL,
    unit text NOT NULL,
    points bigint NOT NULL CHECK (points <> 0),
    lot uuid NOT NULL,
    expires_on date,
    PRIMARY KEY (event_id, leg, member)
);
CREATE TABLE accounts (
    member uuid,
    kind text,
    unit text,
    balance bigint NOT NULL CHECK (balance >= 0),
    PRIMARY KEY (member, kind, unit)
);
CREATE TABLE lots (
    member uuid,
    unit text,
    lot uuid,
    points bigint NOT NULL CHECK (points >= 0),
    expires_on date,
    PRIMARY KEY (member, unit, lot)
);
CREATE TABLE parked (
    terminal uuid,
    epoch bigint,
    seq bigint,
    code text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (terminal, epoch, seq)
);
CREATE TABLE alarms (
    kind text,
    terminal uuid,
    epoch bigint,
    seq bigint,
    times bigint NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (kind, terminal, epoch, seq)
);
"""

# I1, whoever writes: the legs that one statement adds sum to zero per event and unit.
ZERO_SUM = """
CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added GROUP BY event_id, unit HAVING sum(points) <> 0) THEN
        RAISE EXCEPTION 'the legs of an event must sum to zero per unit' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_balance AFTER INSERT ON postings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced();
"""

FACTS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are facts: they are added, never changed', TG_TABLE_NAME
        USING ERRCODE = '23514';
END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER programs_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON programs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    """Make everything."""
    for part in (SHOP, FEED, LEDGER, ZERO_SUM, FACTS):
        op.execute(part)
