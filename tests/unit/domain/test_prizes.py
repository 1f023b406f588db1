"""Prizes that are drawn at the till, and checked by whoever has the secret."""

from __future__ import annotations

import hmac
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.booking import Booked, Fact, Outcome, View, book
from pos_loyalty.domain.chance import Lease, draw
from pos_loyalty.domain.facts import STRANGER, Voucher
from pos_loyalty.domain.ids import EventId, LeaseId, MemberId, ProgramId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.prizes import (
    CheckedDraw,
    PoolLease,
    check_draws,
    draw_prizes,
    drawn_as,
    last_day,
    proof,
)
from pos_loyalty.domain.programs.benefits import FreeItem
from pos_loyalty.domain.programs.effects import DrawPrize
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Closing, Pool, PoolPrize
from pos_loyalty.domain.scored_sale import voucher_code
from pos_loyalty.domain.scoring import Left, PrizeDraw, ProgramVersion, Scored
from tests.unit.domain.shop import ANNA, NOON, SALE, bought, program_of, sold_to

POOL = Pool("spring", Fraction(1, 2), (PoolPrize("coffee", 3), PoolPrize("wash", 1)))
REWARDS = (
    Reward("coffee", FreeItem(("coffee",)), voucher_only=True),
    Reward("wash", FreeItem(("wash",)), voucher_only=True),
)
LUCKY = program_of(Rule("chance", DrawPrize("spring")), rewards=REWARDS, pools=(POOL,))
SURE = Pool("sure", Fraction(1), (PoolPrize("coffee", 3),))
FIRST, SECOND = LeaseId(UUID(int=1)), LeaseId(UUID(int=2))


def lease(
    *prizes: PoolPrize, number: LeaseId = FIRST, pool: str = "spring", odds: Fraction = POOL.odds
) -> PoolLease:
    left = prizes or (PoolPrize("coffee", 1),)
    return PoolLease(number, LUCKY.id, b"s" * 32, Lease(pool, odds, left))


def sure(*prizes: PoolPrize, number: LeaseId = FIRST) -> PoolLease:
    """A lease of which every draw wins."""
    return lease(*prizes, number=number, pool="sure", odds=Fraction(1))


def told(*draws: PrizeDraw) -> Scored:
    return Scored(ProgramVersion(LUCKY.id, LUCKY.version), left=Left(draws=draws))


PROGRAM = replace(LUCKY, pools=(POOL, SURE))


def test_a_till_without_prizes_draws_nothing() -> None:
    assert draw_prizes(SALE, ("spring",), LUCKY, ()) == (PrizeDraw("spring"),)


def test_an_event_never_wins_more_than_the_lease_holds_and_then_nothing_is_drawn() -> None:
    held = (sure(PoolPrize("coffee", 2)),)

    draws = draw_prizes(SALE, ("sure",) * 4, PROGRAM, held)

    won = PrizeDraw("sure", FIRST, "coffee")
    assert draws == (won, won, PrizeDraw("sure"), PrizeDraw("sure"))


def test_when_one_lease_is_used_up_the_next_is_drawn_from() -> None:
    held = (sure(PoolPrize("coffee", 1)), sure(PoolPrize("coffee", 1), number=SECOND))

    draws = draw_prizes(SALE, ("sure",) * 3, PROGRAM, held)

    assert [draw.lease for draw in draws] == [FIRST, SECOND, None]


@pytest.mark.parametrize(
    ("held", "program"),
    [
        (lease(pool="autumn"), LUCKY),
        (lease(odds=Fraction(1, 3)), LUCKY),  # Members were told of other odds.
        (lease(PoolPrize("car", 1)), LUCKY),  # No reward of this version.
        (replace(lease(), program=ProgramId("other")), LUCKY),
        (lease(), replace(LUCKY, pools=())),
    ],
)
def test_a_lease_that_is_not_what_the_program_promises_is_not_drawn_from(
    held: PoolLease, program: Program
) -> None:
    assert draw_prizes(SALE, ("spring",), program, (held,)) == (PrizeDraw("spring"),)


def test_what_was_given_is_gone_and_never_less_than_nothing_is_left() -> None:
    held = lease(PoolPrize("coffee", 3), PoolPrize("wash", 1))

    left = held.without({"coffee": 2, "wash": 5, "car": 1})

    assert left.prizes.left == (PoolPrize("coffee", 1),)


def test_each_prize_is_a_voucher_behind_those_the_sale_gives_anyway() -> None:
    own = Voucher(voucher_code(SALE, 0), "coffee")
    scored = told(PrizeDraw("spring"), PrizeDraw("spring"))
    scored = replace(scored, left=replace(scored.left, vouchers=(own,)))
    draws = (PrizeDraw("spring", FIRST), PrizeDraw("spring", FIRST, "wash"))

    found = drawn_as(draws, scored, replace(LUCKY, valid_until=date(2026, 12, 31)), SALE)

    won = Voucher(voucher_code(SALE, 1), "wash", None, date(2026, 12, 31))
    assert found.left == Left(draws=draws, vouchers=(own, won))


