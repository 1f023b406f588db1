"""What a member gets in full whom the till did not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import Acted
from pos_loyalty.domain.completing import complete
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.domain.past import NO_PAST, Past, PastDay, facts_of
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.effects import DrawPrize, IssueVoucher, Multiply
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.persons import AroundDate, InTier, MemberDate
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.domain.remembering import remember
from pos_loyalty.domain.scored_sale import voucher_code
from pos_loyalty.domain.scoring import PrizeDraw
from tests.unit.domain.shop import (
    ANNA,
    NOON,
    ONE_PER_EURO,
    ROME,
    SALE,
    STORE,
    acted,
    bought,
    program_of,
    programs,
    sold_to,
    some_lines,
)
from tests.unit.domain.shop import CLUB as CAPPED
from tests.unit.domain.strangers import (
    BORN,
    CLUB,
    POINTS,
    STARS,
    TODAY,
    in_full,
    left_of,
    scored_of,
    to_stranger,
)

COFFEE = "grocery/coffee"


def test_birthday_points_come_on_top_of_what_was_printed() -> None:
    printed = to_stranger(bought(3700))

    full = in_full(printed, born=BORN)

    assert scored_of(printed).points(POINTS) == 37
    (lot,) = scored_of(full).earned
    assert (lot.points, sum(lot.line_points)) == (87, 87)
    assert (lot.expires_on, lot.usable_on) == (date(2027, 5, 5), None)


def test_what_is_had_once_a_year_is_added_once() -> None:
    first = in_full(to_stranger(bought(3700)), born=BORN)
    past = remember(NO_PAST, first, TODAY, CLUB)

    again = in_full(to_stranger(bought(3700)), past, BORN)

    assert left_of(first).uses == ("birthday",)
    assert scored_of(again).points(POINTS) == 37
    assert left_of(again).uses == ()


def test_whom_the_till_knew_got_all_there_was() -> None:
    pulled = sold_to(ANNA, bought(3700), program=CLUB)
    known = sold_to(
        ANNA, bought(3700), program=CLUB, facts=facts_of(NO_PAST, CLUB, TODAY, None, ())
    )
    enrolled = replace(known, scored=replace(scored_of(known), includes=None))

    for sold in (pulled, known, enrolled, replace(pulled, scored=None)):
        assert in_full(sold, born=BORN) is sold


def capped_after(points: int) -> Past:
    today = PastDay(TODAY, 1, points * 100, {POINTS: points}, {"bottega/daily": points})
    return Past(visits=1, uses={"bottega/daily": points}, days=(today,))


def test_what_a_cap_still_lets_her_have_is_added() -> None:
    printed = to_stranger(bought(3700), program=CAPPED)

    full = in_full(printed, capped_after(180), program=CAPPED)

    assert (scored_of(printed).points(POINTS), scored_of(full).points(POINTS)) == (0, 20)
    assert remember(capped_after(180), full, TODAY, CAPPED).uses == {"bottega/daily": 200}


def test_a_cap_takes_nothing_away_that_was_printed() -> None:
    printed = to_stranger(bought(3700))

    full = in_full(printed, capped_after(190), program=CAPPED)

    assert scored_of(full).points(POINTS) == 37


def test_two_remainders_make_a_point_though_one_was_not_known() -> None:
    past = Past(carried={"bottega/points": Fraction(70)})
    printed = to_stranger(bought(1250))

    full = in_full(printed, past)

    assert (scored_of(printed).points(POINTS), scored_of(full).points(POINTS)) == (12, 13)
    assert remember(past, full, TODAY, CLUB).carried == {"bottega/points": Fraction(20)}


def test_a_card_that_these_stamps_fill_is_paid_out() -> None:
    past = Past(goals={"bottega/card": 8})

    full = in_full(to_stranger(*[bought(100, COFFEE)] * 3), past)

    assert scored_of(full).points(POINTS) == 6 + 20
    assert remember(past, full, TODAY, CLUB).goals["bottega/card"] == 1


def test_the_tier_she_reaches_is_hers_from_now_on() -> None:
    past = Past(spend_minor=9_500)

    full = in_full(to_stranger(bought(600)), past)

    assert left_of(full).tier == "silver"
    assert remember(past, full, TODAY, CLUB).tiers == {"bottega": "silver"}


def test_the_money_that_was_paid_earns_though_it_could_have_been_less() -> None:
    """A discount is not given later, and its one time stays hers."""
    silver = (InTier(("silver",)),)
    program = program_of(
        ONE_PER_EURO,
        Rule("dear", PercentOff(Fraction(1, 2)), silver, limits=(Limit(1, Per.EVER),)),
        Rule("all", PercentOff(Fraction(1, 10))),
        Rule("more", Multiply(Fraction(2)), silver),
    )
    past = Past(tiers={"bottega": "silver"})
    printed = to_stranger(bought(10_000), program=program)

    full = in_full(printed, past, program=program)

    assert printed.total_minor == full.total_minor == 9_000
    assert (scored_of(printed).points(POINTS), scored_of(full).points(POINTS)) == (90, 180)
    assert left_of(full).uses == ()


def test_no_prize_is_drawn_that_no_till_holds() -> None:
    """A draw's one time stays hers, and the card that ends in a draw is filled at a till."""
    once = (Limit(1, Per.EVER),)
    program = program_of(
        ONE_PER_EURO,
        Rule("any", DrawPrize("wheel")),
        Rule("lucky", DrawPrize("wheel"), limits=once),
        goals=(Goal("card", Stamps(5), DrawPrize("wheel")),),
    )
    past = Past(goals={"bottega/card": 4})
    printed = to_stranger(bought(3_700), program=program)

    full = in_full(printed, past, program=program)

    assert left_of(full).draws == left_of(printed).draws == (PrizeDraw("wheel"),)
    assert left_of(full).uses == ()
    assert remember(past, full, TODAY, program).goals == {"bottega/card": 4}


