"""`pos-loyalty server …` as a shop's IT person uses it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from pos_loyalty.cli.server import app
from pos_loyalty.cli.server_database import with_folder
from pos_loyalty.server.database import in_transaction
from pos_loyalty.server.identity import read_identity
from pos_loyalty.wire.enrolment_code import read_code
from pos_loyalty.wire.seals import key_id
from tests.server.shop import PROGRAM

STORE = ("--name", "Bologna", "--zone", "Europe/Rome", "--currency", "EUR", "--region", "IT")
CATALOGUE = "sku,name,price_minor,category,tax_rate\nA-1,Bag,10,,\nA-2,Caffè,250,bar,0.22\n"


@pytest.fixture
def run(database_url: str) -> Command:
    return Command(database_url)


class Command:
    """Runs a command on the test's database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--database-url", self._url])

    def told(self, *words: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
        result = self(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def refused(self, *words: str) -> tuple[int, str]:
        result = self(*words, "--json")
        answer = json.loads(result.stdout)
        assert answer["text"].endswith("."), answer
        return result.exit_code, answer["error"]


def test_a_shop_can_be_set_up_without_touching_the_database(
    run: Command, tmp_path: Path, engine: Engine
) -> None:
    (tmp_path / "bottega.toml").write_text(PROGRAM.format(version=1, points=1), "utf-8")
    (tmp_path / "goods.csv").write_text(CATALOGUE, "utf-8")

    run.told("store", "add", "bologna", *STORE, "--card-prefix", "24", "--card-prefix", "25")
    run.told("staff", "add", "bologna", "anna", "--full-name", "Anna R.", "--pin", "4711")
    program = run.told("program", "publish", str(tmp_path / "bottega.toml"))
    goods = run.told("catalogue", "publish", str(tmp_path / "goods.csv"))
    code = run.told("till", "add", "bologna", "Till 1", "--url", "https://loyalty.example:8310/")

    assert (program, goods) == ({"program": "bottega", "version": 1}, {"products": 2})
    invitation = read_code(code["code"])
    identity = in_transaction(engine, read_identity)
    assert invitation.server_key_id == key_id(identity.server_key)
    assert invitation.url == "https://loyalty.example:8310"
    assert datetime.fromisoformat(code["expires_at"]).tzinfo is not None
    (store,) = run.told("store", "list")
    assert (store["store"], store["card_prefixes"]) == ("bologna", ["24", "25"])
    assert [line["state"] for line in run.told("till", "list")] == ["waiting"]
    assert [line["staff"] for line in run.told("staff", "list")] == ["anna"]
    assert [line["sku"] for line in run.told("catalogue", "list")] == ["A-1", "A-2"]
    assert [line["version"] for line in run.told("program", "list")] == [1]


def test_lists_are_tables_for_people(run: Command) -> None:
    assert run("store", "list").stdout == "There are none.\n"
    run("store", "add", "bologna", *STORE)

    listed = run("store", "list").stdout

    assert listed.splitlines()[0].split() == [
        "store",
        "name",
        "zone",
        "currency",
        "language",
        "region",
    ]
    assert "Europe/Rome" in listed


def test_a_pin_is_asked_for_when_it_is_not_given(run: Command, database_url: str) -> None:
    run("store", "add", "bologna", *STORE)
    words = ["staff", "add", "bologna", "anna", "--full-name", "Anna R."]

    result = CliRunner().invoke(app, [*words, "--database-url", database_url], input="4711\n")

    assert result.exit_code == 0
    assert "4711" not in result.output


def test_people_goods_and_channels_can_be_revoked(run: Command) -> None:
    run.told("store", "add", "bologna", *STORE)
    run.told("staff", "add", "bologna", "anna", "--full-name", "Anna R.", "--pin", "4711")
    run.told("catalogue", "add", "A-1", "Bag", "10", "--tax-rate", "0.22")
    key = run.told("channel", "add", "web-shop")["key"]

    run.told("staff", "revoke", "bologna", "anna")
    run.told("catalogue", "revoke", "A-1")
    run.told("channel", "revoke", "web-shop")

    assert len(key) > 40
    assert [line["active"] for line in run.told("staff", "list")] == [False]
    assert [line["sold"] for line in run.told("catalogue", "list")] == [False]
    assert run.told("channel", "list") == [{"channel": "web-shop", "revoked": True}]


def test_a_refusal_has_a_sentence_and_its_own_exit_code(run: Command) -> None:
    assert run.refused("till", "add", "nowhere", "Till 1") == (3, "unknown_store")
    assert run.refused("till", "revoke", "019cad8f-ac00-74ea-bc4c-563d8ff258a9") == (
        3,
        "unknown_till",
    )
    assert run.refused("staff", "revoke", "bologna", "anna") == (3, "unknown_staff")
    people = run("till", "add", "nowhere", "Till 1")
    assert (people.exit_code, people.stdout) == (3, "")
    assert people.stderr == "There is no store 'nowhere'. Add it with `store add`.\n"


def test_a_document_with_a_mistake_is_named_with_its_place(run: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bottega.toml"
    bad.write_text(PROGRAM.format(version=1, points=1).replace("step =", "steps ="), "utf-8")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("sku,name,price_minor\nA,Caffè,1\n".encode("latin-1"))

    result = run("program", "publish", str(bad))

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{bad}: rules[0].then.steps: found unknown word 'steps'.")
    assert run.refused("catalogue", "publish", str(latin)) == (2, "wrong_document")
    assert run.refused("catalogue", "publish", str(tmp_path / "no.csv")) == (2, "no_file")
    assert run.refused("store", "add", "bologna\x07", *STORE) == (2, "wrong_option")


def test_a_database_that_is_not_there_is_said_in_a_sentence() -> None:
    words = ["store", "list", "--json", "--database-url"]
    absent = CliRunner().invoke(app, [*words, "postgresql://nobody@127.0.0.1:1/nothing"])
    nonsense = CliRunner().invoke(app, [*words, "nonsense"])
    both = CliRunner().invoke(app, [*words, "postgresql://x/y", "--embedded", "somewhere"])

    assert (absent.exit_code, json.loads(absent.stdout)["error"]) == (1, "no_database")
    assert (nonsense.exit_code, json.loads(nonsense.stdout)["error"]) == (2, "wrong_url")
    assert (both.exit_code, json.loads(both.stdout)["error"]) == (2, "two_databases")
    assert not Path("somewhere").exists()


def test_the_folder_of_the_embedded_database_may_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ours = str(tmp_path / "pos-loyalty" / "server")

    assert with_folder(["--embedded"]) == ["--embedded", ours]
    assert with_folder(["run", "--embedded", "--port", "0"]) == [
        "run",
        "--embedded",
        ours,
        "--port",
        "0",
    ]
    assert with_folder(["--embedded", "mine", "--json"]) == ["--embedded", "mine", "--json"]
    both = CliRunner().invoke(app, ["--database-url", "postgresql://x/y", "--embedded", "--json"])
    assert json.loads(both.stdout)["error"] == "two_databases"


def test_a_database_of_another_version_is_not_touched(run: Command, engine: Engine) -> None:
    version = run.told("migrate")["version"]
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert run.refused("store", "list") == (1, "cannot_start")
    assert run.refused("migrate") == (1, "cannot_start")
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE alembic_version SET version_num = :version"), {"version": version}
        )
    assert run.told("migrate") == {"version": version}


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("run",),
        ("migrate",),
        ("store", "add"),
        ("till", "add"),
        ("staff", "add"),
        ("program", "publish"),
        ("catalogue", "publish"),
        ("channel", "add"),
        ("member", "set"),
        ("member", "show"),
    ],
)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*words, "--help"])

    assert result.exit_code == 0
    assert "--embedded" in result.stdout
