from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.domain.scoring import PrizeDraw
from tests.unit.receipts.paper import BASE, flowing, points_of, printed, program, scored

LEASE = LeaseId(UUID(int=1))
LUCKY = program(
    BASE
    + """
[[rewards]]
id = "mug"
text = { en = "a mug" }
gives = { kind = "free_item", skus = ["MUG"] }
voucher_only = true
"""
)


def paper(*draws: PrizeDraw) -> str:
    """What is printed for a member whose purchase had these draws."""
    points = replace(points_of(LUCKY), draws=draws)
    return flowing(printed(quoted=scored(LUCKY), points=points))


def test_a_prize_that_was_won_stands_on_the_receipt() -> None:
    won, nothing = PrizeDraw("spring", LEASE, "mug"), PrizeDraw("spring", LEASE)

    assert "You have won: a mug" in paper(nothing, won)
    assert "You have won: 2 × a mug" in paper(won, won)
    assert "No luck" not in paper(nothing, won)


def test_a_draw_that_won_nothing_is_told_once() -> None:
    nothing = PrizeDraw("spring", LEASE)

    assert paper(nothing, nothing).count("No luck this time") == 1


def test_a_draw_that_could_not_be_made_is_told_plainly() -> None:
    missed = PrizeDraw("spring")

    assert "1 draw was not made: this till holds no prizes now" in paper(missed)
    assert "2 draws were not made" in paper(missed, missed)
    assert "No luck" not in paper(missed)


def test_a_purchase_without_a_draw_says_nothing_of_luck() -> None:
    assert "draw" not in paper()
    assert "luck" not in paper()
