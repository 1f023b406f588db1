from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.domain.bodies import Acted
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import STRANGER, MemberFacts, Voucher
from pos_loyalty.domain.ids import EventId, Unit
from pos_loyalty.domain.past import NO_PAST, Past, facts_of
from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.scored_sale import basket_of, same_score, scored_by, voucher_code
from pos_loyalty.domain.scoring import Earned, Left, PrizeDraw, ProgramVersion, Scored
from tests.unit.domain.shop import (
    ANNA,
    CLUB,
    NOON,
    ONE_PER_EURO,
    ROME,
    SALE,
    STORE,
    acted,
    bought,
    program_of,
    sold_to,
)

TODAY = date(2026, 5, 5)
NEXT_YEAR = date(2027, 5, 5)
COFFEE = "grocery/coffee"


def known(past: Past = NO_PAST, birthday: date | None = None) -> MemberFacts:
    return facts_of(past, CLUB, TODAY, birthday, ())


def scored(facts: MemberFacts, *amounts_minor: int, category: str = "") -> Scored:
    lines = [bought(amount, category) for amount in amounts_minor]
    found = sold_to(ANNA, *lines, program=CLUB, facts=facts).scored
    assert found is not None
    return found


def test_a_sales_basket_is_laid_out_again_as_it_was() -> None:
    sold = replace(
        sold_to(ANNA, bought(2500), program=CLUB),
        channel="online",
        codes=("SPRING",),
        tenders=(Tender(TenderKind.MEMBER_CARD, 2500),),
    )

    basket = basket_of(sold, NOON, {"points-30d-p80": 4})

    assert (basket.at.isoformat(), basket.day) == ("2026-05-05T12:00:00+02:00", TODAY)
    assert (basket.store, basket.currency, basket.channel) == (STORE, "EUR", "online")
    assert (basket.lines, basket.tenders) == (sold.lines, sold.tenders)
    assert (basket.codes, basket.event) == (("SPRING",), "sale")
    assert basket.figures == {"points-30d-p80": 4}


def test_what_is_no_purchase_has_an_empty_basket() -> None:
    basket = basket_of(Acted(ANNA, "feedback", STORE, ROME, "EUR"), NOON, {})

    assert (basket.event, basket.lines, basket.at.hour) == ("feedback", (), 12)


def test_each_unit_earned_is_one_lot_with_its_days() -> None:
    found = scored(known(), 2500, 1500)

    assert found.program == ProgramVersion(CLUB.id, 3)
    assert found.earned == (Earned(CLUB.unit, 40, NEXT_YEAR, None, (25, 15)),)
    assert (found.points(CLUB.unit), found.points(Unit("bottega/stars"))) == (40, 0)


def test_points_that_count_from_tomorrow_say_so() -> None:
    found = scored(replace(known(), usage={"first-comers": {"total": 7, "ever": 0}}), 1000)

    assert found.earned[1] == Earned(Unit("bottega/stars"), 5, None, date(2026, 5, 6), (5,))
    assert found.left.uses == ("first-comers",)


def test_what_a_sale_changes_in_her_past_is_written_down() -> None:
    found = scored(known(birthday=date(1984, 5, 6)), 6050, category=COFFEE)

    assert found.left == Left(
        uses=("birthday",),
        capped={"daily": 60 * 2 + 50},
        carried={"points": Fraction(50)},
        goals={"card": 1, "welcome": 1, "streak": 1},
        vouchers=(Voucher(voucher_code(SALE, 0), "free-coffee", TODAY, date(2026, 6, 3)),),
    )


def test_a_rule_that_a_limit_took_away_was_not_used() -> None:
    had = replace(NO_PAST, uses={"bottega/birthday": 1}, days=())
    facts = replace(known(had, date(1984, 5, 6)), usage={"birthday": {"year": 1}})

    assert scored(facts, 100).left.uses == ()


