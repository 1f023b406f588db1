"""Everything of a till but its screen: files, ledger thread, clock and line."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos_loyalty import __version__
from pos_loyalty.domain.events import Kind
from pos_loyalty.ports.central import Central
from pos_loyalty.ports.line import SyncState
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.store.journal import SqlJournal
from pos_loyalty.store.key import open_key
from pos_loyalty.store.lock import TillLock
from pos_loyalty.store.members import SqlMembers
from pos_loyalty.store.place import check_place
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.sync.loop import Line, SyncLoop
from pos_loyalty.terminal.cable import Cable
from pos_loyalty.terminal.clock import TrustedClock
from pos_loyalty.terminal.identity import read_identity, terminal_of
from pos_loyalty.terminal.ids import SystemIds
from pos_loyalty.terminal.ledger_thread import LedgerThread
from pos_loyalty.usecases.counter import Counter

STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class BackRoom:
    """A till that could sell if it had a screen."""

    folder: Path
    ledger: LedgerThread
    clock: TrustedClock
    counter: Counter
    central: Central

    def line(self) -> Line:
        """Bring together what the sync needs."""
        return Line(self.counter, self.central, self.ledger.do, self.clock.hear, __version__)

    def sync_loop(self, watch: Callable[[SyncState], None]) -> SyncLoop:
        """Make the sync thread; it is not started."""
        return SyncLoop(self.line(), watch, random.random)


@contextmanager
def open_back_room(folder: Path, cable: Cable | None = None) -> Iterator[BackRoom]:
    """Open the till in `folder`, and close it at the end, whatever happens.

    `cable` stands between the till and its server, to be pulled.

    Raises StoreFault, JournalFault or NoIdentity with what to do.
    """
    with ExitStack() as stack:
        check_place(folder)
        stack.callback(TillLock(folder).release)
        key = open_key(folder)
        ledger = LedgerThread()
        stack.callback(ledger.shutdown)
        journal, members = ledger.do(lambda: _open_files(folder, key))
        stack.callback(lambda: ledger.do(lambda: _close_files(journal, members)))
        identity, seed = ledger.do(lambda: read_identity(folder, journal))
        clock = TrustedClock(ledger.do(lambda: _last_at(journal)))
        counter = Counter(identity, journal, members, clock, SystemIds())
        central = HttpCentral(identity.url, seed, identity.server_key)
        stack.callback(central.close)
        server = central if cable is None else cable.to(central)
        yield BackRoom(folder, ledger, clock, counter, server)


def _open_files(folder: Path, key: bytes) -> tuple[SqlJournal, SqlMembers]:
    journal = open_journal(folder, key, terminal_of(folder))
    try:
        return journal, open_members(folder, key)
    except BaseException:
        journal.close()
        raise


def _last_at(journal: SqlJournal) -> datetime | None:
    """Tell when the newest event was written; the clock never goes back before it."""
    newest = (journal.last_of_kind(kind.value) for kind in Kind)
    return max((event.header.at for event in newest if event is not None), default=None)


def _close_files(journal: SqlJournal, members: SqlMembers) -> None:
    members.close()
    journal.close()
