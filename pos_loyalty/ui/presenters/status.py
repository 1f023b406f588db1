"""The status bar and its details: the line and the devices in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from pos_loyalty.i18n import Words
from pos_loyalty.ports.central import Trouble
from pos_loyalty.ports.devices import FaultKind
from pos_loyalty.ports.line import Alarm, SyncState
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.states.status import DetailsState, DetailState, DeviceState, StatusState
from pos_loyalty.ui.states.tone import Remark, Tone

MINUTE = timedelta(minutes=1)
DRIFT_TOLD = 2 * MINUTE  # A clock that is further from the server's is worth a word.


class DeviceRole(Enum):
    """What a device is for."""

    SCANNER = "scanner"
    CAMERA = "camera"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class DeviceCondition:
    """How one device is. `fault` None and not `ready`: it is being opened."""

    role: DeviceRole
    name: str
    ready: bool
    fault: FaultKind | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """What time it is, and by how much the computer's clock differs. None: not known."""

    now: datetime
    server_offset_ms: int | None = None


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


READY = {
    DeviceRole.SCANNER: _("Scanner ready"),
    DeviceRole.CAMERA: _("Camera ready"),
    DeviceRole.PRINTER: _("Printer ready"),
}
STARTING = {
    DeviceRole.SCANNER: _("Scanner starting"),
    DeviceRole.CAMERA: _("Camera starting"),
    DeviceRole.PRINTER: _("Printer starting"),
}
NOT_THERE = {
    DeviceRole.SCANNER: _("Scanner not there"),
    DeviceRole.CAMERA: _("Camera not there"),
    DeviceRole.PRINTER: _("Printer not there"),
}
NOT_WORKING = {
    DeviceRole.SCANNER: _("Scanner does not work"),
    DeviceRole.CAMERA: _("Camera does not work"),
    DeviceRole.PRINTER: _("Printer does not work"),
}
PAPER = {FaultKind.PAPER_OUT: _("Paper out"), FaultKind.COVER_OPEN: _("Cover open")}
FAULTS = {
    FaultKind.NOT_FOUND: _("It is not connected, or switched off."),
    FaultKind.BUSY: _("Another program is using it."),
    FaultKind.NOT_ALLOWED: _("This computer does not let the till use it."),
    FaultKind.GONE: _("It was unplugged or switched off."),
    FaultKind.SILENT: _("It is connected, but does not answer."),
    FaultKind.OFFLINE: _("It says that it is not ready."),
    FaultKind.PAPER_OUT: _("Its paper is out."),
    FaultKind.COVER_OPEN: _("Its cover is open."),
    FaultKind.MISSING_LIBRARY: _("A part of the program that it needs is not installed."),
    FaultKind.WRONG_SETTING: _("Its settings are not right."),
    FaultKind.BROKEN_DRIVER: _("Its driver made a mistake; the log tells which."),
}
REMEDIES = {
    FaultKind.NOT_FOUND: _("Plug it in and switch it on; the till finds it by itself."),
    FaultKind.BUSY: _("Close the other program; the till tries again by itself."),
    FaultKind.NOT_ALLOWED: _("Call the shop's IT: the README says which rule to install."),
    FaultKind.GONE: _("Plug it in and switch it on; the till finds it by itself."),
    FaultKind.SILENT: _("Switch it off and on again."),
    FaultKind.OFFLINE: _("Look at its lights; press its feed key."),
    FaultKind.PAPER_OUT: _("Put a new roll in; what waits is printed then."),
    FaultKind.COVER_OPEN: _("Close the cover; what waits is printed then."),
    FaultKind.MISSING_LIBRARY: _("Call the shop's IT. Scanning by the other ways goes on."),
    FaultKind.WRONG_SETTING: _("Call the shop's IT: the file is devices.toml."),
    FaultKind.BROKEN_DRIVER: _("Call the shop's IT. Selling goes on."),
}
ALARMS = {
    Alarm.FORK: _(
        "The server holds other events of this till: it was copied or restored. "
        "Call the shop's IT. Selling goes on, nothing is lost."
    ),
    Alarm.BEHIND: _(
        "The server knows more of this till than the till itself: an older copy was put back. "
        "Call the shop's IT. Selling goes on, nothing is lost."
    ),
    Alarm.BROKEN: _(
        "The server cannot follow this till's journal. Call the shop's IT. "
        "Selling goes on, nothing is lost."
    ),
    Alarm.REVOKED: _("This till was blocked by the head office. Call the store manager."),
    Alarm.UNKNOWN_TILL: _(
        "The server does not know this till. Call the shop's IT: it is to be enrolled again."
    ),
    Alarm.TOO_OLD: _("This program is too old for its server. Call the shop's IT to upgrade it."),
    Alarm.REFUSED: _("The server refuses what this till sends. Call the shop's IT."),
}
TROUBLES = {
    Trouble.UNREACHABLE: _("The server does not answer."),
    Trouble.BUSY: _("The server is busy and asks to wait."),
    Trouble.PORTAL: _("A log-in page of the network answers in the server's place."),
    Trouble.NOT_OURS: _("Something else answers in the server's place."),
}


def status_state(
    teller: Teller, sync: SyncState, devices: tuple[DeviceCondition, ...], clock: ClockSeen
) -> StatusState:
    """Draw the status bar."""
    words = teller.words
    return StatusState(
        line=_line(teller, sync),
        unsent=_unsent(words, sync, clock.now),
        synced=phrases.last_sync(words, sync.last_good_at, teller.zone),
        devices=(
            *(_device(words, device) for device in devices),
            *_clock_mark(teller.words, clock),
            *_program_mark(words, sync),
        ),
    )


