from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.errors import InsufficientPoints
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.lots import (
    Draw,
    Lot,
    draw_points,
    live,
    live_points,
    next_to_expire,
    usable,
)

TODAY = date(2026, 5, 5)


def lot(number: int, points: int, in_days: int | None) -> Lot:
    expires_on = None if in_days is None else TODAY + timedelta(in_days)
    return Lot(EventId(UUID(int=number)), points, expires_on)


lots = st.lists(
    st.builds(lot, st.integers(1, 99), st.integers(1, 500), st.none() | st.integers(-3, 30)),
    max_size=10,
    unique_by=lambda made: made.event_id,
).map(tuple)


def test_points_are_gone_on_their_expiry_day() -> None:
    assert live_points((lot(1, 10, 1), lot(2, 20, 0), lot(3, 40, -1)), TODAY) == 10


def test_the_soonest_to_expire_are_used_first_and_the_everlasting_last() -> None:
    held = (lot(1, 10, None), lot(2, 20, 30), lot(3, 30, 2))

    assert draw_points(held, 45, TODAY) == (Draw(held[2].event_id, 30), Draw(held[1].event_id, 15))


def test_of_points_that_expire_together_the_older_are_used_first() -> None:
    held = (lot(9, 10, 5), lot(4, 10, 5))

    assert draw_points(held, 1, TODAY) == (Draw(held[1].event_id, 1),)


def test_a_reward_that_costs_nothing_takes_nothing() -> None:
    assert draw_points((lot(1, 10, 1),), 0, TODAY) == ()


def test_points_that_have_expired_pay_for_nothing() -> None:
    with pytest.raises(InsufficientPoints) as refused:
        draw_points((lot(1, 299, 4), lot(2, 500, 0)), 300, TODAY)

    assert (refused.value.wanted, refused.value.available) == (300, 299)


@given(lots, st.integers(0, 3000))
def test_no_lot_ever_pays_more_than_it_holds(held: tuple[Lot, ...], wanted: int) -> None:
    points = {one.event_id: one.points for one in live(held, TODAY)}
    if wanted > sum(points.values()):
        with pytest.raises(InsufficientPoints):
            draw_points(held, wanted, TODAY)
        return

    draws = draw_points(held, wanted, TODAY)

    assert sum(draw.points for draw in draws) == wanted
    assert all(0 < draw.points <= points[draw.event_id] for draw in draws)


@given(lots, st.permutations(range(10)))
def test_every_till_chooses_the_same_lots(held: tuple[Lot, ...], order: list[int]) -> None:
    shuffled = tuple(held[i] for i in order if i < len(held))

    assert live(shuffled, TODAY) == live(held, TODAY)


def test_what_expires_next_is_told_as_one_figure() -> None:
    held = (lot(1, 10, 9), lot(3, 20, 2), lot(2, 30, 2), lot(4, 5, None), lot(5, 7, -1))

    assert next_to_expire(held, TODAY) == lot(2, 50, 2)


def test_points_without_an_expiry_day_never_expire_next() -> None:
    assert next_to_expire((lot(1, 10, None), lot(2, 10, 0)), TODAY) is None


def test_an_empty_lot_does_not_exist() -> None:
    with pytest.raises(ValueError, match="at least one point, not 0"):
        lot(1, 0, None)


def test_points_that_count_from_tomorrow_are_hers_and_pay_for_nothing_today() -> None:
    tomorrow = TODAY + timedelta(1)
    held = (lot(1, 10, None), Lot(EventId(UUID(int=2)), 30, None, tomorrow))

    assert live_points(held, TODAY) == 40
    assert usable(held, TODAY) == held[:1]
    assert usable(held, tomorrow) == held
    with pytest.raises(InsufficientPoints):
        draw_points(held, 11, TODAY)
