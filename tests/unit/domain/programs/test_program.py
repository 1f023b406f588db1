from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pos_loyalty.domain.programs.checks import WrongValue
from pos_loyalty.domain.programs.limits import Cap, Per
from pos_loyalty.domain.programs.moments import Message
from pos_loyalty.domain.programs.program import RULES_MAX
from pos_loyalty.domain.programs.schemes import Closing
from pos_loyalty.domain.programs.units import UnitOfAccount
from tests.unit.domain.programs.shop import (
    FIVE_OFF,
    JUNE,
    MAY,
    NEW_YEAR,
    NEW_YEARS_EVE,
    ONE_PER_EURO,
    POINTS,
    program_with,
)

HELLO = Message("hello", {"en": "Hello"})
CAP = Cap("cap", 1, Per.DAY)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("id", {"id": "La Bottega"}),
        ("version", {"version": 0}),
        ("version", {"version": 2**31}),
        ("name", {"name": {}}),
        ("name.en", {"name": {"en": ""}}),
        ("currency", {"currency": "euro"}),
        ("valid_until", {"valid_until": date(2025, 12, 31)}),
        ("units", {"units": ()}),
        ("units[1].id", {"units": (POINTS, UnitOfAccount())}),
        ("rules", {"rules": (ONE_PER_EURO,) * (RULES_MAX + 1)}),
        ("rules[1].id", {"rules": (ONE_PER_EURO, ONE_PER_EURO)}),
        ("rewards", {"rewards": (FIVE_OFF,) * (RULES_MAX + 1)}),
        ("rewards[1].id", {"rewards": (FIVE_OFF, FIVE_OFF)}),
        ("caps[1].id", {"caps": (CAP, CAP)}),
        ("messages[1].id", {"messages": (HELLO, HELLO)}),
    ],
)
def test_a_program_that_cannot_be_is_not_built(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(WrongValue) as refused:
        program_with(**changes)

    assert refused.value.field == field


def test_the_first_unit_is_shown_largest() -> None:
    stars = UnitOfAccount("stars")
    program = program_with(units=(stars, POINTS))

    assert program.main_unit == stars
    assert program.unit == "bottega/stars"
    assert program.unit_named("points") == POINTS
    assert program.unit_named("miles") is None


def test_one_version_of_a_program_is_remembered_as_one() -> None:
    assert len({program_with(), program_with(), program_with(version=2)}) == 2


def test_a_reward_is_found_by_its_name() -> None:
    assert program_with().reward("five-off") == FIVE_OFF
    assert program_with().reward("six-off") is None


def test_a_program_is_in_force_from_its_first_day_to_its_last() -> None:
    program = program_with(valid_until=NEW_YEARS_EVE)

    assert [program.holds_on(day) for day in (NEW_YEAR - DAY, NEW_YEAR)] == [False, True]
    assert [program.holds_on(day) for day in (NEW_YEARS_EVE, NEW_YEARS_EVE + DAY)] == [True, False]
    assert program_with().holds_on(date.max)


def test_a_program_that_closes_is_redeemed_from_after_the_last_day_of_earning() -> None:
    program = program_with(valid_until=MAY, closing=Closing(MAY, JUNE))

    assert [program.earns_on(day) for day in (MAY, MAY + DAY)] == [True, False]
    assert [program.redeems_on(day) for day in (JUNE, JUNE + DAY)] == [True, False]
    assert not program.redeems_on(NEW_YEAR - DAY)


def test_a_program_that_does_not_close_earns_and_redeems_as_long_as_it_holds() -> None:
    program = program_with(valid_until=MAY)

    assert program.earns_on(MAY)
    assert program.redeems_on(MAY)
    assert not program.redeems_on(MAY + DAY)
