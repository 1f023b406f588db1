from __future__ import annotations

from dataclasses import replace

import pytest

from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.units import (
    CalendarDay,
    Expiry,
    Inactivity,
    Months,
    ProgramEnd,
    UnitOfAccount,
    Usable,
)
from pos_loyalty.wording.units import (
    expiry_told,
    unit_amount,
    unit_name,
    units_earned,
    usable_told,
)
from tests.unit.wording.shop import CLUB
from tests.unit.wording.tongues import ENGLISH, TONGUES, everywhere


@pytest.mark.parametrize(
    ("unit", "amount", "told"),
    [
        ("points", 1, "1 point"),
        ("stars", 1250, "1,250 stars"),
        ("cashback", 125, "€1.25"),
        ("status", 15, "1.5 status"),
        ("chips", 1, "1 chip"),
        ("unheard-of", 2, "2 unheard-of"),
    ],
)
def test_an_amount_is_told_with_the_name_of_its_unit(unit: str, amount: int, told: str) -> None:
    assert unit_amount(ENGLISH, CLUB, unit, amount) == told


def test_a_shops_own_unit_bends_as_its_language_does() -> None:
    told = {
        language: [unit_amount(words, CLUB, "chips", n) for n in (1, 3, 5, 21)]
        for language, words in TONGUES.items()
    }

    assert told["ru"] == ["1 фишка", "3 фишки", "5 фишек", "21 фишка"]
    assert told["bg"] == ["1 жетон", "3 жетона", "5 жетона", "21 жетона"]
    assert told["zh-Hans"][:2] == ["1 枚筹码", "3 枚筹码"]


def test_a_unit_alone_has_the_name_for_many() -> None:
    chips = everywhere(lambda words: unit_name(words, CLUB, "chips"))
    points = everywhere(lambda words: unit_name(words, CLUB, "points"))

    assert (chips["en"], chips["ru"], chips["bg"], chips["zh-Hans"]) == (
        "chips",
        "фишки",
        "жетони",
        "筹码",
    )
    assert (points["en"], points["ru"]) == ("points", "баллы")


def test_a_name_we_know_needs_no_forms() -> None:
    named = replace(CLUB, units=(UnitOfAccount(name={"en": "stars", "ru": "звёзды"}),))

    told = everywhere(lambda words: unit_amount(words, named, "points", 1))

    assert (told["en"], told["ru"]) == ("1 star", "1 звезда")


def test_a_name_in_one_word_stands_for_every_number() -> None:
    named = replace(CLUB, units=(UnitOfAccount(name={"en": "Talers"}),))

    assert unit_amount(ENGLISH, named, "points", 7) == "7 Talers"
    assert unit_name(ENGLISH, named, "points") == "Talers"


@pytest.mark.parametrize(
    ("lasts", "told"),
    [
        (None, "Points: no expiry."),
        (Months(24), "Points: valid for 24 months from the day of earning."),
        (CalendarDay(2, 1), "Points: back to zero every year on February 1."),
        (
            CalendarDay(12, 31, 3),
            "Points: on December 31 of each year what is older than 2 years expires.",
        ),
        (Inactivity(1), "Points: gone after 1 day without a purchase."),
        (ProgramEnd(), "Points: valid until the program ends."),
    ],
)
def test_every_way_of_expiring_is_told(lasts: Expiry | None, told: str) -> None:
    assert expiry_told(ENGLISH, CLUB, UnitOfAccount(lasts=lasts)) == told


def test_what_only_lifts_to_a_level_need_not_expire() -> None:
    assert expiry_told(ENGLISH, CLUB, UnitOfAccount(status_only=True)) == ""


@pytest.mark.parametrize("usable", Usable)
def test_every_moment_of_becoming_usable_is_told(usable: Usable) -> None:
    unit = UnitOfAccount(usable=usable, usable_after_days=2 * (usable is Usable.AFTER_DAYS))

    told = everywhere(lambda words: usable_told(words, CLUB, unit))

    assert told["en"].startswith("Points: usable ")
    assert len(set(told.values())) == len(told)


def test_only_units_that_are_earned_are_spoken_of() -> None:
    giving = replace(CLUB, rules=(Rule("joined", Give(5, "stars"), on="joined"),))

    assert [unit.id for unit in units_earned(giving)] == ["stars"]
