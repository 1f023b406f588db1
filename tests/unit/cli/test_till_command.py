from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pos_loyalty import __version__
from pos_loyalty.cli.main import app
from pos_loyalty.cli.places import data_folder, till_folder
from pos_loyalty.cli.till import sentences
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.terminal.app import NeverHeard, NoDisplay
from pos_loyalty.terminal.identity import FILE, NoIdentity
from pos_loyalty.wire.enrolment_code import write_code


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    return done.exit_code, done.output


def test_the_version_is_told() -> None:
    assert run("--version") == (0, f"POS Loyalty {__version__}\n")


@pytest.mark.parametrize("command", [(), ("till",), ("till", "enrol"), ("program",), ("server",)])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    code, out = run(*command, "--help")

    assert code == 0
    assert "Usage" in out


def test_a_folder_that_is_no_till_yet_says_how_it_becomes_one(tmp_path: Path) -> None:
    code, out = run("till", "--data", tmp_path / "nowhere")

    assert code == 3
    assert "is no till yet. On the server: pos-loyalty server till add; then here" in out
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("code", ["", "hello", "LE1:????"])
def test_a_code_that_is_none_makes_no_folder(tmp_path: Path, code: str) -> None:
    exit_code, out = run("till", "enrol", code, "--data", tmp_path / "till")

    assert exit_code == 1
    assert "Copy the whole code that the server printed." in out
    assert not (tmp_path / "till").exists()


def test_a_folder_that_is_a_till_already_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}", encoding="utf-8")
    code = write_code("secret", b"k" * 32, "http://127.0.0.1:9")

    exit_code, out = run("till", "enrol", code, "--data", tmp_path)

    assert exit_code == 1
    assert "is a till already. Another till needs another --data." in out
    assert (tmp_path / FILE).read_text(encoding="utf-8") == "{}"


SAID = [
    (StoreFault("place", "the folder is on a network"), "The folder is on a network\n"),
    (NoIdentity("till.json is not ours"), "Till.json is not ours\n"),
    (JournalFault("damaged", "a hash is wrong"), "(damaged): a hash is wrong. Nothing in it"),
    (WrongDocument(file="f", path="a.b", found="1", allowed="2"), "F: a.b: found 1; allowed: 2\n"),
    (CentralTrouble(Trouble.UNREACHABLE, "ConnectionError"), "See that it runs"),
    (CentralTrouble(Trouble.PORTAL, "status 200"), "Something else answers in the server's place"),
    (CentralTrouble(Trouble.REFUSED, "used"), "A code is good once"),
    (NeverHeard("unreachable"), "This till has not heard from its server yet (unreachable)"),
    (NoDisplay(), "There is no display to show the till on."),
    (PermissionError(13, "Permission denied", "/till"), "/till cannot be used: Permission denied."),
]


@pytest.mark.parametrize(("error", "said"), SAID, ids=lambda value: type(value).__name__)
def test_what_the_world_refuses_is_a_sentence_and_exit_code_1(
    error: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, sentences():
        raise error

    assert ended.value.exit_code == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_defect_is_no_sentence() -> None:
    with pytest.raises(ZeroDivisionError), sentences():
        raise ZeroDivisionError


def test_the_tills_folder_is_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert data_folder() == tmp_path / "pos-loyalty"
    assert till_folder().parent == data_folder()
