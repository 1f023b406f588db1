"""The purchase just made is rated with one key and a mark."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.bodies import Acted
from pos_loyalty.ports.journal import JournalFault
from tests.presenters.rig import ANNAS_CARD, EAN, Rig
from tests.presenters.shops import a_till_of
from tests.usecases.deeds import events

FEEDBACK = """
[[rules]]
id = "told-us"
on = "feedback"
text = { en = "for telling us" }
limits = [{ times = 1, per = "day" }]
then = { kind = "give", points = 20 }
"""


@pytest.fixture
def till() -> Rig:
    till = a_till_of(FEEDBACK)
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.enter()
    return till


def rated(till: Rig) -> str:
    done = till.shown.done
    return "" if done is None or done.rated is None else done.rated.text


def test_a_mark_is_given_with_two_keys_and_thanked_for(till: Rig) -> None:
    assert till.shown.done is not None
    assert (till.shown.done.rate, till.shown.done.rating) == ("How was it?", False)
    till.sale.rating.begin()
    assert till.shown.done.rating
    till.sale.rating.give(4)
    till.asks.work()

    assert [one.scores for one in events(till.counter, Acted)] == [(("service", 4),)]
    assert rated(till) == "Rated, thank you: +20 points"
    assert till.shown.done.rate == ""


def test_a_purchase_is_rated_once(till: Rig) -> None:
    for mark in (4, 1):
        till.sale.rating.begin()
        till.sale.rating.give(mark)
        till.asks.work()

    assert [one.scores for one in events(till.counter, Acted)] == [(("service", 4),)]


def test_the_same_key_hides_the_marks_again(till: Rig) -> None:
    till.sale.rating.begin()
    till.sale.rating.begin()
    till.sale.rating.give(4)
    till.asks.work()

    assert events(till.counter, Acted) == []


@pytest.mark.parametrize("mark", [0, 6])
def test_what_is_no_mark_is_not_taken(till: Rig, mark: int) -> None:
    till.sale.rating.begin()
    till.sale.rating.give(mark)
    till.asks.work()

    assert events(till.counter, Acted) == []


def test_a_second_mark_of_the_day_is_thanked_for_without_points(till: Rig) -> None:
    till.sale.rating.begin()
    till.sale.rating.give(4)
    till.asks.work()
    till.scan(ANNAS_CARD)
    till.scan(EAN)
    till.enter()
    till.sale.rating.begin()
    till.sale.rating.give(5)
    till.asks.work()

    assert rated(till) == "Rated, thank you."


def test_an_anonymous_purchase_offers_no_marks(till: Rig) -> None:
    till.scan(EAN)
    till.enter()

    assert till.shown.done is not None
    assert till.shown.done.rate == ""
    till.sale.rating.begin()
    assert not till.shown.done.rating


def test_a_mark_given_as_the_next_sale_begins_is_kept(till: Rig) -> None:
    till.sale.rating.begin()
    till.sale.rating.give(5)
    till.sale.leave_done()
    till.asks.work()

    assert [one.scores for one in events(till.counter, Acted)] == [(("service", 5),)]
    assert till.shown.done is None


def test_a_mark_the_disk_does_not_take_may_be_given_again(till: Rig) -> None:
    till.journal.refuses = JournalFault("disk-full")
    till.sale.rating.begin()
    till.sale.rating.give(5)
    till.asks.work()
    assert till.toast.startswith("The disk of this till is full")

    till.journal.refuses = None
    till.sale.rating.begin()
    till.sale.rating.give(5)
    till.asks.work()

    assert rated(till) == "Rated, thank you: +20 points"