def test_stamps_of_a_card_that_ends_in_a_draw_count() -> None:
    program = program_of(ONE_PER_EURO, goals=(Goal("card", Stamps(5), DrawPrize("wheel")),))
    past = Past(goals={"bottega/card": 3})

    full = in_full(to_stranger(bought(3_700), program=program), past, program=program)

    assert remember(past, full, TODAY, program).goals == {"bottega/card": 4}


def with_vouchers(*issued: Rule) -> Program:
    born = (AroundDate(MemberDate.BIRTHDAY, 3, 3),)
    gift = Rule("gift", IssueVoucher("cake", 30), born)
    return program_of(ONE_PER_EURO, *issued, gift)


def test_a_voucher_that_is_due_is_added_under_a_code_of_its_own() -> None:
    program = with_vouchers(Rule("again", IssueVoucher("coffee", 30)))
    printed = to_stranger(bought(3_700), program=program)
    prize = Voucher(voucher_code(SALE, 1), "cake", None, None)
    draw = PrizeDraw("wheel", LeaseId(SALE), "cake")
    won = replace(left_of(printed), vouchers=(*left_of(printed).vouchers, prize), draws=(draw,))
    printed = replace(printed, scored=replace(scored_of(printed), left=won))

    full = in_full(printed, born=BORN, program=program)

    *had, added = left_of(full).vouchers
    assert tuple(had) == left_of(printed).vouchers
    assert (added.reward, added.code) == ("cake", voucher_code(SALE, 2))
    assert left_of(full).draws == (draw,)


def test_the_days_of_a_lot_are_those_on_paper() -> None:
    """Two days for one lot would be two lots of one name."""
    printed = to_stranger(bought(3_700))
    (lot,) = scored_of(printed).earned
    lot = replace(lot, expires_on=date(2030, 1, 1))
    printed = replace(printed, scored=replace(scored_of(printed), earned=(lot,)))

    (full,) = scored_of(in_full(printed, born=BORN)).earned

    assert (full.points, full.expires_on) == (87, date(2030, 1, 1))


def test_a_unit_that_was_not_printed_is_added() -> None:
    past = Past(goals={"bottega/welcome": 2})

    full = in_full(to_stranger(bought(3_700)), past)

    assert scored_of(full).points(STARS) == 7


def test_what_a_program_refuses_leaves_what_was_printed() -> None:
    printed = to_stranger(bought(3_700))
    dollars = replace(CLUB, currency="USD")

    assert in_full(printed, born=BORN, program=dollars) is printed


def test_an_answer_to_a_survey_is_paid_in_full() -> None:
    rating = acted("feedback")
    silent = Acted(ANNA, "feedback", STORE, ROME, "EUR")

    full = complete(rating, SALE, NOON, NO_PAST, None, CLUB)

    assert rating.scored is not None
    assert full.scored is not None
    assert (rating.scored.points(POINTS), full.scored.points(POINTS)) == (0, 10)
    assert complete(silent, SALE, NOON, NO_PAST, None, CLUB) is silent


pasts = st.builds(
    Past,
    visits=st.integers(0, 9),
    spend_minor=st.integers(0, 60_000),
    carried=st.fixed_dictionaries({"bottega/points": st.integers(0, 99).map(Fraction)}),
    goals=st.fixed_dictionaries({"bottega/card": st.integers(0, 9)}),
    uses=st.fixed_dictionaries({"bottega/birthday": st.integers(0, 1)}),
)


@settings(max_examples=100)
@given(some_lines, programs | st.just(CLUB), pasts, st.none() | st.just(BORN))
def test_nobody_gets_less_than_was_printed(
    lines: tuple[Line, ...], program: Program, past: Past, born: date | None
) -> None:
    printed = to_stranger(*lines, program=program)

    full = in_full(printed, past, born, program)

    for one in scored_of(printed).earned:
        assert scored_of(full).points(one.unit) >= one.points
    assert set(left_of(full).vouchers) >= set(left_of(printed).vouchers)
    assert full.total_minor == printed.total_minor
    assert remember(past, full, TODAY, program).visits == past.visits + 1
