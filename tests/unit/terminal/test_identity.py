from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.terminal.identity import (
    FILE,
    NoIdentity,
    is_enrolled,
    keep_identity,
    read_identity,
    terminal_of,
)
from tests.fakes.counter import a_counter

TILL = a_counter().till
SEED = b"s" * 32


def test_a_till_knows_who_it_is_after_a_restart(tmp_path: Path) -> None:
    journal = MemoryJournal(TILL.terminal)
    assert not is_enrolled(tmp_path)
    keep_identity(tmp_path, journal, TILL, SEED)

    assert is_enrolled(tmp_path)
    assert terminal_of(tmp_path) == TILL.terminal
    assert read_identity(tmp_path, journal) == (TILL, SEED)


def test_what_is_secret_is_not_in_the_open_file(tmp_path: Path) -> None:
    keep_identity(tmp_path, MemoryJournal(TILL.terminal), TILL, SEED)

    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert SEED.hex() not in text
    assert TILL.index_key.hex() not in text
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"terminal": 5}', '{"terminal": "x"}', "\x00"])
def test_a_file_that_is_not_what_we_wrote_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(NoIdentity, match="is not what this program wrote"):
        terminal_of(tmp_path)


def test_a_file_that_lost_a_part_is_told_in_a_sentence(tmp_path: Path) -> None:
    journal = MemoryJournal(TILL.terminal)
    keep_identity(tmp_path, journal, TILL, SEED)
    told = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    del told["server_key"]
    (tmp_path / FILE).write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(NoIdentity, match="KeyError"):
        read_identity(tmp_path, journal)


def test_a_journal_of_another_folder_holds_no_key_of_this_till(tmp_path: Path) -> None:
    keep_identity(tmp_path, MemoryJournal(TILL.terminal), TILL, SEED)

    with pytest.raises(NoIdentity, match="holds no key of this till"):
        read_identity(tmp_path, MemoryJournal(TILL.terminal))
