"""One immutable fact in a till's journal, and the hash chain that makes every change visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from hashlib import sha256

from pos_loyalty.domain.ids import EPOCH_START, EventId, ShiftId, StaffId, TerminalId
from pos_loyalty.domain.texts import check_printable

TAG = b"LYE"
HASH_BYTES = 32
GENESIS = bytes(HASH_BYTES)  # The hash before the first event of an epoch.
TEXT_BYTES_MAX = 255
# Whatever follows from an instant (a zone's day, an expiry years later) is a date, too.
AT_US_MAX = (datetime(3000, 1, 1, tzinfo=UTC) - EPOCH_START) // timedelta(microseconds=1) - 1


class Kind(Enum):
    """What happened. A changed meaning is a new kind."""

    ENROL = "enrol"
    SALE = "sale"
    ACTIVITY = "activity"
    OFFER = "offer"
    PROFILE_CHANGE = "profile-change"
    SHIFT_OPEN = "shift-open"
    SHIFT_CLOSE = "shift-close"
    REPRINT = "reprint"
    LEASE_RETURN = "lease-return"


class Role(Enum):
    """What a person at the till may do."""

    CASHIER = "cashier"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where an event stands in its till's journal.

    `seq` counts from 1 within an epoch; 0 is before the first.
    """

    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a journal, by place and hash."""

    position: Position
    hash: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """Who did what, when and where; everything about an event but its body.

    The order of events is their sequence. `at` is what the till held for the time; `monotonic_ns`
    and `boot_id` let a wrong clock be mended later; `server_offset_ms` is server time − till time,
    None when the server was never heard.
    """

    terminal: TerminalId
    position: Position
    event_id: EventId
    kind: str  # A Kind's value; other texts are kinds of a newer version, stored and parked.
    version: int
    at: datetime
    monotonic_ns: int
    boot_id: str
    server_offset_ms: int | None
    actor: StaffId
    role: str
    shift: ShiftId | None
    approver: StaffId | None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact with its place in the chain. The body is kept as the exact bytes that were hashed."""

    header: Header
    body: bytes
    prev_hash: bytes
    hash: bytes

    @property
    def head(self) -> Head:
        """The head of a journal that ends here."""
        return Head(self.header.position, self.hash)


def microseconds(at: datetime) -> int:
    """Count microseconds since 1970, exactly. Raises ValueError outside 1970 to 2999."""
    count = (at - EPOCH_START) // timedelta(microseconds=1)
    if not 0 <= count <= AT_US_MAX:
        raise ValueError(f"{at} is no time a till can have")
    return count


def instant(microseconds_: int) -> datetime:
    """Give the instant of so many microseconds since 1970. Raises ValueError as `microseconds`."""
    if not 0 <= microseconds_ <= AT_US_MAX:
        raise ValueError(f"{microseconds_} microseconds since 1970 is no time a till can have")
    return EPOCH_START + timedelta(microseconds=microseconds_)


def header_bytes(header: Header) -> bytes:
    """Put a header into the one form that is hashed.

    tag ‖ version ‖ terminal(16) ‖ epoch(u32) ‖ seq(u64) ‖ event id(16) ‖ length-prefixed texts.

    Raises ValueError for what no server would take: a text over 255 bytes or with control
    characters, an instant outside 1970 to 2999. What cannot be sent is never written.
    """
    offset = header.server_offset_ms
    texts = (
        header.kind,
        str(microseconds(header.at)),
        str(header.monotonic_ns),
        header.boot_id,
        "" if offset is None else str(offset),
        header.actor,
        header.role,
        "" if header.shift is None else header.shift.hex,
        header.approver or "",
    )
    fixed = (
        TAG,
        header.version.to_bytes(1, "big"),
        header.terminal.bytes,
        header.position.epoch.to_bytes(4, "big"),
        header.position.seq.to_bytes(8, "big"),
        header.event_id.bytes,
    )
    return b"".join([*fixed, *[_prefixed(text) for text in texts]])


@lru_cache(maxsize=4096)  # One till's kinds, people and shifts come again and again.
def _prefixed(text: str) -> bytes:
    check_printable(text)
    raw = text.encode()
    if len(raw) > TEXT_BYTES_MAX:
        raise ValueError(f"a text in a header has at most {TEXT_BYTES_MAX} bytes, not {len(raw)}")
    return len(raw).to_bytes(1, "big") + raw


def seal(header: Header, body: bytes, prev_hash: bytes) -> Event:
    """Make the event that follows `prev_hash`: hash = SHA-256(prev_hash ‖ header ‖ body)."""
    digest = sha256(prev_hash + header_bytes(header) + body).digest()
    return Event(header, body, prev_hash, digest)


def record_digest(record: bytes, salt: bytes) -> bytes:
    """Make what the chain says of a personal record: SHA-256(record ‖ salt)."""
    return sha256(record + salt).digest()
