from __future__ import annotations

import pytest

from tests.unit.lab.cases.own_cases import BASE, NOTHING, SALE, VOUCHER, run, told


def test_a_program_alone_is_enough_for_a_case_that_leaves_nothing_to_prose() -> None:
    result = run(f"{SALE}, expect: {{issued: 20, total: 20, balance: 25}}", given="{balance: 5}")

    assert told(result) == NOTHING


def test_sales_of_a_case_follow_each_other_and_are_remembered() -> None:
    thrice = """
[[program.rules]]
id = "third"
when = [{ kind = "visit", at = [3] }]
limits = [{ times = 1, per = "ever" }]
then = { kind = "give", points = 50 }
"""
    result = run(
        f"""
{SALE}, expect: {{issued: 20, ledger_rows: 1}}
{SALE}, expect: {{issued: 20}}
{SALE}, expect: {{issued: 70, balance: 110}}
{SALE}, expect: {{issued: 20, balance: 130, ledger_rows: 4}}
""",
        BASE + thrice,
    )

    assert told(result) == NOTHING


def test_what_points_paid_is_given_back_with_the_goods() -> None:
    result = run(
        """
do: sale, lines: [{price: 10}], redeem: [euro-off], expect: {used: 10, issued: 9, balance: 19}
do: return, expect: {used: 9, issued: 10, balance: 20, refunded: 9, ledger_rows: 4}
""",
        BASE + VOUCHER + '[case.words]\nredeem = { redeem = ["{redeem}"] }\n',
        given="{balance: 20}",
    )

    assert told(result) == NOTHING


def test_points_that_are_kept_at_a_return_stay_gone() -> None:
    result = run(
        """
do: sale, lines: [{price: 10}], redeem: [euro-off], expect: {balance: 19}
do: return, expect: {balance: 10, entry: absent}
""",
        '[program.settings]\nreturns = "keep"\n'
        + BASE
        + VOUCHER
        + '[case.words]\nredeem = { redeem = ["{redeem}"] }\n',
        given="{balance: 20}",
    )

    assert told(result) == NOTHING


def test_some_of_the_lines_may_be_brought_back_by_their_product() -> None:
    result = run(
        """
do: sale, lines: [{sku: A, price: 10, qty: 2}, {sku: B, price: 5}], expect: {issued: 25}
do: return, lines: [{sku: B, price: 5}], expect: {used: 5, refunded: 5, balance: 20}
do: return, qty: 1, expect: {used: 10, balance: 10, entry_now: 10}
"""
    )

    assert told(result) == NOTHING


def test_a_receipt_that_comes_twice_counts_once() -> None:
    result = run(
        f"""
{SALE}, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
do: repost, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
{SALE}, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
"""
    )

    assert told(result) == NOTHING


def test_a_coupon_of_one_visit_is_good_on_the_next_and_only_once() -> None:
    program = """
[[program.rules]]
id = "coupon"
when = [{ kind = "minimum_amount", amount_minor = 2000 }]
then = { kind = "issue_voucher", reward = "next" }

[[program.rewards]]
id = "next"
voucher_only = true
gives = { kind = "percent_off", rate = 0.5 }

[case.words]
use = { redeem = [{ reward = "{use}", voucher = true }] }
"""
    result = run(
        f"""
{SALE}, expect: {{coupons: 1, vouchers_held: 1, usable_now: false}}
do: sale, lines: [{{price: 10}}], use: next, expect: {{total: 5, vouchers_held: 0}}
do: sale, lines: [{{price: 10}}], use: next, expect: {{error: voucher_not_valid}}
""",
        program,
    )

    assert told(result) == NOTHING


def test_nobody_at_the_counter_earns_nothing() -> None:
    result = run(f"{SALE}, member: null, expect: {{issued: 0, total: 20, balance: null}}")

    assert told(result) == NOTHING


def test_stored_value_pays_only_what_is_there() -> None:
    program = """
[[program.units]]
id = "wallet"
precision = 2
value_minor = 1

[case.words]
wallet = { tenders = [{ kind = "stored_value", unit = "wallet", amount = "{wallet}" }] }
"""
    result = run(
        f"""
{SALE}, wallet: 7.50, expect: {{used: 7.5, due: 12.50, wallet: 2.5}}
{SALE}, wallet: 7.50, expect: {{error: insufficient_points, wanted: 7.5, available: 2.5}}
do: return, expect: {{issued: 7.5, wallet: 10}}
""",
        program,
        given="{wallet: 10}",
    )

    assert told(result) == NOTHING


def test_a_refusal_that_nobody_expected_fails_the_step() -> None:
    words = '[case.words]\nredeem = { redeem = ["{redeem}"] }\n'

    result = run(f"{SALE}, redeem: [euro-off], expect: {{issued: 0}}", BASE + VOUCHER + words)

    assert not result.passed
    assert result.steps[0].found["error"] == "insufficient_points"


def test_what_is_expected_before_and_after_rewards_is_measured_then() -> None:
    words = '[case.words]\nredeem = { redeem = ["{redeem}"] }\n'

    result = run(
        f"{SALE}, redeem: [euro-off], expect: {{total: 20}}, expect_after: {{total: 19}}",
        BASE + VOUCHER + words,
        given="{balance: 10}",
    )

    assert told(result) == NOTHING


def test_a_word_that_a_template_needs_must_be_said() -> None:
    program = '[case.verbs]\nbuy = { lines = [{ price = "{amount}" }] }\n'

    assert told(run("do: buy, amount: 3, expect: {total: 3}", BASE + program)) == NOTHING


def test_figures_are_compared_exactly_however_they_are_written() -> None:
    program = '[program.settings]\nprices = "tax_included"\n'

    result = run("do: quote, lines: [{price: 0.10, qty: 3}], expect: {total: 0.3}", program)

    assert told(result) == NOTHING
    assert not run("do: quote, lines: [{price: 1}], expect: {total: 1.0000000001}", program).passed


@pytest.mark.parametrize(("spent", "now", "later"), [(5, 25, 20), (15, 15, 15), (30, 0, 0)])
def test_points_are_spent_from_the_lots_that_expire_first(spent: int, now: int, later: int) -> None:
    program = """
[case.words]
lots = { has = { lots = ["{lots}"] } }
spent = { has = { spent = ["{spent}"] } }
day = { at = "{day}" }
"""
    lots = "lots: [20, {amount: 10, expires_on: today+2}]"

    result = run(
        f"""
do: quote, {lots}, spent: [{spent}], expect: {{balance: {now}}}
do: quote, day: today+1, expect: {{balance: {now}}}
do: quote, day: today+2, expect: {{balance: {later}}}
""",
        BASE + program,
    )

    assert told(result) == NOTHING