def test_prizes_are_good_as_long_as_rewards_are_had() -> None:
    closing = Closing(date(2026, 12, 31), date(2027, 1, 31))

    assert last_day(LUCKY) is None
    assert last_day(replace(LUCKY, closing=closing)) == date(2027, 1, 31)


@given(st.lists(st.uuids(), min_size=1, max_size=60, unique=True))
def test_what_a_till_drew_is_found_right_by_who_has_the_secret(events: list[UUID]) -> None:
    granted = lease(PoolPrize("coffee", 3), PoolPrize("wash", 1))
    till, server = granted, {FIRST: granted}
    given_out: Counter[str] = Counter()

    for event in map(EventId, events):
        draws = draw_prizes(event, ("spring", "spring"), LUCKY, (till,))
        won = Counter(one.reward for one in draws if one.reward is not None)
        till, given_out = till.without(won), given_out + won
        checked = check_draws(event, told(*draws), server)
        assert [one.wrong for one in checked] == [""] * len(checked)

    assert given_out["coffee"] <= 3
    assert given_out["wash"] <= 1
    assert server[FIRST] == till


def checks(draws: tuple[PrizeDraw, ...], *held: PoolLease) -> list[str]:
    return [one.wrong for one in check_draws(SALE, told(*draws), {one.id: one for one in held})]


def test_a_prize_that_the_draw_does_not_give_differs() -> None:
    held = sure(PoolPrize("coffee", 1), PoolPrize("wash", 1))
    right = draw_prizes(SALE, ("sure",), PROGRAM, (held,))
    other = "wash" if right[0].reward == "coffee" else "coffee"

    assert checks(right, held) == [""]
    assert checks((PrizeDraw("sure", FIRST, other),), held) == ["prize_differs"]
    assert checks((PrizeDraw("sure", FIRST),), held) == ["prize_differs"]  # Kept from her.
    assert checks((PrizeDraw("sure", FIRST, "car"),), held) == ["pool_exceeded"]


def test_a_prize_beyond_the_lease_exceeds_the_pool() -> None:
    won = PrizeDraw("sure", FIRST, "coffee")

    assert checks((won, won), sure(PoolPrize("coffee", 1))) == ["", "pool_exceeded"]


def test_a_draw_from_a_lease_that_is_not_the_tills_differs() -> None:
    won = PrizeDraw("sure", SECOND, "coffee")
    foreign = replace(sure(number=SECOND), program=ProgramId("other"))

    assert checks((won,), sure()) == ["prize_differs"]
    assert checks((won,), lease(number=SECOND)) == ["prize_differs"]  # Of another pool.
    assert checks((won,), foreign) == ["prize_differs"]


def test_where_nothing_was_drawn_there_is_nothing_to_check() -> None:
    draws = (PrizeDraw("spring"), PrizeDraw("sure", FIRST, "coffee"))

    assert check_draws(SALE, told(*draws), {FIRST: sure()}) == (CheckedDraw(1, draws[1], ""),)


def test_a_prize_from_no_lease_cannot_be_told() -> None:
    with pytest.raises(ValueError, match="from no lease"):
        PrizeDraw("spring", None, "coffee")


class Books(View):
    """A server that knows everybody, and one program."""

    def status(self, member: MemberId) -> MemberStatus | None:
        return MemberStatus.ACTIVE if member == ANNA else None

    def program(self, program: ProgramId, version: int) -> Program | None:
        return LUCKY if (program, version) == (LUCKY.id, LUCKY.version) else None


def booked(draws: tuple[PrizeDraw, ...]) -> Booked:
    sold = sold_to(ANNA, bought(1000), program=LUCKY, facts=STRANGER)
    assert sold.scored is not None
    scored = drawn_as(draws, sold.scored, LUCKY, SALE)
    left = replace(scored.left, draws=draws)
    return book(Fact(SALE, NOON, replace(sold, scored=replace(scored, left=left))), Books())


def test_the_books_take_a_prize_with_its_voucher_whatever_was_drawn() -> None:
    assert booked((PrizeDraw("spring", FIRST, "coffee"),)) == Booked(Outcome.APPLIED)
    assert booked((PrizeDraw("spring", FIRST),)) == Booked(Outcome.APPLIED)
    assert booked((PrizeDraw("spring"),)) == Booked(Outcome.APPLIED)


def test_the_books_dispute_draws_that_the_sale_does_not_have() -> None:
    for draws in ((), (PrizeDraw("autumn"),), (PrizeDraw("spring"), PrizeDraw("spring"))):
        assert booked(draws).code == "effects_differ"


@given(st.uuids(), st.integers(0, 9))
def test_anybody_can_work_out_whether_a_draw_wins(event: UUID, number: int) -> None:
    held = replace(lease(), prizes=Lease("spring", Fraction(3, 7), (PoolPrize("coffee", 9),)))

    text, digest = proof(held, EventId(event), number)

    assert digest == hmac.new(held.secret, text.encode(), "sha256").hexdigest()
    wins = int(digest, 16) % 7 < 3
    assert wins is (draw(held.secret, EventId(event), number, held.prizes) is not None)


def test_a_lease_that_was_given_back_holds_nothing() -> None:
    assert lease().emptied.prizes.left == ()
