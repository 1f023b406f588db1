"""Coming to work and leaving: a person proves who she is, offline too, and her shift begins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_loyalty.domain.bodies import ShiftClosed, ShiftOpened
from pos_loyalty.domain.events import Role, instant, microseconds
from pos_loyalty.domain.ids import EventId, ShiftId
from pos_loyalty.ports.members import StaffTold
from pos_loyalty.usecases.chance import give_leases_back
from pos_loyalty.usecases.counter import Counter, SignedIn, store_of, today
from pos_loyalty.usecases.record import record
from pos_loyalty.wire.pins import badge_digest, pin_matches

FAILURES_MAX = 5
LOCKED = timedelta(minutes=5)
NOTE = "sign-in-failures"


class WrongPin(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Nobody here has this PIN; `left` tries before the till locks."""

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} left")
        self.left = left


class LockedOut(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Too many wrong PINs; nobody signs in before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class UnknownBadge(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Nobody of this store has the badge."""


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong PINs in a row at this till, and when the last was. They outlive a restart."""

    count: int = 0
    last_at: datetime | None = None

    @property
    def locked_until(self) -> datetime | None:
        """When they stop to count. None: they are too few to lock the till."""
        if self.last_at is None or self.count < FAILURES_MAX:
            return None
        return self.last_at + LOCKED


def sign_in_by_pin(counter: Counter, pin: str) -> SignedIn:
    """Sign in with a PIN, which tells who it is: no two people of a store have the same.

    Raises WrongPin, LockedOut, NotSetUp, or JournalFault.
    """
    store_of(counter)
    now = counter.clock.now()
    failures = _failures_by(counter, now)
    until = failures.locked_until
    if until is not None:
        if now < until:
            raise LockedOut(until)
        failures = Failures()
    who = next((s for s in counter.members.staff() if pin_matches(s.pin_hash, pin)), None)
    if who is None:
        _note(counter, Failures(failures.count + 1, now))
        left = FAILURES_MAX - failures.count - 1
        if left <= 0:
            raise LockedOut(now + LOCKED)
        raise WrongPin(left=left)
    _note(counter, Failures())
    return _open_shift(counter, who)


def sign_in_by_badge(counter: Counter, code: str) -> SignedIn:
    """Sign in with a badge. Raises UnknownBadge, NotSetUp, or JournalFault."""
    digest = badge_digest(code)
    for who in counter.members.staff():
        if who.badge_digest and who.badge_digest == digest:
            return _open_shift(counter, who)
    raise UnknownBadge


def sign_out(counter: Counter, who: SignedIn, sales: int) -> None:
    """Close the shift; nothing unsent is touched by it. Raises JournalFault."""
    event_id = EventId(counter.ids.new(counter.clock.now()))
    record(counter, who, event_id, ShiftClosed(store_of(counter).store, sales))


def _open_shift(counter: Counter, who: StaffTold) -> SignedIn:
    store = store_of(counter)
    now = counter.clock.now()
    shift = ShiftId(counter.ids.new(now))
    signed_in = SignedIn(who.staff, who.name, Role(who.role), shift, now)
    event_id = EventId(counter.ids.new(now))
    record(counter, signed_in, event_id, ShiftOpened(store.store, today(counter, store)))
    give_leases_back(counter, signed_in)
    return signed_in


def _failures_by(counter: Counter, now: datetime) -> Failures:
    """Read the failures; of a clock that was set back, as if the last had been just now.

    Else the till would be locked for as long as the clock was ahead.
    """
    failures = _failures(counter)
    if failures.last_at is None or failures.last_at <= now:
        return failures
    failures = Failures(failures.count, now)
    _note(counter, failures)
    return failures


def _failures(counter: Counter) -> Failures:
    note = counter.journal.note(NOTE)
    if note is None:
        return Failures()
    count, last_us = json.loads(note)
    return Failures(count, None if last_us is None else instant(last_us))


def _note(counter: Counter, failures: Failures) -> None:
    if failures == Failures() and counter.journal.note(NOTE) is None:
        return
    last_us = None if failures.last_at is None else microseconds(failures.last_at)
    counter.journal.keep_note(NOTE, json.dumps([failures.count, last_us]))
