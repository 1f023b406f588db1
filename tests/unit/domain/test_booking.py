from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from pos_loyalty.domain.bodies import (
    Acted,
    Body,
    Enrolled,
    OfferMet,
    ProfileChanged,
    Reprinted,
    ShiftClosed,
    ShiftOpened,
    Sold,
)
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
)
from pos_loyalty.domain.ids import MemberId, ProgramId, Unit
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.past import NO_PAST, facts_of
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import EarlyAccess
from pos_loyalty.domain.scoring import Earned, Left, ProgramVersion
from tests.unit.domain.shop import (
    ANNA,
    BOTTEGA,
    CLUB,
    NOON,
    ROME,
    SALE,
    STORE,
    Books,
    acted,
    bought,
    sold_to,
)

STRANGER = MemberId(UUID(int=404))


BOOKS = Books()
COFFEE = sold_to(ANNA, bought(2500), bought(1500))
EXPIRES = date(2027, 5, 5)
ISSUED = Account(AccountKind.ISSUED, NOBODY, BOTTEGA.unit)
ANNAS = Account(AccountKind.AVAILABLE, ANNA, BOTTEGA.unit)


def booked(body: Body | None, program: Program = BOTTEGA) -> Booked:
    return book(Fact(SALE, NOON, body), Books((program,)))


def misprinted(**changes: object) -> Sold:
    """Sell coffee, with another figure on the receipt than the rules give."""
    printed = {"unit": BOTTEGA.unit, "points": 40, "expires_on": EXPIRES, "line_points": (25, 15)}
    return rescored(COFFEE, earned=(Earned(**(printed | changes)),))  # type: ignore[arg-type]


def rescored(sold: Sold, **changes: object) -> Sold:
    assert sold.scored is not None
    return replace(sold, scored=replace(sold.scored, **changes))  # type: ignore[arg-type]


def test_points_move_from_nobody_to_the_member() -> None:
    assert booked(COFFEE) == Booked(
        Outcome.APPLIED,
        postings=(Posting(ISSUED, -40, SALE, EXPIRES), Posting(ANNAS, 40, SALE, EXPIRES)),
    )


def test_a_sale_to_nobody_moves_no_points() -> None:
    assert booked(sold_to(None, bought(2500))) == Booked(Outcome.APPLIED)


def test_a_sale_that_earned_nothing_is_booked_all_the_same() -> None:
    assert booked(sold_to(ANNA, bought(99))) == Booked(Outcome.APPLIED)


