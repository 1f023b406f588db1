"""The tables as SQLAlchemy sees them; the files in schema/ say what they are."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

JOURNAL, MEMBERS, INDEX = MetaData(), MetaData(), MetaData()


def _whole(name: str) -> Column[int]:
    return Column(name, Integer)


def _text(name: str) -> Column[str]:
    return Column(name, Text)


def _raw(name: str) -> Column[bytes]:
    return Column(name, LargeBinary)


identity = Table("identity", JOURNAL, _whole("only"), _raw("terminal"))
events = Table(
    "events",
    JOURNAL,
    _whole("epoch"),
    _whole("seq"),
    _raw("event_id"),
    _text("kind"),
    _whole("version"),
    _whole("at_us"),
    _whole("monotonic_ns"),
    _text("boot_id"),
    _whole("server_offset_ms"),
    _text("actor"),
    _text("role"),
    _raw("shift"),
    _text("approver"),
    _raw("member"),
    _raw("body"),
    _raw("prev_hash"),
    _raw("hash"),
)
postings = Table(
    "postings",
    JOURNAL,
    _whole("epoch"),
    _whole("seq"),
    _whole("leg"),
    _text("account"),
    _raw("owner"),
    _text("unit"),
    _whole("points"),
    _raw("lot"),
    _text("expires_on"),
    _text("usable_on"),
)
draws = Table(
    "draws",
    JOURNAL,
    _whole("epoch"),
    _whole("seq"),
    _whole("number"),
    _raw("lease"),
    _text("reward"),
)
returns = Table("returns", JOURNAL, _raw("lease"), _whole("epoch"), _whole("seq"))
records = Table(
    "records",
    JOURNAL,
    _raw("event_id"),
    _raw("member"),
    _raw("record"),
    _raw("salt"),
    _text("card"),
)
slips = Table("slips", JOURNAL, _whole("number"), _raw("event_id"), _text("state"), _raw("slip"))
acknowledged = Table("acknowledged", JOURNAL, _whole("only"), _whole("epoch"), _whole("seq"))
answers = Table("answers", JOURNAL, _whole("epoch"), _whole("seq"), _text("outcome"), _text("code"))
notes = Table("notes", JOURNAL, _text("name"), _text("value"))

members = Table(
    "members",
    MEMBERS,
    _raw("member"),
    _text("status"),
    _whole("as_of_us"),
    _whole("includes_epoch"),
    _whole("includes_seq"),
    _text("name"),
    _text("phone"),
    _text("card"),
    _text("language"),
    _text("folded"),
    _text("birthday"),
    _text("past"),
)
lots = Table(
    "lots",
    MEMBERS,
    _raw("member"),
    _whole("number"),
    _text("unit"),
    _raw("event_id"),
    _whole("points"),
    _text("expires_on"),
    _text("usable_on"),
)
products = Table(
    "products",
    MEMBERS,
    _text("sku"),
    _text("name"),
    _whole("price_minor"),
    _text("category"),
    _text("tax_rate"),
    _text("folded"),
    _text("brand"),
    _text("labels"),
    _text("unit"),
    _whole("cost_minor"),
)
programs = Table("programs", MEMBERS, _text("program"), _whole("version"), _text("document"))
leases = Table("leases", MEMBERS, _raw("lease"), _text("document"))
commitments = Table("commitments", MEMBERS, _raw("lease"), _text("document"))
figures = Table("figures", MEMBERS, _text("name"), _whole("figure"))
staff = Table(
    "staff",
    MEMBERS,
    _text("staff"),
    _text("name"),
    _text("role"),
    _text("pin_hash"),
    _text("badge_digest"),
)
store = Table("store", MEMBERS, _whole("only"), _text("document"))
passes = Table("passes", MEMBERS, _whole("number"), _text("pass"))
place = Table("place", MEMBERS, _whole("only"), _whole("server_epoch"), _text("cursor"))

lines = Table("lines", INDEX, _raw("digest"), _raw("member"), _whole("status"))
extent = Table(
    "extent", INDEX, _whole("only"), _whole("server_epoch"), _text("cursor"), _whole("lines")
)
