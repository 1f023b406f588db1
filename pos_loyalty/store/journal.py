"""The till's journal in an encrypted SQLite file: append-only, chained, and the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import (
    Connection,
    delete,
    func,
    insert,
    literal_column,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError

from pos_loyalty.domain.booking import Posting
from pos_loyalty.domain.events import Event, Head, Position, instant
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId, TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import (
    BEFORE_EVERYTHING,
    Entry,
    EventAnswer,
    JournalFault,
    Outgoing,
    PrintJob,
    PrintState,
    Progress,
)
from pos_loyalty.store import about_members
from pos_loyalty.store.anchor import Anchor
from pos_loyalty.store.chain import check_follows, line_bytes
from pos_loyalty.store.draws import has_returned, prizes_given
from pos_loyalty.store.engine import SqlFile
from pos_loyalty.store.entries import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    acknowledged_through,
    check_chain,
    go_on,
    hash_at,
    write_entry,
)
from pos_loyalty.store.reserve import Reserve
from pos_loyalty.store.rows import event_of, record_of, slip_of
from pos_loyalty.store.tables import acknowledged, events, notes, records, slips
from pos_loyalty.store.tables import answers as said

position = tuple_(events.c.epoch, events.c.seq)


class SqlJournal:
    """A Journal over one file, used from the ledger thread only."""

    def __init__(
        self, file: SqlFile, terminal: TerminalId, anchor: Anchor, reserve: Reserve
    ) -> None:
        self._file = file
        self._terminal = terminal
        self._anchor = anchor
        self._reserve = reserve
        with file.transaction() as connection:
            self._head = go_on(connection, anchor.read())

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def head(self) -> Head:
        """Tell the last event."""
        if not self._file.is_open:
            with self._transaction():
                pass  # Opening it again tells where it ends.
        return self._head

    def check_ready(self) -> None:
        """See that one more sale can be written."""
        self._file.check_writable()
        if not self._reserve.stand():
            raise JournalFault("disk-full", "there is no room for another sale")

    def append(self, entry: Entry) -> None:
        """Write one event; durable when this returns."""
        check_follows(entry.event, self.head(), self._terminal)
        try:
            self._write(entry)
        except JournalFault as fault:
            if fault.reason == "io":
                self._settle(entry, fault)
            elif fault.reason == "disk-full" and self._reserve.give_up():
                self._write(entry)
            else:
                raise
        self._head = entry.event.head
        self._anchor.move(self._head)

    def event(self, event_id: EventId) -> Event | None:
        """Find one event."""
        with self._transaction() as connection:
            query = select(events).where(events.c.event_id == event_id.bytes)
            row = connection.execute(query).one_or_none()
        return None if row is None else event_of(row, self._terminal)

    def last_of_kind(self, kind: str) -> Event | None:
        """Find the newest event of a kind."""
        query = select(events).where(events.c.kind == kind).order_by(*NEWEST_FIRST).limit(1)
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else event_of(row, self._terminal)

    def hash_at(self, position: Position) -> bytes | None:
        """Tell an own event's hash."""
        with self._transaction() as connection:
            return hash_at(connection, position)

    def unsent(self, events_max: int, bytes_max: int) -> Sequence[Outgoing]:
        """Read the oldest events not yet acknowledged."""
        found: list[Outgoing] = []
        with self._transaction() as connection:
            query = (
                select(
                    events,
                    records.c.member.label("record_member"),
                    records.c.record,
                    records.c.salt,
                )
                .outerjoin(records, records.c.event_id == events.c.event_id)
                .where(position > tuple_(*acknowledged_through(connection)))
                .order_by(*OLDEST_FIRST)
                .limit(events_max)
            )
            for row in connection.execute(query):
                if found and row.epoch != found[0].event.header.position.epoch:
                    break
                outgoing = Outgoing(event_of(row, self._terminal), record_of(row))
                bytes_max -= line_bytes(outgoing)
                if found and bytes_max < 0:
                    break
                found.append(outgoing)
        return tuple(found)

    def acknowledge(self, through: Position, answers: Sequence[EventAnswer]) -> None:
        """Note that the server holds everything through this event."""
        if through > self.head().position:
            raise ValueError(f"{through} is behind the head {self._head.position}")
        rows = [
            {"epoch": through.epoch, "seq": a.seq, "outcome": a.outcome, "code": a.code}
            for a in answers
        ]
        place = {"only": 1, "epoch": through.epoch, "seq": through.seq}
        with self._transaction() as connection:
            later = tuple_(said.c.epoch, said.c.seq) > (through.epoch, through.seq)
            connection.execute(delete(said).where(later))
            if rows:
                connection.execute(insert(said).prefix_with("OR REPLACE"), rows)
            connection.execute(insert(acknowledged).prefix_with("OR REPLACE"), place)

    def progress(self) -> Progress:
        """Tell how far sending has come."""
        with self._transaction() as connection:
            through = acknowledged_through(connection)
            unsent = position > tuple_(*through)
            oldest = select(events.c.at_us).where(unsent).order_by(*OLDEST_FIRST)
            at = connection.execute(oldest.limit(1)).scalar_one_or_none()
            count = select(func.count()).select_from(events).where(unsent)
            parked = select(func.count()).select_from(said).where(said.c.outcome == "parked")
            return Progress(
                head=self._head,
                acknowledged=Position(*through),
                unsent=connection.execute(count).scalar_one(),
                oldest_unsent_at=None if at is None else instant(at),
                parked=connection.execute(parked).scalar_one(),
            )

    def postings_of(self, member: MemberId, after: Position) -> Sequence[Posting]:
        """Read what own events later than `after` did to a member."""
        with self._transaction() as connection:
            return about_members.postings_of(connection, member, after)

    def events_of(self, member: MemberId, after: Position) -> Sequence[Event]:
        """Read own events about a member that are later than `after`."""
        with self._transaction() as connection:
            return about_members.events_of(connection, self._terminal, member, after)

    def record_of(
        self, member: MemberId, after: Position = BEFORE_EVERYTHING
    ) -> PersonalRecord | None:
        """Tell what a member said of herself last."""
        with self._transaction() as connection:
            return about_members.record_of(connection, member, after)

    def member_by_card(self, card: str) -> MemberId | None:
        """Find a member enrolled here by her card."""
        with self._transaction() as connection:
            return about_members.member_by_card(connection, card)

    def enrolled_here(self) -> Sequence[tuple[MemberId, PersonalRecord]]:
        """Tell everybody enrolled here, newest first."""
        with self._transaction() as connection:
            return about_members.enrolled_here(connection)

    def has_enrolled(self, member: MemberId) -> bool:
        """Whether this member was enrolled here."""
        with self._transaction() as connection:
            return about_members.has_enrolled(connection, member)

    def prizes_given(self, lease: LeaseId) -> Mapping[str, int]:
        """Count the prizes that own events drew from a lease."""
        with self._transaction() as connection:
            return prizes_given(connection, lease)

    def has_returned(self, lease: LeaseId) -> bool:
        """Whether an own event gave this lease back."""
        with self._transaction() as connection:
            return has_returned(connection, lease)

    def waiting_slips(self) -> Sequence[PrintJob]:
        """Read the slips that are not done."""
        query = (
            select(slips).where(slips.c.state != literal_column("'done'")).order_by(slips.c.number)
        )
        with self._transaction() as connection:
            return tuple(slip_of(row) for row in connection.execute(query))

    def slip(self, event_id: EventId) -> PrintJob | None:
        """Find the slip of one event."""
        query = select(slips).where(slips.c.event_id == event_id.bytes)
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else slip_of(row)

    def mark_slip(self, event_id: EventId, state: PrintState) -> None:
        """Note where a slip is."""
        change = update(slips).where(slips.c.event_id == event_id.bytes).values(state=state.value)
        with self._transaction() as connection:
            if connection.execute(change).rowcount != 1:
                raise LookupError(f"{event_id} has no slip")

    def keep_note(self, name: str, value: str) -> None:
        """Keep a small text."""
        with self._transaction() as connection:
            connection.execute(
                insert(notes).prefix_with("OR REPLACE"), {"name": name, "value": value}
            )

    def note(self, name: str) -> str | None:
        """Read a small text back."""
        with self._transaction() as connection:
            value: str | None = connection.execute(
                select(notes.c.value).where(notes.c.name == name)
            ).scalar_one_or_none()
        return value

    def check_chain(self, events_max: int) -> None:
        """Compute the newest `events_max` hashes again. Raises JournalFault where one is wrong."""
        with self._transaction() as connection:
            check_chain(connection, self._terminal, events_max)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One transaction; a file that had to be opened again tells anew where it ends."""
        reopened = not self._file.is_open
        with self._file.transaction() as connection:
            if reopened:
                self._head = go_on(connection, self._anchor.read())
            yield connection

    def _write(self, entry: Entry) -> None:
        self._file.check_in_place()
        try:
            with self._file.transaction() as connection:
                write_entry(connection, entry)
        except IntegrityError as error:
            raise ValueError(f"the journal does not take {entry.event.header.event_id}") from error

    def _settle(self, entry: Entry, fault: JournalFault) -> None:
        """After an I/O error only the file itself can tell: open it again and look.

        Opening writes anew what the log holds; nothing is synced twice in hope of a better answer.
        """
        self._file.close()
        try:
            found = self.event(entry.event.header.event_id)
        except JournalFault as again:
            raise JournalFault(again.reason, again.detail, outcome_unknown=True) from fault
        if found is None:
            raise fault
