from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.main import app

CONTRACT = Path(__file__).parents[2] / "vectors" / "contract"
COOP = CONTRACT / "coop-alleanza-2019.toml"
COOP_BASKET = CONTRACT / "coop-alleanza-2019.basket.json"
FIDATY = CONTRACT / "fidaty-2025.toml"
FIDATY_BASKET = CONTRACT / "fidaty-2025.basket.json"
Document = dict[str, Any]


def run(*arguments: str | Path, stdin: str | bytes = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["program", "quote", *map(str, arguments)], input=stdin)
    return done.exit_code, done.output


def answer(*arguments: str | Path, stdin: str | bytes = "") -> tuple[int, Document]:
    code, out = run(*arguments, "--json", stdin=stdin)
    document: Document = json.loads(out)
    return code, document


def fidaty_basket(**changes: Any) -> str:  # noqa: ANN401 - documents hold anything
    basket: Document = json.loads(FIDATY_BASKET.read_text("utf-8"))
    return json.dumps(basket | changes)


def without_texts(document: Document) -> Document:
    reasons = [
        {word: value for word, value in reason.items() if word != "text"}
        for reason in document["reasons"]
    ]
    return document | {"reasons": reasons}


@pytest.mark.parametrize(("program", "basket"), [(COOP, COOP_BASKET), (FIDATY, FIDATY_BASKET)])
def test_the_command_answers_the_examples_of_the_contract(program: Path, basket: Path) -> None:
    expected = json.loads(program.with_suffix(".answer.json").read_text("utf-8"))

    code, told = answer(program, basket)

    assert code == 0
    assert without_texts(told) == without_texts(expected)
    assert list(told) == list(expected)
    assert all(reason["text"] for reason in told["reasons"])


def test_one_point_too_few_is_refused_with_its_facts() -> None:
    basket = fidaty_basket(member={"balances": {"points": 2999}})

    code, told = answer(FIDATY, "-", stdin=basket)

    assert code == 3
    assert told == {
        "refusal": "insufficient_points",
        "reward": "voucher-27",
        "unit": "points",
        "wanted": 3000,
        "available": 2999,
        "text": "3,000 points needed, 2,999 points usable now. Choose a smaller reward.",
    }


def test_a_refusal_is_told_to_people_in_their_language() -> None:
    basket = fidaty_basket(member=None)

    code, out = run(FIDATY, "-", "--language", "en", stdin=basket)

    assert code == 3
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    ("basket", "path", "found", "allowed"),
    [
        (fidaty_basket(currency="USD"), "currency", "'USD'", "EUR"),
        (fidaty_basket(store=""), "store", "''", "a text that is not empty"),
        ("{", "line 1, column 2", "Expecting property name", "JSON"),
        (b"\xff", "line 1, column 1", "the byte 0xff", "UTF-8"),
        (" " * 2_000_000, "(whole)", "1000001 bytes", "at most 1000000 bytes"),
    ],
)
def test_a_basket_that_cannot_be_accepted_is_told_with_its_place(
    basket: str | bytes, path: str, found: str, allowed: str
) -> None:
    code, told = answer(FIDATY, "-", stdin=basket)

    assert code == 2
    assert list(told) == ["error"]
    assert told["error"]["path"] == path
    assert found in told["error"]["found"]
    assert allowed in told["error"]["allowed"]
    assert path in told["error"]["text"]


def test_a_program_that_cannot_be_accepted_is_told_before_its_basket(tmp_path: Path) -> None:
    program = tmp_path / "club.toml"
    program.write_text(COOP.read_text("utf-8").replace("version = 1", "version = 0"), "utf-8")

    code, told = answer(program, tmp_path / "nothing.json")

    assert (code, told["error"]["path"]) == (2, "version")


def test_a_basket_that_is_not_there_is_told_to_people(tmp_path: Path) -> None:
    code, out = run(COOP, tmp_path / "nothing.json")

    assert code == 2
    assert "nothing.json: (whole)" in out
    assert "a file that can be read" in out


def test_a_language_that_is_not_there_is_refused() -> None:
    code, out = run(COOP, COOP_BASKET, "--language", "tlh")

    assert code == 2
    assert "tlh" in out


def test_people_read_what_is_to_pay_what_is_earned_and_why() -> None:
    code, out = run(COOP, COOP_BASKET)

    assert code == 0
    for told in ("2 ×", "Caffè", "€25.00", "+37 points", "3,157 points", "On Sundays"):
        assert told in out
    marks = [line[0] for line in out.splitlines() if line[:1] in {"✓", "–", "?"}]
    assert marks == ["✓", "✓", "–"]


def test_people_read_what_a_reward_still_needs() -> None:
    code, out = run(FIDATY, FIDATY_BASKET)

    assert code == 0
    for told in ("−€27.00", "€13.00", "−3,000 points", "2,864 points missing"):
        assert told in out


def test_a_program_of_another_year_says_that_it_is_not_in_force() -> None:
    basket = COOP_BASKET.read_text("utf-8").replace("2019-03-02", "2020-01-01")

    _, told = answer(COOP, "-", stdin=basket)
    code, out = run(COOP, "-", stdin=basket)

    assert told["earned"] == {"points": 0}
    assert code == 0
    assert "not in force" in out


def test_messages_suggestions_and_amounts_without_names_are_printed(tmp_path: Path) -> None:
    program = tmp_path / "club.toml"
    more = """
[[messages]]
id = "hello"
text = { en = "Say hello" }

[[suggestions]]
id = "more"
text = { en = "One more coffee" }
towards = "double-sunday"
"""
    program.write_text(COOP.read_text("utf-8") + more, "utf-8")
    basket = json.loads(COOP_BASKET.read_text("utf-8"))
    basket["lines"] = [{"price_minor": 150}]

    code, out = run(program, "-", stdin=json.dumps(basket))

    assert code == 0
    assert "Amount" in out
    assert "For the cashier: Say hello" in out
    assert "→ One more coffee" in out
