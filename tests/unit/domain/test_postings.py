from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import (
    Sold,
)
from pos_loyalty.domain.booking import (
    NOBODY,
    Account,
    AccountKind,
    Fact,
    Outcome,
    Posting,
    book,
    earning,
    fold,
    lots_of,
)
from pos_loyalty.domain.ids import EventId, MemberId, ProgramId, Unit
from pos_loyalty.domain.lots import Lot
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import ProgramVersion, Scored
from tests.unit.domain.shop import (
    ANNA,
    BOTTEGA,
    MEMBERS,
    NOON,
    SALE,
    Books,
    bought,
    programs,
    sold_to,
    some_lines,
)

STRANGER = MemberId(UUID(int=404))


BOOKS = Books()
COFFEE = sold_to(ANNA, bought(2500), bought(1500))
EXPIRES = date(2027, 5, 5)
ISSUED = Account(AccountKind.ISSUED, NOBODY, BOTTEGA.unit)
ANNAS = Account(AccountKind.AVAILABLE, ANNA, BOTTEGA.unit)


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


def test_lots_of_one_event_with_other_days_are_kept_apart() -> None:
    postings = (Posting(ANNAS, 40, SALE, EXPIRES), Posting(ANNAS, 2, SALE, EXPIRES, EXPIRES))

    assert lots_of(postings) == (Lot(SALE, 40, EXPIRES), Lot(SALE, 2, EXPIRES, EXPIRES))


def test_a_sale_to_nobody_has_no_legs() -> None:
    assert earning(SALE, replace(COFFEE, member=None, scored=None)) == ()


def test_a_sale_scored_by_no_rules_has_no_legs() -> None:
    nothing = Scored(ProgramVersion(ProgramId("bottega"), 3))

    assert earning(SALE, replace(COFFEE, scored=nothing)) == ()
