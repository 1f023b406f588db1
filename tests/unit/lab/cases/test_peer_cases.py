from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.program import app
from pos_loyalty.lab.cases.case_table import with_table
from pos_loyalty.lab.cases.running import run_case, run_cases
from tests.unit.lab.cases.peers import ALL, CASES, FOLDER, ORIGINAL, ROOT, document_of


@pytest.mark.parametrize("name", ALL)
def test_every_peers_case_comes_out_as_the_peer_says(name: str) -> None:
    result = run_case(ALL[name], ORIGINAL, document_of)

    told = [(step.expected, step.found) for step in result.steps if not step.passed]
    assert (result.wrong, told) == (None, [])


def test_all_cases_of_all_peers_are_here() -> None:
    assert len(ALL) == 65


def test_no_case_is_known_to_the_code() -> None:
    names = "|".join(map(re.escape, ALL))

    told = [
        file.name
        for file in (ROOT / "pos_loyalty").rglob("*.py")
        if re.search(rf"\b({names})\b", file.read_text("utf-8"))
    ]

    assert told == []


def test_the_table_in_the_documentation_is_up_to_date() -> None:
    file = ROOT / "docs/peer-cases.md"
    text = file.read_text("utf-8")
    results = tuple(run_cases(ORIGINAL, document_of))

    assert text == with_table(text, results, file.name), (
        "write it anew: pos-loyalty program case tests/vectors/peer_cases/cases.yaml "
        "tests/vectors/peer_cases --table docs/peer-cases.md"
    )


def test_the_command_tells_all_cases_to_a_machine() -> None:
    answer = CliRunner().invoke(app, ["case", str(CASES), str(FOLDER), "--json"])

    told = json.loads(answer.stdout)
    assert (answer.exit_code, told["passed"], told["failed"]) == (0, 65, 0)
    assert told["cases"][0] == {
        "id": "ODP-01-code-gated-earn",
        "passed": True,
        "steps": [
            {
                "step": "step 1 sale",
                "expect": {"issued": 0, "balance": 0},
                "found": {"issued": 0, "balance": 0},
                "passed": True,
            },
            {
                "step": "step 2 sale",
                "expect": {"issued": 10, "balance": 10},
                "found": {"issued": 10, "balance": 10},
                "passed": True,
            },
        ],
    }
