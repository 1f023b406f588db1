"""How many receipts of a month one core replays in a second: under a program, and beside one."""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from pos_loyalty.lab.bench.figures import Group, Limit, Stat
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.replay.replaying import Replay, Terms
from pos_loyalty.wire.basket_document import read_receipts
from pos_loyalty.wire.program_document import read_program

PER_SECOND = Limit(5000, Stat.MAX, at_least=True)
RUNS = 3
RECEIPTS_FOR_A_SALE = 20  # Of the plan: 10,000 receipts where 500 sales are measured.
LINES = 6
PRODUCTS, MEMBERS, MINUTES = 2000, 2500, 30 * 24 * 60
SEED = 3
DEAREST = 25
CATEGORIES = ("grocery/coffee", "grocery/tea", "fresh/fruit", "drinks/wine", "home")
FIRST = datetime(2026, 6, 1, 8, tzinfo=UTC)

PRESENT = """
id = "present"
version = 1
currency = "EUR"
valid_from = 2026-01-01
[name]
en = "Present"
[[rules]]
id = "base"
then = { kind = "earn", points = 1, step = 100 }
[[rules]]
id = "coffee"
then = { kind = "multiply", by = 2, lines = { categories = ["grocery/coffee"] } }
[[rules]]
id = "large"
then = { kind = "give", points = 5 }
when = [{ kind = "minimum_amount", amount_minor = 5000 }]
[[rewards]]
id = "five"
cost = 500
gives = { kind = "amount_off", amount_minor = 500 }
"""
NEXT = (
    PRESENT.replace("present", "next").replace("Present", "Next")
    + """
[[units]]
id = "points"
lasts = { kind = "months", months = 12 }
[[rules]]
id = "wine"
then = { kind = "percent_off", rate = 0.05, lines = { categories = ["drinks/wine"] } }
[[rules]]
id = "fresh"
then = { kind = "multiply", by = 1.5, lines = { categories = ["fresh"] } }
when = [{ kind = "minimum_amount", amount_minor = 2000 }]
[[rules]]
id = "weekend"
then = { kind = "multiply", by = 2 }
when = [{ kind = "weekday", days = ["saturday", "sunday"] }]
[[rules]]
id = "fourth"
then = { kind = "give", points = 10 }
when = [{ kind = "visit", every = 4 }]
"""
)


def replaying(bench: Bench) -> Group:
    """Measure reading and replaying a month of receipts of six lines.

    Beside a present program every receipt is worked out twice.
    """
    group = Group("replay")
    lines = list(receipts(bench.plan.sales * RECEIPTS_FOR_A_SALE))
    _month(lines[: len(lines) // 10 + 1], (NEXT, PRESENT))  # Warms up what is made once.
    both = (NEXT, PRESENT)
    for programs, how in ((both[:1], "one program"), (both, "beside one")):
        rates = [_month(lines, programs) for _ in range(RUNS)]
        what = f"receipts per second of one core, {LINES} lines, {how}"
        group.add(what, rates, PER_SECOND, unit="1/s")
    if bench.plan.profile:
        group.remarks.append(_profile(lines))
    return group


def receipts(count: int) -> Iterator[bytes]:
    """Make up a month's receipts as lines of a file, the same ones every time."""
    chance = random.Random(SEED)  # noqa: S311 - a made-up month, the same every time
    for number in range(count):
        at = FIRST + timedelta(minutes=number * MINUTES // count)
        receipt = {
            "at": at.isoformat(),
            "store": "centro",
            "channel": "till",
            "currency": "EUR",
            "receipt": f"1.{number + 1}",
            "lines": [_line(chance.randrange(PRODUCTS), chance) for _ in range(LINES)],
            "member": {"id": f"m{chance.randrange(MEMBERS)}"},
        }
        yield json.dumps(receipt).encode()


def _line(product: int, chance: random.Random) -> dict[str, object]:
    return {
        "sku": f"80011{product:07}",
        "name": f"Product {product}",
        "category": CATEGORIES[product % len(CATEGORIES)],
        "quantity": str(chance.choice((1, 1, 1, 2))),
        "price_minor": 99 + product * 7 % 900,
        "tax_rate": ("0.22", "0.10", "0.04")[product % 3],
    }


def _month(lines: list[bytes], texts: Sequence[str]) -> float:
    """Replay it; answers with its receipts per second of the processor's time."""
    began = time.process_time()
    _replay(lines, texts)
    return len(lines) / (time.process_time() - began)


def _replay(lines: list[bytes], texts: Sequence[str]) -> None:
    programs = [read_program(text, "bench.toml") for text in texts]
    Replay(programs, Terms()).play(enumerate(read_receipts(lines), start=1), "bench")


def _profile(lines: list[bytes]) -> str:
    profile = cProfile.Profile()
    profile.runcall(_replay, lines, (NEXT, PRESENT))
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(DEAREST)
    return told.getvalue()
