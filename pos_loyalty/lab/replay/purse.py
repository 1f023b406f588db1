"""One member's points under one program while receipts are replayed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pos_loyalty.domain.facts import UNKNOWN, MemberFacts, OwnLot, Unknown

NEVER = date.max
Gone = tuple[str, int, date]  # Unit, points, and the first day without them.


class Purse:
    """Her lots, soonest to expire first, and what is told of her without lots."""

    __slots__ = ("first_expiry", "known", "lots", "rest")

    def __init__(self) -> None:
        self.known = False  # Whether the whole balance is; what was earned since always is.
        self.lots: list[OwnLot] = []
        self.rest: dict[str, int] = {}  # Told as a balance alone; below 0 it is owed.
        self.first_expiry = NEVER

    def open(self, told: MemberFacts, units: tuple[str, ...], on: date) -> None:
        """Begin with what a receipt tells of her before it: it is all there is."""
        lots, balances = told.lots, told.balances
        if isinstance(lots, Unknown) and isinstance(balances, Unknown):
            return
        self.known = True
        if not isinstance(lots, Unknown):
            self.lots = []
        had = () if isinstance(lots, Unknown) else [lot for lot in lots if lot.unit in units]
        for unit in units:
            live = sum([lot.points for lot in had if lot.unit == unit and not _gone(lot, on)])
            every = sum([lot.points for lot in had if lot.unit == unit])
            balance = live if isinstance(balances, Unknown) else balances.get(unit, 0)
            # As a till reads it: what is gone is taken off, but never more than leaves the rest.
            if every > live:
                balance = max(balance - (every - live), min(balance, live))
            own = sum([lot.points for lot in self.lots if lot.unit == unit])
            rest = balance - live - own
            if rest:
                self.rest[unit] = rest
        for lot in had:
            if not _gone(lot, on) and lot.points:
                self.put(lot)

    def facts(
        self, units: tuple[str, ...]
    ) -> tuple[Mapping[str, int] | Unknown, tuple[OwnLot, ...] | Unknown]:
        """Tell the balances and lots as far as they are known."""
        if not self.known:
            return UNKNOWN, UNKNOWN
        balances = dict.fromkeys(units, 0)
        lots = self.lots
        for lot in lots:
            balances[lot.unit] += lot.points
        if not self.rest:
            return balances, tuple(lots)
        for unit, points in self.rest.items():
            balances[unit] += points
        told = [OwnLot(unit, points) for unit, points in self.rest.items()]
        return balances, (*lots, *told)

    def balance(self, unit: str) -> int:
        """Count what is hers, as far as it is known."""
        lots = sum([lot.points for lot in self.lots if lot.unit == unit])
        return lots + self.rest.get(unit, 0)

    def put(self, new: OwnLot) -> None:
        """Add points; those of one day are one lot."""
        lots = self.lots
        until = new.expires_on or NEVER
        place = len(lots)
        while place and (lots[place - 1].expires_on or NEVER) > until:
            place -= 1
        for near in range(place - 1, -1, -1):
            lot = lots[near]
            if lot.expires_on != new.expires_on:
                break
            if lot.unit == new.unit and lot.usable_on == new.usable_on:
                together = lot.points + new.points
                lots[near] = OwnLot(lot.unit, together, lot.expires_on, lot.usable_on)
                return
        lots.insert(place, new)
        self.first_expiry = min(self.first_expiry, until)

    def draw(self, unit: str, points: int, on: date) -> None:
        """Take points that are usable, soonest to expire first; the rest is taken last."""
        lots: list[OwnLot] = []
        for lot in self.lots:
            waits = lot.usable_on is not None and lot.usable_on > on
            if not points or lot.unit != unit or waits:
                lots.append(lot)
                continue
            taken = min(points, lot.points)
            points -= taken
            if taken < lot.points:
                lots.append(OwnLot(unit, lot.points - taken, lot.expires_on, lot.usable_on))
        self.lots = lots
        if points:
            self.rest[unit] = self.rest.get(unit, 0) - points

    def expire(self, on: date) -> list[Gone]:
        """Drop the lots that are gone on `on`."""
        if on < self.first_expiry:
            return []
        gone = [(lot.unit, lot.points, lot.expires_on or on) for lot in self.lots if _gone(lot, on)]
        self.lots = [lot for lot in self.lots if not _gone(lot, on)]
        self.first_expiry = self.lots[0].expires_on or NEVER if self.lots else NEVER
        return gone

    def sleep(self, unit: str, days: int, last: date, on: date) -> list[Gone]:
        """Drop all of a unit that is gone since nothing was bought for so many days."""
        if (on - last).days < days:
            return []
        points = self.balance(unit)
        if points <= 0:
            return []
        self.lots = [lot for lot in self.lots if lot.unit != unit]
        self.rest.pop(unit, None)
        return [(unit, points, last + timedelta(days=days))]


def _gone(lot: OwnLot, on: date) -> bool:
    return lot.expires_on is not None and lot.expires_on <= on
