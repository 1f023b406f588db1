"""Programs and baskets as documents, with answers worked out by hand; no program is known here.

A vector names a file of resources/programs, or holds a program of its own. Of its `answer` the keys
that are given are compared, lists as a whole. Beside the words of an answer document it may have
`outcomes` (rule → outcome), `missing` (rule → what is missing), `lots` (what is earned, with its
first days of use and of being gone), `goods` (handed over by rules) and `draws` (pools).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.programs.advice import advise
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import Refused
from pos_loyalty.resources import resource
from pos_loyalty.wire.basket_document import read_basket
from pos_loyalty.wire.program_document import read_program, write_program
from pos_loyalty.wire.quote_document import write_quote, write_refusal

VECTORS = sorted((Path(__file__).parents[2] / "vectors" / "programs").glob("*/*.json"))
PROGRAMS = sorted(resource("programs").glob("*.toml"))
VECTORS_MIN = 6  # For each program.
Document = dict[str, Any]


@cache
def vector_in(file: Path) -> Document:
    vector: Document = json.loads(file.read_text("utf-8"))
    return vector


@cache
def program_in(name: str) -> Program:
    return read_program(resource("programs", name).read_text("utf-8"), name)


def program_of(vector: Document) -> Program:
    program = vector["program"]
    if isinstance(program, str):
        return program_in(program)
    return read_program(json.dumps(program), "program.json")


def answer_to(vector: Document, program: Program) -> Document:
    basket, facts = read_basket(json.dumps(vector["basket"]), "basket.json")
    try:
        found = quote(basket, facts, program)
    except Refused as error:
        return write_refusal(error.refusal, "")
    answer: Document = write_quote(found, program, lambda _: "")
    missing = {reason["rule"]: reason.get("missing", {}) for reason in answer["reasons"]}
    return answer | beside(found) | {"missing": missing}


def beside(found: Quote) -> Document:
    return {
        "outcomes": {reason.rule: reason.outcome.value for reason in found.reasons},
        "lots": [
            {
                "unit": lot.unit,
                "points": lot.points,
                "usable_on": lot.usable_on and lot.usable_on.isoformat(),
                "expires_on": lot.expires_on and lot.expires_on.isoformat(),
            }
            for lot in found.lots
        ],
        "goods": [{"sku": goods.sku, "quantity": goods.quantity} for goods in found.goods],
        "draws": list(found.draws),
    }


def differences(found: object, expected: object, path: str = "answer") -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for word, value in expected.items():
            yield from differences(found.get(word, "nothing"), value, f"{path}.{word}")
    elif found != expected:
        yield f"{path}: {found} instead of {expected}"


def of_program(file: Path) -> list[Document]:
    return [vector_in(one) for one in VECTORS if vector_in(one)["program"] == file.name]


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_quote_comes_out_as_worked_out_by_hand(file: Path) -> None:
    vector = vector_in(file)

    answer = answer_to(vector, program_of(vector))

    expected = vector.get("refusal") or vector["answer"]
    assert list(differences(answer, expected)) == [], vector["because"]


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_program_that_has_travelled_gives_the_same_answer(file: Path) -> None:
    vector = vector_in(file)
    program = program_of(vector)

    travelled = read_program(write_program(program), "travelled.json")

    assert answer_to(vector, travelled) == answer_to(vector, program)


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_nothing_of_the_shelf_needs_to_be_looked_at_again(file: Path) -> None:
    assert advise(program_in(file.name)) == ()


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_program_of_the_shelf_has_vectors_enough(file: Path) -> None:
    assert len(of_program(file)) >= VECTORS_MIN


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_rule_and_goal_of_the_shelf_is_seen_to_apply(file: Path) -> None:
    program = program_in(file.name)
    answers = [answer_to(vector, program) for vector in of_program(file)]

    applied = {
        rule
        for answer in answers
        for rule, outcome in answer.get("outcomes", {}).items()
        if outcome == "applied"
    }

    ids = {rule.id for rule in program.rules} | {goal.id for goal in program.goals}
    assert ids - applied == set()


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
def test_every_reward_of_the_shelf_is_seen_to_be_had(file: Path) -> None:
    program = program_in(file.name)
    answers = [answer_to(vector, program) for vector in of_program(file)]

    had = {one["reward"] for answer in answers for one in answer.get("redemptions", ())}

    assert {reward.id for reward in program.rewards} - had == set()
