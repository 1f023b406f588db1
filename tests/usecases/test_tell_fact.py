from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from pos_loyalty.domain.bodies import ProfileChanged
from pos_loyalty.domain.events import header_bytes
from pos_loyalty.domain.programs.moments import MissingFact, Question
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.greet import greet
from pos_loyalty.usecases.standing import see
from pos_loyalty.usecases.tell_fact import (
    CannotTell,
    Told,
    ask_no_more,
    birthday_of,
    tell_fact,
)
from tests.fakes.counter import (
    ANNA,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    application,
    known,
    new_id,
    tell,
)
from tests.usecases.deeds import activities, events, slips

TODAY = date(2026, 3, 2)
QUESTIONS = """
[[questions]]
ask = "birthday"
points = 20
[[questions]]
ask = "favourite_category"
[[questions]]
ask = "name"
[[questions]]
ask = "contact"
"""
WORTH_20 = MissingFact(Question.BIRTHDAY, 20)


def a_shop_that_asks(name: str = "Anna Bianchi", phone: str = "") -> Counter:
    counter = a_counter()
    tell(counter, a_program(2, more=QUESTIONS), known(ANNA, name=name, phone=phone))
    return counter


def an_answer(counter: Counter, text: str, asked: MissingFact = WORTH_20) -> Told:
    return Told(new_id(counter), ANNA, asked, text)


def test_a_birthday_told_is_kept_beside_the_chain_and_is_worth_points() -> None:
    counter = a_shop_that_asks()

    done = tell_fact(counter, ROSA, WORDS, an_answer(counter, "4.3.1984"))

    assert done is not None
    assert done.earned == 20
    seen = see(counter, ANNA)
    assert seen.record is not None
    assert (seen.record.birthday, seen.record.name) == (date(1984, 3, 4), "Anna Bianchi")
    assert seen.standing.pending_points(POINTS) == 20
    assert activities(counter) == ["told-birthday"]
    assert "For telling us" in slips(counter)[0]


def test_a_birthday_is_in_no_event_and_on_no_slip() -> None:
    counter = a_shop_that_asks()
    tell_fact(counter, ROSA, WORDS, an_answer(counter, "4.3.1984"))

    sent = counter.journal.unsent(10, 10**6)

    stored = b"".join(header_bytes(one.event.header) + one.event.body for one in sent)
    stored += b"".join(job.slip for job in counter.journal.waiting_slips())
    assert b"1984" not in stored
    (change,) = events(counter, ProfileChanged)
    record = next(one.record for one in sent if one.record is not None)
    assert change.record_digest == sha256(record.record + record.salt).hexdigest()


def test_the_same_answer_pressed_twice_is_one_answer() -> None:
    counter = a_shop_that_asks()
    answer = an_answer(counter, "4.3.1984")

    assert tell_fact(counter, ROSA, WORDS, answer) == tell_fact(counter, ROSA, WORDS, answer)

    assert counter.journal.head().position.seq == 2


def test_what_was_told_is_not_asked_again() -> None:
    counter = a_shop_that_asks()

    tell_fact(counter, ROSA, WORDS, an_answer(counter, "4.3.1984"))

    question = greet(counter, see(counter, ANNA)).question
    assert question is not None
    assert question.ask is Question.FAVOURITE_CATEGORY


def test_a_favourite_category_counts_from_the_next_line_on() -> None:
    counter = a_shop_that_asks()
    asked = MissingFact(Question.FAVOURITE_CATEGORY)

    assert tell_fact(counter, ROSA, WORDS, an_answer(counter, "grocery/coffee", asked)) is None

    past = see(counter, ANNA).past
    assert past is not None
    assert past.favourite_category == "grocery/coffee"
    assert activities(counter) == []


def test_a_name_and_a_telephone_number_are_kept_as_at_an_enrolment() -> None:
    counter = a_shop_that_asks(name="")
    for ask, text in ((Question.NAME, "  Anna \t B. "), (Question.CONTACT, "340 1234567")):
        tell_fact(counter, ROSA, WORDS, an_answer(counter, text, MissingFact(ask)))

    record = see(counter, ANNA).record
    assert record is not None
    assert (record.name, record.phone) == ("Anna B.", "+393401234567")


@pytest.mark.parametrize(
    ("ask", "text", "reason"),
    [
        (Question.BIRTHDAY, "31.2.1984", "wrong-date"),
        (Question.BIRTHDAY, "tomorrow", "wrong-date"),
        (Question.BIRTHDAY, "3.3.2026", "wrong-date"),
        (Question.BIRTHDAY, "1.1.1900", "wrong-date"),
        (Question.CONTACT, "12", "wrong-phone"),
        (Question.NAME, "", "wrong-name"),
        (Question.NAME, "4111 1111 1111 1111", "wrong-name"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(
    ask: Question, text: str, reason: str
) -> None:
    counter = a_shop_that_asks()

    with pytest.raises(CannotTell) as refused:
        tell_fact(counter, ROSA, WORDS, an_answer(counter, text, MissingFact(ask, 5)))

    assert refused.value.reason == reason
    assert counter.journal.head().position.seq == 0


@pytest.mark.parametrize(
    "typed", ["4.3.1984", "04/03/1984", "4 3 1984", "04031984", "1984-03-04", "1984.3.4"]
)
def test_a_birthday_is_read_as_people_write_it(typed: str) -> None:
    assert birthday_of(typed, TODAY) == date(1984, 3, 4)


def test_of_a_stranger_nothing_is_written_over() -> None:
    counter = a_counter()

    with pytest.raises(CannotTell, match="not-known-here"):
        tell_fact(counter, ROSA, WORDS, an_answer(counter, "4.3.1984"))


def test_who_does_not_want_to_be_asked_is_asked_no_more() -> None:
    counter = a_shop_that_asks()
    answer = an_answer(counter, "")

    ask_no_more(counter, ROSA, answer)
    ask_no_more(counter, ROSA, answer)

    (change,) = events(counter, ProfileChanged)
    assert change.do_not_ask == "birthday"
    question = greet(counter, see(counter, ANNA)).question
    assert question is not None
    assert question.ask is Question.FAVOURITE_CATEGORY


def test_a_member_enrolled_here_tells_her_birthday_before_the_server_knows_her() -> None:
    counter = a_counter()
    tell(counter, a_program(2, more=QUESTIONS))
    member = enrol(counter, ROSA, None, application(counter, "Carla")).member

    tell_fact(counter, ROSA, None, Told(new_id(counter), member, WORTH_20, "4.3.1984"))

    seen = see(counter, member)
    assert seen.record is not None
    assert (seen.record.name, seen.record.birthday) == ("Carla", date(1984, 3, 4))
    assert seen.standing.balance(POINTS, TODAY) == 20
