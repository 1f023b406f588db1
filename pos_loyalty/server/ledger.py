"""Writing what was judged: events, postings, sums, members, and the feed, a few statements each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, update

from pos_loyalty.domain.booking import AccountKind, Posting
from pos_loyalty.domain.events import Head, Kind, header_bytes
from pos_loyalty.domain.ids import MemberId, StoreId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.server.database import Row, insert_rows
from pos_loyalty.server.drawn import write_draws
from pos_loyalty.server.feed import announce_members
from pos_loyalty.server.judge import DUPLICATE, Judged
from pos_loyalty.server.pasts import write_pasts
from pos_loyalty.server.tables import (
    accounts,
    alarms,
    credentials,
    earned_days,
    event_ids,
    events,
    heads,
    lots,
    members,
    parked,
    postings,
    records,
    sightings,
    used_totals,
)

ADD_BALANCE = "(member, kind, unit) DO UPDATE SET balance = accounts.balance + excluded.balance"
ADD_POINTS = "(member, unit, lot) DO UPDATE SET points = lots.points + excluded.points"
ADD_EARNED = "(day, unit, member) DO UPDATE SET points = earned_days.points + excluded.points"
ADD_USED = "(name, member) DO UPDATE SET times = used_totals.times + excluded.times"
NEWER = "(member) DO UPDATE SET record = excluded.record, salt = excluded.salt"
LATER = "(member, store) DO UPDATE SET last_on = greatest(sightings.last_on, excluded.last_on)"
AGAIN = (
    "(kind, terminal, epoch, seq) "
    "DO UPDATE SET times = alarms.times + 1, last_at = excluded.last_at"
)

K = TypeVar("K", bound=Hashable)


def write(connection: Connection, judged: Sequence[Judged], store: StoreId, now: datetime) -> None:
    """Write new events with everything they do. The last one becomes the journal's head."""
    _write_events(connection, judged, now)
    _write_postings(connection, judged)
    _write_enrolments(connection, judged, store)
    _write_memories(connection, judged)
    write_draws(connection, judged, now)
    _write_sightings(connection, judged, store, now.date())
    _write_cases(connection, judged, now)
    _move_head(connection, judged[-1].event.head, judged[-1].event.header.terminal)


def raise_alarm(
    connection: Connection, kind: str, terminal: UUID, head: tuple[int, int], now: datetime
) -> None:
    """Note what a person must look at; `head` is the epoch and sequence it is about."""
    epoch, seq = head
    row = {
        "kind": kind,
        "terminal": terminal,
        "epoch": epoch,
        "seq": seq,
        "times": 1,
        "first_at": now,
        "last_at": now,
    }
    insert_rows(connection, alarms, [row], AGAIN)


def _write_events(connection: Connection, judged: Sequence[Judged], now: datetime) -> None:
    rows = [
        {
            "terminal": one.event.header.terminal,
            "epoch": one.event.header.position.epoch,
            "seq": one.event.header.position.seq,
            "event_id": one.event.header.event_id,
            "header": header_bytes(one.event.header),
            "body": one.event.body,
            "hash": one.event.hash,
            "outcome": one.outcome,
            "code": one.code,
            "received_at": now,
        }
        for one in judged
    ]
    insert_rows(connection, events, rows)
    first = [one for one in judged if one.outcome != DUPLICATE and one.code != "other_content"]
    rows = [{"event_id": one.event.header.event_id, "content": one.content} for one in first]
    insert_rows(connection, event_ids, rows)


def _write_postings(connection: Connection, judged: Sequence[Judged]) -> None:
    legs = [
        {
            "event_id": one.event.header.event_id,
            "leg": leg,
            "member": posting.account.owner,
            "kind": posting.account.kind.value,
            "unit": posting.account.unit,
            "points": posting.points,
            "lot": posting.lot,
            "expires_on": posting.expires_on,
            "usable_on": posting.usable_on,
        }
        for one in judged
        for leg, posting in enumerate(one.postings)
    ]
    insert_rows(connection, postings, legs)
    own = [
        posting
        for one in judged
        for posting in one.postings
        if posting.account.kind is not AccountKind.ISSUED
    ]
    _write_balances(connection, own)
    _write_lots(connection, own)


def _write_balances(connection: Connection, own: Iterable[Posting]) -> None:
    sums = _sums(own, lambda p: (p.account.owner, p.account.kind.value, str(p.account.unit)))
    rows = [
        {"member": member, "kind": kind, "unit": unit, "balance": points}
        for (member, kind, unit), points in sorted(sums.items())
    ]
    insert_rows(connection, accounts, rows, ADD_BALANCE)


