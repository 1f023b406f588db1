"""Where one member stands under one program while receipts are replayed.

It is what domain.remembering keeps and domain.past reads, changed in place: a month has millions of
receipts. What a receipt tells of its member begins it; from then on the replay itself knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.calendar import months_later
from pos_loyalty.domain.engine.answer import IssuedVoucher, Quote
from pos_loyalty.domain.engine.answering import expiry, usable_day
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import (
    UNKNOWN,
    Activity,
    MemberFacts,
    Offers,
    OwnLot,
    PaidMembership,
    Unknown,
    Voucher,
)
from pos_loyalty.domain.past import ACTIVITIES_KEPT, VOUCHERS_KEPT
from pos_loyalty.lab.replay.diary import SPEND, Diary, Sums
from pos_loyalty.lab.replay.purse import Gone, Purse
from pos_loyalty.lab.replay.rulebook import Rulebook

SALE = "sale"
NOTHING: Mapping[str, int] = {}

NOBODY_BEFORE = MemberFacts(  # A member who begins with the replay.
    tier=None,
    membership=None,
    balances={},
    lots=(),
    carried={},
    visits=0,
    last_purchase_on=None,
    goals={},
    vouchers_held=(),
    offers=Offers({}, {}, {}),
    activity=(),
)
TOLD_ONCE = (
    "joined_on",
    "birthday",
    "attributes",
    "segments",
    "favourite_category",
    "tier",
    "membership",
    "carried",
    "visits",
    "last_purchase_on",
    "goals",
    "vouchers_held",
    "activity",
)


class Standing:
    """One member under one program. `receipts` are her sales in the replay."""

    __slots__ = (
        *TOLD_ONCE,
        "came_before",
        "diary",
        "drawn",
        "given_minor",
        "issued",
        "offers",
        "points",
        "purse",
        "receipts",
        "unknown",
    )
    joined_on: date | Unknown | None
    birthday: date | Unknown | None
    attributes: Mapping[str, str] | Unknown
    segments: tuple[str, ...] | Unknown
    favourite_category: str | Unknown | None
    tier: str | Unknown | None
    membership: PaidMembership | Unknown | None
    carried: Mapping[str, Fraction] | Unknown
    visits: int | Unknown
    last_purchase_on: date | Unknown | None
    goals: Mapping[str, int] | Unknown
    vouchers_held: tuple[Voucher, ...] | Unknown
    activity: tuple[Activity, ...] | Unknown

    def __init__(self, book: Rulebook, start: MemberFacts, since: date, on: date) -> None:
        self.purse = Purse()
        self.diary = Diary(since)
        self.offers = start.offers
        for name in TOLD_ONCE:
            setattr(self, name, getattr(start, name))
        asked = [name for name in TOLD_ONCE if name in book.asks]
        self.unknown = tuple([name for name in asked if getattr(self, name) is UNKNOWN])
        self.purse.open(start, book.units, on)
        self.came_before = isinstance(start.visits, int) and start.visits > 0
        self.receipts = 0
        self.given_minor = 0  # At sale prices, points aside.
        self.points: Sums = {}  # By how many of each unit she has more than at the beginning.
        self.issued: Sums = {}  # Rewards whose vouchers she was given.
        self.drawn: Sums = {}

    def listen(self, book: Rulebook, told: MemberFacts, on: date) -> None:
        """Take what a receipt tells and nobody knew yet."""
        new = [name for name in self.unknown if getattr(told, name) is not UNKNOWN]
        for name in new:
            if getattr(self, name) is UNKNOWN:  # Else the replay knows it by now.
                setattr(self, name, getattr(told, name))
        if new:
            self.unknown = tuple([name for name in self.unknown if name not in new])
        mine, theirs = self.offers, told.offers
        if theirs is not mine and mine.shown is UNKNOWN is not theirs.shown:
            self.offers = theirs
        if not self.purse.known:
            self.purse.open(told, book.units, on)

    def expire(self, book: Rulebook, on: date) -> list[Gone]:
        """Drop what is gone on `on`."""
        gone = self.purse.expire(on)
        last = self.last_purchase_on
        if book.sleeps and isinstance(last, date):
            for unit, days in book.sleeps:
                gone += self.purse.sleep(unit, days, last, on)
        for unit, points, _ in gone:
            self.points[unit] = self.points.get(unit, 0) - points
        return gone

    def facts(self, book: Rulebook, told: MemberFacts, on: date) -> MemberFacts:
        """Tell what is known of her before a receipt that tells `told`."""
        balances, lots = self.purse.facts(book.units)
        return MemberFacts(
            self.joined_on,
            self.birthday,
            self.attributes,
            self.segments,
            self.favourite_category,
            self.tier,
            self.membership,
            balances,
            lots,
            self.carried,
            self.visits,
            self.last_purchase_on,
            self.diary.history(book, on, told.history) if book.looks_back else told.history,
            self.diary.usage(book, on, told.usage) if book.limits else told.usage,
            self.goals,
            self.vouchers_held,
            self.offers,
            self.activity,
        )

    def settle(self, book: Rulebook, basket: Basket, quote: Quote) -> None:
        """Add what a receipt came to."""
        on, sale = basket.at.date(), basket.event == SALE
        self._points(book, basket, quote, on)
        if book.program.ladder is not None and quote.tier_after and self.tier is not UNKNOWN:
            self.tier = quote.tier_after
        if book.carries and quote.carried and self.carried is not UNKNOWN:
            self.carried = quote.carried
        if quote.goals_after and self.goals is not UNKNOWN:
            self.goals = {**self.goals, **quote.goals_after}
        if quote.vouchers_issued and self.vouchers_held is not UNKNOWN:
            held = (*self.vouchers_held, *map(_held, quote.vouchers_issued))
            self.vouchers_held = held[-VOUCHERS_KEPT:]
        if book.looks_back or book.limits:
            sums = {unit: points for unit, points in quote.earned.items() if points}
            if sale:
                sums[SPEND] = quote.to_pay_minor - sum([one.pay_minor for one in quote.redemptions])
            self.diary.write(book, on, sums, _uses(book, quote) if book.limits else {})
        if sale:
            self._bought(book, basket, on)
        else:
            self._did(basket.event, on)

    def _bought(self, book: Rulebook, basket: Basket, on: date) -> None:
        self.receipts += 1
        if self.visits is not UNKNOWN:
            self.visits += 1
        last = self.last_purchase_on
        self.last_purchase_on = max(on, last) if isinstance(last, date) else on
        if book.program.memberships:
            self.membership = _membership(book, basket, self.membership, on)

    def _did(self, event: str, on: date) -> None:
        if event == "joined" and not isinstance(self.joined_on, date):
            self.joined_on = on
        if not isinstance(self.activity, Unknown):
            done = sorted((*self.activity, Activity(event, on)), key=lambda one: one.on)
            self.activity = tuple(done[-ACTIVITIES_KEPT:])

    def _points(self, book: Rulebook, basket: Basket, quote: Quote, on: date) -> None:
        """Take what was redeemed, and put what was earned: today's points pay where they may."""
        purse = self.purse
        if not (quote.redeemed or quote.redemptions):
            for lot in quote.lots:
                purse.put(OwnLot(lot.unit, lot.points, lot.expires_on, lot.usable_on))
                self._count(lot.unit, lot.points)
            return
        spent = dict(quote.redeemed)
        for paid in [unit for unit in spent if unit not in book.at_once]:
            purse.draw(paid, spent.pop(paid), on)
        for lot in quote.lots:
            purse.put(OwnLot(lot.unit, lot.points, lot.expires_on, lot.usable_on))
            self._count(lot.unit, lot.points)
        for paid, points in spent.items():
            purse.draw(paid, points, on)
        for paid, points in quote.redeemed.items():
            self._count(paid, -points)
        for one in quote.redemptions:
            for name, points in (one.gained or NOTHING).items():
                unit = book.program.unit_named(name)
                if unit is not None:
                    until = expiry(unit, book.program, on)
                    usable = usable_day(unit, on, basket.channel)
                    purse.put(OwnLot(name, points, until, usable))
                    self._count(name, points)

    def _count(self, unit: str, points: int) -> None:
        self.points[unit] = self.points.get(unit, 0) + points


