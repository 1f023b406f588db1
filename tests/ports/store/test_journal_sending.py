"""Every Journal sends what the server has not acknowledged, epoch after epoch."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import EventAnswer, Journal
from tests.fakes.told_events import (
    ANNA,
    enrolment,
    sale,
    sell,
)

MUCH = 1_000_000
NEW_EPOCH = Head(Position(2, 0), GENESIS)


def sequences(journal: Journal, events_max: int = 100, bytes_max: int = MUCH) -> list[int]:
    return [o.event.header.position.seq for o in journal.unsent(events_max, bytes_max)]


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


def test_a_personal_record_travels_beside_its_event(journal: Journal) -> None:
    entry = enrolment(journal.head(), ANNA, PersonalRecord("Anna"))
    journal.append(entry)
    journal.append(sale(journal.head()))

    assert [outgoing.record for outgoing in journal.unsent(9, MUCH)] == [entry.record, None]
