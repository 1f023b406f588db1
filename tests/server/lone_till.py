"""A till on its own, with its files, that sells under the Eni program; it may be killed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.ids import EventId, MemberId, StoreId, TerminalId
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.terminal.ids import SystemIds
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.sell import Checkout, sell
from tests.fakes.clock import FakeClock
from tests.fakes.counter import ROSA

KEY = b"k" * 32
FIRST_DAY = datetime(2025, 1, 2, 8, 0, tzinfo=UTC)
BETWEEN_SALES = timedelta(hours=9)  # At most three on a day: no more chances than that.
SALES_MAX = 900  # Of a year.
FULL_TANK = Line("Super", 3000, category="fuel")
PAID = (Tender(TenderKind.CARD, 3000),)


@contextmanager
def at_the_counter(folder: Path, terminal: UUID) -> Iterator[Counter]:
    """Open the till's files, as a start does."""
    identity = TillIdentity(
        TerminalId(terminal), "Till 1", StoreId("bologna"), "http://127.0.0.1:1", KEY, 1, KEY
    )
    with (
        closing(open_journal(folder, KEY, identity.terminal)) as journal,
        closing(open_members(folder, KEY)) as members,
    ):
        yield Counter(identity, journal, members, FakeClock(), SystemIds())


def sell_on(counter: Counter, member: UUID) -> Iterator[PrizeDraw]:
    """Sell one full tank after the other, as the year goes by, and tell what each drew."""
    for number in range(counter.journal.head().position.seq, SALES_MAX):
        at = FIRST_DAY + number * BETWEEN_SALES
        clock = counter.clock
        assert isinstance(clock, FakeClock)
        clock.set(at)
        checkout = Checkout(EventId(counter.ids.new(at)), (FULL_TANK,), PAID, MemberId(member))
        done = sell(counter, ROSA, None, checkout)
        assert done.scored is not None
        yield done.scored.left.draws[0]


def main(folder: str, terminal: str, member: str) -> None:
    """Sell until killed, or until there is nothing to draw from; say each prize."""
    with at_the_counter(Path(folder), UUID(terminal)) as counter:
        for draw in sell_on(counter, UUID(member)):
            if draw.lease is None:
                return
            sys.stdout.write(f"{draw.reward}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
