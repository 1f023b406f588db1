from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from pos_loyalty.domain.events import GENESIS, Head, Kind, Position, seal
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import Journal, PrintState
from tests.fakes.told_events import (
    ANNA,
    enrolment,
    event_id,
    sale,
    sell,
)


def test_an_empty_journal_ends_before_its_first_event(journal: Journal) -> None:
    assert journal.head() == Head(Position(1, 0), GENESIS)
    assert journal.progress().unsent == 0
    assert journal.progress().oldest_unsent_at is None
    assert journal.unsent(10, 1_000_000) == ()


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
