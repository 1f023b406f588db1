"""Deciding what a batch's events do, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, select

from pos_loyalty.domain.bodies import (
    Acted,
    Body,
    Enrolled,
    LeaseReturned,
    ProfileChanged,
    Sold,
    member_of,
)
from pos_loyalty.domain.booking import Booked, Fact, Outcome, Posting, View, book
from pos_loyalty.domain.completing import book_in_full
from pos_loyalty.domain.events import Event, Position, header_bytes, record_digest
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId, ProgramId, TerminalId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.prizes import CheckedDraw, PoolLease, check_draws
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.remembering import business_day_of, remember
from pos_loyalty.server.figures import uses_in_total
from pos_loyalty.server.leases import leases_named, leases_of_till
from pos_loyalty.server.pasts import read_pasts
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.tables import credentials, event_ids
from pos_loyalty.server.touched import lock_members, read_birthdays
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.messages import RecordSent
from pos_loyalty.wire.records import read_record

POINTS_MAX = 10**12  # Of one event: millions of them still fit into an account.
DUPLICATE = "duplicate"
ORIGIN = TerminalId(UUID(int=0))


class Alarm(Enum):
    """What a person must look at."""

    FORK = "fork"  # Two journals under one till's name: a clone or a restored disk.
    REUSED_ID = "reused-id"  # An event's id came again with another content.
    WRONG_RECORD = "wrong-record"  # The personal data are not those whose hash is in the chain.
    UNBOOKABLE = "unbookable"  # The rules themselves failed on an event: a bug of ours.
    CARD_TAKEN = "card-taken"  # Two members were given the same card.


@dataclass(frozen=True, slots=True)
class Record:
    """What a member told of herself, as it is to be kept."""

    member: MemberId
    record: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Memory:
    """A member's past once an event is added to it, and what the event adds to all members'."""

    member: MemberId
    past: Past
    on: date
    used: Mapping[str, int]  # Of what all members together may have so many times.


@dataclass(frozen=True, slots=True)
class Judged:
    """An event with what is to be written for it."""

    event: Event
    content: bytes
    outcome: str
    code: str = ""
    postings: tuple[Posting, ...] = ()
    member: MemberId | None = None
    memory: Memory | None = None
    record: Record | None = None
    card: bytes | None = None  # The keyed hash of the card she was given.
    alarm: Alarm | None = None
    draws: tuple[CheckedDraw, ...] = ()
    returned: LeaseId | None = None  # A lease that the till gave back.


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event as received, with the personal record that came beside it."""

    event: Event
    record: RecordSent | None


@dataclass(slots=True)
class Bench:
    """What the judge has before him; it changes with every event of the batch."""

    connection: Connection
    shelf: Shelf
    index_key: bytes
    statuses: dict[MemberId, MemberStatus]
    pasts: dict[MemberId, Past]
    birthdays: dict[MemberId, date | None]  # Of those whom the till did not know.
    contents: dict[EventId, bytes]  # What is known under the ids of this batch.
    cards: dict[bytes, MemberId]
    leases: dict[LeaseId, PoolLease]  # What is left of the till's.


