from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from pos_loyalty.lab.cases.case_file import Case
from pos_loyalty.lab.cases.running import CaseResult, run_case
from pos_loyalty.wire.document_text import Figure
from tests.unit.lab.cases.peers import ALL, ORIGINAL, TEXT, document_of, read


def run(name: str, text: str) -> CaseResult:
    cases = read(text)
    return run_case(next(case for case in cases.cases if case.id == name), cases, document_of)


def within(name: str, change: Callable[[str], str]) -> str:
    """Change the file within one case only."""
    start = TEXT.index(f"- id: {name}\n")
    end = TEXT.find("\n- id: ", start)
    end = len(TEXT) if end < 0 else end
    changed = change(TEXT[start:end])
    assert changed != TEXT[start:end]
    return TEXT[:start] + changed + TEXT[end:]


# A case, and what is changed in it: figures of the steps, and the expectations that follow.
ALTERED = [
    (
        "ODP-05-refund-prorates-earned",
        [
            ("price: 50", "price: 60"),
            ("balance: 100", "balance: 120"),
            ("used: 50", "used: 60"),
            ("balance: 50", "balance: 60"),
        ],
    ),
    (
        "ODP-05-refund-prorates-earned",
        [
            ("qty: 2", "qty: 3"),
            ("balance: 100", "balance: 150"),
            ("balance: 50", "balance: 100"),
        ],
    ),
    (
        "ODP-02-cost-recomputed-not-trusted",
        [
            ("balance: 50", "balance: 7"),
            ("price: 100", "price: 30"),
            ("issued: 100", "issued: 30"),
            ("balance: 145", "balance: 32"),
        ],
    ),
    (
        "ODP-03-free-product-cost-ceil",
        [
            ("free_qty: 5", "free_qty: 8"),
            ("used: 9", "used: 12"),
            ("balance: 41", "balance: 38"),
        ],
    ),
    (
        "ODP-04-insufficient-rejected",
        [
            ("balance: 3", "balance: 1"),
            ("available: 4", "available: 2"),
        ],
    ),
    (
        "ODP-09-idempotent-posting",
        [
            ("amount: 10", "amount: 12.5"),
            ("balance: 40", "balance: 37.5"),
            ("balance: 40", "balance: 37.5"),
        ],
    ),
    (
        "ODP-12-gift-card-partial-use",
        [
            ("amount: 3.2", "amount: 7.55"),
            ("used: 3.2", "used: 7.55"),
            ("card_balance: 46.8", "card_balance: 42.45"),
        ],
    ),
    (
        "ODP-13-coupon-not-consumed-if-not-paid",
        [
            ("coupon_points: 4.5", "coupon_points: 3.0"),
        ],
    ),
    (
        "ODU-01-fractional-earn-and-block-redeem",
        [
            ("balance: 100", "balance: 130"),
            ("blocks_of: 100", "blocks_of: 50"),
            ("price: 265", "price: 300"),
            ("won: 26.5", "won: 30"),
            ("total: 165", "total: 200"),
        ],
    ),
    (
        "ODU-04-fixed-reward-across-tax-rates",
        [
            ("fixed: 5", "fixed: 7.5"),
            ("total: 205", "total: 202.5"),
        ],
    ),
    (
        "ODU-06-programme-usage-limit",
        [
            ("percent: 100", "percent: 50"),
            ("total: 0", "total: 7.65"),
        ],
    ),
    (
        "ODU-08-buy2-take1",
        [
            ("n: 9", "n: 11"),
            ("free: 4", "free: 5"),
        ],
    ),
    (
        "ODS-02-earn-net-of-order-discount",
        [
            ("promo_percent: 10", "promo_percent: 25"),
            ("total: 90", "total: 75"),
            ("issued: 90", "issued: 75"),
        ],
    ),
    (
        "ODS-09-wallet-debit",
        [
            ("wallet: 1000", "wallet: 500"),
            ("wallet: 900", "wallet: 400"),
        ],
    ),
    (
        "ODS-11-cheapest-within-tag",
        [
            ("    - C\n", ""),
            ("discount: 5.0", "discount: 11.5"),
        ],
    ),
    (
        "ODS-16-min-qty-and-amount",
        [
            ("A: 3", "A: 2"),
            ("applies: true", "applies: false"),
        ],
    ),
    (
        "ODS-18-date-bounds-inclusive",
        [
            ("to: today-2", "to: today"),
            ("applies: false", "applies: true"),
        ],
    ),
    (
        "ODS-20-tax-threshold-and-cap",
        [
            ("cap: 200", "cap: 100"),
            ("total: 2994.0", "total: 3094.0"),
            ("untaxed: 2636.09", "untaxed: 2723.04"),
        ],
    ),
    (
        "ODS-24-two-fixed-discounts-with-minimum",
        [
            ("chairs: 15", "chairs: 20"),
            ("total: 47.5", "total: 130"),
        ],
    ),
    (
        "BKS-01-tier-factor",
        [
            ("price: 4000", "price: 2500"),
            ("tier: Gold", "tier: Silver"),
            ("issued: 2000", "issued: 1250"),
        ],
    ),
    (
        "BKS-03-outside-programme-dates",
        [
            ("date: outside", "date: 2024-12-30"),
            ("issued: 0", "issued: 2000"),
        ],
    ),
    (
        "OLY-18-spend-guard",
        [
            ("amount: 100\n      ok: false", "amount: 90\n      ok: true"),
        ],
    ),
    (
        "OLY-20-reward-limits",
        [
            ("  - - 10\n    - 20", "  - - 20\n    - 20"),
            ("not_enough_points\n", "ok\n"),
        ],
    ),
    (
        "OLY-20-reward-limits",
        [
            ("    - true\n    - 2\n    - 2", "    - true\n    - 3\n    - 2"),
            ("    - no_coupons_left", "    - ok"),
        ],
    ),
    (
        "ESS-01-excess-over-threshold",
        [
            ("  - - 100\n    - 190", "  - - 200\n    - 390"),
            ("  - - 9000\n    - 81", "  - - 7000\n    - 54"),
        ],
    ),
    (
        "X5-01-two-bands",
        [
            ("  - - 600\n    - 60", "  - - 554\n    - 27"),
            ("  - - 657\n    - 65", "  - - 99\n    - 9"),
        ],
    ),
    (
        "COOP-01-pay-with-member-card",
        [
            (
                "  - - 41\n    - pay_member_card\n    - 61",
                "  - - 43\n    - pay_member_card\n    - 64",
            ),
        ],
    ),
]


