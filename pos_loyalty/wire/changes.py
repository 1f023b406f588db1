"""What a till is told by pull: one message for each kind of thing that can change."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, LABELS_MAX, PIECE
from pos_loyalty.domain.chance import PRIZES_MAX
from pos_loyalty.wire.fields import Epoch, Hex24, Hex64, Int64, Message, Seq, Short
from pos_loyalty.wire.pasts import PastTold

FIGURES_MAX = 10_000
PRIZE_KINDS_MAX = 1000
LABEL_CHARACTERS_MAX = 64
LABEL = Field(max_length=LABEL_CHARACTERS_MAX, pattern=r"^[^;\x00-\x1f\x7f-\x9f]+$")


class LotTold(Message):
    """Points of one unit left from one earning."""

    unit: Short
    event_id: UUID
    points: Annotated[Seq, Field(ge=1)]
    expires_on: date | None
    usable_on: date | None = None  # None: already.


class RecordTold(Message):
    """What names or reaches a member."""

    name: Short = ""
    phone: Short = ""
    card: Short = ""
    language: Short = ""
    birthday: date | None = None


class MemberChanged(Message):
    """A member of this store, whole."""

    change: Literal["member"] = "member"
    member: UUID
    status: Literal["blank", "active", "blocked"]
    record: RecordTold | None  # None: erased, or not enrolled yet.
    lots: tuple[LotTold, ...]
    past: PastTold = None


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
    brand: Short = ""
    labels: Annotated[tuple[Annotated[str, LABEL], ...], Field(max_length=LABELS_MAX)] = ()
    unit: Annotated[Short, Field(min_length=1)] = PIECE
    cost_minor: Annotated[int, Field(ge=0, le=AMOUNT_MINOR_MAX)] | None = None  # None: not told.
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


class FiguresChanged(Message):
    """What is published about all members together, by name; it takes the place of the last."""

    change: Literal["figures"] = "figures"
    figures: Annotated[dict[Short, Int64], Field(max_length=FIGURES_MAX)]


class PrizesTold(Message):
    """So many of one reward."""

    reward: Short
    count: Annotated[int, Field(ge=1, le=PRIZES_MAX)]


Prizes = Annotated[tuple[PrizesTold, ...], Field(min_length=1, max_length=PRIZE_KINDS_MAX)]


class PoolLeased(Message):
    """Prizes that this till alone may give, with the secret that decides who gets them."""

    change: Literal["pool-leased"] = "pool-leased"
    lease: UUID
    epoch: Epoch  # Of the till's journal: in another one it is void.
    program: Short
    pool: Short
    odds: Short  # As in 1/20.
    prizes: Prizes
    secret: Hex64
    wanted_back: bool = False  # True: nothing more is drawn from it, and the till gives it back.


class PoolCommitted(Message):
    """What everybody is told of a lease before its first draw: its secret stays the same."""

    change: Literal["pool-committed"] = "pool-committed"
    lease: UUID
    program: Short
    pool: Short
    odds: Short
    prizes: Prizes
    commitment: Hex64  # SHA-256 of the secret.
    secret: Hex64 | None = None  # Told when it decides nothing any more. None: not yet.


Change = Annotated[
    MemberChanged
    | IndexChanged
    | ProgramPublished
    | ProductChanged
    | StaffChanged
    | StoreChanged
    | FiguresChanged
    | PoolLeased
    | PoolCommitted,
    Field(discriminator="change"),
]
