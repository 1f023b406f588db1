"""What the server told, in encrypted SQLite files that can be told again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select

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
from pos_loyalty.store.engine import Durability, SqlFile, sync_folder
from pos_loyalty.store.index import SqlIndex, SqlSnapshot
from pos_loyalty.store.member_rows import member_of, product_of, staff_of
from pos_loyalty.store.schema import bring_up, steps_of
from pos_loyalty.store.tables import (
    commitments,
    figures,
    leases,
    lots,
    members,
    place,
    products,
    programs,
    staff,
    store,
)
from pos_loyalty.store.tables import passes as leased
from pos_loyalty.store.told import program_of, store_told, unread
from pos_loyalty.store.told_leases import commitment_told, lease_told
from pos_loyalty.store.told_rows import move_place, take_over
from pos_loyalty.wire.changes import (
    Change,
    FiguresChanged,
    IndexChanged,
    PoolCommitted,
    PoolLeased,
    ProgramPublished,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
)

MEMBERS = "members.db"
INDEX = "index.db"
NEXT_INDEX = "index.next.db"
PHONES_MAX = 100
READ_AT_ONCE = (FiguresChanged, PoolLeased, ProgramPublished, StoreChanged)


class SqlMembers:
    """Members over two files, used from the ledger thread only."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._file, self._index = self._open()
        self._read_few()

    def close(self) -> None:
        """Close the files."""
        self._index.close()
        self._file.close()

    def find(self, member: MemberId) -> KnownMember | None:
        """Look a member up by id."""
        found = self._members(members.c.member == member.bytes, 1)
        if found:
            return found[0]
        status = self._index.status(member)
        return None if status is None else KnownMember(member, status, None, None)

    def by_digest(self, digest: bytes) -> tuple[MemberId, MemberStatus] | None:
        """Look a card up in the compact index."""
        return self._index.find(digest)

    def by_phone(self, phone: str) -> Sequence[KnownMember]:
        """Look members up by a whole number."""
        return self._members(and_(members.c.phone == phone, members.c.phone != ""), PHONES_MAX)

    def search(self, text: str, limit: int) -> Sequence[KnownMember]:
        """Look members up by a part of the name or the end of the phone."""
        part, digits = folded(text), phone_ending(text)
        if not part:
            return ()
        matches = [func.instr(members.c.folded, part) > 0]
        if digits:
            matches.append(func.substr(members.c.phone, -len(digits)) == digits)
        return self._members(or_(*matches), limit)

    def product(self, sku: str) -> ProductTold | None:
        """Look a product up."""
        with self._file.transaction() as connection:
            query = select(products).where(products.c.sku == sku)
            row = connection.execute(query).one_or_none()
        return None if row is None else product_of(row)

    def products(self, text: str, limit: int) -> Sequence[ProductTold]:
        """Look products up by a part of the name."""
        part = folded(text)
        query = (
            select(products)
            .where(func.instr(products.c.folded, part) > 0)
            .order_by(products.c.folded, products.c.sku)
            .limit(limit)
        )
        with self._file.transaction() as connection:
            return tuple(product_of(row) for row in connection.execute(query)) if part else ()

    def categories(self, limit: int) -> Sequence[str]:
        """Tell the categories of the catalogue, those with most products first."""
        category = products.c.category
        query = (
            select(category)
            .where(category != "")
            .group_by(category)
            .order_by(func.count().desc(), category)
            .limit(limit)
        )
        with self._file.transaction() as connection:
            return tuple(connection.scalars(query))

    def programs(self) -> Sequence[Program]:
        """Tell every version of every program told so far."""
        return self._programs

    def unread_programs(self) -> Sequence[UnreadProgram]:
        """Tell the newest version of each program that has words this till does not know."""
        return self._unread

    def figures(self) -> Mapping[str, int]:
        """Tell what is published about all members."""
        return self._figures

    def leases(self) -> Sequence[LeaseTold]:
        """Tell the prizes leased to this till."""
        return self._leases

    def commitments(self) -> Sequence[CommitmentTold]:
        """Tell what was told of all tills' leases."""
        query = select(commitments.c.document).order_by(commitments.c.lease)
        with self._file.transaction() as connection:
            told = map(PoolCommitted.model_validate_json, connection.scalars(query))
            return tuple(map(commitment_told, told))

    def staff(self) -> Sequence[StaffTold]:
        """Tell everybody who may work here."""
        with self._file.transaction() as connection:
            rows = connection.execute(select(staff).order_by(staff.c.staff))
            return tuple(staff_of(row) for row in rows)

    def store(self) -> StoreTold | None:
        """Tell the store."""
        return self._store

    def passes(self) -> Sequence[str]:
        """Tell the blank passes leased to this till."""
        with self._file.transaction() as connection:
            query = select(leased.c["pass"]).order_by(leased.c.number)
            return tuple(connection.execute(query).scalars())

    def add_passes(self, passes: Iterable[str]) -> None:
        """Keep leased passes."""
        rows = [{"pass": text} for text in passes]
        if rows:
            with self._file.transaction() as connection:
                connection.execute(insert(leased).prefix_with("OR IGNORE"), rows)

    def drop_passes(self, passes: Iterable[str]) -> None:
        """Forget passes."""
        with self._file.transaction() as connection:
            connection.execute(delete(leased).where(leased.c["pass"].in_(tuple(passes))))

    def place(self) -> PullPlace:
        """Tell where pulling goes on."""
        with self._file.transaction() as connection:
            row = connection.execute(select(place)).one()
        return PullPlace(row.server_epoch, row.cursor, self._index.count())

    def apply(self, changes: Sequence[Change], reply: PullReply, *, complete: bool) -> None:
        """Take over a slice of a pulled page.

        The index first, in its own durable transaction: the cursor never is ahead of it.
        """
        self._index.take_over([change for change in changes if isinstance(change, IndexChanged)])
        with self._file.transaction() as connection:
            take_over(connection, changes, reply)
            if complete:
                move_place(connection, reply)
        if any(isinstance(change, READ_AT_ONCE) for change in changes):
            self._read_few()

    def begin_snapshot(self, cursor: str = "") -> SnapshotBuild:
        """Start building a new index aside, or go on with one that was interrupted."""
        return SqlSnapshot(self._folder / NEXT_INDEX, self._key, cursor)

    def swap_in(self, build: SnapshotBuild) -> None:
        """Put a finished snapshot in place of the present index."""
        if not isinstance(build, SqlSnapshot) or not build.finished():
            raise ValueError("only a finished snapshot of this store can be put in place")
        self._index.close()
        build.path.replace(self._folder / INDEX)
        sync_folder(self._folder)  # Before the cursor moves past what only the new index holds.
        self._index = SqlIndex(self._folder / INDEX, self._key)

    def wipe(self) -> None:
        """Forget everything, by deleting the files."""
        self._index.remove()
        self._file.remove()
        SqlFile(self._folder / NEXT_INDEX, self._key, Durability.REBUILDABLE).remove()
        self._file, self._index = self._open()
        self._read_few()

    def _open(self) -> tuple[SqlFile, SqlIndex]:
        file = SqlFile(self._folder / MEMBERS, self._key, Durability.REBUILDABLE)
        with ExitStack() as when_it_fails:
            when_it_fails.callback(file.close)
            bring_up(file, steps_of("members"))
            index = SqlIndex(self._folder / INDEX, self._key)
            when_it_fails.pop_all()
        return file, index

    def _read_few(self) -> None:
        """Read what every quote asks for and what hardly ever changes."""
        query = select(programs).order_by(programs.c.program, programs.c.version)
        with self._file.transaction() as connection:
            document = connection.execute(select(store.c.document)).scalar_one_or_none()
            rows = connection.execute(query).all()
            told = connection.execute(select(figures.c.name, figures.c.figure)).all()
            granted = connection.scalars(select(leases.c.document).order_by(leases.c.lease)).all()
        held = (lease_told(PoolLeased.model_validate_json(one)) for one in granted)
        self._leases: tuple[LeaseTold, ...] = tuple(held)
        self._figures: Mapping[str, int] = {row.name: row.figure for row in told}
        self._store: StoreTold | None = (
            None if document is None else store_told(StoreChanged.model_validate_json(document))
        )
        read = [(r.program, r.version, program_of(r.document, r.program, r.version)) for r in rows]
        self._programs: tuple[Program, ...] = tuple(p for _, _, p in read if p is not None)
        self._unread: tuple[UnreadProgram, ...] = unread(read)

    def _members(self, which: ColumnElement[bool], limit: int) -> Sequence[KnownMember]:
        """Read members with their lots, in the order of their names."""
        query = select(members).where(which).order_by(members.c.folded, members.c.member)
        told = select(lots).order_by(lots.c.number)
        with self._file.transaction() as connection:
            return tuple(
                member_of(row, connection.execute(told.where(lots.c.member == row.member)).all())
                for row in connection.execute(query.limit(limit)).all()
            )
