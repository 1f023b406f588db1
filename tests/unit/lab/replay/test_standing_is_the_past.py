"""The replay keeps standings of its own, for speed: they must be what servers remember."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, Tender
from pos_loyalty.domain.bodies import Acted, Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts, OwnLot
from pos_loyalty.domain.ids import EventId, MemberId, StoreId
from pos_loyalty.domain.needs import only_needed
from pos_loyalty.domain.past import NO_PAST, Past, facts_of
from pos_loyalty.domain.remembering import remember
from pos_loyalty.domain.scored_sale import scored_by
from pos_loyalty.lab.replay.rulebook import rulebook
from pos_loyalty.lab.replay.standing import NOBODY_BEFORE, Standing
from tests.unit.lab.replay.months import POINTS, program

FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)
BOOK = rulebook(
    program(
        POINTS.replace(
            "value_minor = 10", 'value_minor = 10\nlasts = { kind = "months", months = 2 }'
        ).replace("step = 100", "step = 300, carry = true")
        + """
[[rules]]
id = "weekly"
then = { kind = "give", points = 5 }
when = [{ kind = "spent", window = "30d", at_least_minor = 2000 }]
limits = [{ times = 1, per = "week" }, { times = 3, per = "year" }]
[[rules]]
id = "third"
then = { kind = "give", points = 2 }
when = [{ kind = "visit", every = 3 }]
[[rules]]
id = "rated"
on = "feedback"
then = { kind = "give", points = 1 }
limits = [{ times = 1, per = "day" }]
[[rules]]
id = "fan"
then = { kind = "multiply", by = 2 }
when = [{ kind = "earned", window = "month", at_least = 20 }]
[[rules]]
id = "member"
then = { kind = "give", points = 6 }
when = [{ kind = "membership", id = "club" }]
[[caps]]
id = "most"
most = 30
per = "month"
[[goals]]
id = "five"
reach = { kind = "stamps", target = 5 }
then = { kind = "give", points = 3 }
[[goals]]
id = "row"
reach = { kind = "streak", days = 3 }
then = { kind = "give", points = 4 }
[[memberships]]
id = "club"
sku = "fee"
fee_minor = 500
months = 1
[ladder]
metric = "spend"
window = "year"
tiers = [{ id = "silver", at_least = 5000 }, { id = "gold", at_least = 20000 }]
"""
    )
)
ONE_MEMBER = replace(
    NOBODY_BEFORE, joined_on=None, attributes={}, segments=(), favourite_category=None
)
BIRTHDAY = None
events = st.lists(
    st.tuples(
        st.integers(0, 12),  # Days since the event before.
        st.sampled_from(("sale", "sale", "sale", "feedback")),
        st.lists(st.integers(1, 9000), min_size=1, max_size=4),
        st.booleans(),  # Whether the club's fee is among the lines.
    ),
    max_size=30,
)
Event = tuple[int, str, list[int], bool]


def baskets(told: list[Event]) -> Iterator[Basket]:
    at = FIRST
    for days, event, prices, fee in told:
        at += timedelta(days=days, minutes=1)
        lines = [Line(f"p{price}", price, sku=f"p{price}") for price in prices]
        lines += [Line("fee", 500, sku="fee")] if fee else []
        bought = tuple(lines) if event == "sale" else ()
        yield Basket(at, StoreId("centro"), "EUR", bought, event=event)


def remembered(past: Past, basket: Basket, facts: MemberFacts, number: int) -> Past:
    """Keep an event as a server would, from its body."""
    quoted = quote(basket, facts, BOOK.program)
    event = EventId(UUID(int=number))
    scored = replace(scored_by(quoted, BOOK.program, event), facts=facts)
    member = MemberId(UUID(int=1))
    if basket.event != "sale":
        acted = Acted(member, basket.event, basket.store, "UTC", "EUR", scored=scored)
        return remember(past, acted, basket.day, BOOK.program)
    sold = Sold(
        number="1",
        store=basket.store,
        zone="UTC",
        currency="EUR",
        lines=basket.lines,
        tenders=(Tender("cash", quoted.to_pay_minor),),
        member=member,
        scored=scored,
        discounts_minor=tuple(line.discount_minor for line in quoted.lines),
    )
    return remember(past, sold, basket.day, BOOK.program)


@settings(max_examples=150, deadline=None)
@given(events)
def test_a_replayed_member_stands_where_a_server_would_remember_her(told: list[Event]) -> None:
    standing = Standing(BOOK, ONE_MEMBER, date.min, FIRST.date())
    past, lots = NO_PAST, list[OwnLot]()

    for number, basket in enumerate(baskets(told)):
        day = basket.day
        standing.expire(BOOK, day)
        facts = standing.facts(BOOK, ONE_MEMBER, day)
        kept = facts_of(past, BOOK.program, day, BIRTHDAY, tuple(lots))
        quoted = quote(basket, facts, BOOK.program)
        same = quote(basket, kept, BOOK.program)

        assert quoted == same
        assert without_empty(only_needed(facts, BOOK.program, day)) == without_empty(
            only_needed(kept, BOOK.program, day)
        )

        past = remembered(past, basket, kept, number)
        lots += [OwnLot(lot.unit, lot.points, lot.expires_on) for lot in quoted.lots]
        standing.settle(BOOK, basket, quoted)


def without_empty(facts: MemberFacts) -> MemberFacts:
    """Leave out sums of nothing: what was never carried or used may be told as 0 or not at all."""
    assert isinstance(facts.carried, dict)
    return replace(
        facts,
        carried={unit: rest for unit, rest in facts.carried.items() if rest != Fraction(0)},
    )
