from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pos_loyalty.cli.program import app
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.lab.cases.case_table import with_table
from tests.unit.lab.cases.own_cases import BASE, HEAD, SALE

ROOT = Path(__file__).resolve().parents[4]


def test_the_example_of_the_documentation_is_right(tmp_path: Path) -> None:
    text = (ROOT / "docs/peer-cases.md").read_text("utf-8")
    case, program = (
        re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[0] for language in ("yaml", "toml")
    )
    (tmp_path / "cases.yaml").write_text(case, "utf-8")
    (tmp_path / "my-case.toml").write_text(program, "utf-8")

    answer = command(tmp_path / "cases.yaml", tmp_path)

    assert (answer.exit_code, answer.stdout) == (0, "✓ my-case\n1 passed, 0 failed.\n")


def command(file: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["case", str(file), str(folder), *options])


def files_in(folder: Path, expected: int) -> Path:
    case = f"cases:\n- id: mine\n  steps:\n  - {{{SALE}, expect: {{total: {expected}}}}}\n"
    (folder / "cases.yaml").write_text(case, "utf-8")
    (folder / "mine.toml").write_text(HEAD + BASE, "utf-8")
    return folder / "cases.yaml"


def test_the_command_says_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    answer = command(files_in(tmp_path, 21), tmp_path)

    assert answer.exit_code == 1
    assert answer.stdout == (
        "✗ mine\n    step 1 sale: total: expected 21, found 20\n0 passed, 1 failed.\n"
    )


def test_a_case_without_its_program_fails_and_the_others_are_run(tmp_path: Path) -> None:
    file = files_in(tmp_path, 20)
    more = "- id: other\n  steps:\n  - {do: sale, expect: {total: 0}}\n"
    file.write_text(file.read_text("utf-8") + more, "utf-8")

    answer = command(file, tmp_path, "--json")

    facts = json.loads(answer.stdout)
    assert (answer.exit_code, facts["passed"], facts["failed"]) == (1, 1, 1)
    assert facts["cases"][1]["error"]["path"] == "(whole)"


@pytest.mark.parametrize(("file", "folder"), [("nothing.yaml", "."), ("cases.yaml", "nothing")])
def test_documents_that_are_not_there_end_with_two(tmp_path: Path, file: str, folder: str) -> None:
    files_in(tmp_path, 20)

    answer = command(tmp_path / file, tmp_path / folder, "--json")

    assert answer.exit_code == 2
    assert set(json.loads(answer.stdout)["error"]) == {"path", "found", "allowed", "text"}


def test_a_table_is_only_written_where_there_is_a_place_for_it() -> None:
    with pytest.raises(WrongDocument):
        with_table("# No place.\n", (), "cases.md")
