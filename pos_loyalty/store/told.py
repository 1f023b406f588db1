"""What the server says on the line, as the values that use cases are given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from functools import lru_cache
from itertools import groupby
from logging import getLogger

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.events import Position
from pos_loyalty.domain.ids import EventId, MemberId, StaffId, StoreId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Confirmed, MemberStatus, PersonalRecord
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.ports.members import (
    KnownMember,
    ProductTold,
    StaffTold,
    StoreTold,
    UnreadProgram,
)
from pos_loyalty.wire.changes import (
    LotTold,
    MemberChanged,
    ProductChanged,
    RecordTold,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
)
from pos_loyalty.wire.program_document import read_program

log = getLogger(__name__)


def known_member(change: MemberChanged, reply: PullReply) -> KnownMember:
    """Take a member over, with the figures of this reply."""
    return KnownMember(
        member=MemberId(change.member),
        status=MemberStatus(change.status),
        confirmed=Confirmed(
            as_of=reply.at.astimezone(UTC),
            includes=Position(reply.includes_epoch, reply.includes_seq),
            lots=_by_unit(change.lots),
        ),
        record=None if change.record is None else _record(change.record),
        past=change.past,
    )


def _record(told: RecordTold) -> PersonalRecord:
    return PersonalRecord(told.name, told.phone, told.card, told.language, told.birthday)


def _by_unit(lots: tuple[LotTold, ...]) -> tuple[tuple[Unit, tuple[Lot, ...]], ...]:
    """Group lots by unit; the sort is stable, so that they stay in the order told."""
    in_order = sorted(lots, key=lambda lot: lot.unit)
    return tuple(
        (Unit(unit), tuple(_lot(lot) for lot in group))
        for unit, group in groupby(in_order, key=lambda lot: lot.unit)
    )


def _lot(told: LotTold) -> Lot:
    return Lot(EventId(told.event_id), told.points, told.expires_on, told.usable_on)


def product_told(change: ProductChanged) -> ProductTold:
    """Take a product over."""
    return ProductTold(
        change.sku,
        change.name,
        change.price_minor,
        change.category,
        change.tax_rate,
        change.brand,
        change.labels,
        change.unit,
        change.cost_minor,
    )


def staff_told(change: StaffChanged) -> StaffTold:
    """Take over somebody who may work here."""
    return StaffTold(
        StaffId(change.staff), change.name, change.role, change.pin_hash, change.badge_digest
    )


def store_told(change: StoreChanged) -> StoreTold:
    """Take over the store this till stands in."""
    return StoreTold(
        store=StoreId(change.store),
        name=change.name,
        address=change.address,
        zone=change.zone,
        currency=change.currency,
        language=change.language,
        region=change.region,
        card_prefixes=change.card_prefixes,
        accent=change.accent,
    )


def program_key(document: str) -> tuple[str, int] | None:
    """Tell which program and version a document is, even one of a newer form. None: no program."""
    try:
        tree = json.loads(document)
    except (ValueError, RecursionError):
        tree = None
    match tree:
        case {"id": str(name), "version": int(version)}:
            return name, version
        case _:
            log.warning("a program document says neither id nor version; it is not kept")
            return None


def unread(told: Iterable[tuple[str, int, Program | None]]) -> tuple[UnreadProgram, ...]:
    """Choose of each program the newest version, where it could not be read."""
    newest: dict[str, tuple[int, bool]] = {}
    for name, version, program in told:
        newest[name] = max(newest.get(name, (0, True)), (version, program is not None))
    return tuple(UnreadProgram(name, n) for name, (n, read) in sorted(newest.items()) if not read)


@lru_cache(maxsize=64)  # Told again it is the same one, and what was worked out for it counts.
def program_of(document: str, name: str, version: int) -> Program | None:
    """Read a kept program. None when its form is newer than this till: it waits for the upgrade."""
    try:
        return read_program(document, f"{name}-{version}.json")
    except WrongDocument as error:
        log.warning("program cannot be read: %s", error)
        return None
