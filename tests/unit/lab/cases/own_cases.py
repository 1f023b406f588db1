"""Cases of a program of our own, run by their steps."""

from __future__ import annotations

from pos_loyalty.lab.cases.case_file import read_cases
from pos_loyalty.lab.cases.running import CaseResult, run_case

HEAD = """
[program]
id = "mine"
version = 1
currency = "EUR"
valid_from = 2000-01-01
name = { en = "Mine" }
"""
BASE = """
[[program.rules]]
id = "base"
then = { kind = "earn", points = 1, step = 100 }
"""
VOUCHER = """
[[program.rewards]]
id = "euro-off"
cost = 10
gives = { kind = "amount_off", amount_minor = 100 }
"""
SALE = "do: sale, lines: [{price: 10, qty: 2}]"


def run(steps: str, program: str = BASE, given: str = "{}") -> CaseResult:
    """Run a case of these steps, a line each."""
    listed = "\n".join(f"  - {{{step}}}" for step in steps.strip().splitlines())
    text = f"cases:\n- id: mine\n  given: {given}\n  steps:\n{listed}\n"
    cases = read_cases(text, "mine.yaml")
    return run_case(cases.cases[0], cases, lambda _: HEAD + program)


def told(result: CaseResult) -> object:
    """Tell what did not come out, to be compared with nothing."""
    wrong = None if result.wrong is None else str(result.wrong)
    return wrong, [(one.name, one.expected, one.found) for one in result.steps if not one.passed]


NOTHING: tuple[None, list[object]] = (None, [])
