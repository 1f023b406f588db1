"""The cashier sees at once what came of a chance to win."""

from __future__ import annotations

from tests.fakes.counter import tell
from tests.fakes.prizes import CHANCE, leased
from tests.presenters.rig import ANNAS_CARD, EAN, Rig
from tests.presenters.shops import a_till_of


def done_beside(till: Rig) -> str:
    """Sell something to Anna, and tell what stands beside her points."""
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.enter()
    assert till.shown.done is not None
    return till.shown.done.also


def test_a_prize_is_on_the_screen_while_the_receipt_is_printed() -> None:
    till = a_till_of(CHANCE)
    tell(till.counter, leased())

    assert done_beside(till) == "You have won: a mug · 1 voucher"


def test_the_cashier_can_say_why_nothing_could_be_won() -> None:
    till = a_till_of(CHANCE)

    assert done_beside(till) == "1 draw was not made: this till holds no prizes now"
