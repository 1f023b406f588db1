"""The sync thread: hello, push, pull; again when there is something to say or time has passed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.line import Alarm, SyncState
from pos_loyalty.sync.backoff import Backoff, after_failure, read_backoff, write_backoff
from pos_loyalty.sync.gate import Stopped, until_stopped
from pos_loyalty.sync.pull import lease_passes, nonce, pull_all
from pos_loyalty.sync.push import NeedsPerson, compare_heads, push_all
from pos_loyalty.sync.thread import OnLedger
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.messages import PROTOCOL, HeadTold, Hello

EVERY_S = 15.0
NOTE = "sync-backoff"
ALARMS = {
    Trouble.REVOKED: Alarm.REVOKED,
    Trouble.UNKNOWN_TILL: Alarm.UNKNOWN_TILL,
    Trouble.TOO_OLD: Alarm.TOO_OLD,
    Trouble.TOO_LARGE: Alarm.REFUSED,  # A single event: nothing is left to halve.
    Trouble.REFUSED: Alarm.REFUSED,
}
HOPELESS = Backoff(failures=8)  # A person has to act first: no hurry.
PERSON_S = 300
REFUSED_S = 3600
PAUSE_MIN_S = 0.05


class HearTime(Protocol):
    """Takes the server's signed time over into the till's clock."""

    def __call__(self, server_at: datetime) -> None:
        """Believe that it is `server_at` now."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one round needs: the counter, the server, and the way to the ledger thread."""

    counter: Counter
    central: Central
    on_ledger: OnLedger
    hear_time: HearTime
    app_version: str


def talk(line: Line, progress: Callable[[int, int], None]) -> int:
    """Do one whole round; answers with how many events and changes went over the line.

    Raises CentralTrouble, NeedsPerson, JournalFault.
    """
    reply = line.central.hello(line.on_ledger(lambda: _hello(line)))
    line.hear_time(reply.at)
    if reply.protocol != PROTOCOL:
        raise CentralTrouble(Trouble.TOO_OLD, f"the server speaks protocol {reply.protocol}")
    if reply.retry_after_s:  # After an outage the server spreads its tills.
        raise CentralTrouble(Trouble.BUSY, "the server asks to wait", reply.retry_after_s)
    line.on_ledger(lambda: compare_heads(line.counter.journal, reply))
    sent = push_all(line.counter, line.central, line.on_ledger)
    changed = pull_all(line.counter, line.central, line.on_ledger, progress)
    lease_passes(line.counter, line.central, line.on_ledger)
    return sent + changed


def _hello(line: Line) -> Hello:
    progress = line.counter.journal.progress()
    head = progress.head
    acknowledged = progress.acknowledged
    return Hello(
        terminal=line.counter.till.terminal,
        app_version=line.app_version,
        head=HeadTold(epoch=head.position.epoch, seq=head.position.seq, hash=head.hash.hex()),
        acknowledged=acknowledged.seq if acknowledged.epoch == head.position.epoch else 0,
        at=line.counter.clock.now(),
        nonce=nonce(line.counter),
    )


class SyncLoop:
    """Talks to the server on a thread of its own, and tells whoever watches how the line is."""

    def __init__(
        self,
        line: Line,
        watch: Callable[[SyncState], None],
        chance: Callable[[], float],
        every_s: float = EVERY_S,
    ) -> None:
        self._stopping = threading.Event()
        self._line = replace(line, central=until_stopped(line.central, self._stopping.is_set))
        self._watch = watch
        self._chance = chance
        self._every_s = every_s
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._state = SyncState()
        self._backoff = Backoff()
        self._hurried = False

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def nudge(self) -> None:
        """Say that there is something to send; a line that is down is not tried sooner for it."""
        self._wake.set()

    def try_now(self) -> None:
        """Try at once, whatever the back-off says: a person asked for it."""
        self._hurried = True
        self._wake.set()

    def stop(self, timeout_s: float) -> None:
        """End after the call in progress; unsent events stay in the journal."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:  # Else it never began.
            self._thread.join(timeout_s)

    def _run(self) -> None:
        turn = self._begin
        while not self._stopping.is_set():
            try:
                turn()
                turn = self._turn
            except JournalFault as error:
                # The disk is the trouble, not the line; the sale screen says so at the next sale.
                self._backoff = after_failure(self._backoff, self._now(), self._chance())
                self._state = replace(self._state, detail=error.reason)
                self._watch(self._state)
            except Stopped:
                return
            self._wake.wait(self._pause_s())
            self._wake.clear()

    def _begin(self) -> None:
        """Take up the back-off of before the restart."""
        note = self._line.on_ledger(lambda: self._line.counter.journal.note(NOTE))
        self._backoff = read_backoff(note)
        self._turn()

    def _turn(self) -> None:
        """Do a round if it is time for one, else only look how much waits."""
        if self._hurried or self._backoff.due(self._now()):
            self._hurried = False
            self._round()
        else:
            self._tell(self._state)

    def _pause_s(self) -> float:
        not_before = self._backoff.not_before
        if not_before is None:
            return self._every_s
        wait = (not_before - self._now()) / timedelta(seconds=1)
        return min(self._every_s, max(PAUSE_MIN_S, wait))

    def _round(self) -> None:
        try:
            talk(self._line, self._loading)
        except CentralTrouble as error:
            self._failed(error)
        except NeedsPerson as error:
            self._wait_for_person(PERSON_S)
            state = self._line_is(online=True)
            self._tell(replace(state, trouble=None, detail="", alarm=error.alarm))
        else:
            self._set_backoff(Backoff())
            state = replace(self._line_is(online=True), last_good_at=self._now())
            self._tell(replace(state, trouble=None, detail="", alarm=None))

    def _failed(self, error: CentralTrouble) -> None:
        alarm = ALARMS.get(error.trouble)
        if alarm is None:
            self._set_backoff(
                after_failure(self._backoff, self._now(), self._chance(), error.retry_after_s)
            )
        else:
            told_s = error.retry_after_s or 0
            self._wait_for_person(max(told_s, REFUSED_S if alarm is Alarm.REFUSED else PERSON_S))
        state = self._line_is(online=alarm is not None)
        # What needs a person still needs her when the line fails, too.
        alarm = alarm or self._state.alarm
        self._tell(replace(state, trouble=error.trouble, detail=error.detail, alarm=alarm))

    def _wait_for_person(self, at_least_s: int) -> None:
        self._set_backoff(after_failure(HOPELESS, self._now(), self._chance(), at_least_s))

    def _line_is(self, *, online: bool) -> SyncState:
        since = self._state.since if self._state.online is online else self._now()
        return replace(self._state, online=online, since=since, loaded=0, to_load=0)

    def _loading(self, loaded: int, to_load: int) -> None:
        self._tell(replace(self._line_is(online=True), loaded=loaded, to_load=to_load))

    def _set_backoff(self, backoff: Backoff) -> None:
        if backoff == self._backoff:
            return
        self._backoff = backoff
        note = write_backoff(backoff)
        self._line.on_ledger(lambda: self._line.counter.journal.keep_note(NOTE, note))

    def _tell(self, state: SyncState) -> None:
        counter = self._line.counter
        progress = self._line.on_ledger(counter.journal.progress)
        self._state = replace(
            state,
            unread=tuple(self._line.on_ledger(counter.members.unread_programs)),
            retry_at=self._backoff.not_before,
            unsent=progress.unsent,
            oldest_unsent_at=progress.oldest_unsent_at,
            parked=progress.parked,
        )
        self._watch(self._state)

    def _now(self) -> datetime:
        return self._line.counter.clock.now()
