"""What a line of the feed refers to, as it is now: read by kind, a few statements for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select, tuple_

from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.past import NO_PAST
from pos_loyalty.server.figures import FIGURES, read_figures
from pos_loyalty.server.leases import read_leases, told_to_all, told_to_till
from pos_loyalty.server.pasts import read_pasts
from pos_loyalty.server.pool_tables import pool_leases
from pos_loyalty.server.tables import lots, members, products, programs, records, staff, stores
from pos_loyalty.wire.changes import (
    Change,
    FiguresChanged,
    LotTold,
    MemberChanged,
    ProductChanged,
    ProgramPublished,
    RecordTold,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.records import read_record

STORE, STAFF, PROGRAM, PRODUCT, MEMBER = "store", "staff", "program", "product", "member"
LEASE, COMMITMENT = "pool-lease", "pool-commitment"
TEXT_MAX = 255  # Of a name on the line.


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that has changed."""

    kind: str
    key: str


def program_key(program: str, version: int) -> str:
    """Name a program's version in the feed."""
    return f"{program}/{version}"


def read_contents(
    connection: Connection, store: StoreId, references: Sequence[Reference]
) -> list[Change | None]:
    """Read what the references mean to `store`, in their order. None: it is gone."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for reference in references:
        by_kind[reference.kind].append(reference.key)
    found: dict[Reference, Change] = {}
    for kind, keys in by_kind.items():
        read = READERS[kind]
        found |= {Reference(kind, key): change for key, change in read(connection, store, keys)}
    return [found.get(reference) for reference in references]


Found = Iterable[tuple[str, Change]]


def _stores(connection: Connection, store: StoreId, _: Sequence[str]) -> Found:
    for row in connection.execute(select(stores).where(stores.c.store == store)).mappings():
        yield row["store"], store_told(row)


def _staff(connection: Connection, store: StoreId, keys: Sequence[str]) -> Found:
    query = select(staff).where(staff.c.store == store, staff.c.staff.in_(keys))
    for row in connection.execute(query):
        yield (
            row.staff,
            StaffChanged(
                staff=row.staff,
                name=row.name,
                role=row.role,
                pin_hash=row.pin_hash if row.active else "",
                badge_digest=row.badge_digest if row.active else "",
                active=row.active,
            ),
        )


def _programs(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    versions = [(name, int(number)) for name, number in (key.split("/") for key in keys)]
    wanted = tuple_(programs.c.program, programs.c.version).in_(versions)
    for row in connection.execute(select(programs).where(wanted)):
        yield program_key(row.program, row.version), ProgramPublished(document=row.document)


def _products(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    query = select(products).where(products.c.sku.in_(keys))
    for row in connection.execute(query).mappings():
        yield row["sku"], product_told(row)


def _members(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    wanted = [UUID(key) for key in keys]
    told_lots = read_lots(connection, wanted)
    told_pasts = read_pasts(connection, wanted)
    query = select(members.c.member, members.c.status, records.c.record).outerjoin(
        records, records.c.member == members.c.member
    )
    for row in connection.execute(query.where(members.c.member.in_(wanted))):
        yield (
            str(row.member),
            MemberChanged(
                member=row.member,
                status=row.status,
                record=_record(row.record),
                lots=tuple(told_lots[row.member]),
                past=told_pasts.get(row.member, NO_PAST),
            ),
        )


def _figures(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    for key in keys:
        yield key, FiguresChanged(figures=read_figures(connection))


def _leases(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    wanted = pool_leases.c.lease.in_([UUID(key) for key in keys])
    for row in read_leases(connection, wanted):
        yield str(row.granted.id), told_to_till(row)


def _commitments(connection: Connection, _: StoreId, keys: Sequence[str]) -> Found:
    wanted = pool_leases.c.lease.in_([UUID(key) for key in keys])
    for row in read_leases(connection, wanted):
        yield str(row.granted.id), told_to_all(row)


READERS: dict[str, Callable[[Connection, StoreId, Sequence[str]], Found]] = {
    STORE: _stores,
    STAFF: _staff,
    PROGRAM: _programs,
    PRODUCT: _products,
    MEMBER: _members,
    FIGURES: _figures,
    LEASE: _leases,
    COMMITMENT: _commitments,
}


def read_lots(connection: Connection, wanted: Sequence[UUID]) -> defaultdict[UUID, list[LotTold]]:
    """Read what is left of the lots of some members, oldest first."""
    found: defaultdict[UUID, list[LotTold]] = defaultdict(list)
    query = select(lots).where(lots.c.member.in_(wanted), lots.c.points > 0)
    for row in connection.execute(query.order_by(lots.c.member, lots.c.unit, lots.c.lot)):
        lot = LotTold(
            unit=row.unit,
            event_id=row.lot,
            points=row.points,
            expires_on=row.expires_on,
            usable_on=row.usable_on,
        )
        found[row.member].append(lot)
    return found


def store_told(row: RowMapping) -> StoreChanged:
    """Say what a line of the table of stores says."""
    return StoreChanged.model_validate({**row, "card_prefixes": tuple(row["card_prefixes"])})


def product_told(row: RowMapping) -> ProductChanged:
    """Say what a line of the table of products says."""
    labels = tuple(row["labels"].split(";")) if row["labels"] else ()
    return ProductChanged.model_validate({**row, "labels": labels})


def product_row(product: ProductChanged) -> dict[str, object]:
    """Write a product as its line in the table."""
    return product.model_dump(exclude={"change"}) | {"labels": ";".join(product.labels)}


def _record(raw: bytes | None) -> RecordTold | None:
    record = None if raw is None else read_record(raw)
    if record is None:
        return None
    return RecordTold(
        name=record.name[:TEXT_MAX],
        phone=record.phone[:TEXT_MAX],
        card=record.card[:TEXT_MAX],
        language=record.language[:TEXT_MAX],
        birthday=record.birthday,
    )
