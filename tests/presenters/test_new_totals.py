"""How or when she pays may change the total: then nothing is taken before she has seen it."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.clock import FakeClock
from tests.presenters.rig import ANNAS_CARD, EAN
from tests.presenters.shops import a_till_of

BY_CARD = """
[[rules]]
id = "card"
text = { en = "5 % by card" }
when = [{ kind = "tender", any_of = ["card"] }]
then = { kind = "percent_off", rate = 0.05 }
"""


def test_paying_by_card_that_takes_something_off_asks_for_the_new_amount_first() -> None:
    till = a_till_of(BY_CARD)
    till.scan(ANNAS_CARD)
    till.type("10+")
    till.sale.payment.card()
    till.asks.work()
    assert till.sales() == []
    assert till.toast == "By card it comes to €9.50. Take that, and press the key again."

    till.sale.payment.card()
    till.asks.work()

    (sold,) = till.sales()
    assert (sold.total_minor, sold.tenders[0].amount_minor) == (950, 950)


def test_an_offer_that_ended_before_she_paid_shows_the_new_total_and_takes_nothing() -> None:
    morning = """
[[rules]]
id = "morning"
text = { en = "morning price" }
when = [{ kind = "hours", since = 07:00:00, until = 10:30:00 }]
then = { kind = "percent_off", rate = 0.10 }
"""
    till = a_till_of(morning)
    till.scan(ANNAS_CARD)
    till.type("10+")
    assert till.shown.payment.total == "€9.00"
    clock = till.counter.clock
    assert isinstance(clock, FakeClock)
    clock.go_on(timedelta(hours=1))
    till.enter()

    assert till.sales() == []
    assert till.shown.payment.total == "€10.00"
    till.enter()
    assert [sold.total_minor for sold in till.sales()] == [1000]


def test_another_line_makes_the_amount_by_card_be_asked_anew() -> None:
    till = a_till_of(BY_CARD)
    till.scan(ANNAS_CARD)
    till.type("10+")
    till.sale.payment.card()
    till.asks.work()

    till.scan(EAN)

    assert till.model.by_card is None
