from __future__ import annotations

from pos_loyalty.domain.scans import Scan
from pos_loyalty.usecases.enrol import (
    enrol,
)
from pos_loyalty.usecases.identify import NothingSeen, identify
from pos_loyalty.usecases.sell import sell
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.usecases.standing import MemberSeen
from tests.fakes.counter import (
    ANNAS_PHONE,
    POINTS,
    ROSA,
    WORDS,
    a_counter,
    a_pass,
    application,
    checkout,
)
from tests.fakes.seen import printed_pass


def test_a_member_enrolled_at_one_till_is_recognised_at_another_with_both_offline() -> None:
    here, there = a_counter(till=1), a_counter(till=2)
    enrolled = enrol(here, ROSA, WORDS, application(here, "Anna", ANNAS_PHONE))
    (slip,) = slips_to_print(here)

    seen = identify(there, Scan(printed_pass(slip.document)))

    assert isinstance(seen, MemberSeen)
    assert seen.member == enrolled.member
    assert seen.record is None
    assert seen.standing.balance(POINTS, ROSA.since.date()) is None


def test_at_the_other_till_she_earns_and_nobody_says_that_she_has_nothing() -> None:
    here, there = a_counter(till=1), a_counter(till=2)
    enrolled = enrol(here, ROSA, WORDS, application(here, "Anna"))

    done = sell(there, ROSA, WORDS, checkout(there, enrolled.member, 700))

    seen = identify(there, Scan(a_pass(100)))
    assert isinstance(seen, MemberSeen)
    assert (done.before, done.earned) == (None, 7)
    assert seen.standing.pending_points(POINTS) == 7
    assert seen.standing.balance(POINTS, ROSA.since.date()) is None


def test_a_telephone_number_is_not_known_at_another_till_until_the_server_tells_it() -> None:
    here, there = a_counter(till=1), a_counter(till=2)
    enrol(here, ROSA, WORDS, application(here, "Anna", ANNAS_PHONE))

    assert isinstance(identify(there, Scan(ANNAS_PHONE)), NothingSeen)
