from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.main import app
from pos_loyalty.cli.program.advice_text import WHY_NEVER, percent, sentence
from pos_loyalty.domain.programs.advice import (
    Advice,
    CostUnknown,
    DearReward,
    NeverExpires,
    NeverHolds,
    NoContact,
    NoGoal,
    NotSpecial,
    OutOfReach,
    Untranslated,
)
from pos_loyalty.domain.programs.never import WhyNever

GOOD = """
id = "club"
version = 1
name = { en = "Club" }
contact = { en = "At the counter" }
currency = "EUR"
valid_from = 2026-01-01
goal = { metric = "second_visit_rate", baseline = 0.4, target = 0.5, by = 2026-12-31 }
[[rules]]
id = "base"
then = { kind = "earn", points = 1, step = 100 }
"""
DEAR = """
[[rewards]]
id = "voucher"
cost = 100
gives = { kind = "amount_off", amount_minor = 3400 }
[[units]]
lasts = { kind = "months", months = 12 }
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["program", *map(str, arguments)])
    return done.exit_code, done.output


def program(folder: Path, text: str = GOOD, name: str = "club.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_program_is_good(tmp_path: Path) -> None:
    file = program(tmp_path)

    assert run("check", file) == (0, f"{file} is good: club, version 1, 1 rule.\n")
    code, out = run("check", "--json", file)
    told = {"program": "club", "version": 1, "rules": 1, "rewards": 0, "warnings": []}
    assert (code, json.loads(out)) == (0, told)


def test_a_typo_in_a_program_is_told_with_file_path_found_and_allowed(tmp_path: Path) -> None:
    file = program(tmp_path, GOOD.replace("step", "stepp"))

    code, out = run("check", file)

    assert code == 2
    first, found, allowed = out.splitlines()
    assert first == f"{file}: rules[0].then.stepp"
    assert found == "  found:   unknown word 'stepp'"
    assert allowed.startswith("  allowed: did you mean 'step'?")


def test_a_typo_in_a_program_is_told_to_a_machine(tmp_path: Path) -> None:
    code, out = run("check", "--json", program(tmp_path, GOOD.replace("step", "stepp")))

    error = json.loads(out)["error"]
    assert code == 2
    assert list(error) == ["path", "found", "allowed", "text"]
    assert error["path"] == "rules[0].then.stepp"
    assert error["text"].startswith("club.toml: rules[0].then.stepp: found unknown word")


def test_a_warning_is_told_and_fails_nothing(tmp_path: Path) -> None:
    file = program(tmp_path, GOOD + DEAR)
    text = "this reward costs the shop 34 % of the sale that earns it; up to 15 % is usual"

    code, out = run("check", file)

    assert code == 0
    assert out.splitlines() == [
        f"{file} is good: club, version 1, 1 rule, 1 reward.",
        f"  rewards[0]: {text}",
    ]
    warnings = json.loads(run("check", "--json", file)[1])["warnings"]
    assert warnings == [{"path": "rewards[0]", "text": text}]


def test_several_programs_are_checked_each(tmp_path: Path) -> None:
    good = program(tmp_path)
    bad = program(tmp_path, "id = 1", "bad.toml")

    code, out = run("check", "--json", bad, good)

    told = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [one["file"] for one in told] == [str(bad), str(good)]
    assert told[0]["error"]["path"] == "id"
    assert told[1]["program"] == "club"
    assert run("check", good, good)[0] == 0


@pytest.mark.parametrize(
    ("raw", "path", "found"),
    [
        (None, "(whole)", "No such file or directory"),
        (b'id = "\xff"', "line 1, column 7", "the byte 0xff"),
        (b"x" * 1_000_001, "(whole)", "1000001 bytes"),
    ],
)
def test_a_program_that_cannot_be_read_says_so(
    tmp_path: Path, raw: bytes | None, path: str, found: str
) -> None:
    file = tmp_path / "club.toml"
    if raw is not None:
        file.write_bytes(raw)

    code, out = run("check", file)

    assert code == 2
    assert out.splitlines()[:2] == [f"{file}: {path}", f"  found:   {found}"]


def test_the_schema_of_programs_is_json() -> None:
    code, out = run("schema")

    assert code == 0
    assert "rules" in json.loads(out)["properties"]


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        (NotSpecial("rules[0]", "r", Fraction(1, 8), Fraction(1, 4)), "takes off 12.5 %; special"),
        (NeverHolds("rules[0]", "r", WhyNever.NO_TIMES), "r can never apply: a limit allows it 0"),
        (Untranslated("name", ("it", "ru")), "no text in it, ru"),
        (NeverExpires("units[0]", "stars"), "stars never expire"),
        (OutOfReach("rewards[0]", "r", 13, 12), "it takes 13 months, but points last 12"),
        (CostUnknown("rewards[0]", "r"), "no cost_minor"),
        (NoGoal(), "no goal"),
        (NoContact(), "no contact"),
        (DearReward("rewards[0]", "r", Fraction(1, 3), Fraction(1, 4)), "costs the shop 33.3 %"),
    ],
)
def test_advice_is_said_in_a_sentence(advice: Advice, said: str) -> None:
    assert said in sentence(advice)


def test_every_reason_why_a_rule_never_applies_has_words() -> None:
    assert set(WHY_NEVER) == set(WhyNever)


@pytest.mark.parametrize(
    ("share", "text"), [(Fraction(34, 100), "34 %"), (Fraction(1, 3), "33.3 %"), (1, "100 %")]
)
def test_a_share_is_told_to_a_tenth_of_a_percent(share: Fraction, text: str) -> None:
    assert percent(Fraction(share)) == text
