"""`pos-loyalty server pool …` as a shop's IT person uses it."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from pos_loyalty.cli.server import app
from tests.server.lucky import LuckyTill, publish
from tests.server.shop import Shop


@pytest.fixture
def lucky(shop: Shop) -> LuckyTill:
    return LuckyTill(shop.till(), publish(shop))


@pytest.fixture
def run(database_url: str) -> Command:
    return Command(database_url)


class Command:
    """Runs `server pool` on the test's database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, *words: object) -> Result:
        told = [str(word) for word in words]
        return CliRunner().invoke(app, ["pool", *told, "--database-url", self._url])

    def told(self, *words: object) -> Any:  # noqa: ANN401 - whatever the JSON holds
        result = self(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


def test_a_pool_is_leased_drawn_from_taken_back_and_proved(run: Command, lucky: LuckyTill) -> None:
    till = lucky.till.terminal
    leased = run.told("lease", till, "lucky", "spring", "--prize", "mug=1", "--prize", "car=1")
    assert leased["prizes"] == {"mug": 1, "car": 1}
    assert leased["state"] == "in use"
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    lucky.sell(member)
    lucky.till.push()

    (line,) = run.told("list")
    assert line["given"] == {"mug": 1, "car": 1}
    assert run.told("return", till, line["lease"])["state"] == "wanted back"
    proof = run.told("prove", line["lease"])

    secret = bytes.fromhex(proof["secret"])
    assert proof["right"] is True
    assert sha256(secret).hexdigest() == leased["commitment"] == proof["commitment"]
    for draw in proof["draws"]:
        assert draw["hmac"] == hmac.digest(secret, draw["text"].encode(), "sha256").hex()
        assert draw["text"] == f"spring/{draw['event_id']}/{draw['number']}/wins/0"


def test_a_person_is_told_in_sentences(run: Command, lucky: LuckyTill) -> None:
    leased = run("lease", lucky.till.terminal, "lucky", "spring", "--share", "1/2")
    listed = run("list")

    assert "bologna Till 1 may give 2 × mug, 1 × car." in leased.output
    assert "in use" in listed.output


def test_a_draw_that_came_out_otherwise_ends_the_proof_with_one(
    run: Command, lucky: LuckyTill
) -> None:
    leased = run.told("lease", lucky.till.terminal, "lucky", "spring", "--prize", "car=1")
    (member,) = lucky.till.blank()
    lucky.hear()
    (draw,) = lucky.sell(member)
    lucky.sell(member, draw)
    lucky.till.push()

    result = run("prove", leased["lease"])

    assert result.exit_code == 1
    assert "1 of 2 draws came out as they were made" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("--prize", "mug"),
        ("--prize", "=1"),
        ("--prize", "mug=-1"),
        ("--prize", "mug=1e3"),
        ("--share", "much"),
        ("--share", "1/0"),
        ("--share", "3/2"),
        ("--share", "1/2", "--prize", "mug=1"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(
    run: Command, lucky: LuckyTill, words: tuple[str, ...]
) -> None:
    assert run("lease", lucky.till.terminal, "lucky", "spring", *words).exit_code == 2


def test_a_refusal_says_what_is_left(run: Command, lucky: LuckyTill) -> None:
    result = run("lease", lucky.till.terminal, "lucky", "spring", "--prize", "mug=5")

    assert result.exit_code == 3
    assert "mug=4, car=2" in result.output
    assert run("prove", uuid4()).exit_code == 3