class Books(View):
    """The domain's view of the bench."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def status(self, member: MemberId) -> MemberStatus | None:
        """Tell what the member is; her row is locked."""
        return self._bench.statuses.get(member)

    def program(self, program: ProgramId, version: int) -> Program | None:
        """Find a published version."""
        return self._bench.shelf.find(self._bench.connection, program, version)


def judge(
    connection: Connection, shelf: Shelf, index_key: bytes, incoming: Sequence[Incoming]
) -> tuple[Judged, ...]:
    """Decide on new events in order, with the rows of their members locked.

    Nothing a till can send makes this fail: what cannot be booked is parked.
    """
    bodies = tuple(_body(item.event) for item in incoming)
    statuses = lock_members(connection, bodies)
    bench = Bench(
        connection,
        shelf,
        index_key,
        statuses=statuses,
        pasts=read_pasts(connection, statuses),
        birthdays=read_birthdays(connection, bodies),
        contents=_known_contents(connection, incoming),
        cards={},
        leases=leases_of_till(connection, incoming[0].event.header.terminal, leases_named(bodies)),
    )
    return tuple(_judge_one(bench, *pair) for pair in zip(incoming, bodies, strict=True))


def content_of(event: Event) -> bytes:
    """Hash what an event says, wherever it stands.

    A till that starts a new epoch, or is enrolled again, sends the same facts from a new place.
    """
    anywhere = replace(event.header, terminal=ORIGIN, position=Position(0, 0))
    return sha256(header_bytes(anywhere) + event.body).digest()


def _body(event: Event) -> Body | None:
    try:
        return read_body(event.header.kind, event.header.version, event.body)
    except (ArithmeticError, ValueError, TypeError, RecursionError):
        return None  # Nothing we can read; it is kept as it is.


def _known_contents(connection: Connection, incoming: Iterable[Incoming]) -> dict[EventId, bytes]:
    ids = {item.event.header.event_id for item in incoming}
    rows = connection.execute(select(event_ids).where(event_ids.c.event_id.in_(ids)))
    return {EventId(row.event_id): row.content for row in rows}


def _judge_one(bench: Bench, item: Incoming, body: Body | None) -> Judged:
    event, content = item.event, content_of(item.event)
    event_id = event.header.event_id
    known, parked = bench.contents.get(event_id), Outcome.PARKED.value
    if known is not None:
        if known == content:
            return Judged(event, content, DUPLICATE)
        return Judged(event, content, parked, "other_content", alarm=Alarm.REUSED_ID)
    bench.contents[event_id] = content
    try:
        judged = _book(bench, item, body, Judged(event, content, parked))
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return Judged(event, content, parked, "unbookable", alarm=Alarm.UNBOOKABLE)
    judged = _check_draws(bench, body, judged)
    if judged.outcome != parked and isinstance(body, Enrolled | ProfileChanged):
        return _take_record(bench, item.record, body, judged)
    return judged


def _book(bench: Bench, item: Incoming, body: Body | None, parked: Judged) -> Judged:
    fact = Fact(item.event.header.event_id, item.event.header.at, body)
    booked = book(fact, Books(bench))
    if booked.outcome is Outcome.PARKED or body is None:
        return replace(parked, code=booked.code)
    if _too_many(booked):
        return replace(parked, code="too_many_points")
    body, booked = _book_in_full(bench, fact, body, booked)
    if isinstance(body, Enrolled) and bench.statuses[body.member] is not MemberStatus.BLANK:
        # The pass was given to two people; the first keeps it, and somebody asks the second.
        return replace(parked, code="pass_taken")
    return replace(
        parked,
        outcome=booked.outcome.value,
        code=booked.code,
        postings=booked.postings,
        member=member_of(body),
        memory=_remember(bench, fact, body),
    )


def _too_many(booked: Booked) -> bool:
    return any(abs(posting.points) > POINTS_MAX for posting in booked.postings)


def _book_in_full(bench: Bench, fact: Fact, body: Body, booked: Booked) -> tuple[Body, Booked]:
    """Add what was due to a member whom the till did not know."""
    member = member_of(body)
    if member is None:
        return body, booked
    past, birthday = bench.pasts.get(member, NO_PAST), bench.birthdays.get(member)
    full, in_full = book_in_full(fact, booked, past, birthday, _program_of(bench, body))
    return (body, booked) if full is None or _too_many(in_full) else (full, in_full)


def _program_of(bench: Bench, body: Body) -> Program | None:
    """Find the program an event was scored by. None: by none."""
    scored = body.scored if isinstance(body, Sold | Acted) else None
    if scored is None:
        return None
    return bench.shelf.find(bench.connection, scored.program.program, scored.program.version)


def _check_draws(bench: Bench, body: Body | None, judged: Judged) -> Judged:
    """Draw again what an event drew; what a parked one gave is gone from the lease too."""
    if isinstance(body, LeaseReturned):
        held = bench.leases.get(body.lease)
        if held is not None:
            bench.leases[body.lease] = held.emptied
        return replace(judged, returned=body.lease)
    scored = body.scored if isinstance(body, Sold | Acted) else None
    if scored is None:
        return judged
    draws = check_draws(judged.event.header.event_id, scored, bench.leases)
    wrong = next((one.wrong for one in draws if one.wrong), "")
    if wrong and judged.outcome == Outcome.APPLIED.value:
        judged = replace(judged, outcome=Outcome.DISPUTED.value, code=wrong)
    known = tuple(one for one in draws if one.draw.lease in bench.leases)
    return replace(judged, draws=known)


def _remember(bench: Bench, fact: Fact, body: Body) -> Memory | None:
    """Add an event to its member's past. None: it is about nobody."""
    member = member_of(body)
    if member is None:
        return None
    scored = body.scored if isinstance(body, Sold | Acted) else None
    program = _program_of(bench, body)
    on = business_day_of(body, fact.at)
    past = remember(bench.pasts.get(member, NO_PAST), body, on, program)
    used = {} if scored is None or program is None else uses_in_total(scored.left, program)
    bench.pasts[member] = past
    return Memory(member, past, on, used)


def _take_record(
    bench: Bench, sent: RecordSent | None, body: Enrolled | ProfileChanged, judged: Judged
) -> Judged:
    """Keep the record that came beside an event, if it is the one whose hash is in the chain."""
    is_new = isinstance(body, Enrolled)
    if is_new:
        bench.statuses[body.member] = MemberStatus.ACTIVE
    if sent is None:  # Erased before it was sent.
        return judged
    raw, salt = sent.record.encode(), bytes.fromhex(sent.salt)
    told = read_record(raw) if record_digest(raw, salt).hex() == body.record_digest else None
    if told is None:
        return replace(judged, alarm=Alarm.WRONG_RECORD)
    bench.birthdays[body.member] = told.birthday
    judged = replace(judged, record=Record(body.member, raw, salt))
    return _give_card(bench, told.card, body.member, judged) if is_new and told.card else judged


def _give_card(bench: Bench, card: str, member: MemberId, judged: Judged) -> Judged:
    digest = card_digest(card, bench.index_key)
    holder = bench.cards.get(digest)
    if holder is None:
        query = select(credentials.c.member).where(credentials.c.digest == digest)
        holder = bench.connection.execute(query).scalar()
    if holder is not None:
        disputed = Outcome.DISPUTED.value
        return replace(judged, outcome=disputed, code="card_taken", alarm=Alarm.CARD_TAKEN)
    bench.cards[digest] = member
    return replace(judged, card=digest)
