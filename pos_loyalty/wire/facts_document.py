"""What is known of a member as a document: what is left out is unknown, null is a known absence."""

from __future__ import annotations

from collections.abc import Mapping

from pos_loyalty.domain.facts import (
    Activity,
    History,
    MemberFacts,
    Offers,
    OwnLot,
    PaidMembership,
    Voucher,
)
from pos_loyalty.domain.programs.checks import WINDOW
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.wire.reading import (
    COUNT_MAX,
    Reader,
    many,
    or_null,
    read_day,
    read_human_day,
    read_ratio,
    read_text,
    read_word,
    record,
    shaped,
    table,
    whole,
)

SPANS = "|".join((WINDOW.pattern, *(per.value for per in Per)))

_count = whole(0)
_points = whole(-COUNT_MAX)  # Below 0: points owed.
_window = shaped(WINDOW.pattern, "day, week, month, year, ever, or days as in 30d")
_span = shaped(SPANS, f"{', '.join(per.value for per in Per)}, or days as in 30d")
_counts: Reader[dict[str, int] | None] = or_null(table(_count), {})
_day_or_null = or_null(read_day)

read_voucher = record(
    Voucher,
    {"code": read_word, "reward": read_word, "first": _day_or_null, "last": _day_or_null},
    needed=("code", "reward"),
)
_lot = record(
    OwnLot,
    {
        "unit": read_word,
        "points": _points,
        "expires_on": _day_or_null,
        "usable_on": _day_or_null,
    },
    needed=("unit", "points"),
)
_membership = record(PaidMembership, {"id": read_word, "until": read_day}, needed=("id", "until"))
_history = record(
    History,
    {
        "spend_minor": or_null(table(_points, _window), {}),
        "earned": or_null(table(table(_points, _window)), {}),
    },
)
_offers = record(Offers, {"shown": _counts, "taken": _counts, "declined": _counts})
_activity = record(
    Activity, {"activity": read_word, "on": read_human_day}, needed=("activity", "on")
)

FACTS: Mapping[str, Reader[object]] = {
    "joined_on": or_null(read_human_day),
    "birthday": or_null(read_human_day),
    "attributes": or_null(table(read_text), {}),
    "segments": or_null(many(read_word), ()),
    "favourite_category": or_null(read_word),
    "tier": or_null(read_word),
    "membership": or_null(_membership),
    "balances": or_null(table(_points), {}),
    "lots": or_null(many(_lot), ()),
    "carried": or_null(table(read_ratio), {}),
    "visits": or_null(_count, 0),
    "last_purchase_on": or_null(read_human_day),
    "history": or_null(_history, History({}, {})),
    "usage": or_null(table(table(_count, _span)), {}),
    "goals": _counts,
    "vouchers_held": or_null(many(read_voucher), ()),
    "offers": or_null(_offers, Offers({}, {}, {})),
    "activity": or_null(many(_activity), ()),
}

read_member = record(MemberFacts, FACTS)
