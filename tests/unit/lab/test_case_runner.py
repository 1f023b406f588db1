from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pos_loyalty.cli.program import app
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.lab.cases.case_file import read_cases
from pos_loyalty.lab.cases.case_table import with_table
from pos_loyalty.lab.cases.running import CaseResult, run_case
from pos_loyalty.lab.cases.yaml_text import parse_yaml
from pos_loyalty.wire.document_text import BYTES_MAX, Figure

ROOT = Path(__file__).resolve().parents[3]
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


def path_of(result: CaseResult) -> str:
    assert result.wrong is not None
    return f"{result.wrong.file}: {result.wrong.path}"


def test_the_example_of_the_documentation_is_right(tmp_path: Path) -> None:
    text = (ROOT / "docs/peer-cases.md").read_text("utf-8")
    case, program = (
        re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[0] for language in ("yaml", "toml")
    )
    (tmp_path / "cases.yaml").write_text(case, "utf-8")
    (tmp_path / "my-case.toml").write_text(program, "utf-8")

    answer = command(tmp_path / "cases.yaml", tmp_path)

    assert (answer.exit_code, answer.stdout) == (0, "✓ my-case\n1 passed, 0 failed.\n")


def test_a_program_alone_is_enough_for_a_case_that_leaves_nothing_to_prose() -> None:
    result = run(f"{SALE}, expect: {{issued: 20, total: 20, balance: 25}}", given="{balance: 5}")

    assert told(result) == NOTHING


def test_sales_of_a_case_follow_each_other_and_are_remembered() -> None:
    thrice = """
[[program.rules]]
id = "third"
when = [{ kind = "visit", at = [3] }]
limits = [{ times = 1, per = "ever" }]
then = { kind = "give", points = 50 }
"""
    result = run(
        f"""
{SALE}, expect: {{issued: 20, ledger_rows: 1}}
{SALE}, expect: {{issued: 20}}
{SALE}, expect: {{issued: 70, balance: 110}}
{SALE}, expect: {{issued: 20, balance: 130, ledger_rows: 4}}
""",
        BASE + thrice,
    )

    assert told(result) == NOTHING


def test_what_points_paid_is_given_back_with_the_goods() -> None:
    result = run(
        """
do: sale, lines: [{price: 10}], redeem: [euro-off], expect: {used: 10, issued: 9, balance: 19}
do: return, expect: {used: 9, issued: 10, balance: 20, refunded: 9, ledger_rows: 4}
""",
        BASE + VOUCHER + '[case.words]\nredeem = { redeem = ["{redeem}"] }\n',
        given="{balance: 20}",
    )

    assert told(result) == NOTHING


def test_points_that_are_kept_at_a_return_stay_gone() -> None:
    result = run(
        """
do: sale, lines: [{price: 10}], redeem: [euro-off], expect: {balance: 19}
do: return, expect: {balance: 10, entry: absent}
""",
        '[program.settings]\nreturns = "keep"\n'
        + BASE
        + VOUCHER
        + '[case.words]\nredeem = { redeem = ["{redeem}"] }\n',
        given="{balance: 20}",
    )

    assert told(result) == NOTHING


def test_some_of_the_lines_may_be_brought_back_by_their_product() -> None:
    result = run(
        """
do: sale, lines: [{sku: A, price: 10, qty: 2}, {sku: B, price: 5}], expect: {issued: 25}
do: return, lines: [{sku: B, price: 5}], expect: {used: 5, refunded: 5, balance: 20}
do: return, qty: 1, expect: {used: 10, balance: 10, entry_now: 10}
"""
    )

    assert told(result) == NOTHING


def test_a_receipt_that_comes_twice_counts_once() -> None:
    result = run(
        f"""
{SALE}, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
do: repost, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
{SALE}, receipt: R1, expect: {{balance: 20, ledger_rows: 1}}
"""
    )

    assert told(result) == NOTHING


def test_a_coupon_of_one_visit_is_good_on_the_next_and_only_once() -> None:
    program = """
[[program.rules]]
id = "coupon"
when = [{ kind = "minimum_amount", amount_minor = 2000 }]
then = { kind = "issue_voucher", reward = "next" }

[[program.rewards]]
id = "next"
voucher_only = true
gives = { kind = "percent_off", rate = 0.5 }

[case.words]
use = { redeem = [{ reward = "{use}", voucher = true }] }
"""
    result = run(
        f"""
{SALE}, expect: {{coupons: 1, vouchers_held: 1, usable_now: false}}
do: sale, lines: [{{price: 10}}], use: next, expect: {{total: 5, vouchers_held: 0}}
do: sale, lines: [{{price: 10}}], use: next, expect: {{error: voucher_not_valid}}
""",
        program,
    )

    assert told(result) == NOTHING


def test_nobody_at_the_counter_earns_nothing() -> None:
    result = run(f"{SALE}, member: null, expect: {{issued: 0, total: 20, balance: null}}")

    assert told(result) == NOTHING


