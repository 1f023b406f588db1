from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.main import app
from pos_loyalty.i18n import LANGUAGES

CLUB = """
id = "club"
version = 2
currency = "EUR"
valid_from = 2026-01-01
name = { en = "Club", zh-Hans = "俱乐部" }
[[rules]]
id = "base"
then = { kind = "earn", points = 1, step = 100 }
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["program", "explain", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.fixture
def club(tmp_path: Path) -> Path:
    file = tmp_path / "club.toml"
    file.write_text(CLUB, encoding="utf-8")
    return file


def test_a_program_is_told_as_a_leaflet(club: Path) -> None:
    code, said = run(club)

    assert code == 0
    assert said.startswith("Club\n====\n1 point for every €1.00.\nValid from Jan 1, 2026 on.\n")


def test_a_program_is_told_in_the_language_asked_for(club: Path) -> None:
    code, said = run(club, "--language", "zh-Hans")

    assert code == 0
    assert said.startswith("俱乐部\n======\n每 €1.00 得 1 积分。\n")


def test_the_terms_name_the_version_they_are_of(club: Path) -> None:
    code, said = run(club, "--form", "terms")

    assert code == 0
    assert "Document club, version 2." in said


def test_a_machine_gets_every_language_at_once(club: Path) -> None:
    code, said = run(club, "--language", "all", "--json")

    told = json.loads(said)
    assert code == 0
    assert (told["program"], told["version"], told["form"]) == ("club", 2, "leaflet")
    assert tuple(told["languages"]) == LANGUAGES
    assert told["languages"]["it"][0]["lines"][0] == "1 punto ogni 1,00\N{NO-BREAK SPACE}€."


def test_a_document_that_is_wrong_is_not_explained_but_pointed_at(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(CLUB.replace('"earn"', '"urn"'), encoding="utf-8")

    code, said = run(file, "--json")

    assert code == 2
    assert json.loads(said)["error"]["path"].startswith("rules[0].then")


def test_a_language_nobody_speaks_here_is_refused(club: Path) -> None:
    code, said = run(club, "--language", "xx")

    assert code == 2
    assert "zh-Hans" in said
