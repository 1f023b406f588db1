"""What the program does to a basket is on the screen before anybody pays."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ui.states.tone import Tone
from tests.fakes.counter import a_program, tell
from tests.presenters.rig import ANNAS_CARD, EAN, Rig
from tests.presenters.shops import BREAD_PRICE, STAMPS, a_till_of

BIG = """
[[rules]]
id = "big"
text = { en = "big purchase" }
when = [{ kind = "minimum_amount", amount_minor = 700 }]
then = { kind = "give", points = 50 }
"""
SILVER_FIRST = """
[ladder]
metric = "spend"
[[ladder.tiers]]
id = "silver"
text = { en = "Silver" }
at_least = 100000
[[access]]
lines = { skus = ["BREAD"] }
tiers = ["silver"]
"""


@pytest.fixture
def till() -> Rig:
    return a_till_of(BREAD_PRICE)


def test_a_member_pays_the_member_price_and_sees_what_it_was(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    (line,) = till.shown.basket.lines
    assert (line.amount_before, line.amount) == ("3.20", "2.80")
    assert till.shown.payment.total == "€2.80"
    assert till.shown.payment.saved == "€0.40 saved · member price"
    till.enter()
    (sold,) = till.sales()
    assert (sold.total_minor, sold.tenders[0].amount_minor) == (280, 280)


def test_without_a_member_the_price_is_the_shelf_s_and_the_teaser_says_what_she_would_save(
    till: Rig,
) -> None:
    till.scan("BREAD")

    assert till.shown.payment.total == "€3.20"
    assert till.shown.payment.saved == ""
    assert till.shown.payment.earned_note == "A member would earn 2 points and save €0.40"


def test_a_teaser_tells_only_what_there_is_to_tell(till: Rig) -> None:
    till.type("0.50+")
    assert till.shown.payment.earned_note == ""

    half = '[[rules]]\nid = "half"\nthen = { kind = "percent_off", rate = 0.5 }\n'
    tell(till.counter, a_program(9, more=half))
    till.type("0.20+")

    assert till.shown.payment.earned_note == "A member would save €0.35"


def test_enter_pressed_before_the_quote_waits_for_it_and_for_the_same_total(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.till.scanned(Scan(EAN))
    till.sale.enter()
    till.asks.work()
    assert till.sales() == []  # The total was not the one on the screen.

    till.enter()

    assert [sold.total_minor for sold in till.sales()] == [590]


def test_enter_waits_for_the_quote_when_the_basket_was_changed_by_hand(till: Rig) -> None:
    till.scan(EAN)
    till.sale.more(0)
    till.sale.enter()
    assert till.sales() == []

    till.asks.work()

    assert [sold.total_minor for sold in till.sales()] == [1180]


def test_an_enter_for_the_price_before_the_discount_takes_no_money(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    till.sale.more(0)
    till.sale.enter()
    till.asks.work()

    assert till.sales() == []
    assert till.shown.payment.total == "€5.60"


def test_scan_amount_enter_stops_when_the_member_pays_less(till: Rig) -> None:
    off = (
        BREAD_PRICE
        + """
[[rules]]
id = "always"
text = { en = "always" }
then = { kind = "percent_off", rate = 0.10 }
"""
    )
    tell(till.counter, a_program(4, more=off))
    till.scan(ANNAS_CARD)
    till.type("10")
    till.enter()
    assert till.sales() == []
    assert till.shown.payment.total == "€9.00"

    till.enter()

    assert [sold.total_minor for sold in till.sales()] == [900]


def test_a_line_that_is_not_for_her_yet_is_refused_in_words() -> None:
    till = a_till_of(SILVER_FIRST)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    assert "Silver" in till.toast
    till.enter()
    assert till.sales() == []
    till.sale.remove()
    till.scan(EAN)
    till.enter()
    assert [sold.total_minor for sold in till.sales()] == [590]


def test_several_units_stand_beside_the_main_one() -> None:
    till = a_till_of(STAMPS)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    assert till.shown.payment.earned == "+3 points"
    assert till.shown.payment.earned_note.startswith("+1 stamp · 3 ")
    till.enter()
    assert till.shown.done is not None
    assert till.shown.done.also == "+1 stamp"


def test_of_a_stranger_the_note_says_that_more_may_follow() -> None:
    till = a_till_of(STAMPS, past=None)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    assert "anything more follows" in till.shown.payment.earned_note


@pytest.mark.parametrize(("amount", "said"), [("5", "Big purchase: "), ("1", None), ("8", None)])
def test_what_a_little_more_would_bring_is_said_when_it_is_near(
    amount: str, said: str | None
) -> None:
    till = a_till_of(BIG)
    till.scan(ANNAS_CARD)
    till.type(f"{amount}+")

    hint = till.shown.basket.hint
    assert (hint is not None) is (said is not None)
    if hint is not None and said is not None:
        assert hint.text.startswith(said)
        assert "€2.00" in hint.text


def test_a_hint_counts_pieces_where_the_program_does() -> None:
    pieces = """
[[rules]]
id = "three"
text = { en = "three of a kind" }
when = [{ kind = "minimum_quantity", quantity = 3, lines = { skus = ["BREAD"] } }]
then = { kind = "give", points = 5 }
"""
    till = a_till_of(pieces)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    assert till.shown.basket.hint is None  # Two more are not near.

    till.scan("BREAD")

    assert till.shown.basket.hint is not None
    assert till.shown.basket.hint.text.startswith("Three of a kind: ")


@pytest.mark.parametrize(("had", "said"), [(7, "Ten breads: 2 more to go."), (6, None), (9, None)])
def test_a_card_that_is_nearly_full_says_how_many_are_missing(had: int, said: str | None) -> None:
    card = """
[[goals]]
id = "breads"
text = { en = "Ten breads" }
reach = { kind = "stamps", target = 10, lines = { skus = ["BREAD"] } }
then = { kind = "give", points = 20 }
"""
    till = a_till_of(card, Past(goals={"bottega/breads": had}))
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    hint = till.shown.basket.hint
    assert (None if hint is None else hint.text) == said


def test_a_level_reached_by_a_purchase_is_told_before_and_after_it() -> None:
    near = Past(visits=9, spend_minor=99900, last_purchase_on=None)
    till = a_till_of(SILVER_FIRST.split("[[access]]", maxsplit=1)[0], near)
    till.scan(ANNAS_CARD)
    till.scan(EAN)

    member = till.shown.member
    chips = getattr(member, "chips", ())
    assert "This purchase makes her Silver" in [chip.text for chip in chips]
    till.enter()
    assert till.shown.done is not None
    assert till.shown.done.also == "level Silver reached"


def test_the_keys_to_pay_are_quiet_about_points_where_no_program_is_in_force() -> None:
    till = a_till_of("", NO_PAST)
    tell(till.counter, a_program(2, valid_from="2030-01-01"), a_program(1, valid_from="2030-01-01"))
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    assert (till.shown.payment.earned, till.shown.payment.earned_note) == ("", "")
    chips = getattr(till.shown.member, "chips", ())
    assert [(chip.text, chip.tone) for chip in chips] == [
        ("No program is in force today", Tone.WAIT)
    ]
    till.enter()
    assert till.shown.done is not None
    assert till.shown.done.state is not None
    assert till.shown.done.state.text == "No program is in force: nothing was earned."