def _held(voucher: IssuedVoucher) -> Voucher:
    """Hold a voucher; nobody shows it in the replay: it needs no code of its own."""
    return Voucher(f"issued {voucher.rule}", voucher.reward, voucher.first, voucher.last)


def _membership(
    book: Rulebook, basket: Basket, had: PaidMembership | Unknown | None, on: date
) -> PaidMembership | Unknown | None:
    """Start or renew what was bought: what is left of the old one is not lost."""
    skus = {line.sku for line in basket.lines}
    for club in book.program.memberships:
        if club.sku in skus:
            first = on
            if isinstance(had, PaidMembership) and had.id == club.id:
                first = max(on, had.until + timedelta(days=1))
            return PaidMembership(club.id, months_later(first, club.months) - timedelta(days=1))
    return had


def _uses(book: Rulebook, quote: Quote) -> Sums:
    """Count what was used of all that is limited."""
    uses: Sums = {}
    for reason in quote.reasons:
        if reason.rule in book.limited_rules:
            applied = reason.outcome is Outcome.APPLIED
            if applied or (reason.outcome is Outcome.CAPPED and reason.earned > 0):
                uses[reason.rule] = 1
    for cap in book.caps:
        given = sum(
            [
                reason.earned
                for reason in quote.reasons
                if reason.unit == cap.unit and (not cap.rules or reason.rule in cap.rules)
            ]
        )
        if given:
            uses[cap.id] = uses.get(cap.id, 0) + given
    for one in quote.redemptions:
        if one.reward in book.limits:
            uses[one.reward] = uses.get(one.reward, 0) + one.times
    return uses
