from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from pos_loyalty.domain.events import GENESIS, Head, Kind, Position, seal
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import EventAnswer, Journal, PrintState
from pos_loyalty.store.folder import open_journal
from tests.fakes.told_events import (
    ANNA,
    BORIS,
    TILL,
    enrolment,
    event_id,
    profile_change,
    sale,
)

MUCH = 1_000_000
NEW_EPOCH = Head(Position(2, 0), GENESIS)


@pytest.fixture(params=["memory", "sql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal(TILL)
        return
    opened = open_journal(tmp_path, b"k" * 32, TILL)
    yield opened
    opened.close()


def sell(journal: Journal, times: int) -> None:
    for _ in range(times):
        journal.append(sale(journal.head()))


def sequences(journal: Journal, events_max: int = 100, bytes_max: int = MUCH) -> list[int]:
    return [o.event.header.position.seq for o in journal.unsent(events_max, bytes_max)]


def test_an_empty_journal_ends_before_its_first_event(journal: Journal) -> None:
    assert journal.head() == Head(Position(1, 0), GENESIS)
    assert journal.progress().unsent == 0
    assert journal.progress().oldest_unsent_at is None
    assert journal.unsent(10, MUCH) == ()


def test_an_event_is_found_again_as_it_was_written(journal: Journal) -> None:
    entry = sale(journal.head())

    journal.append(entry)

    assert journal.event(entry.event.header.event_id) == entry.event
    assert journal.head() == entry.event.head
    assert journal.event(event_id(404)) is None


def test_a_journal_is_ready_for_the_next_sale(journal: Journal) -> None:
    journal.check_ready()


def test_an_event_that_leaves_a_gap_is_not_taken(journal: Journal) -> None:
    sell(journal, 1)
    ahead = Head(Position(1, 2), journal.head().hash)

    with pytest.raises(ValueError, match="does not follow"):
        journal.append(sale(ahead))

    assert journal.head().position == Position(1, 1)


def test_an_event_that_names_another_past_is_not_taken(journal: Journal) -> None:
    sell(journal, 1)

    with pytest.raises(ValueError, match="hash before it"):
        journal.append(sale(Head(Position(1, 1), b"x" * 32)))


def test_an_event_that_was_altered_after_sealing_is_not_taken(journal: Journal) -> None:
    entry = sale(journal.head())

    with pytest.raises(ValueError, match="not sealed"):
        journal.append(replace(entry, event=replace(entry.event, body=b"{}")))


def test_another_tills_event_is_not_taken(journal: Journal) -> None:
    entry = sale(journal.head())
    header = replace(entry.event.header, terminal=TerminalId(UUID(int=8)))

    with pytest.raises(ValueError, match="in the journal of"):
        journal.append(replace(entry, event=seal(header, entry.event.body, GENESIS)))


def test_the_same_event_is_not_taken_twice(journal: Journal) -> None:
    sell(journal, 1)
    again = sale(journal.head())
    header = replace(again.event.header, event_id=event_id(1_000_001))

    with pytest.raises(ValueError, match=str(header.event_id)):
        journal.append(replace(again, event=seal(header, b"{}", journal.head().hash)))

    assert journal.progress().unsent == 1


def test_the_newest_event_of_a_kind_is_found(journal: Journal) -> None:
    sell(journal, 3)
    last = journal.head()
    journal.append(enrolment(journal.head(), ANNA, PersonalRecord()))

    found = journal.last_of_kind(Kind.SALE.value)

    assert found is not None
    assert found.head == last
    assert journal.last_of_kind(Kind.REPRINT.value) is None


def test_a_hash_is_told_by_its_place(journal: Journal) -> None:
    sell(journal, 2)

    assert journal.hash_at(journal.head().position) == journal.head().hash
    assert journal.hash_at(Position(1, 0)) == GENESIS
    assert journal.hash_at(Position(1, 3)) is None
    assert journal.hash_at(Position(2, 1)) is None


def test_unsent_events_come_in_order_and_in_batches(journal: Journal) -> None:
    sell(journal, 5)

    assert sequences(journal) == [1, 2, 3, 4, 5]
    assert sequences(journal, events_max=2) == [1, 2]


def test_a_batch_keeps_to_its_bytes_but_is_never_empty(journal: Journal) -> None:
    sell(journal, 5)
    body = len(journal.unsent(1, MUCH)[0].event.body)

    assert sequences(journal, bytes_max=3 * body) == [1, 2, 3]
    assert sequences(journal, bytes_max=1) == [1]


def test_acknowledged_events_are_not_sent_again(journal: Journal) -> None:
    sell(journal, 5)

    journal.acknowledge(Position(1, 3), [EventAnswer(n, "applied", "") for n in (1, 2, 3)])

    progress = journal.progress()
    assert sequences(journal) == [4, 5]
    assert progress.acknowledged == Position(1, 3)
    assert progress.unsent == 2
    assert progress.oldest_unsent_at == journal.unsent(1, MUCH)[0].event.header.at


def test_a_restored_server_is_sent_everything_again(journal: Journal) -> None:
    sell(journal, 5)
    journal.acknowledge(Position(1, 5), [EventAnswer(4, "parked", "unknown_member")])

    journal.acknowledge(Position(1, 2), [])

    assert sequences(journal) == [3, 4, 5]
    assert journal.progress().parked == 0


def test_parked_events_are_counted_until_they_are_answered_otherwise(journal: Journal) -> None:
    sell(journal, 3)
    journal.acknowledge(
        Position(1, 3), [EventAnswer(2, "parked", "x"), EventAnswer(3, "parked", "x")]
    )
    assert journal.progress().parked == 2

    journal.acknowledge(Position(1, 3), [EventAnswer(2, "applied", "")])

    assert journal.progress().parked == 1


def test_what_was_never_written_cannot_be_acknowledged(journal: Journal) -> None:
    sell(journal, 1)

    with pytest.raises(ValueError, match="behind the head"):
        journal.acknowledge(Position(1, 2), [])


def test_a_new_epoch_begins_behind_the_old_one_and_is_sent_after_it(journal: Journal) -> None:
    sell(journal, 2)

    journal.append(sale(NEW_EPOCH))

    assert journal.head().position == Position(2, 1)
    assert sequences(journal) == [1, 2]
    journal.acknowledge(Position(1, 2), [])
    assert [o.event.header.position for o in journal.unsent(9, MUCH)] == [Position(2, 1)]
    assert journal.progress().unsent == 1


def test_an_old_epoch_is_not_written_to_any_more(journal: Journal) -> None:
    sell(journal, 1)
    old = journal.head()
    journal.append(sale(NEW_EPOCH))

    with pytest.raises(ValueError, match="does not follow"):
        journal.append(sale(old))


def test_pending_points_are_those_of_later_events(journal: Journal) -> None:
    journal.append(sale(journal.head(), ANNA, 10))
    journal.append(sale(journal.head(), BORIS, 7))
    journal.append(sale(journal.head(), ANNA, 20))

    def points(after: Position) -> list[int]:
        return [posting.points for posting in journal.postings_of(ANNA, after)]

    assert points(Position(0, 0)) == [10, 20]
    assert points(Position(1, 1)) == [20]
    assert points(Position(1, 3)) == []


def test_a_posting_is_read_back_whole(journal: Journal) -> None:
    entry = sale(journal.head(), ANNA, 10)

    journal.append(entry)

    assert tuple(journal.postings_of(ANNA, Position(0, 0))) == entry.postings


def test_what_happened_to_a_member_here_is_read_in_order(journal: Journal) -> None:
    entries = [
        enrolment(journal.head(), ANNA, PersonalRecord("Anna")),
    ]
    journal.append(entries[0])
    for member in (BORIS, None, ANNA):
        entries.append(sale(journal.head(), member, 10))
        journal.append(entries[-1])
    entries.append(sale(NEW_EPOCH, ANNA, 5))
    journal.append(entries[-1])

    annas = (entries[0].event, entries[3].event, entries[4].event)
    assert journal.events_of(ANNA, Position(0, 0)) == annas
    assert journal.events_of(ANNA, Position(1, 1)) == annas[1:]
    assert journal.events_of(ANNA, Position(1, 4)) == annas[2:]
    assert journal.events_of(ANNA, Position(2, 1)) == ()


def test_what_a_member_said_last_of_herself_counts(journal: Journal) -> None:
    birthday = date(1984, 3, 4)
    journal.append(enrolment(journal.head(), ANNA, PersonalRecord("Anna")))
    journal.append(profile_change(journal.head(), ANNA, PersonalRecord("Anna", birthday=birthday)))
    journal.append(sale(journal.head(), ANNA, 10))

    told = PersonalRecord("Anna", birthday=birthday)
    assert journal.record_of(ANNA) == told
    assert journal.record_of(ANNA, Position(1, 1)) == told
    assert journal.record_of(ANNA, Position(1, 2)) is None
    assert journal.enrolled_here() == ((ANNA, told),)


def test_who_only_changed_her_profile_here_was_not_enrolled_here(journal: Journal) -> None:
    record = PersonalRecord("Boris", card="2900000000018")
    journal.append(profile_change(journal.head(), BORIS, record))

    assert journal.record_of(BORIS) == record
    assert journal.enrolled_here() == ()
    assert journal.member_by_card("2900000000018") is None
    assert not journal.has_enrolled(BORIS)


def test_who_was_enrolled_here_is_known_by_id_card_and_name(journal: Journal) -> None:
    anna = PersonalRecord("Anna Жукова", "+390612345678", "2900000000018", "ru")
    boris = PersonalRecord("Boris", "+390687654321")
    journal.append(enrolment(journal.head(), ANNA, anna))
    journal.append(enrolment(journal.head(), BORIS, boris))

    assert journal.record_of(ANNA) == anna
    assert journal.member_by_card("2900000000018") == ANNA
    assert journal.enrolled_here() == ((BORIS, boris), (ANNA, anna))
    assert journal.has_enrolled(ANNA)


def test_who_only_bought_here_was_not_enrolled_here(journal: Journal) -> None:
    journal.append(sale(journal.head(), ANNA, 10))

    assert not journal.has_enrolled(ANNA)
    assert journal.record_of(ANNA) is None
    assert journal.enrolled_here() == ()


def test_members_without_a_card_are_not_found_by_no_card(journal: Journal) -> None:
    journal.append(enrolment(journal.head(), BORIS, PersonalRecord("Boris")))

    assert journal.member_by_card("") is None


def test_a_personal_record_travels_beside_its_event(journal: Journal) -> None:
    entry = enrolment(journal.head(), ANNA, PersonalRecord("Anna"))
    journal.append(entry)
    journal.append(sale(journal.head()))

    assert [outgoing.record for outgoing in journal.unsent(9, MUCH)] == [entry.record, None]


def test_a_slip_waits_until_it_is_done(journal: Journal) -> None:
    sell(journal, 2)
    first, second = (job.event_id for job in journal.waiting_slips())

    journal.mark_slip(first, PrintState.DONE)
    journal.mark_slip(second, PrintState.UNKNOWN)

    assert [(j.event_id, j.state) for j in journal.waiting_slips()] == [
        (second, PrintState.UNKNOWN)
    ]
    done = journal.slip(first)
    assert done is not None
    assert (done.state, done.slip) == (PrintState.DONE, b"receipt 1")


def test_an_event_without_a_slip_has_none_to_mark(journal: Journal) -> None:
    journal.append(enrolment(journal.head(), ANNA, PersonalRecord()))
    silent = event_id(1_000_001)

    assert journal.slip(silent) is None
    with pytest.raises(LookupError):
        journal.mark_slip(silent, PrintState.DONE)


def test_the_newest_text_of_a_note_counts(journal: Journal) -> None:
    journal.keep_note("sale", "three lines")
    journal.keep_note("sale", "four lines")

    assert journal.note("sale") == "four lines"
    assert journal.note("backoff") is None
