from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.test_program_check import GOOD, program, run

COFFEE = """
[[rules]]
id = "coffee"
then = { kind = "multiply", by = 2, lines = { categories = ["grocery/coffee"] } }
when = [{ kind = "minimum_amount", amount_minor = 500 }]
[settings]
rewards_reduce_base = false
"""


def test_two_programs_that_say_the_same_are_told_so(tmp_path: Path) -> None:
    before = program(tmp_path)
    after = program(tmp_path, "# A comment.\n" + GOOD, "after.toml")

    assert run("diff", before, after) == (0, "They say the same.\n")
    assert json.loads(run("diff", "--json", before, after)[1]) == {"differences": []}


def test_what_was_added_removed_and_changed_is_told_in_plain_words(tmp_path: Path) -> None:
    before = program(tmp_path)
    after = program(
        tmp_path,
        GOOD.replace("step = 100", "step = 50").replace("0.4", "1/3").replace("= 1/3", '= "1/3"')
        + COFFEE,
        "after.toml",
    )

    code, out = run("diff", before, after)

    assert code == 0
    assert out.splitlines() == [
        "goal.baseline: 0.4 → 1/3",
        "settings.rewards_reduce_base: true → false",
        "rules.base.then.step: 100 → 50",
        (
            "rules.coffee: added: id coffee, then (multiply by 2, lines (categories "
            "(grocery/coffee))), when (minimum_amount amount_minor 500)"
        ),
    ]
    assert run("diff", after, before)[1].splitlines()[-1].startswith("rules.coffee: removed: id")


def test_a_machine_is_told_what_there_was_and_what_there_is(tmp_path: Path) -> None:
    before = program(tmp_path)
    after = program(tmp_path, GOOD.replace('contact = { en = "At the counter" }', ""), "after.toml")

    _, out = run("diff", "--json", before, after)

    assert json.loads(out)["differences"] == [
        {"path": "contact.en", "change": "removed", "before": "At the counter"}
    ]


def test_a_day_that_was_open_is_told_as_nothing(tmp_path: Path) -> None:
    before = program(tmp_path)
    after = program(tmp_path, "valid_until = 2026-12-31\n" + GOOD, "after.toml")

    assert run("diff", before, after)[1] == "valid_until: nothing → 2026-12-31\n"


def test_a_file_that_is_no_program_is_told_and_not_compared(tmp_path: Path) -> None:
    good = program(tmp_path)
    bad = program(tmp_path, "id = 1", "bad.toml")

    code, out = run("diff", good, bad)

    assert code == 2
    assert out.splitlines()[0] == f"{bad}: id"
    assert json.loads(run("diff", "--json", bad, good)[1])["error"]["path"] == "id"
