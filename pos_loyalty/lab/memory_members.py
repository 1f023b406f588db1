"""The server's figures kept in memory: for the simulator, the bench and tests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from pos_loyalty.domain.folding import folded, phone_ending
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.ports.members import (
    CommitmentTold,
    KnownMember,
    LeaseTold,
    ProductTold,
    PullPlace,
    SnapshotBuild,
    StaffTold,
    StoreTold,
    UnreadProgram,
)
from pos_loyalty.store.packed import STATUSES, best, unpack
from pos_loyalty.store.told import (
    known_member,
    product_told,
    program_key,
    program_of,
    staff_told,
    store_told,
    unread,
)
from pos_loyalty.store.told_leases import can_be_drawn_from, commitment_told, is_kept, lease_told
from pos_loyalty.wire.changes import (
    Change,
    FiguresChanged,
    IndexChanged,
    MemberChanged,
    PoolCommitted,
    PoolLeased,
    ProductChanged,
    ProgramPublished,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
    SnapshotReply,
)

_Index = dict[bytes, tuple[MemberId, MemberStatus]]


class MemoryMembers:
    """Members over dicts."""

    def __init__(self) -> None:
        self._members: dict[MemberId, KnownMember] = {}
        self._index: _Index = {}
        self._digests: defaultdict[MemberId, set[bytes]] = defaultdict(set)
        self._products: dict[str, ProductTold] = {}
        self._leases: dict[UUID, PoolLeased] = {}
        self._commitments: dict[UUID, PoolCommitted] = {}
        self._programs: dict[tuple[str, int], Program | None] = {}
        self._figures: Mapping[str, int] = {}
        self._staff: dict[str, StaffTold] = {}
        self._store: StoreTold | None = None
        self._passes: dict[str, None] = {}  # An ordered set.
        self._server_epoch, self._cursor = 0, ""
        self._build: MemorySnapshot | None = None

    def find(self, member: MemberId) -> KnownMember | None:
        """Look a member up by id."""
        known = self._members.get(member)
        if known is not None:
            return known
        status = best(self._index[digest][1] for digest in self._digests.get(member, ()))
        return None if status is None else KnownMember(member, status, None, None)

    def by_digest(self, digest: bytes) -> tuple[MemberId, MemberStatus] | None:
        """Look a card up."""
        return self._index.get(digest)

    def by_phone(self, phone: str) -> Sequence[KnownMember]:
        """Look members up by a whole number."""
        return tuple(
            known
            for known in self._by_name()
            if phone and known.record is not None and known.record.phone == phone
        )

    def search(self, text: str, limit: int) -> Sequence[KnownMember]:
        """Look members up by a part of the name or the end of the phone."""
        part, digits = folded(text), phone_ending(text)
        return tuple(
            known
            for known in self._by_name()
            if part
            and known.record is not None
            and (
                part in folded(known.record.name)
                or (digits and known.record.phone.endswith(digits))
            )
        )[:limit]

    def product(self, sku: str) -> ProductTold | None:
        """Look a product up."""
        return self._products.get(sku)

    def products(self, text: str, limit: int) -> Sequence[ProductTold]:
        """Look products up by a part of the name."""
        part = folded(text)
        found = (p for p in self._products.values() if part and part in folded(p.name))
        return tuple(sorted(found, key=lambda p: (folded(p.name), p.sku)))[:limit]

    def categories(self, limit: int) -> Sequence[str]:
        """Tell the categories of the catalogue, those with most products first."""
        counts = Counter(p.category for p in self._products.values() if p.category)
        most = sorted(counts, key=lambda category: (-counts[category], category))
        return tuple(most[:limit])

    def programs(self) -> Sequence[Program]:
        """Tell every version of every program told so far."""
        told = (self._programs[key] for key in sorted(self._programs))
        return tuple(program for program in told if program is not None)

    def unread_programs(self) -> Sequence[UnreadProgram]:
        """Tell the newest version of each program that has words this till does not know."""
        return unread([(*key, program) for key, program in self._programs.items()])

    def figures(self) -> Mapping[str, int]:
        """Tell what is published about all members."""
        return self._figures

    def leases(self) -> Sequence[LeaseTold]:
        """Tell the prizes leased to this till."""
        return tuple(lease_told(told) for _, told in sorted(self._leases.items()))

    def commitments(self) -> Sequence[CommitmentTold]:
        """Tell what was told of all tills' leases."""
        return tuple(commitment_told(told) for _, told in sorted(self._commitments.items()))

    def staff(self) -> Sequence[StaffTold]:
        """Tell everybody who may work here."""
        return tuple(staff for _, staff in sorted(self._staff.items()))

    def store(self) -> StoreTold | None:
        """Tell the store."""
        return self._store

    def passes(self) -> Sequence[str]:
        """Tell the blank passes leased to this till."""
        return tuple(self._passes)

    def add_passes(self, passes: Iterable[str]) -> None:
        """Keep leased passes."""
        self._passes.update(dict.fromkeys(passes))

    def drop_passes(self, passes: Iterable[str]) -> None:
        """Forget passes."""
        for text in passes:
            self._passes.pop(text, None)

    def place(self) -> PullPlace:
        """Tell where pulling goes on."""
        return PullPlace(self._server_epoch, self._cursor, len(self._index))

    def apply(self, changes: Sequence[Change], reply: PullReply, *, complete: bool) -> None:
        """Take over a slice of a pulled page."""
        for change in changes:
            self._take(change, reply)
        if complete:
            self._server_epoch, self._cursor = reply.server_epoch, reply.cursor

    def begin_snapshot(self, cursor: str = "") -> SnapshotBuild:
        """Start building a new index aside, or go on."""
        if self._build is None:
            self._build = MemorySnapshot(cursor)
        return self._build

    def swap_in(self, build: SnapshotBuild) -> None:
        """Put a finished snapshot in place."""
        if not isinstance(build, MemorySnapshot) or not build.finished:
            raise ValueError("only a finished snapshot of this store can be put in place")
        self._index = build.index
        self._build = None
        self._digests.clear()
        for digest, (member, _) in self._index.items():
            self._digests[member].add(digest)

    def wipe(self) -> None:
        """Forget everything."""
        for told in (self._members, self._index, self._digests, self._products, self._programs):
            told.clear()
        for kept in (self._staff, self._passes, self._leases, self._commitments):
            kept.clear()
        self._figures, self._store, self._build = {}, None, None
        self._server_epoch, self._cursor = 0, ""

    def _by_name(self) -> Iterator[KnownMember]:
        """Everybody with a record, in the order of names."""
        named = [(known.record, known) for known in self._members.values() if known.record]
        named.sort(key=lambda pair: (folded(pair[0].name), pair[1].member))
        return (known for _, known in named)

    def _take(self, change: Change, reply: PullReply) -> None:
        match change:
            case MemberChanged():
                self._members[MemberId(change.member)] = known_member(change, reply)
            case IndexChanged():
                self._take_line(change)
            case ProgramPublished(document=document):
                self._take_program(document)
            case ProductChanged():
                self._take_product(change)
            case StaffChanged(staff=staff):
                self._staff[staff] = staff_told(change)
                if not change.active:
                    del self._staff[staff]
            case StoreChanged():
                self._store = store_told(change)
            case PoolLeased() | PoolCommitted():
                self._take_of_pool(change)
            case FiguresChanged(figures=figures):
                self._figures = figures

    def _take_product(self, change: ProductChanged) -> None:
        if change.sold:
            self._products[change.sku] = product_told(change)
        else:
            self._products.pop(change.sku, None)

    def _take_of_pool(self, change: PoolLeased | PoolCommitted) -> None:
        if isinstance(change, PoolCommitted):
            if is_kept(change, self._commitments.get(change.lease)):
                self._commitments[change.lease] = change
        elif can_be_drawn_from(change):
            self._leases[change.lease] = change

    def _take_line(self, change: IndexChanged) -> None:
        digest, member = bytes.fromhex(change.digest), MemberId(change.member)
        before = self._index.get(digest)
        if before is not None:
            self._digests[before[0]].discard(digest)
        self._index[digest] = (member, MemberStatus(change.status))
        self._digests[member].add(digest)

    def _take_program(self, document: str) -> None:
        key = program_key(document)
        if key is not None:
            self._programs[key] = program_of(document, *key)


class MemorySnapshot:
    """An index being built aside."""

    def __init__(self, cursor: str) -> None:
        self.index: _Index = {}
        self.finished = False
        self._after = b""
        self._cursor = cursor
        self._server_epoch = 0

    def after(self) -> str:
        """Tell the digest to ask the next page behind."""
        return self._after.hex()

    def loaded(self) -> int:
        """Tell how many entries are there."""
        return len(self.index)

    def cursor(self) -> str:
        """Tell where pulling goes on."""
        return self._cursor

    def add(self, page: SnapshotReply) -> None:
        """Take one page over; one of another server epoch begins the build again."""
        if self.index and page.server_epoch != self._server_epoch:
            self.index, self._after, self.finished = {}, b"", False
            return
        for digest, member, code in unpack(page, self._after):
            self.index[digest] = (MemberId(UUID(bytes=member)), STATUSES[code])
            self._after = digest
        self._server_epoch, self.finished = page.server_epoch, not page.more
