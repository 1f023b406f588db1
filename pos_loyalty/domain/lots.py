"""Points by the earning they came from: what is live, what expires next, what pays for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.errors import InsufficientPoints
from pos_loyalty.domain.ids import EventId


@dataclass(frozen=True, slots=True)
class Lot:
    """Points earned by one event, less what has been redeemed from them."""

    event_id: EventId
    points: int
    expires_on: date | None  # First business day the points are gone. None: never.
    usable_on: date | None = None  # First business day they may be spent. None: already.

    def __post_init__(self) -> None:
        if self.points <= 0:
            raise ValueError(f"a lot holds at least one point, not {self.points}")


@dataclass(frozen=True, slots=True)
class Draw:
    """Points taken from one lot."""

    event_id: EventId
    points: int


def live(lots: Iterable[Lot], on: date) -> tuple[Lot, ...]:
    """Choose the lots that still count on `on`: soonest to expire, then older, first."""
    counted = (lot for lot in lots if lot.expires_on is None or lot.expires_on > on)
    return tuple(sorted(counted, key=lambda lot: (lot.expires_on or date.max, lot.event_id)))


def live_points(lots: Iterable[Lot], on: date) -> int:
    """Count the points that are not gone on `on`, those not yet usable, too."""
    return sum(lot.points for lot in live(lots, on))


def usable(lots: Iterable[Lot], on: date) -> tuple[Lot, ...]:
    """Choose the lots that may be spent on `on`, in the order of `live`."""
    return tuple(lot for lot in live(lots, on) if lot.usable_on is None or lot.usable_on <= on)


def next_to_expire(lots: Iterable[Lot], on: date) -> Lot | None:
    """Put all points of the next expiry day into one lot. None when nothing ever expires."""
    dated = [lot for lot in live(lots, on) if lot.expires_on is not None]
    if not dated:
        return None
    first = dated[0]
    points = sum(lot.points for lot in dated if lot.expires_on == first.expires_on)
    return Lot(first.event_id, points, first.expires_on)


def draw_points(lots: Iterable[Lot], wanted: int, on: date) -> tuple[Draw, ...]:
    """Choose which lots pay for a redemption of `wanted` points on `on`.

    Soonest to expire first, never-expiring last, ties to the older event, so that every till and
    the server choose alike.

    Raises InsufficientPoints when the lots usable on `on` hold less than `wanted`.
    """
    draws: list[Draw] = []
    missing = wanted
    for lot in usable(lots, on):
        if missing <= 0:
            break
        taken = min(missing, lot.points)
        draws.append(Draw(lot.event_id, taken))
        missing -= taken
    if missing > 0:
        raise InsufficientPoints(wanted=wanted, available=wanted - missing)
    return tuple(draws)
