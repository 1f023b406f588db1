"""Taking pulled changes over into members.db, one statement or two per change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, select

from pos_loyalty.ports.members import KnownMember
from pos_loyalty.store.member_rows import lot_rows, member_row, product_row, staff_row
from pos_loyalty.store.rows import Values
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
from pos_loyalty.store.told import known_member, product_told, program_key, staff_told
from pos_loyalty.store.told_leases import can_be_drawn_from, is_kept
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
)


def take_over(connection: Connection, changes: Sequence[Change], reply: PullReply) -> None:
    """Write changes in order; lines of the compact index have their own file."""
    for change in changes:
        match change:
            case MemberChanged():
                _take_member(connection, known_member(change, reply))
            case ProgramPublished(document=document):
                _take_program(connection, document)
            case ProductChanged():
                _take_product(connection, change)
            case StaffChanged():
                _take_staff(connection, change)
            case StoreChanged():
                _put(connection, store, {"only": 1, "document": change.model_dump_json()})
            case FiguresChanged(figures=told):
                _take_figures(connection, told)
            case PoolLeased() | PoolCommitted():
                _take_of_pool(connection, change)
            case IndexChanged():
                pass


def move_place(connection: Connection, reply: PullReply) -> None:
    """Note where pulling goes on after this page."""
    row: Values = {"only": 1, "server_epoch": reply.server_epoch, "cursor": reply.cursor}
    _put(connection, place, row)


def _take_member(connection: Connection, known: KnownMember) -> None:
    if known.confirmed is None:
        raise ValueError(f"{known.member} was told without figures")
    connection.execute(delete(lots).where(lots.c.member == known.member.bytes))
    _put(connection, members, member_row(known, known.confirmed))
    rows = lot_rows(known.member, known.confirmed)
    if rows:
        connection.execute(insert(lots), rows)


def _take_product(connection: Connection, change: ProductChanged) -> None:
    if change.sold:
        _put(connection, products, product_row(product_told(change)))
    else:
        connection.execute(delete(products).where(products.c.sku == change.sku))


def _take_staff(connection: Connection, change: StaffChanged) -> None:
    if change.active:
        _put(connection, staff, staff_row(staff_told(change)))
    else:
        connection.execute(delete(staff).where(staff.c.staff == change.staff))


def _take_program(connection: Connection, document: str) -> None:
    key = program_key(document)
    if key is not None:
        _put(connection, programs, {"program": key[0], "version": key[1], "document": document})


def _take_figures(connection: Connection, told: Mapping[str, int]) -> None:
    connection.execute(delete(figures))
    if told:
        connection.execute(insert(figures), [{"name": n, "figure": f} for n, f in told.items()])


def _take_of_pool(connection: Connection, told: PoolLeased | PoolCommitted) -> None:
    row: Values = {"lease": told.lease.bytes, "document": told.model_dump_json()}
    if isinstance(told, PoolLeased):
        if can_be_drawn_from(told):
            _put(connection, leases, row)
        return
    query = select(commitments.c.document).where(commitments.c.lease == told.lease.bytes)
    document = connection.execute(query).scalar_one_or_none()
    before = None if document is None else PoolCommitted.model_validate_json(document)
    if is_kept(told, before):
        _put(connection, commitments, row)


def _put(connection: Connection, table: Table, row: Values) -> None:
    connection.execute(insert(table).prefix_with("OR REPLACE"), row)
