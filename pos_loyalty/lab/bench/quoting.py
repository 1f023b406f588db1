"""How long a large basket under many rules takes, and whether twice as much takes twice as long."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from functools import partial

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.bench.figures import Group, Limit, Stat, times_ms
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.wire.program_document import read_program

LINES, RULES = 40, 30
TAX = Fraction(1, 10)
LARGE = Limit(5, Stat.P50)
CATEGORIES = ("grocery/coffee", "grocery/tea", "fresh/fruit", "drinks/wine", "home")
AT = datetime(2026, 6, 2, 12, tzinfo=UTC)
MEMBER = MemberFacts(balances={"points": 3120}, lots=(), visits=3, usage={}, carried={}, goals={})
HEAD = """
id = "bench-rules"
version = {version}
currency = "EUR"
valid_from = 2026-01-01
[name]
en = "Bench"
[[rules]]
id = "base"
then = {{ kind = "earn", points = 1, step = 100 }}
"""
RULE = """
[[rules]]
id = "rule-{number}"
"""
KINDS = (
    'then = {{ kind = "earn", points = 1, step = 200, lines = {{ categories = ["{category}"] }} }}',
    'then = {{ kind = "multiply", by = 2, lines = {{ categories = ["{category}"] }} }}',
    (
        'then = {{ kind = "give", points = 5 }}\n'
        'when = [{{ kind = "minimum_amount", amount_minor = 2000 }}]'
    ),
    'then = {{ kind = "percent_off", rate = 0.05, lines = {{ categories = ["{category}"] }} }}',
    'then = {{ kind = "give", points = 2 }}\nwhen = [{{ kind = "visit", every = 4 }}]',
    'then = {{ kind = "member_price", price_minor = 150, lines = {{ skus = ["{number}"] }} }}',
)


def quoting(_bench: Bench) -> Group:
    """Measure a large quote, and how it grows with lines and with rules."""
    group = Group("quote")
    basket, program = _basket(LINES), _program(RULES)
    what = f"quote, {LINES} lines, {RULES} rules"
    took = group.add(what, times_ms(partial(quote, basket, MEMBER, program)), LARGE)
    wide = partial(quote, _basket(2 * LINES), MEMBER, program)
    lines = group.add("  twice the lines", times_ms(wide))
    group.compare("  twice the lines ÷ once", lines, took, Stat.P50)
    many = partial(quote, basket, MEMBER, _program(2 * RULES))
    rules = group.add("  twice the rules", times_ms(many))
    group.compare("  twice the rules ÷ once", rules, took, Stat.P50)
    return group


def _basket(count: int) -> Basket:
    lines = tuple(
        Line(
            f"Product {number}",
            199 + number * 37 % 900,
            sku=str(number),
            category=CATEGORIES[number % len(CATEGORIES)],
            tax_rate=TAX,
        )
        for number in range(count)
    )
    return Basket(AT, StoreId("centro"), "EUR", lines)


def _program(rules: int) -> Program:
    text = HEAD.format(version=rules)
    for number in range(1, rules):
        category = CATEGORIES[number % len(CATEGORIES)]
        text += RULE.format(number=number)
        text += KINDS[number % len(KINDS)].format(number=number, category=category)
    return read_program(text, "bench.toml")
