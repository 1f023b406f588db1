"""What the tests of a part came to, read from the report that pytest writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, parse


@dataclass(frozen=True, slots=True)
class TimedTest:
    """A test that ran, and how long it took with what it needed."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many checks of a part passed and failed, which were skipped and why."""

    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()
    tests: tuple[TimedTest, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.tests + other.tests,
        )

    def slowest(self, count: int) -> tuple[TimedTest, ...]:
        """Choose the tests that took longest."""
        return tuple(sorted(self.tests, key=lambda test: -test.seconds)[:count])

    def __str__(self) -> str:
        words = [f"{self.passed} passed", f"{self.failed} failed"]
        if self.skipped:
            words.append(f"{len(self.skipped)} skipped")
        return ", ".join(words)


def read_report(report: Path, *, good: bool) -> Tally:
    """Count what a JUnit report names. A run that is not `good` has at least one failure."""
    cases: list[Element] = []
    if report.exists() and report.stat().st_size:  # Else pytest did not come so far.
        cases = list(parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it
    bad = sum(1 for case in cases if case.find("failure") is not None or _errs(case))
    skipped = tuple(
        f"{case.get('name')}: {reason.get('message')}"
        for case in cases
        if (reason := case.find("skipped")) is not None
    )
    tests = tuple(TimedTest(str(case.get("name")), float(case.get("time", 0))) for case in cases)
    failed = bad if good else max(bad, 1)
    return Tally(len(cases) - bad - len(skipped), failed, skipped, tests)


def _errs(case: Element) -> bool:
    return case.find("error") is not None
