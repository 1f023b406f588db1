from __future__ import annotations

from datetime import date
from uuid import UUID

from pos_loyalty.domain.events import Position
from pos_loyalty.domain.ids import EventId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, Standing
from tests.unit.domain.shop import ANNA, NOON

TODAY = date(2026, 5, 5)
POINTS, STAMPS = Unit("bottega/points"), Unit("bottega/stamps")


def lot(number: int, points: int, expires_on: date | None = None) -> Lot:
    return Lot(EventId(UUID(int=number)), points, expires_on)


CONFIRMED = Confirmed(
    NOON,
    Position(1, 6),
    ((POINTS, (lot(1, 300), lot(2, 40, date(2026, 5, 6)))), (STAMPS, (lot(3, 4),))),
)


def test_own_points_come_on_top_of_what_the_server_told() -> None:
    standing = Standing(ANNA, MemberStatus.ACTIVE, CONFIRMED, ((POINTS, lot(9, 37)),))

    assert standing.balance(POINTS, TODAY) == 377
    assert standing.pending_points(POINTS) == 37


def test_units_are_kept_apart() -> None:
    standing = Standing(ANNA, MemberStatus.ACTIVE, CONFIRMED, ((POINTS, lot(9, 37)),))

    assert standing.balance(STAMPS, TODAY) == 4
    assert standing.pending_points(STAMPS) == 0


def test_a_unit_the_server_never_told_of_is_nothing_and_not_unknown() -> None:
    standing = Standing(ANNA, MemberStatus.ACTIVE, CONFIRMED)

    assert standing.balance(Unit("bottega/stars"), TODAY) == 0


def test_a_balance_that_is_unknown_is_never_zero() -> None:
    standing = Standing(ANNA, MemberStatus.ACTIVE, None, ((POINTS, lot(9, 37)),))

    assert not standing.known
    assert standing.balance(POINTS, TODAY) is None
    assert standing.lots(POINTS) == (lot(9, 37),)


def test_points_that_expired_are_gone_from_the_balance() -> None:
    standing = Standing(ANNA, MemberStatus.ACTIVE, CONFIRMED)

    assert standing.expiring(POINTS, TODAY) == lot(2, 40, date(2026, 5, 6))
    assert standing.balance(POINTS, date(2026, 5, 6)) == 300
    assert standing.expiring(POINTS, date(2026, 5, 6)) is None