def test_stored_value_pays_only_what_is_there() -> None:
    program = """
[[program.units]]
id = "wallet"
precision = 2
value_minor = 1

[case.words]
wallet = { tenders = [{ kind = "stored_value", unit = "wallet", amount = "{wallet}" }] }
"""
    result = run(
        f"""
{SALE}, wallet: 7.50, expect: {{used: 7.5, due: 12.50, wallet: 2.5}}
{SALE}, wallet: 7.50, expect: {{error: insufficient_points, wanted: 7.5, available: 2.5}}
do: return, expect: {{issued: 7.5, wallet: 10}}
""",
        program,
        given="{wallet: 10}",
    )

    assert told(result) == NOTHING


def test_a_refusal_that_nobody_expected_fails_the_step() -> None:
    words = '[case.words]\nredeem = { redeem = ["{redeem}"] }\n'

    result = run(f"{SALE}, redeem: [euro-off], expect: {{issued: 0}}", BASE + VOUCHER + words)

    assert not result.passed
    assert result.steps[0].found["error"] == "insufficient_points"


def test_what_is_expected_before_and_after_rewards_is_measured_then() -> None:
    words = '[case.words]\nredeem = { redeem = ["{redeem}"] }\n'

    result = run(
        f"{SALE}, redeem: [euro-off], expect: {{total: 20}}, expect_after: {{total: 19}}",
        BASE + VOUCHER + words,
        given="{balance: 10}",
    )

    assert told(result) == NOTHING


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


def test_a_word_that_a_template_needs_must_be_said() -> None:
    program = '[case.verbs]\nbuy = { lines = [{ price = "{amount}" }] }\n'

    assert told(run("do: buy, amount: 3, expect: {total: 3}", BASE + program)) == NOTHING


def test_figures_are_compared_exactly_however_they_are_written() -> None:
    program = '[program.settings]\nprices = "tax_included"\n'

    result = run("do: quote, lines: [{price: 0.10, qty: 3}], expect: {total: 0.3}", program)

    assert told(result) == NOTHING
    assert not run("do: quote, lines: [{price: 1}], expect: {total: 1.0000000001}", program).passed


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("cases: [", "line 1, column 9"),
        ("cases:\n- id: a\n  id: b\n", "cases[0].id"),
        ("cases:\n- {steps: []}\n", "cases[0].id"),
        ("cases:\n- {id: ../a, steps: []}\n", "cases[0].id"),
        ("cases:\n- {id: a}\n- {id: a}\n", "cases[1].id"),
        ("cases:\n- {id: a, steps: [1]}\n", "cases[0].steps[0]"),
        ("cases:\n- {id: a, steps: [{do: x}], colour: red}\n", "cases[0].colour"),
        ("cases: !!python/object:os.system {}\n", "cases"),
        ("cases: 3\n", "cases"),
        ("- 1\n", "(whole)"),
        ("", "(whole)"),
        ("a: \x07", "(whole)"),
        ("[" * 40 + "]" * 40, "[0]" * 33),
        ("[" * 4000 + "]" * 4000, "(whole)"),
        ("a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n", "cases"),
        ("{[1]: 2}", "(whole)"),
    ],
)
def test_a_file_of_cases_that_cannot_be_read_is_told_where(text: str, path: str) -> None:
    with pytest.raises(WrongDocument) as caught:
        read_cases(text, "mine.yaml")

    assert caught.value.path == path


def test_references_cannot_make_a_short_file_endless() -> None:
    doubled = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))

    with pytest.raises(WrongDocument, match="too many parts"):
        parse_yaml("a0: &a0 [1, 1]\n" + doubled, "mine.yaml")


def test_a_file_of_cases_has_a_limit() -> None:
    with pytest.raises(WrongDocument, match="bytes"):
        parse_yaml("#" * (BYTES_MAX + 1), "mine.yaml")


def test_figures_and_texts_of_a_case_stay_as_they_are_written() -> None:
    text = "[0.10, '000', 000, 1e3, yes, true, null, 2024-12-20, today-2, !!str 7]"

    read = parse_yaml(text, "mine.yaml")

    assert read == ["0.10", "000", "000", "1e3", "yes", True, None, "2024-12-20", "today-2", "7"]
    assert isinstance(read, list)
    assert [isinstance(one, Figure) for one in read] == [True, False, True] + [False] * 7


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


@pytest.mark.parametrize(("spent", "now", "later"), [(5, 25, 20), (15, 15, 15), (30, 0, 0)])
def test_points_are_spent_from_the_lots_that_expire_first(spent: int, now: int, later: int) -> None:
    program = """
[case.words]
lots = { has = { lots = ["{lots}"] } }
spent = { has = { spent = ["{spent}"] } }
day = { at = "{day}" }
"""
    lots = "lots: [20, {amount: 10, expires_on: today+2}]"

    result = run(
        f"""
do: quote, {lots}, spent: [{spent}], expect: {{balance: {now}}}
do: quote, day: today+1, expect: {{balance: {now}}}
do: quote, day: today+2, expect: {{balance: {later}}}
""",
        BASE + program,
    )

    assert told(result) == NOTHING
