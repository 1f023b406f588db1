"""The server's tables, as the migrations leave them; what they mean is said here, once.

Facts (`events`, `postings`) are only ever added: triggers refuse the rest. `accounts` and `lots`
are sums of postings, kept because they are asked for at every pull. Keys begin with, or are, what
the data could be spread over several machines by. Texts that come from a till are never stored as
text: a zero byte would make PostgreSQL refuse what must be accepted, so headers and bodies are
kept as the exact bytes that were hashed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import UserDefinedType

metadata = MetaData()
INSTANT = DateTime(timezone=True)


class Xid8(UserDefinedType[int]):
    """Number of a transaction that never wraps around."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Name the type in SQL."""
        return "xid8"


identity = Table(  # One row: who this server is.
    "identity",
    metadata,
    Column("one", Boolean, primary_key=True),
    Column("signing_seed", LargeBinary, nullable=False),
    Column("index_key", LargeBinary, nullable=False),
    Column("server_epoch", BigInteger, nullable=False),
)

stores = Table(
    "stores",
    metadata,
    Column("store", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("card_prefixes", ARRAY(Text), nullable=False),
    Column("accent", Text, nullable=False),
)

tills = Table(
    "tills",
    metadata,
    Column("terminal", Uuid, primary_key=True),
    Column("store", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("enrolled_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("heard_at", INSTANT),  # The last hello.
    Column("app_version", Text, nullable=False),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # The code itself is known to nobody here.
    Column("store", Text, nullable=False),
    Column("till", Text, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("used_by", Uuid),
)

channels = Table(
    "channels",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("key_digest", LargeBinary, nullable=False),
    Column("revoked_at", INSTANT),
)

staff = Table(
    "staff",
    metadata,
    Column("store", Text, primary_key=True),
    Column("staff", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("badge_digest", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

programs = Table(  # A version never changes.
    "programs",
    metadata,
    Column("program", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("published_at", INSTANT, nullable=False),
)

products = Table(
    "products",
    metadata,
    Column("sku", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("category", Text, nullable=False),
    Column("tax_rate", Text, nullable=False),
    Column("sold", Boolean, nullable=False),
    Column("brand", Text, nullable=False),
    Column("labels", Text, nullable=False),  # As in the file people keep: with ; between them.
    Column("unit", Text, nullable=False),
    Column("cost_minor", BigInteger),  # Null: not told.
)

members = Table(  # The row that is locked for whatever happens to a member's points.
    "members",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("status", Text, nullable=False),
    Column("leased_to", Uuid, nullable=False),  # The till that got the blank pass.
    Column("home_store", Text),
)

records = Table(  # Personal data: deleting the row is the erasure.
    "records",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("record", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
)

credentials = Table(  # The compact index: keyed hash of a card number → member.
    "credentials",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("member", Uuid, nullable=False),
    Column("xid", Xid8, nullable=False),
    Column("id", BigInteger, nullable=False),
)

sightings = Table(  # Where a member shops: those stores' tills get her record.
    "sightings",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("store", Text, primary_key=True),
    Column("last_on", Date, nullable=False),
)

heads = Table(
    "heads",
    metadata,
    Column("terminal", Uuid, primary_key=True),
    Column("epoch", BigInteger, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

events = Table(  # The journals as they were received, each event with its answer.
    "events",
    metadata,
    Column("terminal", Uuid, primary_key=True),
    Column("epoch", BigInteger, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("received_at", INSTANT, nullable=False),
)

event_ids = Table(  # I4: whoever sends it, and wherever it stands, an event counts once.
    "event_ids",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

postings = Table(
    "postings",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("leg", SmallInteger, primary_key=True),
    Column("member", Uuid, primary_key=True),  # The owner; nobody for the issuer's side.
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("lot", Uuid, nullable=False),
    Column("expires_on", Date),
    Column("usable_on", Date),  # Null: already.
)

accounts = Table(  # Members' own; what was issued is a sum over postings, never one hot row.
    "accounts",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("balance", BigInteger, nullable=False),  # I2: CHECK (balance >= 0).
)

lots = Table(
    "lots",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("lot", Uuid, primary_key=True),
    Column("points", BigInteger, nullable=False),
    Column("expires_on", Date),
    Column("usable_on", Date),
)

pasts = Table(  # What programs may ask of a member; changed only while her row is locked.
    "pasts",
    metadata,
    Column("member", Uuid, primary_key=True),
    Column("past", JSONB, nullable=False),
)

earned_days = Table(  # Of the last days only: what members earned, to compare them by.
    "earned_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("member", Uuid, primary_key=True),
    Column("points", BigInteger, nullable=False),
)

used_totals = Table(  # Uses of what all members together may have so many times.
    "used_totals",
    metadata,
    Column("name", Text, primary_key=True),
    Column("member", Uuid, primary_key=True),
    Column("times", BigInteger, nullable=False),
)

figures = Table(  # As published last.
    "figures",
    metadata,
    Column("name", Text, primary_key=True),
    Column("figure", BigInteger, nullable=False),
)

figures_worked_out = Table(  # One row: when that was.
    "figures_worked_out",
    metadata,
    Column("one", Boolean, primary_key=True),
    Column("at", INSTANT, nullable=False),
)

parked = Table(  # Events that wait for a person.
    "parked",
    metadata,
    Column("terminal", Uuid, primary_key=True),
    Column("epoch", BigInteger, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("since", INSTANT, nullable=False),
)

alarms = Table(  # What a person must look at; a repetition is counted, not listed.
    "alarms",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("terminal", Uuid, primary_key=True),
    Column("epoch", BigInteger, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("first_at", INSTANT, nullable=False),
    Column("last_at", INSTANT, nullable=False),
)

changes = Table(  # One line per thing a till may want; a new change moves it to the end.
    "changes",
    metadata,
    Column("scope", Text, primary_key=True),  # A store, "*" for all, or "till:…".
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("xid", Xid8, nullable=False),
    Column("id", BigInteger, nullable=False),
)
