"""What holds for every program and every basket that can be written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, Wish
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import STRANGER, MemberFacts, Voucher
from pos_loyalty.domain.programs.benefits import PercentOff, Rounding
from pos_loyalty.domain.programs.effects import Earn, Give, IssueVoucher, Multiply, Stacking
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.settings import Settings
from pos_loyalty.domain.refusals import Refused
from pos_loyalty.wire.program_document import read_program, write_program
from tests.fakes.programs import COFFEE, PER_EURO, basket_of, bought, member, program_of
from tests.fakes.random_programs import (
    forgetful,
    some_basket,
    some_lines,
    some_member,
    some_program,
)

MANY = settings(max_examples=150)
wishes = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=2)


def wishing(basket: Basket, program: Program, asked: Sequence[tuple[int, int]]) -> Basket:
    """Wish for some of the program's rewards."""
    paid = [one for one in program.rewards if not one.voucher_only]
    wanted = [Wish(paid[place].id, times) for place, times in asked if place < len(paid)]
    return replace(basket, redeem=tuple(wanted))


def quote_or_refusal(basket: Basket, facts: MemberFacts | None, program: Program) -> object:
    try:
        return quote(basket, facts, program)
    except Refused as refused:
        return refused.refusal


@MANY
@given(some_basket, some_member, some_program, wishes)
def test_parts_of_a_sale_always_sum_to_the_whole(
    basket: Basket, facts: MemberFacts, program: Program, asked: list[tuple[int, int]]
) -> None:
    found = quote_or_refusal(wishing(basket, program, asked), facts, program)

    if isinstance(found, Quote):
        check_sums(found)


def check_sums(found: Quote) -> None:
    paid = sum(one.pay_minor for one in found.redemptions)
    by_reasons = sum(one.discount_minor for one in found.reasons)
    by_rewards = sum(one.discount_minor for one in found.redemptions)
    assert found.to_pay_minor >= 0
    assert found.total_minor - found.discount_minor + paid == found.to_pay_minor
    assert sum(line.discount_minor for line in found.lines) == found.discount_minor
    assert by_reasons + by_rewards == found.discount_minor
    assert all(line.discount_minor >= 0 for line in found.lines)
    assert sum(one.base_minor + one.tax_minor for one in found.tax) == found.to_pay_minor - paid
    for unit, points in found.earned.items():
        assert points >= 0
        assert points == sum(one.earned for one in found.reasons if one.unit == unit)
        if found.lines:
            assert points == sum(line.earned[unit] for line in found.lines)
        assert all(line.earned[unit] >= 0 for line in found.lines)


@MANY
@given(some_basket, some_member, some_program, wishes)
def test_the_order_in_which_goods_are_scanned_does_not_matter(
    basket: Basket, facts: MemberFacts, program: Program, asked: list[tuple[int, int]]
) -> None:
    basket = wishing(basket, program, asked)
    turned = replace(basket, lines=tuple(reversed(basket.lines)))

    one, other = (quote_or_refusal(each, facts, program) for each in (basket, turned))

    if isinstance(one, Quote) and isinstance(other, Quote):
        assert by_line(basket, one) == by_line(turned, other)
        one, other = (replace(each, lines=(), lots=()) for each in (one, other))
    assert one == other


def by_line(basket: Basket, found: Quote) -> list[str]:
    """Tell what every line comes to, the lines in an order of their own."""
    return sorted(map(repr, zip(basket.lines, found.lines, strict=True)))


@MANY
@given(some_basket, some_member | st.none(), some_program, wishes)
def test_the_same_sale_comes_out_the_same_every_time(
    basket: Basket, facts: MemberFacts | None, program: Program, asked: list[tuple[int, int]]
) -> None:
    basket = wishing(basket, program, asked)
    again = replace(program)  # Equal, but nothing of it was worked out before.

    assert quote_or_refusal(basket, facts, program) == quote_or_refusal(basket, facts, again)


@settings(max_examples=60)
@given(some_basket, some_member, some_program, wishes)
def test_a_program_read_back_from_its_document_gives_the_same_quote(
    basket: Basket, facts: MemberFacts, program: Program, asked: list[tuple[int, int]]
) -> None:
    basket = wishing(basket, program, asked)
    again = read_program(write_program(program), "program.json")

    assert quote_or_refusal(basket, facts, again) == quote_or_refusal(basket, facts, program)