@pytest.mark.parametrize(("name", "changes"), ALTERED)
def test_a_case_with_other_figures_is_worked_out_anew(
    name: str, changes: list[tuple[str, str]]
) -> None:
    def change(case: str) -> str:
        for old, new in changes:
            assert old in case
            case = case.replace(old, new, 1)
        return case

    result = run(name, within(name, change))

    told = [(step.expected, step.found) for step in result.steps if not step.passed]
    assert (result.wrong, told) == (None, [])


def wrong(value: object) -> object:
    if isinstance(value, Figure):
        return Figure(Decimal(value) + 1)
    return not value if isinstance(value, bool) else "nonsense"


def with_wrong_expectations(case: Case) -> Iterator[Case]:
    """Make a case for each of its expectations, with that one wrong."""
    for i, step in enumerate(case.steps):
        for word in step.expected:
            expected = {**step.expected, word: wrong(step.expected[word])}
            steps = (*case.steps[:i], replace(step, expected=expected), *case.steps[i + 1 :])
            yield replace(case, steps=steps)
    for word, rows in case.tables.items():
        for i, row in enumerate(rows):
            cells = [*row[:-1], wrong(row[-1])]
            yield replace(case, tables={**case.tables, word: [*rows[:i], cells, *rows[i + 1 :]]})


@pytest.mark.parametrize("name", ALL)
def test_an_expectation_that_is_wrong_is_found(name: str) -> None:
    results = [run_case(case, ORIGINAL, document_of) for case in with_wrong_expectations(ALL[name])]

    assert [result.passed for result in results] == [False] * len(results)
    assert [result.wrong for result in results] == [None] * len(results)


def test_a_basket_that_cases_share_is_theirs_to_change() -> None:
    text = TEXT.replace("    price: 12\n", "    price: 20\n").replace("points: 608", "points: 640")

    assert run("OLY-01", text).passed
    assert not run("OLY-02", text).passed
