"""Running cases: each with its own program, every expectation measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pos_loyalty.domain.errors import CurrencyMismatch, WrongDocument
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.lab.cases.acting import Actor, now_of
from pos_loyalty.lab.cases.case_file import AFTER, Case, CaseFile, Step
from pos_loyalty.lab.cases.companion import Asked, Columns, Companion, read_companion
from pos_loyalty.lab.cases.counter import Outcome
from pos_loyalty.lab.cases.drafting import Draft, Drafter
from pos_loyalty.lab.cases.measuring import (
    ABOUT_REFUSALS,
    NAMES,
    Found,
    asked_by,
    measure,
)
from pos_loyalty.lab.cases.program_of import program_with
from pos_loyalty.wire.document_text import Figure, Place, place, shown

EXPECTED = "expect."
REFUSAL = "error"
Texts = Callable[[str], str]  # A case's program and companion by its id. Raises WrongDocument.


@dataclass(frozen=True, slots=True)
class StepResult:
    """What was expected of a step and what was found, by the case's own words."""

    name: str
    expected: Mapping[str, object]
    found: Mapping[str, Found]
    same: Mapping[str, bool]
    refused: bool = False  # And nobody expected it.

    @property
    def passed(self) -> bool:
        """Whether all came out as expected."""
        return all(self.same.values()) and not self.refused


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, run. `wrong`: what kept it from being run to its end."""

    case: Case
    steps: tuple[StepResult, ...]
    wrong: WrongDocument | None = None
    program: Program | None = None

    @property
    def passed(self) -> bool:
        """Whether all came out as expected."""
        return self.wrong is None and all(step.passed for step in self.steps)


def run_cases(cases: CaseFile, text_of: Texts) -> Iterator[CaseResult]:
    """Run every case of a file."""
    for case in cases.cases:
        yield run_case(case, cases, text_of)


def run_case(case: Case, cases: CaseFile, text_of: Texts) -> CaseResult:
    """Run one case; what is wrong with its documents is part of the result."""
    done: list[StepResult] = []
    program: Program | None = None
    try:
        file = f"{case.id}.toml"
        companion = read_companion(text_of(case.id), file)
        program = program_with(companion.program, {}, file)
        _check_measures(companion, program)
        for steps, verb in _runs(case, companion, cases.name):
            run = _Run(case, companion, program, cases)
            for step in steps:
                done.append(run.step(step, verb))  # noqa: PERF401 - those before an error are told
        if not any(step.expected for step in done):
            raise _wrong(cases.name, case.place, "no expectation", "what is to come of it")
    except WrongDocument as error:
        return CaseResult(case, tuple(done), error, program)
    except CurrencyMismatch as error:
        wrong = _wrong(cases.name, case.place, error.found, error.expected)
        return CaseResult(case, tuple(done), wrong, program)
    return CaseResult(case, tuple(done), program=program)


def _runs(case: Case, companion: Companion, file: str) -> Iterator[tuple[Sequence[Step], str]]:
    """List what begins anew with everything forgotten: the steps, and each row of each table."""
    if case.steps:
        yield case.steps, companion.do
    for word, rows in case.tables.items():
        columns = companion.tables.get(word)
        if columns is None:
            allowed = "its columns in case.tables of " + companion.file
            raise _wrong(file, (*case.place, word), "a table", allowed)
        for number, row in enumerate(rows):
            where = (*case.place, word, number)
            yield (_row(row, columns, where, file),), columns.do


def _check_measures(companion: Companion, program: Program) -> None:
    """See that what the companion measures is there. Raises WrongDocument."""
    there = {
        "unit": [one.id for one in program.units],
        "rule": [one.id for one in program.rules],
        "reward": [one.id for one in program.rewards],
        "goal": [one.id for one in program.goals],
    }
    for word, asked in companion.measures.items():
        where = ("case", "measures", word)
        if asked_by(word, companion.measures, program) is None:
            allowed = allowed_words(asked.measure, (*NAMES, *there["unit"]))
            raise _wrong(companion.file, (*where, "measure"), asked.measure, allowed)
        for name, ids in there.items():
            value: str = getattr(asked, name)
            if value and value not in ids:
                allowed = allowed_words(value, ids)
                raise _wrong(companion.file, (*where, name), value, allowed)


def _row(row: Sequence[object], columns: Columns, where: Place, file: str) -> Step:
    if len(row) != len(columns.columns):
        found, allowed = (
            f"{len(row)} cells",
            f"{len(columns.columns)}: {', '.join(columns.columns)}",
        )
        raise _wrong(file, where, found, allowed)
    words: dict[str, object] = {}
    expected: dict[str, object] = {}
    for column, cell in zip(columns.columns, row, strict=True):
        if column.startswith(EXPECTED):
            expected[column.removeprefix(EXPECTED)] = cell
        else:
            words[column] = cell
    return Step(where, f"{where[-2]} {int(where[-1]) + 1}", words, expected)


class _Run:
    """The steps of one case, or one row of its tables, from the beginning."""

    __slots__ = ("_actor", "_companion", "_drafter", "_file", "_program")

    def __init__(self, case: Case, companion: Companion, program: Program, cases: CaseFile) -> None:
        self._companion = companion
        self._program = program
        self._file = cases.name
        self._actor = Actor(case, companion, program, cases.name)
        today = now_of(companion).date()
        self._drafter = Drafter(companion, program, cases, case, today)

    def step(self, step: Step, verb: str) -> StepResult:
        """Do a step and measure what is expected of it. Raises WrongDocument."""
        drafts, expected = self._drafter.drafts(step, verb)
        asked = {word: self._asked(word, step) for word in expected}
        before = self._before_rewards(drafts, expected)
        outcomes: dict[str, Outcome] = {}
        for draft in drafts:
            name = draft.said.get("as")
            last = outcomes[""] = self._actor.act(draft)
            outcomes["" if name is None else str(name.value)] = last
        found: dict[str, Found] = {}
        for word, one in asked.items():
            outcome = outcomes.get(one.of)
            if outcome is None:
                names = ", ".join(name for name in outcomes if name)
                raise _wrong(self._file, (*step.place, word), f"of {one.of}", names)
            if before is not None and not word.startswith(AFTER):
                outcome = before
            found[word] = measure(outcome, one)
        return self._result(step, expected, asked, found, outcomes[""])

    def _before_rewards(
        self, drafts: Sequence[Draft], expected: Mapping[str, object]
    ) -> Outcome | None:
        """Look at the bill without its wishes, where a step tells what is expected after them."""
        if not any(word.startswith(AFTER) for word in expected):
            return None
        *first, last = drafts
        without = {word: said for word, said in last.lists.items() if word != "redeem"}
        quote = replace(last, lists=without)
        return self._actor.look(quote) if not first else None

    def _asked(self, word: str, step: Step) -> Asked:
        """Find what a word of an expectation means. Raises WrongDocument: it is never skipped."""
        name = word.rpartition(".")[2] if word.startswith("expect_") else word
        found = asked_by(name, self._companion.measures, self._program)
        if found is None:
            units = (unit.id for unit in self._program.units)
            known = (*self._companion.measures, *NAMES, *units)
            allowed = allowed_words(name, known) + ", or one of case.measures"
            where = (*step.place, *(word.split(".") if word != name else ("expect", name)))
            raise _wrong(self._file, where, f"the unknown expectation {name!r}", allowed)
        return found

    def _result(
        self,
        step: Step,
        expected: Mapping[str, object],
        asked: Mapping[str, Asked],
        found: dict[str, Found],
        last: Outcome,
    ) -> StepResult:
        says = self._companion.says
        same = {word: is_same(expected[word], found[word], says) for word in expected}
        about = any(one.measure in ABOUT_REFUSALS for one in asked.values())
        refused = last.refusal is not None and not about
        if refused and last.refusal is not None:
            found[REFUSAL] = last.refusal.code
        return StepResult(step.name, expected, found, same, refused)


def is_same(expected: object, found: Found, says: Mapping[str, str]) -> bool:
    """Whether something was found as expected; figures exactly, whatever they are written with.

    `says` has the peer's words for ours. A refusal may be named without what it is about.
    """
    if isinstance(expected, Figure):
        return isinstance(found, Fraction) and Fraction(expected) == found
    if isinstance(expected, list):
        return isinstance(found, tuple) and [says.get(str(one), one) for one in expected] == list(
            found
        )
    if isinstance(expected, str):
        ours = says.get(expected, expected)
        if found is None:
            return ours == ""
        return isinstance(found, str) and (found == ours or found.startswith(f"{ours}."))
    return expected is found


def _wrong(file: str, where: Place, found: str, allowed: str) -> WrongDocument:
    return WrongDocument(file=file, path=place(where), found=shown(found), allowed=allowed)
