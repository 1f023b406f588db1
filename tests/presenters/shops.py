"""Tills of shops whose programs do more than count points."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.changes import ProductChanged
from tests.fakes.counter import ANNA, a_counter, a_program, indexed, known, lot, tell
from tests.presenters.rig import ANNAS_CARD, Rig, a_till

BREAD_PRICE = """
[[rules]]
id = "bread-price"
text = { en = "member price" }
then = { kind = "member_price", price_minor = 280, lines = { skus = ["BREAD"] } }
"""
SUGGESTION = """
[[suggestions]]
id = "bun"
text = { en = "A bun with the bread" }
when = [{ kind = "minimum_quantity", quantity = 1, lines = { skus = ["BREAD"] } }]
"""
PLUS = """
[[rules]]
id = "plus-discount"
text = { en = "Plus" }
when = [{ kind = "membership", id = "plus" }]
then = { kind = "percent_off", rate = 0.05 }
[[memberships]]
id = "plus"
text = { en = "Bottega Plus" }
sku = "PLUS"
fee_minor = 1000
months = 12
saves = ["plus-discount"]
"""
STAMPS = """
[[units]]
id = "points"
[[units]]
id = "stamps"
[[rules]]
id = "stamp"
text = { en = "a stamp" }
then = { kind = "give", points = 1, unit = "stamps" }
"""


def a_shop(more: str, past: Past | None = NO_PAST, birthday: date | None = None) -> Counter:
    """A counter whose program says `more`; Anna has 300 points, this past and this birthday."""
    counter = a_counter()
    tell(
        counter,
        a_program(2, more=more),
        known(ANNA, lot(300), past=past, birthday=birthday),
        indexed(ANNAS_CARD),
        ProductChanged(sku="PLUS", name="Bottega Plus, one year", price_minor=1000),
    )
    return counter


def a_till_of(more: str, past: Past | None = NO_PAST, birthday: date | None = None) -> Rig:
    """Switch on a till of such a shop; Rosa signs in."""
    return a_till(a_shop(more, past, birthday))
