from __future__ import annotations

import pytest

from pos_loyalty.lab.replay import ordering
from pos_loyalty.lab.replay.ordering import NotInOrder, TooMany, in_order, sorted_on_disk
from pos_loyalty.lab.replay.replaying import Numbered
from tests.unit.lab.replay.months import numbered, receipt


def days(receipts: list[Numbered]) -> list[int]:
    return [one.basket.at.day for _, one in receipts]


@pytest.fixture
def mixed() -> list[Numbered]:
    return numbered(receipt(day * 7 % 31, "ada", 100) for day in range(1, 31))


def test_receipts_that_are_near_their_place_are_put_there() -> None:
    near = numbered(receipt(day, "ada", 100) for day in (2, 1, 4, 3, 3, 5))

    assert days(list(in_order(near, ahead=2))) == [1, 2, 3, 3, 4, 5]


def test_a_receipt_that_is_too_far_back_is_noticed(mixed: list[Numbered]) -> None:
    with pytest.raises(NotInOrder):
        list(in_order(mixed, ahead=5))


@pytest.mark.parametrize("run", [1, 7, 30, 100])
def test_receipts_far_out_of_order_are_sorted_on_the_disk(mixed: list[Numbered], run: int) -> None:
    assert list(sorted_on_disk(mixed, run)) == sorted(mixed, key=lambda one: one[1].basket.at)


def test_receipts_of_one_instant_stay_as_they_came() -> None:
    same = numbered(receipt(1, name, 100) for name in ("ada", "bea", "cleo"))

    assert list(in_order(same)) == list(sorted_on_disk(same, run=2)) == same


def test_there_is_an_end_to_what_is_sorted(
    mixed: list[Numbered], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "RUNS_MAX", 2)

    with pytest.raises(TooMany):
        list(sorted_on_disk(mixed, run=7))
