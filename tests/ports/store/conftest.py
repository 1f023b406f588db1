from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.ports.journal import Journal
from pos_loyalty.store.folder import open_journal
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