@MANY
@given(some_basket, some_member, some_program)
def test_a_reward_of_everything_leaves_exactly_nothing_to_pay(
    basket: Basket, facts: MemberFacts, program: Program
) -> None:
    everything = Reward("all", PercentOff(Fraction(1)), voucher_only=True)
    program = replace(program, rewards=(everything,), rules=_without_vouchers(program))
    before = quote(basket, facts, program)
    voucher = Voucher("V", "all")

    if before.to_pay_minor:
        found = quote(replace(basket, vouchers=(voucher,)), facts, program)

        assert (found.to_pay_minor, found.discount_minor) == (0, before.total_minor)
        assert all(one.base_minor == one.tax_minor == 0 for one in found.tax)


def _without_vouchers(program: Program) -> tuple[Rule, ...]:
    return tuple([rule for rule in program.rules if not isinstance(rule.then, IssueVoucher)])


@MANY
@given(st.data(), some_basket, some_member, some_program)
def test_a_till_that_knows_less_never_gives_more_points_than_one_that_knows(
    data: st.DataObject, basket: Basket, facts: MemberFacts, program: Program
) -> None:
    program = replace(program, rules=tuple([one for one in program.rules if _only_gives(one)]))
    program = replace(program, settings=Settings(), goals=())
    less = data.draw(forgetful(facts))

    known, guessed = (quote(basket, one, program) for one in (facts, less))

    for unit, points in guessed.earned.items():
        assert points <= known.earned[unit]


def _only_gives(rule: Rule) -> bool:
    """Whether a rule can only add to what others earn."""
    then = rule.then
    adds = isinstance(then, Earn | Give) or (isinstance(then, Multiply) and then.by >= 1)
    return adds and rule.stacking in (None, Stacking.ADD)


@MANY
@given(some_basket, some_member, some_program)
def test_a_cap_never_makes_points(basket: Basket, facts: MemberFacts, program: Program) -> None:
    capped = quote(basket, facts, program)
    uncapped = quote(basket, facts, replace(program, caps=()))

    for unit, points in capped.earned.items():
        assert points <= uncapped.earned[unit]
        for cap in program.caps:
            if cap.unit == unit:
                goals = sum(capped.earned.values()) if program.goals else 0
                assert points <= cap.most or goals


@MANY
@given(some_basket, some_program)
def test_who_is_nobody_earns_nothing_and_pays_the_price(basket: Basket, program: Program) -> None:
    found = quote(basket, None, program)

    assert not any(found.earned.values())
    assert (found.discount_minor, found.balance_after, found.rewards) == (0, {}, ())


@MANY
@given(some_basket, some_member, some_program)
def test_every_rule_of_the_event_says_why(
    basket: Basket, facts: MemberFacts, program: Program
) -> None:
    found = quote(basket, facts, program)

    told = [one.rule for one in found.reasons]
    assert told == [rule.id for rule in program.rules] + [goal.id for goal in program.goals]
    for one in found.reasons:
        if one.outcome is Outcome.UNKNOWN:
            assert one.missing
        if one.earned > 0 or one.discount_minor:
            assert one.outcome in (Outcome.APPLIED, Outcome.CAPPED)


earns = st.builds(
    lambda points, step, above, rounding: Earn(
        Fraction(points), Decimal(step), above=Decimal(above), rounding=rounding
    ),
    st.integers(1, 5),
    st.integers(1, 500),
    st.sampled_from((0, 500)),
    st.sampled_from(Rounding),
)


@MANY
@given(st.lists(earns, min_size=1, max_size=3), some_lines, st.integers(0, 2000))
def test_who_spends_more_never_earns_less(
    effects: list[Earn], lines: tuple[Line, ...], more: int
) -> None:
    rules = [Rule(f"rule-{i}", effect) for i, effect in enumerate(effects)]
    double = Rule("double", Multiply(Fraction(2), lines=COFFEE))
    program = program_of(*rules, double)

    less = quote(basket_of(*lines), member(), program)
    then = quote(basket_of(*lines, bought(more, category="wine")), member(), program)

    assert then.earned["points"] >= less.earned["points"]


def test_nothing_is_lost_at_the_largest_amounts() -> None:
    lines = [bought(10**12, sku=f"s{i}", tax_rate=Fraction(22, 100)) for i in range(500)]
    program = program_of(
        Rule("base", Earn(Fraction(10**9), Decimal(1))),
        Rule("double", Multiply(Fraction(10**9), lines=Selection(skus=("s1",)))),
    )

    found = quote(basket_of(*lines), member(), program)

    base, extra = 500 * 10**12 * 10**9, (10**9 - 1) * 10**12 * 10**9
    assert found.earned == {"points": base + extra}
    check_sums(found)


def test_a_stranger_is_a_member_whose_balance_nobody_knows_here() -> None:
    found = quote(basket_of(bought(1000)), STRANGER, program_of(PER_EURO))

    assert (found.earned, found.balance_after) == ({"points": 10}, {"points": None})
