"""Every Journal tells what happened to a member at this till."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import Journal
from tests.fakes.told_events import (
    ANNA,
    BORIS,
    enrolment,
    profile_change,
    sale,
)

NEW_EPOCH = Head(Position(2, 0), GENESIS)


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
