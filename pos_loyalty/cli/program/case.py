"""`pos-loyalty program case`: worked examples of other systems, run as programs of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.program.reading import WRONG_DOCUMENT, tell_wrong, text_in, wrong_facts

if TYPE_CHECKING:
    from pos_loyalty.lab.cases.running import CaseResult

FAILED = 1  # The exit code.


def case(
    file: Annotated[Path, typer.Argument(help="Cases, YAML.")],
    programs: Annotated[
        Path, typer.Argument(help="The folder with a program for each case: its id, then .toml.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    table: Annotated[
        Path | None, typer.Option(help="Write the table of cases into this Markdown file, too.")
    ] = None,
) -> None:
    """Run every case of a file with its program, and compare what comes out.

    Exit codes: 0 all passed, 1 some did not, 2 the file of cases cannot be read.
    """
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.lab.cases.case_file import read_cases
    from pos_loyalty.lab.cases.running import run_cases

    try:
        cases = read_cases(text_in(file), file.name)
        _check_folder(programs)
        results = tuple(run_cases(cases, lambda name: text_in(programs / f"{name}.toml")))
        if table is not None:
            _write_table(table, results)
    except WrongDocument as error:
        tell_wrong(error, file, as_json=as_json)
        raise typer.Exit(WRONG_DOCUMENT) from error
    if as_json:
        typer.echo(json.dumps(_facts(results), ensure_ascii=False))
    else:
        _tell(results)
    if not all(one.passed for one in results):
        raise typer.Exit(FAILED)


def _check_folder(folder: Path) -> None:
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.wire.document_text import WHOLE

    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise WrongDocument(file=str(folder), path=WHOLE, found=found, allowed="a folder")


def _write_table(file: Path, results: tuple[CaseResult, ...]) -> None:
    """Put the table into a Markdown file, between its marks."""
    from pos_loyalty.lab.cases.case_table import with_table

    file.write_text(with_table(text_in(file), results, file.name), "utf-8")


def _facts(results: tuple[CaseResult, ...]) -> dict[str, object]:
    passed = sum(one.passed for one in results)
    cases = [_case_facts(one) for one in results]
    return {"cases": cases, "passed": passed, "failed": len(results) - passed}


def _case_facts(result: CaseResult) -> dict[str, object]:
    from pos_loyalty.lab.cases.telling import step_facts

    steps = [step_facts(step) for step in result.steps]
    wrong = {} if result.wrong is None else wrong_facts(result.wrong)
    return {"id": result.case.id, "passed": result.passed, "steps": steps, **wrong}


def _tell(results: tuple[CaseResult, ...]) -> None:
    from pos_loyalty.lab.cases.telling import differences

    for result in results:
        typer.echo(f"{'✓' if result.passed else '✗'} {result.case.id}")
        for step in result.steps:
            for line in differences(step):
                typer.echo(f"    {line}")
        if result.wrong is not None:
            wrong = result.wrong
            typer.echo(f"    {wrong.file}: {wrong.path}")
            typer.echo(f"      found:   {wrong.found}\n      allowed: {wrong.allowed}")
    passed = sum(one.passed for one in results)
    typer.echo(f"{passed} passed, {len(results) - passed} failed.")
