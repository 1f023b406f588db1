from __future__ import annotations

from datetime import timedelta

import pytest

from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.central import Trouble
from pos_loyalty.ports.devices import FaultKind, Frame
from pos_loyalty.ports.journal import JournalFault, PrintState
from pos_loyalty.ports.line import Alarm, SyncState
from pos_loyalty.ui.presenters.sale_model import Paper
from pos_loyalty.ui.presenters.status import DeviceCondition, DeviceRole
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.status import DetailsState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.slips import mark_slip
from pos_loyalty.wording import NOTHING_SEEN
from tests.fakes.clock import MORNING, FakeClock
from tests.fakes.counter import COFFEE, ROSAS_BADGE, a_counter
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


# Coming and going.


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


# Paper.


def test_a_printer_that_is_off_leaves_the_sale_and_lets_the_receipt_wait(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.WAITS)

    assert till.shown.done is not None
    assert till.shown.done.receipt.text == (
        "The printer does not answer. The sale is done; the receipt waits for it."
    )
    till.paper(sale, Paper.PRINTED)
    assert till.shown.done.receipt.text == "Receipt printed"


def doubt(till: Rig, sale: EventId) -> None:
    mark_slip(till.counter, sale, PrintState.UNKNOWN)
    till.paper(sale, Paper.DOUBTFUL)


def test_a_doubtful_receipt_is_asked_about_and_believed(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)

    assert till.shown.question is not None
    assert till.shown.question.text == (
        "The receipt of sale 1.2 may not have printed. Print it again, marked COPY?"
    )
    till.till.papers.no()
    till.asks.work()
    assert till.shown.question is None
    assert till.copies == []


