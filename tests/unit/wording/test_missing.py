from __future__ import annotations

from decimal import Decimal

import pytest

from pos_loyalty.domain.engine.reasons import (
    Missing,
)
from pos_loyalty.domain.programs.conditions import NoneOf
from pos_loyalty.domain.programs.deeds import OnVisit, Spent
from pos_loyalty.domain.programs.occasions import OnWeekdays, Weekday
from pos_loyalty.domain.programs.purchases import MinimumAmount, MinimumQuantity
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.wording.missing import FACTS, missing_told
from tests.unit.wording.shop import CLUB
from tests.unit.wording.tongues import ENGLISH, everywhere, flaws

COFFEE = Selection(categories=("coffee",))
SUNDAY = OnWeekdays((Weekday.SUNDAY,))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (Missing("weekday", "sunday", SUNDAY), "Counts on Sundays."),
        (Missing("none_of", "holds", NoneOf((SUNDAY,))), "Does not count on Sundays."),
        (Missing("amount_minor", 320, MinimumAmount(2000)), "€3.20 more and it counts."),
        (
            Missing("amount_minor", 320, MinimumAmount(2000, lines=COFFEE)),
            "€3.20 more of coffee and it counts.",
        ),
        (Missing("quantity", "2", MinimumQuantity(Decimal(3), COFFEE)), "2 more: coffee."),
        (
            Missing("quantity", "1.5", MinimumQuantity(Decimal(3), Selection(units=("kg",)))),
            "1.5 kg more and it counts.",
        ),
        (Missing("spend_minor", 500, Spent("year", 10000)), "€5.00 more and it counts."),
        (Missing("visits", 1, OnVisit(every=5)), "1 more visit and it counts."),
        (Missing("visits", 0, OnVisit((1,))), "Counts on the first visit."),
        (Missing("birthday", "unknown", SUNDAY), "Not known at this till: the birthday."),
        (Missing("shoe-size", "unknown"), "Not known at this till: shoe size."),
        (Missing("member", "none"), "Counts for members only: scan the card."),
        (Missing("amount_minor", 50), "€0.50 more and it counts."),
        (Missing("quantity", "1"), "1 piece more and it counts."),
        (Missing("lines", "none"), "Nothing it counts for is left in the basket."),
        (Missing("stamps", 3), "3 more to go."),
        (Missing("limit", "day"), "It was had as often as it may be a day."),
        (Missing("limit", "stock"), "It was had as often as it may be."),
        (Missing("points", 2864), "2,864 points missing."),
        (Missing("stars", 1), "1 star missing."),
        (Missing("usable", "next_day"), "Usable from tomorrow."),
        (
            Missing("dates", "closed"),
            "The program has ended: there are only rewards left.",
        ),
        (
            Missing("redeemed", "either"),
            "On one receipt points are either earned or redeemed.",
        ),
        (Missing("stock", "none"), "Out of stock."),
        (Missing("moon", "full"), "Something is missing: moon full."),
    ],
)
def test_what_is_missing_is_told(missing: Missing, told: str) -> None:
    assert missing_told(ENGLISH, missing, CLUB) == told
    for text in everywhere(lambda words: missing_told(words, missing, CLUB)).values():
        assert flaws(text) == []


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_that_may_be_unknown_has_a_name(fact: str) -> None:
    told = everywhere(lambda words: missing_told(words, Missing(fact, "unknown"), CLUB))

    assert len(set(told.values())) == len(told)
