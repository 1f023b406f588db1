"""What a till and the central server say to each other.

Receivers ignore fields they do not know; a changed meaning is a new call. Signed by `wire.seals`.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from pos_loyalty.wire.changes import Change
from pos_loyalty.wire.fields import (
    Epoch,
    Hex16,
    Hex64,
    Int64,
    Message,
    Microseconds,
    Seq,
    Short,
)

MEDIA_TYPE = "application/vnd.pos-loyalty+json"
SIGNATURE_HEADER = "POS-Signature"  # Hexadecimal, 128 characters.
PROTOCOL = 1
EVENTS_MAX = 500  # In one push.
CHANGES_MAX = 1000  # In one pull.
SNAPSHOT_ENTRIES_MAX = 20_000  # In one snapshot page.
PASSES_MAX = 200  # Blank passes a till holds.
BODY_CHARACTERS_MAX = 512 * 1024
REQUEST_BYTES_MAX = 1024 * 1024  # As sent.
INFLATED_BYTES_MAX = 8 * 1024 * 1024


class HeadTold(Message):
    """The last event of one epoch of a till's journal."""

    epoch: Epoch
    seq: Seq
    hash: Hex64


class EnrolTill(Message):
    """POST /v1/enrol, signed with the new key itself: the holder of the code wants to be a till."""

    code: Short
    public_key: Hex64
    nonce: Hex16


class TillEnrolled(Message):
    """The till's identity, and the server's."""

    terminal: UUID
    till: Short  # What people call it, as in "Till 2".
    store: Short
    server_key: Hex64
    server_epoch: Epoch
    index_key: Hex64  # Key of the hashes in the compact index.


class Hello(Message):
    """POST /v1/hello: who I am and where my journal ends."""

    terminal: UUID
    protocol_min: int = PROTOCOL
    protocol_max: int = PROTOCOL
    app_version: Short
    head: HeadTold
    acknowledged: Seq  # Within the head's epoch.
    at: AwareDatetime
    nonce: Hex16


class HelloReply(Message):
    """Where the server believes my journal ends. `head.seq` 0: it has nothing of this epoch."""

    protocol: int
    server_epoch: Epoch
    head: HeadTold
    at: AwareDatetime
    retry_after_s: Annotated[int, Field(ge=0, le=3600)] = 0


class RecordSent(Message):
    """A personal record beside its event: the exact bytes that were hashed, and the salt."""

    record: Annotated[str, Field(max_length=4096)]
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class EventSent(Message):
    """An event without what the batch says for all: terminal, epoch, sequence and hashes."""

    event_id: UUID
    kind: Short
    version: Annotated[int, Field(ge=1, le=255)]
    at_us: Microseconds
    monotonic_ns: Int64
    boot_id: Short
    server_offset_ms: Int64 | None
    actor: Short
    role: Short
    shift: UUID | None
    approver: Short | None
    body: Annotated[str, Field(max_length=BODY_CHARACTERS_MAX)]
    record: RecordSent | None = None


class Push(Message):
    """POST /v1/push: consecutive events from `first_seq`, between `prev_hash` and `head_hash`."""

    batch_id: UUID
    terminal: UUID
    epoch: Epoch
    first_seq: Annotated[Seq, Field(ge=1)]
    prev_hash: Hex64
    head_hash: Hex64
    events: Annotated[tuple[EventSent, ...], Field(min_length=1, max_length=EVENTS_MAX)]


class EventResult(Message):
    """What became of one event; the same answer for ever."""

    seq: Seq
    outcome: Literal["applied", "duplicate", "parked", "disputed"]
    code: Short = ""


class ChainBroken(Message):
    """Why a batch was not taken: the chain, not an event, is wrong. Selling goes on."""

    kind: Literal["gap", "fork", "broken", "revoked"]
    expected_seq: Seq


class PushReply(Message):
    """An acknowledgement: durably stored through this sequence, not necessarily agreed."""

    batch_id: UUID
    epoch: Epoch
    acknowledged_through: Seq
    head_hash: Hex64  # Of the event at `acknowledged_through`.
    results: tuple[EventResult, ...] = ()
    refused: ChainBroken | None = None


class Pull(Message):
    """POST /v1/pull: what has changed since `cursor` (empty: the beginning)."""

    terminal: UUID
    server_epoch: Epoch
    cursor: Short
    nonce: Hex16


class PullReply(Message):
    """Changes in order. `includes`: the last event of this till that the figures contain.

    From cursor "" on: store, staff, programs, catalogue, members. An index too large to be told as
    changes is announced by `snapshot_required`: the till loads it by POST /v1/snapshot, then goes
    on from this reply's `cursor`, fenced before the first of its pages: nothing is missed.
    """

    server_epoch: Epoch
    changes: tuple[Change, ...]
    cursor: Short
    more: bool
    includes_epoch: Epoch
    includes_seq: Seq
    at: AwareDatetime
    snapshot_required: bool = False


class Snapshot(Message):
    """POST /v1/snapshot: a page of the compact index, behind digest `after` (empty: the first)."""

    terminal: UUID
    after: Annotated[str, Field(pattern=r"^([0-9a-f]{24})?$")]
    nonce: Hex16


class SnapshotReply(Message):
    """A page of the compact index, in the order of the digests."""

    server_epoch: Epoch
    packed: str  # Base64 of digest(12) ‖ member(16) ‖ status(1: 0 blank, 1 active, 2 blocked) …
    entries: int
    total: int
    more: bool


class LeasePasses(Message):
    """POST /v1/passes: blank passes for enrolments while the line is down."""

    terminal: UUID
    count: Annotated[int, Field(ge=1, le=PASSES_MAX)]
    nonce: Hex16


class PassesLeased(Message):
    """Signed blank passes; each names a member who does not exist yet."""

    passes: tuple[str, ...]


class Fault(Message):
    """The body of every answer that is not 200."""

    error: Short  # A code.
    text: str  # A sentence.
