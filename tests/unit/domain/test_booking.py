from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import (
    Body,
    Earned,
    Enrolled,
    ProgramVersion,
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
    fold,
    lots_of,
    version_of,
)
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.members import Consent, MemberStatus
from pos_loyalty.domain.programs import Program
from tests.unit.domain.shop import (
    ANNA,
    BOTTEGA,
    NOON,
    ONE_PER_EURO,
    SALE,
    STORE,
    bought,
    program_of,
    programs,
    sold_to,
    some_lines,
)

STRANGER = MemberId(UUID(int=404))
MEMBERS = (ANNA, MemberId(UUID(int=2)), MemberId(UUID(int=3)))


@dataclass(frozen=True, slots=True)
class Books:
    """What one server knows: two members more, one program."""

    programs: tuple[Program, ...] = (BOTTEGA,)
    members: Mapping[MemberId, MemberStatus] = field(
        default_factory=lambda: dict.fromkeys(MEMBERS, MemberStatus.ACTIVE)
    )

    def status(self, member: MemberId) -> MemberStatus | None:
        return self.members.get(member)

    def program(self, program: ProgramId, version: int) -> Program | None:
        known = (p for p in self.programs if (p.id, p.version) == (program, version))
        return next(known, None)


BOOKS = Books()
COFFEE = sold_to(ANNA, bought(2500), bought(1500))
EXPIRES = date(2027, 5, 5)
ISSUED = Account(AccountKind.ISSUED, NOBODY, BOTTEGA.unit)
ANNAS = Account(AccountKind.AVAILABLE, ANNA, BOTTEGA.unit)


def booked(body: Body | None) -> Booked:
    return book(Fact(SALE, NOON, body), BOOKS)


def misprinted(**changes: object) -> Sold:
    """Sell coffee, with another figure on the receipt than the rules give."""
    printed = {"unit": BOTTEGA.unit, "points": 40, "expires_on": EXPIRES, "line_points": (25, 15)}
    return replace(COFFEE, earned=Earned(**(printed | changes)))  # type: ignore[arg-type]


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
    assert booked(replace(COFFEE, program=None, earned=None)) == Booked(Outcome.APPLIED)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (None, "unknown_kind"),
        (replace(COFFEE, member=STRANGER), "unknown_member"),
        (replace(COFFEE, program=None), "points_without_program"),
        (replace(COFFEE, program=ProgramVersion(ProgramId("bottega"), 4)), "unknown_program"),
        (misprinted(unit=Unit("other/points")), "foreign_unit"),
        (
            Enrolled(STRANGER, STORE, EXPIRES, "00" * 32, Consent("v1", given=True), ""),
            "unknown_pass",
        ),
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
        (misprinted(expires_on=None), "expiry_differs"),
    ],
)
def test_another_figure_than_the_rules_give_is_booked_as_printed_and_reported(
    sold: Sold, code: str
) -> None:
    answer = booked(sold)

    assert (answer.outcome, answer.code) == (Outcome.DISPUTED, code)
    assert answer.postings == earning(SALE, sold)


def test_points_that_were_not_printed_are_reported() -> None:
    assert booked(replace(COFFEE, earned=None)) == Booked(Outcome.DISPUTED, "points_differ")


def test_points_for_francs_under_a_program_for_euros_are_reported() -> None:
    answer = booked(replace(COFFEE, currency="CHF"))

    assert (answer.outcome, answer.code) == (Outcome.DISPUTED, "wrong_currency")


@pytest.mark.parametrize(
    "body",
    [
        Enrolled(ANNA, STORE, EXPIRES, "00" * 32, Consent("v1", given=True), "0011223344556677"),
        ShiftOpened(STORE, EXPIRES),
        ShiftClosed(STORE, 12),
        Reprinted(SALE),
    ],
)
def test_other_facts_of_the_day_move_no_points(body: Body) -> None:
    assert booked(body) == Booked(Outcome.APPLIED)


@given(some_lines, programs, st.sampled_from((*MEMBERS, None, STRANGER)), st.booleans())
def test_the_legs_of_every_event_sum_to_zero_in_every_unit(
    goods: tuple[Line, ...],
    program: Program,
    member: MemberId | None,
    known: bool,  # noqa: FBT001 - drawn
) -> None:
    sold = sold_to(member, *goods, program=program)
    books = Books(programs=(program,) if known else ())

    answer = book(Fact(SALE, NOON, sold), books)

    sums: defaultdict[Unit, int] = defaultdict(int)
    for posting in answer.postings:
        sums[posting.account.unit] += posting.points
    assert not any(sums.values())
    assert answer.outcome is not Outcome.DISPUTED


facts = st.lists(
    st.builds(
        lambda member, amounts, minutes: (minutes, sold_to(member, *map(bought, amounts))),
        st.sampled_from((*MEMBERS, None)),
        st.lists(st.integers(0, 9999), min_size=1, max_size=4),
        st.integers(0, 600),
    ),
    max_size=8,
)


@given(facts, st.randoms(use_true_random=False))
def test_balances_do_not_depend_on_the_order_in_which_tills_are_heard(
    sold: list[tuple[int, Sold]], random: st.DrawFn
) -> None:
    told = [
        Fact(EventId(UUID(int=i)), NOON + timedelta(minutes=minutes), sale)
        for i, (minutes, sale) in enumerate(sold)
    ]
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    balances, others = (
        fold(posting for fact in order for posting in book(fact, BOOKS).postings)
        for order in (told, shuffled)
    )

    assert balances == others
    assert sum(balances.values()) == 0
    assert all(points >= 0 for account, points in balances.items() if account.owner != NOBODY)


def test_what_is_left_of_a_lot_is_what_was_not_taken_from_it() -> None:
    other = EventId(UUID(int=9))
    postings = (
        Posting(ANNAS, 40, SALE, EXPIRES),
        Posting(ANNAS, 10, other, None),
        Posting(ANNAS, -15, SALE, EXPIRES),
        Posting(ANNAS, -10, other, None),
    )

    assert lots_of(postings) == (Lot(SALE, 25, EXPIRES),)


def test_a_sale_names_the_very_rules_it_was_scored_by() -> None:
    assert version_of(program_of(ONE_PER_EURO)) == ProgramVersion(ProgramId("bottega"), 3)
    assert version_of(None) is None


def test_a_sale_to_nobody_has_no_legs() -> None:
    assert earning(SALE, replace(COFFEE, member=None, earned=None)) == ()