def _write_lots(connection: Connection, own: Iterable[Posting]) -> None:
    available = [p for p in own if p.account.kind is AccountKind.AVAILABLE]
    days = {
        (p.account.owner, str(p.account.unit), p.lot): (p.expires_on, p.usable_on)
        for p in available
    }
    sums = _sums(available, lambda p: (p.account.owner, str(p.account.unit), p.lot))
    rows = [
        {
            "member": member,
            "unit": unit,
            "lot": lot,
            "points": points,
            "expires_on": days[member, unit, lot][0],
            "usable_on": days[member, unit, lot][1],
        }
        for (member, unit, lot), points in sorted(sums.items())
    ]
    insert_rows(connection, lots, rows, ADD_POINTS)


def _sums(legs: Iterable[Posting], key: Callable[[Posting], K]) -> dict[K, int]:
    sums: defaultdict[K, int] = defaultdict(int)
    for posting in legs:
        sums[key(posting)] += posting.points
    return dict(sums)


def _write_enrolments(connection: Connection, judged: Sequence[Judged], store: StoreId) -> None:
    """Make blank members members of this store, and keep what members told of themselves."""
    kept = [one for one in judged if one.member is not None]
    enrolled = [one.member for one in kept if one.event.header.kind == Kind.ENROL.value]
    if enrolled:
        active = {"status": MemberStatus.ACTIVE.value, "home_store": store}
        connection.execute(update(members).where(members.c.member.in_(enrolled)).values(active))
    told = {one.record.member: one.record for one in kept if one.record is not None}
    rows: list[Row] = [
        {"member": member, "record": told[member].record, "salt": told[member].salt}
        for member in sorted(told)
    ]
    insert_rows(connection, records, rows, NEWER)
    cards = sorted((one.card, one.member) for one in kept if one.card is not None)
    rows = [{"digest": card, "member": member} for card, member in cards]
    insert_rows(connection, credentials, rows)


def _write_memories(connection: Connection, judged: Sequence[Judged]) -> None:
    """Write the members' pasts, and what they add to the figures about all members."""
    memories = [(one.memory, one.postings) for one in judged if one.memory is not None]
    write_pasts(connection, {memory.member: memory.past for memory, _ in memories})
    earned: Counter[tuple[date, str, UUID]] = Counter()
    used: Counter[tuple[str, MemberId]] = Counter()
    for memory, legs in memories:
        for posting in legs:
            account = posting.account
            if account.kind is AccountKind.AVAILABLE:
                earned[memory.on, account.unit, account.owner] += posting.points
        for name, times in memory.used.items():
            used[name, memory.member] += times
    rows: list[Row] = [
        {"day": day, "unit": unit, "member": owner, "points": points}
        for (day, unit, owner), points in sorted(earned.items())
    ]
    insert_rows(connection, earned_days, rows, ADD_EARNED)
    rows = [
        {"name": name, "member": member, "times": times}
        for (name, member), times in sorted(used.items())
    ]
    insert_rows(connection, used_totals, rows, ADD_USED)


def _write_sightings(
    connection: Connection, judged: Sequence[Judged], store: StoreId, today: date
) -> None:
    seen = sorted({one.member for one in judged if one.member is not None})
    rows = [{"member": member, "store": store, "last_on": today} for member in seen]
    insert_rows(connection, sightings, rows, LATER)
    announce_members(connection, seen, today)


def _write_cases(connection: Connection, judged: Sequence[Judged], now: datetime) -> None:
    waiting = [
        {
            "terminal": one.event.header.terminal,
            "epoch": one.event.header.position.epoch,
            "seq": one.event.header.position.seq,
            "code": one.code,
            "since": now,
        }
        for one in judged
        if one.outcome == "parked"
    ]
    insert_rows(connection, parked, waiting)
    for one in judged:
        if one.alarm is not None:
            place = one.event.header.position
            terminal = one.event.header.terminal
            raise_alarm(connection, one.alarm.value, terminal, (place.epoch, place.seq), now)


def _move_head(connection: Connection, head: Head, terminal: UUID) -> None:
    place = (heads.c.terminal == terminal) & (heads.c.epoch == head.position.epoch)
    row = {"seq": head.position.seq, "hash": head.hash}
    connection.execute(update(heads).where(place).values(row))
