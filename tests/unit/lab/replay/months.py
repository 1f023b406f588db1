"""Small months of receipts for tests, and programs to replay them under."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.lab.replay.replaying import Numbered, Replay, Terms
from pos_loyalty.lab.replay.results import Results
from pos_loyalty.lab.replay.summing import sum_up
from pos_loyalty.wire.basket_document import read_receipt
from pos_loyalty.wire.program_document import read_program

Document = dict[str, Any]

# A point for each whole euro; 10 points are 1 euro.
POINTS = """
id = "points"
version = 1
currency = "EUR"
valid_from = 2026-01-01
[name]
en = "Points"
[[units]]
id = "points"
value_minor = 10
[[rules]]
id = "base"
then = { kind = "earn", points = 1, step = 100 }
[[rewards]]
id = "euro"
cost = 10
gives = { kind = "amount_off", amount_minor = 100 }
"""
# A tenth off coffee, and no points.
COFFEE = """
id = "coffee"
version = 1
currency = "EUR"
valid_from = 2026-01-01
[name]
en = "Coffee"
[[rules]]
id = "coffee"
then = { kind = "percent_off", rate = 0.10, lines = { categories = ["coffee"] } }
"""


def program(text: str) -> Program:
    return read_program(text, "test.toml")


def receipt(day: int, member: object, *prices: int, **changes: object) -> Document:
    """Make a receipt of June 2026; `member` is an id, a document, or None."""
    told = {"id": member} if isinstance(member, str) else member
    lines = [{"sku": f"p{price}", "category": "bread", "price_minor": price} for price in prices]
    return {
        "at": f"2026-06-{day:02}T10:00:00+02:00",
        "store": "centro",
        "channel": "till",
        "currency": "EUR",
        "lines": lines,
        "member": told,
        **changes,
    }


def as_lines(receipts: Iterable[Document]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in receipts)


def numbered(receipts: Iterable[Document]) -> list[Numbered]:
    return [
        (number, read_receipt(json.dumps(one).encode()))
        for number, one in enumerate(receipts, start=1)
    ]


def replayed(
    programs: Sequence[str], receipts: Iterable[Document], terms: Terms | None = None
) -> Results:
    replay = Replay([program(text) for text in programs], terms or Terms())
    replay.play(numbered(receipts), "test")
    return sum_up(replay)