def test_a_doubtful_receipt_is_printed_again_once_marked_and_written_down(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.till.papers.yes()
    till.till.papers.yes()
    till.asks.work()

    assert [copy.event_id for copy in till.copies] == [sale]
    assert till.kinds().count("reprint") == 1
    assert "COPY" in repr(till.copies[0].document.blocks[0])
    assert till.shown.question is None


def test_a_copy_that_is_doubtful_too_is_asked_about_again(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.till.papers.yes()
    till.asks.work()
    till.paper(sale, Paper.PRINTING)
    doubt(till, sale)

    assert till.shown.question is not None


def test_a_copy_that_could_not_be_written_down_is_asked_about_again(till: Rig) -> None:
    sale = a_sale(till)
    doubt(till, sale)
    till.journal.refuses = JournalFault("disk-full")
    till.till.papers.yes()
    till.asks.work()

    assert till.toast.startswith("The disk of this till is full")
    assert till.shown.question is not None
    assert till.copies == []


def test_a_receipt_being_printed_is_not_asked_about(till: Rig) -> None:
    sale = a_sale(till)
    mark_slip(till.counter, sale, PrintState.SENDING)
    till.paper(sale, Paper.PRINTING)
    doubt(till, second := a_sale(till))

    assert till.shown.question is not None
    assert "1.3" in till.shown.question.text
    assert second != sale


def test_several_doubtful_slips_are_one_question(till: Rig) -> None:
    first, second = a_sale(till), a_sale(till)
    doubt(till, first)
    doubt(till, second)

    assert till.shown.question is not None
    assert till.shown.question.text.startswith("2 slips may not have printed.")
    till.till.papers.yes()
    till.asks.work()
    assert [copy.event_id for copy in till.copies] == [first, second]


def test_print_again_pressed_twice_is_one_copy(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.PRINTED)
    till.till.papers.again()
    till.till.papers.again()
    till.asks.work()

    assert len(till.copies) == 1
    till.till.papers.again()
    till.asks.work()
    assert len(till.copies) == 2


def test_a_till_without_a_printer_says_so(till: Rig) -> None:
    sale = a_sale(till)
    till.paper(sale, Paper.NO_PRINTER)

    assert till.shown.done is not None
    assert till.shown.done.receipt.text == "No printer is set up: nothing was printed."
    assert till.shown.done.print_again == ""


# The status bar.


LINES = [
    (SyncState(), "Connecting", Tone.WAIT),
    (SyncState(online=True), "Online", Tone.GOOD),
    (SyncState(online=False, since=MORNING), "Offline since 10:00", Tone.WAIT),
    (SyncState(online=True, loaded=1, to_load=4), "Loading members: 25 %", Tone.PLAIN),
    (SyncState(online=True, alarm=Alarm.FORK), "Needs attention", Tone.BAD),
]


@pytest.mark.parametrize(("sync", "word", "tone"), LINES)
def test_the_line_in_a_word(till: Rig, sync: SyncState, word: str, tone: Tone) -> None:
    till.till.line_changed(sync)

    assert (till.status.line.text, till.status.line.tone) == (word, tone)


def test_what_is_unsent_is_told_with_its_age() -> None:
    clock = FakeClock()
    till = a_till(a_counter(clock=clock))
    till.till.line_changed(SyncState(online=False, unsent=2, oldest_unsent_at=clock.now()))
    clock.go_on(timedelta(minutes=61))
    till.till.tick()

    assert till.status.unsent == "2 entries wait, the oldest 1 hour — they are safe"


def details(till: Rig) -> dict[str, tuple[str, str]]:
    assert isinstance(till.side, DetailsState)
    return {one.name: (one.what, one.remedy) for one in till.side.details}


def test_a_log_in_page_in_the_servers_place_is_told(till: Rig) -> None:
    till.till.open_panel(Panel.DETAILS)
    till.till.line_changed(
        SyncState(online=False, since=MORNING, trouble=Trouble.PORTAL, retry_at=MORNING, unsent=1)
    )

    what, remedy = details(till)["Central server"]
    assert what.startswith("A log-in page of the network answers in the server's place.")
    assert remedy == "The till tries again at 10:00; selling goes on."


@pytest.mark.parametrize("alarm", Alarm)
def test_every_alarm_has_a_sentence(till: Rig, alarm: Alarm) -> None:
    till.till.open_panel(Panel.DETAILS)
    till.till.line_changed(SyncState(online=True, alarm=alarm))

    assert details(till)["Central server"][0].endswith(".")


@pytest.mark.parametrize("role", DeviceRole)
@pytest.mark.parametrize("fault", FaultKind)
def test_every_fault_of_a_device_has_a_word_a_sentence_and_a_remedy(
    till: Rig, role: DeviceRole, fault: FaultKind
) -> None:
    till.till.open_panel(Panel.DETAILS)
    till.till.devices_changed((DeviceCondition(role, "it", ready=False, fault=fault),))

    assert till.status.devices[0].word
    assert till.status.devices[0].tone is not Tone.PLAIN
    what, remedy = details(till)["it"]
    assert what.endswith(".")
    assert remedy.endswith(".")


def test_a_scanner_unplugged_and_plugged_in_again_is_seen_at_once(till: Rig) -> None:
    till.till.open_panel(Panel.DETAILS)
    scanner = DeviceRole.SCANNER
    till.till.devices_changed((DeviceCondition(scanner, "s", ready=False, fault=FaultKind.GONE),))
    assert till.status.devices[0].word == "Scanner not there"
    assert details(till)["s"][0] == "It was unplugged or switched off."

    till.till.devices_changed((DeviceCondition(scanner, "s", ready=True),))

    assert till.status.devices[0].word == "Scanner ready"
    assert details(till)["s"] == ("", "")


def test_the_camera_shows_its_picture_only_while_its_pane_is_open(till: Rig) -> None:
    frame = Frame(1, 1, b"\0")
    till.till.frame(frame)
    till.till.open_panel(Panel.CAMERA)
    assert isinstance(till.side, CameraState)
    assert till.side.frame is None

    till.till.frame(frame)
    assert isinstance(till.side, CameraState)
    assert till.side.frame == frame
    till.scan(EAN)
    assert till.side is None


def test_every_reason_of_a_scan_that_was_nothing_has_a_sentence() -> None:
    assert all(text.endswith(".") for text in NOTHING_SEEN.values())
