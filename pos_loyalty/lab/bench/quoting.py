"""How long a quote takes, and whether twice as much takes twice as long."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.past import facts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.bench.figures import Group, Limit, Stat, times_ms
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.rules import program_of_many
from pos_loyalty.lab.bench.shop import BIRTHDAY, PROGRAM, ZONE, past, shelf
from pos_loyalty.wire.program_document import read_program

MEGABYTE = bytes(1_000_000)
LINES, RULES = 40, 30
LARGE = Limit(2, Stat.P50)
DOUBLE = Limit(3, Stat.P50)  # Linear is 2, quadratic 4.


def quoting(_bench: Bench) -> Group:
    """Measure quotes: their time grows with the lines and with the rules, and no faster."""
    group = Group("quote")
    hashing = group.add("SHA-256 of 1 MB", times_ms(lambda: sha256(MEGABYTE).digest()))
    program = read_program(PROGRAM, "bench.toml")
    for count in (1, 10, 100):
        took = group.add(f"quote, {count} lines", _times_ms(count, program))
        group.compare(f"  quote, {count} lines ÷ SHA-256 of 1 MB", took, hashing, Stat.P50)
    large = group.add(
        f"quote, {LINES} lines, {RULES} rules", _times_ms(LINES, program_of_many(RULES)), LARGE
    )
    for what, lines, rules in (("lines", 2 * LINES, RULES), ("rules", LINES, 2 * RULES)):
        twice = group.add(f"  twice the {what}", _times_ms(lines, program_of_many(rules)))
        group.compare(f"  twice the {what} ÷ once", twice, large, Stat.P50, DOUBLE)
    return group


def _times_ms(lines: int, program: Program) -> list[float]:
    return times_ms(partial(quote, basket_of(lines), facts_under(program), program))


def basket_of(count: int) -> Basket:
    """Take so many lines to the till."""
    lines = tuple(shelf(number) for number in range(count))
    return Basket(datetime.now(ZoneInfo(ZONE)), StoreId("centro"), "EUR", lines)


def facts_under(program: Program) -> MemberFacts:
    """Tell what a program may know of a member who came every week of a year."""
    return facts_of(past(1), program, datetime.now(UTC).date(), BIRTHDAY, ())