def _minutes_wrong(clock: ClockSeen) -> int:
    """Tell by how much the computer's clock differs from the server's; 0 is near enough."""
    wrong = timedelta(milliseconds=abs(clock.server_offset_ms or 0))
    return wrong // MINUTE if wrong > DRIFT_TOLD else 0


def _clock_mark(words: Words, clock: ClockSeen) -> tuple[DeviceState, ...]:
    wrong = _minutes_wrong(clock)
    return (DeviceState(words.gettext("Clock is wrong"), Tone.WAIT),) if wrong else ()


def _clock_detail(words: Words, clock: ClockSeen) -> tuple[DetailState, ...]:
    wrong = _minutes_wrong(clock)
    if not wrong:
        return ()
    return (
        DetailState(
            name=words.gettext("This computer's clock"),
            state=Remark(words.gettext("Clock is wrong"), Tone.WAIT),
            what=words.gettext("It differs from the server's by {age}.").format(
                age=phrases.age(words, wrong)
            ),
            remedy=words.gettext("The till goes by the server's time; set the clock when you can."),
        ),
    )


def _program_mark(words: Words, sync: SyncState) -> tuple[DeviceState, ...]:
    return (DeviceState(words.gettext("Program too new"), Tone.WAIT),) if sync.unread else ()


def _program_details(words: Words, sync: SyncState) -> tuple[DetailState, ...]:
    """Say which program's rules are older than they should be here."""
    return tuple(
        DetailState(
            name=words.gettext("Loyalty program {name}").format(name=one.program),
            state=Remark(words.gettext("Program too new"), Tone.WAIT),
            what=words.gettext(
                "Version {version} has words that this till does not know. "
                "The last version that it can read goes on."
            ).format(version=one.version),
            remedy=words.gettext("Call the shop's IT to upgrade this till."),
        )
        for one in sync.unread
    )


def _line(teller: Teller, sync: SyncState) -> Remark:
    words = teller.words
    if sync.alarm is not None:
        return Remark(words.gettext("Needs attention"), Tone.BAD)
    if sync.online is None:
        return Remark(words.gettext("Connecting"), Tone.WAIT)
    if sync.to_load:
        percent = sync.loaded * 100 // sync.to_load
        return Remark(words.gettext("Loading members: {percent} %").format(percent=percent))
    if sync.online:
        return phrases.online(words)
    return phrases.offline(words, sync.since, teller.zone)


def _unsent(words: Words, sync: SyncState, now: datetime) -> str:
    oldest = sync.oldest_unsent_at
    minutes = 0 if oldest is None else max(0, (now - oldest) // MINUTE)
    return phrases.unsent(words, count=sync.unsent, oldest_minutes=minutes)


def _device(words: Words, device: DeviceCondition) -> DeviceState:
    key = "F2" if device.role is DeviceRole.CAMERA else ""
    if device.ready:
        return DeviceState(words.gettext(READY[device.role]), Tone.PLAIN, key)
    if device.fault is None:
        return DeviceState(words.gettext(STARTING[device.role]), Tone.PLAIN, key)
    if device.fault in PAPER:
        return DeviceState(words.gettext(PAPER[device.fault]), Tone.BAD)
    absent = device.fault in (FaultKind.NOT_FOUND, FaultKind.GONE)
    word = (NOT_THERE if absent else NOT_WORKING)[device.role]
    return DeviceState(words.gettext(word), Tone.WAIT, key)


def details_state(
    teller: Teller, sync: SyncState, devices: tuple[DeviceCondition, ...], clock: ClockSeen
) -> DetailsState:
    """Explain the status bar."""
    words = teller.words
    line = DetailState(
        name=words.gettext("Central server"),
        state=_line(teller, sync),
        what=_what_line(words, sync, clock.now),
        remedy=_remedy(teller, sync),
    )
    told = (_device_detail(words, device) for device in devices)
    return DetailsState(
        (line, *told, *_clock_detail(teller.words, clock), *_program_details(words, sync))
    )


def _what_line(words: Words, sync: SyncState, now: datetime) -> str:
    if sync.alarm is not None:
        return words.gettext(ALARMS[sync.alarm])
    parts = [_unsent(words, sync, now) + "."]
    if sync.trouble in TROUBLES:
        parts.insert(0, words.gettext(TROUBLES[sync.trouble]))
    if sync.parked:
        parts.append(
            words.ngettext(
                "{n} entry waits at the server for a person to decide.",
                "{n} entries wait at the server for a person to decide.",
                sync.parked,
            )
        )
    return " ".join(parts)


def _remedy(teller: Teller, sync: SyncState) -> str:
    words = teller.words
    if sync.online is False and sync.retry_at is not None:
        return words.gettext("The till tries again at {time}; selling goes on.").format(
            time=words.time(sync.retry_at, teller.zone)
        )
    return ""


def _device_detail(words: Words, device: DeviceCondition) -> DetailState:
    state = _device(words, device)
    if device.fault is None:
        name = device.name
        return DetailState(name, Remark(state.word, state.tone), "")
    return DetailState(
        name=device.name,
        state=Remark(state.word, state.tone),
        what=words.gettext(FAULTS[device.fault]),
        remedy=words.gettext(REMEDIES[device.fault]),
    )
