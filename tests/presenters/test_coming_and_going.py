from __future__ import annotations

import pytest

from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.line import SyncState
from tests.fakes.counter import COFFEE, ROSAS_BADGE
from tests.presenters.rig import Rig, a_till

EAN = COFFEE.removeprefix("0")


@pytest.fixture
def till() -> Rig:
    return a_till()


def a_sale(till: Rig) -> EventId:
    till.scan(EAN)
    sale = till.model.sale.sale
    till.enter()
    return sale


def test_a_wrong_pin_says_how_many_tries_are_left() -> None:
    till = a_till(signed_in=False)
    till.sign_in("9999")

    answer = till.sign_in_shown.answer
    assert answer is not None
    assert answer.text == "That PIN is nobody's. 4 tries left."
    assert till.till.sale is None


def test_too_many_wrong_pins_lock_the_till_but_not_for_a_badge() -> None:
    till = a_till(signed_in=False)
    for _ in range(5):
        till.sign_in("9999")

    answer = till.sign_in_shown.answer
    assert answer is not None
    assert answer.text == "Too many wrong PINs. This till opens again at 10:05, or with a badge."
    assert till.sign_in_shown.locked
    till.scan("LB1:" + ROSAS_BADGE)
    assert till.till.sale is not None


def test_a_badge_of_nobody_says_so() -> None:
    till = a_till(signed_in=False)
    till.scan("LB1:nobody")

    answer = till.sign_in_shown.answer
    assert answer is not None
    assert answer.text == "Nobody here has this badge. Sign in with your PIN."


def test_a_scan_before_anybody_signed_in_asks_to_sign_in() -> None:
    till = a_till(signed_in=False)
    till.scan(EAN)

    answer = till.sign_in_shown.answer
    assert answer is not None
    assert answer.text == "Sign in first: PIN or badge."


def test_a_pin_entered_twice_is_one_shift() -> None:
    till = a_till(signed_in=False)
    till.till.sign_in.pin("4711")
    till.till.sign_in.pin("4711")
    till.asks.work()

    assert till.kinds() == ["shift-open"]


def test_f12_pressed_twice_is_one_end_of_the_shift(till: Rig) -> None:
    till.till.end_shift()
    till.till.end_shift()
    till.asks.work()

    assert till.kinds() == ["shift-open", "shift-close"]
    assert till.screen.shown["page"] == "sign-in"


def test_a_shift_that_the_disk_does_not_close_goes_on(till: Rig) -> None:
    till.journal.refuses = JournalFault("disk-full")
    till.till.end_shift()
    till.asks.work()

    assert till.till.sale is not None
    assert till.toast.startswith("The disk of this till is full")
    till.journal.refuses = None
    till.till.end_shift()
    till.asks.work()
    assert till.till.sale is None


def test_a_sale_in_progress_waits_for_whoever_signs_in_next(till: Rig) -> None:
    till.scan(EAN)
    till.till.end_shift()
    till.asks.work()
    till.sign_in("0815")

    assert len(till.model.lines) == 1


def test_the_sign_in_says_that_one_can_sell_offline() -> None:
    till = a_till(signed_in=False)
    till.till.line_changed(SyncState(online=False))

    line = till.sign_in_shown.line
    assert line is not None
    assert line.text == "Offline: you can sell."


def test_a_till_with_everything_sent_closes_at_once(till: Rig) -> None:
    till.till.line_changed(SyncState(online=True))
    till.till.leave_asked()

    assert till.done[-1] == "left"


def test_a_till_with_something_unsent_says_that_it_is_safe_and_closes_when_asked_again(
    till: Rig,
) -> None:
    till.till.line_changed(SyncState(online=False, unsent=3))
    till.till.leave_asked()

    assert till.toast.startswith("3 entries are not sent yet. They are safe here")
    assert "left" not in till.done
    till.till.leave_asked()
    assert till.done[-1] == "left"


def test_the_key_of_a_later_sentence_never_closes_the_till(till: Rig) -> None:
    till.till.line_changed(SyncState(online=False, unsent=3))
    till.scan(EAN)
    till.till.leave_asked()
    till.sale.cancel()
    till.till.toasts.pressed()
    till.asks.work()

    assert "left" not in till.done
    assert till.model.lines


def test_a_sentence_that_went_by_itself_offers_nothing_any_more(till: Rig) -> None:
    till.till.line_changed(SyncState(online=False, unsent=1))
    till.till.leave_asked()
    till.till.toasts.gone()
    till.till.toasts.pressed()

    assert "left" not in till.done
    assert till.toast == ""
