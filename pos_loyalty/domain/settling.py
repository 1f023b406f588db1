"""What a month comes to between the shop and its partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.programs.schemes import Partner


@dataclass(frozen=True, slots=True)
class PartnerMovement:
    """Points that a partner gave to members on a day, or took from them; negative: taken back."""

    partner: str
    on: date
    issued: int = 0
    redeemed: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """One partner's month. `owed_minor`: what it owes the shop; negative: what the shop owes it."""

    partner: str
    issued: int
    redeemed: int
    owed_minor: int


def settle(
    month: date, movements: Iterable[PartnerMovement], partners: Sequence[Partner]
) -> tuple[Settlement, ...]:
    """Add up the month that the day `month` lies in, for every partner in the program's order.

    A partner pays for the points it issued, for the shop honours them, and is paid for those it
    redeemed. Rounded once, on the month's sum, halves away from nothing: the partner's own books
    show the same figure with the other sign.

    Raises ValueError for a movement of a company that is no partner.
    """
    issued = {partner.id: 0 for partner in partners}
    redeemed = dict(issued)
    for one in movements:
        if one.partner not in issued:
            raise ValueError(f"{one.partner} is no partner of this program")
        if (one.on.year, one.on.month) == (month.year, month.month):
            issued[one.partner] += one.issued
            redeemed[one.partner] += one.redeemed
    return tuple(
        [
            Settlement(
                partner.id,
                issued[partner.id],
                redeemed[partner.id],
                _worth(issued[partner.id] - redeemed[partner.id], partner),
            )
            for partner in partners
        ]
    )


def _worth(points: int, partner: Partner) -> int:
    value, divisor = partner.settle_minor.as_integer_ratio()
    worth = divide_half_up(abs(points) * value, divisor)
    return worth if points >= 0 else -worth
