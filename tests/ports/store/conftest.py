from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.journal import Journal
from pos_loyalty.ports.members import Members
from pos_loyalty.store.folder import open_journal, open_members
from tests.fakes.told_events import (
    TILL,
)


@pytest.fixture(params=["memory", "sql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal(TILL)
        return
    opened = open_journal(tmp_path, b"k" * 32, TILL)
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "sql"])
def members(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Members]:
    if request.param == "memory":
        yield MemoryMembers()
        return
    opened = open_members(tmp_path, b"k" * 32)
    yield opened
    opened.close()
