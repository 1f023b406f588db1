"""Taking a batch of a till's journal: the chain is checked, what is new is booked, all is kept.

One transaction holds the till's head locked from the first look to the commit. A batch may come
any number of times, cut anywhere, from several connections at once: what was stored before is
answered from the store, so that every event has one effect and one answer for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from pos_loyalty.domain.events import GENESIS, Event, Head, Position
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.server.database import insert_rows
from pos_loyalty.server.judge import Alarm, Incoming, judge
from pos_loyalty.server.ledger import raise_alarm, write
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.tables import events, heads
from pos_loyalty.server.tills import Till
from pos_loyalty.wire.events import events_of
from pos_loyalty.wire.messages import ChainBroken, EventResult, Push, PushReply


@dataclass(frozen=True, slots=True)
class Stored:
    """An event that is kept already, with its answer."""

    hash: bytes
    result: EventResult


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting needs beside the batch."""

    shelf: Shelf
    index_key: bytes
    now: datetime


@dataclass(frozen=True, slots=True)
class Break:
    """Where a batch does not continue the chain that is stored, and how."""

    kind: Literal["gap", "fork", "broken", "revoked"]
    seq: int


def accept(connection: Connection, till: Till, push: Push, means: Acceptance) -> PushReply:
    """Take what is new in `push`; answer how far this till's journal is stored.

    The caller commits, and only then sends the answer (I6).
    """
    head = _lock_head(connection, till.terminal, push.epoch)
    if till.revoked:
        return _refuse(push, head, Break("revoked", head.position.seq + 1))
    sealed = _seal(push)
    if sealed is None:
        return _refuse(push, head, Break("broken", push.first_seq))
    stored = _stored(connection, till.terminal, push)
    broken = find_break(head, sealed, stored)
    if broken is not None:
        if broken.kind == "fork":
            place = (push.epoch, broken.seq)
            raise_alarm(connection, Alarm.FORK.value, till.terminal, place, means.now)
        return _refuse(push, head, broken)
    fresh = [
        Incoming(event, sent.record)
        for event, sent in zip(sealed, push.events, strict=True)
        if event.header.position.seq > head.position.seq
    ]
    results = [stored[e.header.position.seq].result for e in sealed[: len(sealed) - len(fresh)]]
    if fresh:
        judged = judge(connection, means.shelf, means.index_key, fresh)
        write(connection, judged, till.store, means.now)
        results += [_result(one.event, one.outcome, one.code) for one in judged]
        head = judged[-1].event.head
    return _reply(push, head, results=tuple(results))


def find_break(head: Head, batch: Sequence[Event], stored: Mapping[int, Stored]) -> Break | None:
    """Compare a batch with what is stored of the same journal. None: it fits.

    `stored` holds at least the events of the batch's sequences, and the one before, up to `head`.
    """
    first = batch[0].header.position.seq
    if first > head.position.seq + 1:
        return Break("gap", head.position.seq + 1)
    before = GENESIS if first == 1 else stored[first - 1].hash
    if batch[0].prev_hash != before:
        return Break("fork" if first > 1 else "broken", first)
    for event in batch:
        seq = event.header.position.seq
        if seq <= head.position.seq and event.hash != stored[seq].hash:
            return Break("fork", seq)
    return None


def head_of(connection: Connection, terminal: TerminalId, epoch: int) -> Head:
    """Tell the last stored event of one epoch of a journal; sequence 0 before the first."""
    place = (heads.c.terminal == terminal) & (heads.c.epoch == epoch)
    row = connection.execute(select(heads).where(place)).first()
    return _head(epoch, 0, GENESIS) if row is None else _head(epoch, row.seq, row.hash)


def _lock_head(connection: Connection, terminal: TerminalId, epoch: int) -> Head:
    row = {"terminal": terminal, "epoch": epoch, "seq": 0, "hash": GENESIS}
    insert_rows(connection, heads, [row], "DO NOTHING")
    place = (heads.c.terminal == terminal) & (heads.c.epoch == epoch)
    found = connection.execute(select(heads).where(place).with_for_update()).one()
    return _head(epoch, found.seq, found.hash)


def _head(epoch: int, seq: int, hash_: bytes) -> Head:
    return Head(Position(epoch, seq), hash_)


def _seal(push: Push) -> tuple[Event, ...] | None:
    """Hash the batch again. None: it does not come out at the head it claims."""
    try:
        sealed = tuple(events_of(push))
    except ValueError:
        return None
    return sealed if sealed[-1].hash.hex() == push.head_hash else None


def _stored(connection: Connection, terminal: TerminalId, push: Push) -> dict[int, Stored]:
    last = push.first_seq + len(push.events) - 1
    rows = connection.execute(
        select(events.c.seq, events.c.hash, events.c.outcome, events.c.code)
        .where(events.c.terminal == terminal, events.c.epoch == push.epoch)
        .where(events.c.seq.between(push.first_seq - 1, last))
    )
    return {
        row.seq: Stored(row.hash, EventResult(seq=row.seq, outcome=row.outcome, code=row.code))
        for row in rows
    }


def _result(event: Event, outcome: str, code: str) -> EventResult:
    seq = event.header.position.seq
    return EventResult.model_validate({"seq": seq, "outcome": outcome, "code": code})


def _refuse(push: Push, head: Head, broken: Break) -> PushReply:
    return _reply(push, head, refused=ChainBroken(kind=broken.kind, expected_seq=broken.seq))


def _reply(
    push: Push,
    head: Head,
    results: tuple[EventResult, ...] = (),
    refused: ChainBroken | None = None,
) -> PushReply:
    return PushReply(
        batch_id=push.batch_id,
        epoch=push.epoch,
        acknowledged_through=head.position.seq,
        head_hash=head.hash.hex(),
        results=results,
        refused=refused,
    )
