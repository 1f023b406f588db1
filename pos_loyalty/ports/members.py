"""What the server told the till: members, catalogue, programs, staff. Rebuildable at any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_loyalty.domain.basket import PIECE
from pos_loyalty.domain.ids import LeaseId, MemberId, ProgramId, StaffId, StoreId
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord
from pos_loyalty.domain.past import Past
from pos_loyalty.domain.prizes import PoolLease
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.changes import (
    Change,
)
from pos_loyalty.wire.messages import (
    PullReply,
    SnapshotReply,
)


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the server told this till.

    `confirmed`, `record` and `past` are None when only the index knows her.
    """

    member: MemberId
    status: MemberStatus
    confirmed: Confirmed | None
    record: PersonalRecord | None
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class ProductTold:
    """A product of the catalogue."""

    sku: str
    name: str
    price_minor: int
    category: str
    tax_rate: str
    brand: str = ""
    labels: tuple[str, ...] = ()
    unit: str = PIECE  # What is counted: piece, kg, litre …
    cost_minor: int | None = None  # What one costs the shop. None: not told.


@dataclass(frozen=True, slots=True)
class UnreadProgram:
    """A version newer than any this till can read of that program: an older one goes on."""

    program: str
    version: int


@dataclass(frozen=True, slots=True)
class StaffTold:
    """Somebody who may work here; hashes only."""

    staff: StaffId
    name: str
    role: str
    pin_hash: str
    badge_digest: str


@dataclass(frozen=True, slots=True)
class StoreTold:
    """The store this till stands in."""

    store: StoreId
    name: str
    address: str
    zone: str
    currency: str
    language: str
    region: str
    card_prefixes: tuple[str, ...]
    accent: str


@dataclass(frozen=True, slots=True)
class LeaseTold:
    """Prizes leased to this till, as they were granted in an epoch of its journal.

    `wanted_back`: nothing more is drawn from it, and it is to be given back.
    """

    lease: PoolLease
    epoch: int
    wanted_back: bool


@dataclass(frozen=True, slots=True)
class CommitmentTold:
    """What was told first of some till's lease: no other secret can be shown for it later."""

    lease: LeaseId
    program: ProgramId
    pool: str
    commitment: bytes
    secret: bytes | None  # None: it still decides draws.


@dataclass(frozen=True, slots=True)
class PullPlace:
    """Where pulling goes on. Cursor "" is the beginning."""

    server_epoch: int
    cursor: str
    members: int  # How many lines the compact index has.


class Members(Protocol):
    """The copy of the server's figures. Used from the ledger thread only."""

    def find(self, member: MemberId) -> KnownMember | None:
        """Look a member up by id."""

    def by_digest(self, digest: bytes) -> tuple[MemberId, MemberStatus] | None:
        """Look a card up in the compact index."""

    def by_phone(self, phone: str) -> Sequence[KnownMember]:
        """Look members of this store up by a whole number (E.164)."""

    def search(self, text: str, limit: int) -> Sequence[KnownMember]:
        """Look members of this store up by a part of the name or the last digits of the phone."""

    def product(self, sku: str) -> ProductTold | None:
        """Look a product up by sku or GTIN-14."""

    def products(self, text: str, limit: int) -> Sequence[ProductTold]:
        """Look products up by a part of the name."""

    def categories(self, limit: int) -> Sequence[str]:
        """Tell the categories of the catalogue, those with most products first."""

    def programs(self) -> Sequence[Program]:
        """Every version of every program told so far."""

    def unread_programs(self) -> Sequence[UnreadProgram]:
        """Tell the newest version of each program that has words this till does not know."""

    def figures(self) -> Mapping[str, int]:
        """Tell what is published about all members, as "bottega/points-30d-p80"."""

    def leases(self) -> Sequence[LeaseTold]:
        """Prizes leased to this till, the oldest lease first."""

    def commitments(self) -> Sequence[CommitmentTold]:
        """Tell what was told of all tills' leases, the oldest first."""

    def staff(self) -> Sequence[StaffTold]:
        """Everybody who may work here."""

    def store(self) -> StoreTold | None:
        """Tell which store this is. None before the first pull."""

    def passes(self) -> Sequence[str]:
        """Blank passes leased to this till, in the order they are to be used."""

    def add_passes(self, passes: Iterable[str]) -> None:
        """Keep leased passes."""

    def drop_passes(self, passes: Iterable[str]) -> None:
        """Forget passes that were used."""

    def place(self) -> PullPlace:
        """Where pulling goes on."""

    def apply(self, changes: Sequence[Change], reply: PullReply, *, complete: bool) -> None:
        """Take over a slice of a pulled page; the last one, `complete`, moves the cursor."""

    def begin_snapshot(self, cursor: str = "") -> SnapshotBuild:
        """Start building a whole new index aside, or go on with one that was interrupted.

        `cursor` is that of the pull that was sent here; an interrupted build keeps its own.
        """

    def swap_in(self, build: SnapshotBuild) -> None:
        """Put a finished snapshot in place of the present index; the cursor stays where it is."""

    def wipe(self) -> None:
        """Forget everything: another server, or a till that was revoked."""


class SnapshotBuild(Protocol):
    """An index being built aside. Used from the sync thread; never touches the files in use."""

    def after(self) -> str:
        """Tell the digest to ask the next page behind; empty: the first."""

    def loaded(self) -> int:
        """How many entries are there."""

    def cursor(self) -> str:
        """Tell where pulling goes on once it is in place: lines may have changed since it began."""

    def add(self, page: SnapshotReply) -> None:
        """Take one page over, durably; one of another server epoch begins the build again.

        Raises ValueError for a page that does not go on behind `after`, or JournalFault.
        """
