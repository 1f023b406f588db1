from __future__ import annotations

import pytest

from pos_loyalty.lab.cases.running import CaseResult
from tests.unit.lab.cases.own_cases import BASE, SALE, run


def path_of(result: CaseResult) -> str:
    assert result.wrong is not None
    return f"{result.wrong.file}: {result.wrong.path}"


def test_an_expectation_nobody_defined_is_an_error() -> None:
    result = run(f"{SALE}, expect: {{issued: 20, happiness: 3}}")

    assert path_of(result) == "mine.yaml: cases[0].steps[0].expect.happiness"
    assert not result.passed


def test_a_case_that_expects_nothing_is_an_error() -> None:
    assert path_of(run(SALE)) == "mine.yaml: cases[0]"


@pytest.mark.parametrize(
    ("step", "program", "path"),
    [
        ("do: dance, expect: {total: 1}", "", "mine.yaml: cases[0].steps[0].do"),
        (f"{SALE}, colour: red, expect: {{total: 1}}", "", "mine.yaml: cases[0].steps[0].colour"),
        (
            "do: sale, lines: [{price: ten}], expect: {total: 1}",
            "",
            "mine.yaml: cases[0].steps[0].lines[0].price",
        ),
        (
            "do: sale, lines: [{price: 10.005}], expect: {total: 1}",
            "",
            "mine.yaml: cases[0].steps[0].lines[0].price",
        ),
        (
            "do: sale, lines: [{sku: A}], expect: {total: 1}",
            "",
            "mine.yaml: cases[0].steps[0].lines[0].price",
        ),
        (
            "do: sale, lines: [{price: 1, weight: 2}], expect: {total: 1}",
            "",
            "mine.yaml: cases[0].steps[0].lines[0].weight",
        ),
        (
            "do: sale, lines: [A], expect: {total: 1}",
            "[case.products.B]\nprice = 1\n",
            "mine.yaml: cases[0].steps[0].lines[0]",
        ),
        ("do: return, expect: {used: 1}", "", "mine.yaml: cases[0]"),
        (
            "do: buy, expect: {total: 1}",
            '[case.verbs]\nbuy = { lines = [{ price = "{amount}" }] }\n',
            "mine.toml: case.verbs.buy.lines[0].price",
        ),
        (
            f"{SALE}, n: 3, expect: {{total: 1}}",
            '[case.words]\nn = { set = { "rules.bonus.then.points" = "{n}" } }\n',
            'mine.toml: case.words.n.set."rules.bonus.then.points"',
        ),
        (
            f"{SALE}, n: 3, expect: {{total: 1}}",
            '[case.words]\nn = { lines = "{n}" }\n',
            "mine.toml: case.words.n.lines",
        ),
        (
            f"{SALE}, n: 3, expect: {{total: 1}}",
            '[case.words]\nn = { act = "sail" }\n',
            "mine.toml: case.words.n.act",
        ),
        (
            f"{SALE}, n: 3, expect: {{total: 1}}",
            "[case.words]\nn = { has = { lots = [{ amount = 3, colour = 1 }] } }\n",
            "mine.toml: case.words.n.has.lots[0].colour",
        ),
        (
            f"{SALE}, expect: {{total: 1}}",
            '[case.measures]\ntotal = { measure = "applies", rule = "basis" }\n',
            "mine.toml: case.measures.total.rule",
        ),
        (f"{SALE}, expect: {{total: 1}}", "[case]\nverb = 1\n", "mine.toml: case.verb"),
        (f"{SALE}, expect: {{total: 1}}", '[case]\nat = "soon"\n', "mine.toml: case.at"),
        (
            f"{SALE}, expect: {{total: 1}}",
            '[[program.rules]]\nid = "x"\nthen = { kind = "earn", points = 0 }\n',
            "mine.toml: program.rules[1].then.points",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_place(step: str, program: str, path: str) -> None:
    assert path_of(run(step, BASE + program)) == path