def test_a_rule_that_a_cap_cut_was_used_and_one_that_it_took_away_was_not() -> None:
    rules = (Rule("a", Give(8), limits=(Limit(1, Per.DAY),)), ONE_PER_EURO)
    late = Rule("b", Give(5), limits=(Limit(1, Per.DAY),))
    program = program_of(*rules, late, caps=(Cap("most", 10, Per.DAY),))
    sold = sold_to(ANNA, bought(100), program=program, facts=replace(STRANGER, usage={}))
    full = sold_to(
        ANNA,
        bought(100),
        program=program,
        facts=replace(STRANGER, usage={"most": {"day": 10}}),
    )

    assert sold.scored is not None
    assert full.scored is not None
    assert (sold.scored.left.uses, sold.scored.left.capped) == (("a", "b"), {"most": 10})
    assert (full.scored.left.uses, full.scored.left.capped) == ((), {})


def test_the_tier_that_is_reached_is_written_down() -> None:
    assert scored(known(), 10_000).left.tier == "silver"


def test_points_for_an_activity_have_no_lines() -> None:
    found = acted("feedback", facts=known()).scored

    assert found is not None
    assert found.earned == (Earned(CLUB.unit, 10, NEXT_YEAR, None, ()),)
    assert found.left == Left(
        uses=("thanks",), capped={"daily": 10}, carried={"points": Fraction(0)}
    )


@given(st.uuids(), st.uuids(), st.integers(0, 1000), st.integers(0, 1000))
def test_no_two_vouchers_have_one_code(one: UUID, other: UUID, first: int, second: int) -> None:
    low = (1 << 62) - 1
    same = (one.int & low, first) == (other.int & low, second)

    codes = voucher_code(EventId(one), first), voucher_code(EventId(other), second)

    assert (codes[0] == codes[1]) is same
    assert all(len(code) == 14 and code.isalnum() and code == code.upper() for code in codes)


EARNED = Earned(CLUB.unit, 40, NEXT_YEAR, None, (25, 15))
STARS = Earned(Unit("bottega/stars"), 5, None, TODAY, (5, 0))
PRINTED = Scored(ProgramVersion(CLUB.id, 3), earned=(EARNED, STARS))


@pytest.mark.parametrize(
    ("again", "code"),
    [
        (PRINTED, ""),
        (replace(PRINTED, facts=known(), figures={"a": 1}), ""),
        (replace(PRINTED, left=Left(draws=(PrizeDraw("pool"),))), "effects_differ"),
        (replace(PRINTED, earned=(EARNED,)), "points_differ"),
        (replace(PRINTED, earned=(replace(STARS, points=6, line_points=()),)), "points_differ"),
        (replace(PRINTED, earned=(replace(EARNED, expires_on=None), STARS)), "lots_differ"),
        (replace(PRINTED, earned=(replace(EARNED, usable_on=TODAY), STARS)), "lots_differ"),
        (replace(PRINTED, earned=(replace(EARNED, line_points=(24, 16)), STARS)), "lots_differ"),
        (replace(PRINTED, left=Left(uses=("a",))), "effects_differ"),
        (replace(PRINTED, left=Left(tier="gold")), "effects_differ"),
        (replace(PRINTED, left=Left(goals={"card": 1})), "effects_differ"),
    ],
)  # fmt: skip
def test_what_was_printed_is_compared_with_what_comes_out_again(again: Scored, code: str) -> None:
    assert same_score(PRINTED, again) == code


@given(
    st.lists(st.integers(1, 20_000), min_size=1, max_size=4),
    st.dates(date(1940, 1, 1), date(2010, 1, 1)) | st.none(),
    st.integers(0, 300),
    st.integers(0, 12),
)
def test_an_event_scored_again_from_what_it_records_comes_out_the_same(
    amounts_minor: list[int], birthday: date | None, carried: int, stamps: int
) -> None:
    past = replace(
        NO_PAST,
        carried={"bottega/points": Fraction(carried, 3)},
        goals={"bottega/card": stamps},
        last_purchase_on=TODAY - timedelta(days=1),
        days=(),
    )
    sold = sold_to(
        ANNA,
        *(bought(amount, COFFEE) for amount in amounts_minor),
        program=CLUB,
        facts=known(past, birthday),
    )

    assert sold.scored is not None
    again = quote(basket_of(sold, NOON, sold.scored.figures), sold.scored.facts, CLUB)

    assert same_score(sold.scored, scored_by(again, CLUB, SALE)) == ""
