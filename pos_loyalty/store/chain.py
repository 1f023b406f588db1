"""What every journal checks of an event before it takes it."""

from __future__ import annotations

from pos_loyalty.domain.events import GENESIS, Event, Head, Position, seal
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.ports.journal import Outgoing

FIRST_EPOCH = 1


def beginning(epoch: int) -> Head:
    """Make the head of an epoch without events."""
    return Head(Position(epoch, 0), GENESIS)


def check_follows(event: Event, head: Head, terminal: TerminalId) -> None:
    """Check that `event` is this till's, goes on where the journal ends, and is sealed.

    Raises ValueError: such an event is a bug, not a fault of the disk.
    """
    header = event.header
    if header.terminal != terminal:
        raise ValueError(f"an event of {header.terminal} in the journal of {terminal}")
    if not _next(header.position, head.position):
        raise ValueError(f"{header.position} does not follow {head.position}")
    expected = GENESIS if header.position.seq == 1 else head.hash
    if event.prev_hash != expected:
        raise ValueError(f"{header.position} does not name the hash before it")
    if event.hash != seal(header, event.body, event.prev_hash).hash:
        raise ValueError(f"{header.position} is not sealed by its hash")


def line_bytes(outgoing: Outgoing) -> int:
    """Tell what an event adds to a batch: its body and its record; headers are small."""
    record = outgoing.record
    return len(outgoing.event.body) + (0 if record is None else len(record.record))


def _next(position: Position, head: Position) -> bool:
    """Whether `position` comes next: in its epoch, or first of the one after."""
    return position in (Position(head.epoch, head.seq + 1), Position(head.epoch + 1, 1))
