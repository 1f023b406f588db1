from __future__ import annotations

from datetime import timedelta

import pytest

from pos_loyalty.domain.ids import EventId
from pos_loyalty.ports.central import Trouble
from pos_loyalty.ports.devices import FaultKind, Frame
from pos_loyalty.ports.line import Alarm, SyncState
from pos_loyalty.ports.members import UnreadProgram
from pos_loyalty.ui.presenters.status import DeviceCondition, DeviceRole
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.status import DetailsState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.wording.scans import NOTHING_SEEN
from tests.fakes.clock import MORNING, FakeClock
from tests.fakes.counter import COFFEE, a_counter
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


def test_a_program_too_new_for_this_till_is_told_with_what_goes_on_meanwhile(till: Rig) -> None:
    till.till.open_panel(Panel.DETAILS)
    till.till.line_changed(SyncState(online=True, unread=(UnreadProgram("bottega", 3),)))

    assert till.status.devices[-1].word == "Program too new"
    what, remedy = details(till)["Loyalty program bottega"]
    assert what.startswith("Version 3 has words that this till does not know.")
    assert remedy == "Call the shop's IT to upgrade this till."


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


@pytest.mark.parametrize(("offset_ms", "told"), [(-600_000, True), (90_000, False), (None, False)])
def test_a_computer_whose_clock_is_wrong_is_told(offset_ms: int | None, *, told: bool) -> None:
    clock = FakeClock()
    clock.offset_ms = offset_ms
    till = a_till(a_counter(clock=clock))

    till.till.open_panel(Panel.DETAILS)
    till.till.tick()

    side = till.shown.side
    assert isinstance(side, DetailsState)
    said = [detail.what for detail in side.details if detail.name == "This computer's clock"]
    assert said == (["It differs from the server's by 10 min."] if told else [])
    assert ("Clock is wrong" in [device.word for device in till.status.devices]) is told
