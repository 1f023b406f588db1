"""`python3 run.py test`: every check, part by part, with its time."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

from workshop.parts import LINTERS, PARTS, Part
from workshop.tally import Tally, read_report
from workshop.tool_run import Outcome, start_python

ROOT = Path(__file__).resolve().parent.parent
HANGS_AFTER_BUDGETS = 3  # A part that takes so many times its budget will not end by itself.
SLOWEST_SHOWN = 10
SEED_MAX = 2**32 - 1
NOTHING_CHOSEN = 5  # What pytest gives when -k fits no test of a part.


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked for."""

    parts: tuple[Part, ...]
    expression: str | None  # Of pytest's -k. None: all tests.
    seed: int


def main() -> int:
    """Run the parts in order, each to its end; 1 when any check failed."""
    choice = _choose(sys.argv[1:])
    started_at_s = time.monotonic()
    total = Tally()
    failed_parts = []
    for part in choice.parts:
        tally = _run_and_tell(part, choice)
        total += tally
        if tally.failed:
            failed_parts.append(part.name)
    _tell_end(total, failed_parts, choice.seed, time.monotonic() - started_at_s)
    return 1 if failed_parts else 0


def _choose(arguments: list[str]) -> Choice:
    parser = argparse.ArgumentParser("python3 run.py test", description=__doc__)
    names = [part.name for part in PARTS]
    parser.add_argument("--only", choices=names, action="append", help="this part; may be repeated")
    parser.add_argument("-k", metavar="EXPRESSION", help="only tests whose names fit, see pytest")
    parser.add_argument("--seed", type=int, help="the order of an earlier run")
    chosen = parser.parse_args(arguments)
    seed = SystemRandom().randint(0, SEED_MAX) if chosen.seed is None else chosen.seed
    wanted = chosen.only or [name for name in names if name != "lint" or chosen.k is None]
    parts = tuple(part for part in PARTS if part.name in wanted)
    there = tuple(part for part in parts if not part.folders or part.folders_with_tests(ROOT))
    return Choice(there, chosen.k, seed)


def _run_and_tell(part: Part, choice: Choice) -> Tally:
    print(f"{part.name:<11}", end="", flush=True)
    started_at_s = time.monotonic()
    tally, said = _run_tests(part, choice) if part.folders else _run_linters(part)
    seconds = time.monotonic() - started_at_s
    over = " (over its budget)" if seconds > part.budget_s else ""
    print(f"{seconds:5.0f} s of {part.budget_s:>3} s   {tally}{over}")
    if tally.failed:
        print(f"\n{said}\n", flush=True)
    return tally


def _run_linters(part: Part) -> tuple[Tally, str]:
    runs = {name: start_python(arguments, ROOT) for name, arguments in LINTERS.items()}
    limit_s = part.budget_s * HANGS_AFTER_BUDGETS
    outcomes = {name: run.wait(limit_s) for name, run in runs.items()}
    bad = {name: outcome.output for name, outcome in outcomes.items() if not outcome.good}
    said = "\n".join(f"-- {name}\n{output}" for name, output in bad.items())
    return Tally(len(outcomes) - len(bad), len(bad)), said


def _run_tests(part: Part, choice: Choice) -> tuple[Tally, str]:
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.xml")
        outcome = _pytest(part, choice, report)
        return read_report(report, good=outcome.good), outcome.output


def _pytest(part: Part, choice: Choice, report: Path) -> Outcome:
    arguments = [
        *("-m", "pytest", "--no-header", "--tb=short", f"--junit-xml={report}"),
        f"--randomly-seed={choice.seed}",
        *(str(folder) for folder in part.folders_with_tests(ROOT)),
    ]
    if choice.expression is not None:
        arguments += ["-k", choice.expression]
    elif part.covers:
        arguments += ["--cov", "--cov-report=term-missing"]
    measured = {"COVERAGE_FILE": str(report.with_name("coverage"))}
    run = start_python(tuple(arguments), ROOT, measured)
    outcome = run.wait(part.budget_s * HANGS_AFTER_BUDGETS)
    if choice.expression is not None and run.process.returncode == NOTHING_CHOSEN:
        return Outcome(good=True, output="")
    return outcome


def _tell_end(total: Tally, failed_parts: list[str], seed: int, seconds: float) -> None:
    if total.tests:
        print("\nSlowest tests")
        for test in total.slowest(SLOWEST_SHOWN):
            print(f"{test.seconds:7.2f} s  {test.name}")
    for reason in total.skipped:
        print(f"Skipped {reason}")
    if failed_parts:
        print(f"\nFailed: {', '.join(failed_parts)}. The same order again: --seed {seed}")
    print(f"\n{total} in {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
