"""Members and what else the server tells, as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from pos_loyalty.domain.events import Position, instant, microseconds
from pos_loyalty.domain.folding import folded
from pos_loyalty.domain.ids import EventId, MemberId, StaffId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord
from pos_loyalty.ports.members import KnownMember, ProductTold, StaffTold
from pos_loyalty.store.rows import Values, day_of, day_text
from pos_loyalty.wire.pasts import read_past, write_past


def member_row(known: KnownMember, confirmed: Confirmed) -> Values:
    """Write a member as her row; her lots have their own."""
    record = known.record
    return {
        "member": known.member.bytes,
        "status": known.status.value,
        "as_of_us": microseconds(confirmed.as_of),
        "includes_epoch": confirmed.includes.epoch,
        "includes_seq": confirmed.includes.seq,
        "name": None if record is None else record.name,
        "phone": None if record is None else record.phone,
        "card": None if record is None else record.card,
        "language": None if record is None else record.language,
        "folded": None if record is None else folded(record.name),
        "birthday": None if record is None else day_text(record.birthday),
        "past": None if known.past is None else write_past(known.past),
    }


def lot_rows(member: MemberId, confirmed: Confirmed) -> list[Values]:
    """Write a member's lots as rows, in the order told."""
    every = ((unit, lot) for unit, lots in confirmed.lots for lot in lots)
    return [
        {
            "member": member.bytes,
            "number": number,
            "unit": unit,
            "event_id": lot.event_id.bytes,
            "points": lot.points,
            "expires_on": day_text(lot.expires_on),
            "usable_on": day_text(lot.usable_on),
        }
        for number, (unit, lot) in enumerate(every)
    ]


def member_of(row: Row[Any], lots: Iterable[Row[Any]]) -> KnownMember:
    """Read a member from her row and those of her lots."""
    by_unit = tuple(
        (Unit(unit), tuple(_lot(lot) for lot in group))
        for unit, group in groupby(lots, key=lambda lot: lot.unit)
    )
    return KnownMember(
        member=MemberId(UUID(bytes=row.member)),
        status=MemberStatus(row.status),
        confirmed=Confirmed(
            as_of=instant(row.as_of_us),
            includes=Position(row.includes_epoch, row.includes_seq),
            lots=by_unit,
        ),
        record=None if row.name is None else _record(row),
        past=None if row.past is None else read_past(row.past),
    )


def _record(row: Row[Any]) -> PersonalRecord:
    return PersonalRecord(row.name, row.phone, row.card, row.language, day_of(row.birthday))


def _lot(row: Row[Any]) -> Lot:
    return Lot(
        EventId(UUID(bytes=row.event_id)),
        row.points,
        day_of(row.expires_on),
        day_of(row.usable_on),
    )


def product_row(told: ProductTold) -> Values:
    """Write a product as its row."""
    return {
        "sku": told.sku,
        "name": told.name,
        "price_minor": told.price_minor,
        "category": told.category,
        "tax_rate": told.tax_rate,
        "folded": folded(told.name),
        "brand": told.brand,
        "labels": ";".join(told.labels),
        "unit": told.unit,
        "cost_minor": told.cost_minor,
    }


def product_of(row: Row[Any]) -> ProductTold:
    """Read a product from its row."""
    return ProductTold(
        row.sku,
        row.name,
        row.price_minor,
        row.category,
        row.tax_rate,
        row.brand,
        tuple(row.labels.split(";")) if row.labels else (),
        row.unit,
        row.cost_minor,
    )


def staff_row(told: StaffTold) -> Values:
    """Write somebody who works here as a row."""
    return {
        "staff": told.staff,
        "name": told.name,
        "role": told.role,
        "pin_hash": told.pin_hash,
        "badge_digest": told.badge_digest,
    }


def staff_of(row: Row[Any]) -> StaffTold:
    """Read somebody who works here from a row."""
    return StaffTold(StaffId(row.staff), row.name, row.role, row.pin_hash, row.badge_digest)