def test_a_sale_of_a_day_without_a_program_is_booked_without_points() -> None:
    assert booked(replace(COFFEE, scored=None)) == Booked(Outcome.APPLIED)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "unknown_kind"),
        (replace(COFFEE, member=STRANGER), "unknown_member"),
        (rescored(COFFEE, program=ProgramVersion(ProgramId("bottega"), 4)), "unknown_program"),
        (rescored(COFFEE, program=ProgramVersion(ProgramId("moon"), 3)), "unknown_program"),
        (misprinted(unit=Unit("other/points")), "foreign_unit"),
        (
            Enrolled(STRANGER, STORE, EXPIRES, "00" * 32, Consent("v1", given=True), ""),
            "unknown_pass",
        ),
        (Acted(STRANGER, "feedback", STORE, ROME, "EUR"), "unknown_member"),
        (OfferMet(STRANGER, "news", Response.SHOWN, STORE), "unknown_member"),
        (ProfileChanged(STRANGER, STORE, "00" * 32), "unknown_member"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_booked_waits_for_a_person(body: Body | None, code: str) -> None:
    assert booked(body) == Booked(Outcome.PARKED, code)


@pytest.mark.parametrize(
    ("sold", "code"),
    [
        (misprinted(points=41, line_points=(26, 15)), "points_differ"),
        (misprinted(points=39, line_points=(24, 15)), "points_differ"),
        (misprinted(expires_on=None), "lots_differ"),
        (misprinted(usable_on=EXPIRES), "lots_differ"),
        (misprinted(line_points=(24, 16)), "lots_differ"),
        (rescored(COFFEE, left=Left(tier="gold")), "effects_differ"),
        (replace(COFFEE, discounts_minor=(0, 1)), "discounts_differ"),
    ],
)
def test_another_figure_than_the_rules_give_is_booked_as_printed_and_reported(
    sold: Sold, code: str
) -> None:
    answer = booked(sold)

    assert (answer.outcome, answer.code) == (Outcome.DISPUTED, code)
    assert answer.postings == earning(SALE, sold)


def test_points_that_were_not_printed_are_reported() -> None:
    assert booked(rescored(COFFEE, earned=())) == Booked(Outcome.DISPUTED, "points_differ")


def test_points_for_francs_under_a_program_for_euros_are_reported() -> None:
    answer = booked(replace(COFFEE, currency="CHF"))

    assert (answer.outcome, answer.code) == (Outcome.DISPUTED, "wrong_currency")


def test_goods_that_were_not_for_her_yet_are_reported_by_the_refusal() -> None:
    early = EarlyAccess(Selection(categories=("grocery/coffee",)), ("gold",))
    beans = sold_to(
        ANNA,
        bought(2500, "grocery/coffee"),
        facts=facts_of(NO_PAST, BOTTEGA, NOON.date(), None, ()),
    )

    answer = booked(beans, replace(BOTTEGA, access=(early,)))

    assert (answer.outcome, answer.code) == (Outcome.DISPUTED, "tier_needed")
    assert answer.postings == earning(SALE, beans)


def test_what_the_program_took_off_is_worked_out_again() -> None:
    sold = sold_to(ANNA, bought(2500), program=CLUB, codes=("SPRING",))

    assert sold.discounts_minor == (250,)
    assert booked(sold, CLUB).outcome is Outcome.APPLIED
    assert booked(replace(sold, discounts_minor=()), CLUB).code == "discounts_differ"


def test_points_of_two_units_are_two_lots_each_with_its_days() -> None:
    facts = facts_of(NO_PAST, CLUB, NOON.date(), None, ())
    facts = replace(facts, usage={"first-comers": {"total": 7}})
    sold = sold_to(ANNA, bought(1000), program=CLUB, facts=facts)

    answer = booked(sold, CLUB)

    stars = CLUB.account_unit("stars")
    own = [p for p in answer.postings if p.account.kind is AccountKind.AVAILABLE]
    assert answer.outcome is Outcome.APPLIED
    assert own == [
        Posting(ANNAS, 10, SALE, EXPIRES, None),
        Posting(Account(AccountKind.AVAILABLE, ANNA, stars), 5, SALE, None, date(2026, 5, 6)),
    ]


def test_points_for_an_activity_are_booked_like_those_of_a_sale() -> None:
    did = acted("feedback", facts=facts_of(NO_PAST, CLUB, NOON.date(), None, ()))

    answer = booked(did, CLUB)

    assert answer == Booked(
        Outcome.APPLIED,
        postings=(Posting(ISSUED, -10, SALE, EXPIRES), Posting(ANNAS, 10, SALE, EXPIRES)),
    )


def test_an_activity_scored_otherwise_is_reported() -> None:
    did = acted("feedback", facts=facts_of(NO_PAST, CLUB, NOON.date(), None, ()))
    assert did.scored is not None
    more = replace(did.scored, earned=(Earned(BOTTEGA.unit, 1000, EXPIRES),))

    assert booked(replace(did, scored=more), CLUB).code == "points_differ"


def test_an_activity_no_program_counts_is_booked_without_points() -> None:
    assert booked(Acted(ANNA, "feedback", STORE, ROME, "EUR")) == Booked(Outcome.APPLIED)


@pytest.mark.parametrize(
    "body",
    [
        OfferMet(ANNA, "news", Response.DECLINED, STORE),
        ProfileChanged(ANNA, STORE, "00" * 32, "fish"),
        Enrolled(ANNA, STORE, EXPIRES, "00" * 32, Consent("v1", given=True), "0011223344556677"),
        ShiftOpened(STORE, EXPIRES),
        ShiftClosed(STORE, 12),
        Reprinted(SALE),
    ],
)
def test_other_facts_of_the_day_move_no_points(body: Body) -> None:
    assert booked(body) == Booked(Outcome.APPLIED)
