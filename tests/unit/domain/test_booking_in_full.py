"""What the books add to the sale of a member whom the till did not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_loyalty.domain.bodies import Body, OfferMet, Sold
from pos_loyalty.domain.booking import (
    NOBODY,
    Account,
    AccountKind,
    Booked,
    Fact,
    Outcome,
    Posting,
    book,
    earning,
    fold,
    lots_of,
)
from pos_loyalty.domain.completing import COMPLETED, book_in_full
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.effects import IssueVoucher
from pos_loyalty.domain.programs.persons import AroundDate, MemberDate
from pos_loyalty.domain.programs.program import Rule
from tests.unit.domain.shop import (
    ANNA,
    NOON,
    ONE_PER_EURO,
    SALE,
    STORE,
    Books,
    bought,
    program_of,
    sold_to,
)
from tests.unit.domain.strangers import BORN, CLUB, POINTS, in_full, to_stranger

BORN_NOW = (AroundDate(MemberDate.BIRTHDAY, 3, 3),)
HERS = Account(AccountKind.AVAILABLE, ANNA, POINTS)
ISSUED = Account(AccountKind.ISSUED, NOBODY, POINTS)
PRINTED = to_stranger(bought(3700))


def booked_of(body: Body | None) -> tuple[Fact, Booked]:
    fact = Fact(SALE, NOON, body)
    return fact, book(fact, Books((CLUB,)))


def test_what_is_due_beside_the_paper_is_two_legs_more_on_the_same_lot() -> None:
    fact, printed = booked_of(PRINTED)

    full, booked = book_in_full(fact, printed, NO_PAST, BORN, CLUB)

    days = (SALE, date(2027, 5, 5), None)
    assert booked.postings == (
        *earning(SALE, PRINTED),
        Posting(ISSUED, -50, *days),
        Posting(HERS, 50, *days),
    )
    assert (booked.outcome, booked.code) == (Outcome.APPLIED, COMPLETED)
    assert fold(booked.postings) == {ISSUED: -87, HERS: 87}
    (lot,) = lots_of([leg for leg in booked.postings if leg.account == HERS])
    assert lot.points == 87
    assert full == in_full(PRINTED, born=BORN)


def test_only_what_she_is_to_remember_adds_no_legs() -> None:
    fact, printed = booked_of(PRINTED)

    full, booked = book_in_full(fact, printed, NO_PAST, None, CLUB)

    assert booked == printed
    assert isinstance(full, Sold)
    assert full.scored is not None
    assert full.scored.left.goals["welcome"] == 1


def test_a_voucher_alone_is_said_to_be_more() -> None:
    program = program_of(ONE_PER_EURO, Rule("gift", IssueVoucher("cake", 30), BORN_NOW))
    fact = Fact(SALE, NOON, to_stranger(bought(3700), program=program))
    printed = book(fact, Books((program,)))

    _, booked = book_in_full(fact, printed, NO_PAST, BORN, program)

    assert (booked.code, booked.postings) == (COMPLETED, printed.postings)


def test_what_waits_for_a_person_is_left_alone() -> None:
    fact, printed = booked_of(PRINTED)

    for outcome in (Outcome.PARKED, Outcome.DISPUTED):
        waits = replace(printed, outcome=outcome, code="odd")
        assert book_in_full(fact, waits, NO_PAST, BORN, CLUB) == (PRINTED, waits)


def test_what_no_rules_scored_is_booked_as_it_is() -> None:
    met = OfferMet(ANNA, "news", Response.SHOWN, STORE)
    unscored = replace(PRINTED, scored=None)
    for body in (None, met, unscored, sold_to(None, bought(100), program=CLUB)):
        fact, printed = booked_of(body)

        assert book_in_full(fact, printed, NO_PAST, BORN, None) == (body, printed)
        assert book_in_full(fact, printed, NO_PAST, BORN, CLUB) == (body, printed)


def test_whom_the_till_knew_is_booked_as_printed() -> None:
    fact, printed = booked_of(sold_to(ANNA, bought(3700), program=CLUB))

    assert book_in_full(fact, printed, Past(visits=3), BORN, CLUB) == (fact.body, printed)
