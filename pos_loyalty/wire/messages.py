"""What a till and the central server say to each other.

Receivers ignore fields they do not know; a changed meaning is a new call. Signed by `wire.seals`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX
from pos_loyalty.wire.fields import Epoch, Hex16, Hex24, Hex64, Int64, Microseconds, Seq, Short

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


class Message(BaseModel):
    """Anything said on the line."""

    model_config = ConfigDict(frozen=True, extra="ignore")


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


class LotTold(Message):
    """Points of one unit left from one earning."""

    unit: Short
    event_id: UUID
    points: Annotated[Seq, Field(ge=1)]
    expires_on: date | None


class RecordTold(Message):
    """What names or reaches a member."""

    name: Short = ""
    phone: Short = ""
    card: Short = ""
    language: Short = ""


class MemberChanged(Message):
    """A member of this store, whole."""

    change: Literal["member"] = "member"
    member: UUID
    status: Literal["blank", "active", "blocked"]
    record: RecordTold | None  # None: erased, or not enrolled yet.
    lots: tuple[LotTold, ...]


class IndexChanged(Message):
    """One line of the compact index: the keyed hash of a card number → member."""

    change: Literal["index"] = "index"
    digest: Hex24
    member: UUID
    status: Literal["blank", "active", "blocked"]


class ProgramPublished(Message):
    """One version of a program, as the JSON document it is."""

    change: Literal["program"] = "program"
    document: str


class ProductChanged(Message):
    """One product of the catalogue."""

    change: Literal["product"] = "product"
    sku: Short  # A GTIN in 14 digits where the product has one.
    name: Short
    price_minor: Annotated[int, Field(ge=0, le=AMOUNT_MINOR_MAX)]
    category: Short = ""
    tax_rate: Short = "0"  # A decimal or a fraction.
    sold: bool = True  # False: taken out of the catalogue.


class StaffChanged(Message):
    """Somebody who may work at this store's tills. Hashes only (argon2id)."""

    change: Literal["staff"] = "staff"
    staff: Short
    name: Short
    role: Literal["cashier", "manager"]
    pin_hash: str
    badge_digest: str = ""  # SHA-256 of the badge's code, hexadecimal. Empty: no badge.
    active: bool = True


class StoreChanged(Message):
    """The store this till stands in."""

    change: Literal["store"] = "store"
    store: Short
    name: Short
    address: Short = ""
    zone: Short
    currency: Short
    language: Short
    region: Short  # ISO 3166 country of the telephone numbers typed here.
    card_prefixes: tuple[Annotated[str, Field(pattern=r"^[0-9]{2,12}$")], ...] = ()
    accent: Short = ""  # The shop's colour, as in "0B6E4F". Empty: ours.


Change = Annotated[
    MemberChanged | IndexChanged | ProgramPublished | ProductChanged | StaffChanged | StoreChanged,
    Field(discriminator="change"),
]


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
