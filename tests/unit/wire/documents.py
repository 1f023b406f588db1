"""Members and baskets of any kind, for tests of their documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, Tender, Wish
from pos_loyalty.domain.facts import (
    UNKNOWN,
    Activity,
    History,
    MemberFacts,
    Offers,
    OwnLot,
    PaidMembership,
    Voucher,
)
from pos_loyalty.domain.ids import StoreId

words = st.text("abcdefgàж中-_/ 09", min_size=1, max_size=12)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
counts = st.integers(0, 10**12)
points = st.integers(-(10**12), 10**12)
windows = st.sampled_from(("day", "week", "month", "year", "ever", "30d", "3650d"))
spans = st.sampled_from(("receipt", "day", "period", "total", "90d"))
ratios = st.builds(Fraction, st.integers(0, 10**6), st.sampled_from((1, 3, 7, 8, 100, 10**6)))
unknown = st.just(UNKNOWN)
lots = st.builds(OwnLot, words, points, st.none() | days, st.none() | days)
vouchers = st.builds(Voucher, words, words, st.none() | days, st.none() | days)

histories = st.builds(
    History,
    unknown | st.dictionaries(windows, points, max_size=3),
    unknown | st.dictionaries(words, st.dictionaries(windows, points, max_size=2), max_size=2),
)
met = unknown | st.dictionaries(words, counts, max_size=2)

members = st.builds(
    MemberFacts,
    joined_on=unknown | st.none() | days,
    birthday=unknown | st.none() | days,
    attributes=unknown | st.dictionaries(words, words | st.just(""), max_size=2),
    segments=unknown | st.lists(words, max_size=2).map(tuple),
    favourite_category=unknown | st.none() | words,
    tier=unknown | st.none() | words,
    membership=unknown | st.none() | st.builds(PaidMembership, words, days),
    balances=unknown | st.dictionaries(words, points, max_size=2),
    lots=unknown | st.lists(lots, max_size=3).map(tuple),
    carried=unknown | st.dictionaries(words, ratios, max_size=2),
    visits=unknown | counts,
    last_purchase_on=unknown | st.none() | days,
    history=histories,
    usage=unknown | st.dictionaries(words, st.dictionaries(spans, counts, max_size=2), max_size=2),
    goals=met,
    vouchers_held=unknown | st.lists(vouchers, max_size=2).map(tuple),
    offers=st.builds(Offers, met, met, met),
    activity=unknown | st.lists(st.builds(Activity, words, days), max_size=2).map(tuple),
)

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=zones)  # noqa: DTZ001 - hypothesis adds the zone
quantities = st.decimals("0.000001", 10_000, places=6).filter(lambda quantity: quantity > 0) | (
    st.integers(1, 100).map(Decimal)
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    price_minor, quantity = draw(st.integers(0, 10**6)), draw(quantities)
    gross = Line("", price_minor, quantity).gross_minor
    return Line(
        name=draw(words | st.just("")),
        price_minor=price_minor,
        quantity=quantity,
        discount_minor=draw(st.integers(0, gross)),
        sku=draw(words | st.just("")),
        category=draw(words | st.just("")),
        tax_rate=draw(st.sampled_from((Fraction(0), Fraction(22, 100), Fraction(1, 3)))),
        brand=draw(words | st.just("")),
        labels=tuple(draw(st.lists(words, max_size=2))),
        unit=draw(words),
        cost_minor=draw(st.none() | counts),
    )


baskets = st.builds(
    Basket,
    at=instants,
    store=words.map(StoreId),
    currency=st.sampled_from(("EUR", "RUB", "JPY")),
    lines=st.lists(lines(), max_size=3).map(tuple),
    channel=st.sampled_from(("till", "online", "partner")),
    event=words,
    tenders=st.lists(st.builds(Tender, words, counts, words | st.just("")), max_size=2).map(tuple),
    codes=st.lists(words, max_size=2).map(tuple),
    vouchers=st.lists(vouchers, max_size=2).map(tuple),
    redeem=st.lists(
        st.builds(Wish, words, st.integers(1, 10**6), words | st.just(""), words | st.just("")),
        max_size=2,
    ).map(tuple),
    figures=st.dictionaries(words, points, max_size=2),
)
