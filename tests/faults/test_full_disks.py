"""A disk that is full, or does not answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.folder import open_journal
from pos_loyalty.store.reserve import RESERVE_BYTES
from tests.fakes.selling_till import (
    KEY,
    SALES,
    STUBBORN,
    child,
    fill,
    reopened,
    sell,
    sell_until_refused,
)
from tests.fakes.told_events import TILL


def test_on_a_full_disk_the_sale_in_progress_finishes_and_the_next_is_refused_before_tender(
    small_disk: Path,
) -> None:
    journal = open_journal(small_disk, KEY, TILL)
    journal.check_ready()
    sell(journal)
    fill(small_disk / "somebody elses file")

    sell(journal, 5)  # In a log that has grown already; then the reserve is given up.

    with pytest.raises(JournalFault) as refused:
        sell_until_refused(journal)
    assert refused.value.reason == "disk-full"
    assert not (small_disk / "reserve").exists()
    done = journal.head()
    (small_disk / "somebody elses file").unlink()
    journal.check_ready()
    assert (small_disk / "reserve").stat().st_size == RESERVE_BYTES
    journal.close()
    journal = reopened(small_disk)
    assert journal.head() == done
    journal.close()


def test_a_disk_without_any_room_takes_nothing_and_loses_nothing(small_disk: Path) -> None:
    journal = open_journal(small_disk, KEY, TILL)
    sell(journal)
    done = journal.head()
    fill(small_disk / "somebody elses file")

    with pytest.raises(JournalFault) as refused:
        sell(journal, 1000)

    assert refused.value.reason == "disk-full"
    assert not refused.value.outcome_unknown
    written = journal.head()
    assert written.position > done.position
    journal.close()
    journal = reopened(small_disk)
    assert journal.head() == written
    journal.close()


@pytest.mark.skipif(shutil.which("strace") is None, reason="faults are injected by strace")
@pytest.mark.parametrize("calls", ["fsync,fdatasync", "pwrite64"])
@pytest.mark.parametrize("when", ["40", "41", "40+"])
def test_after_an_io_error_the_till_says_only_what_is_on_the_disk(
    tmp_path: Path, calls: str, when: str
) -> None:
    folder = tmp_path / "till"
    folder.mkdir()
    open_journal(folder, KEY, TILL).close()
    trace = tmp_path / "trace"
    inject = ("strace", "-f", "-o", str(trace), "-e", f"trace={calls}", "-e")

    with child(STUBBORN, folder, prefix=(*inject, f"inject={calls}:error=EIO:when={when}")) as till:
        assert till.stdout is not None
        done = [int(line) for line in till.stdout]

    assert "INJECTED" in trace.read_text()
    assert done == list(range(1, len(done) + 1))
    assert len(done) == (SALES if when != "40+" else len(done))
    journal = reopened(folder)
    assert journal.head().position.seq in (len(done), len(done) + 1)
    journal.close()


def test_a_till_starts_on_a_full_disk_and_refuses_the_next_sale(small_disk: Path) -> None:
    journal = open_journal(small_disk, KEY, TILL)
    sell(journal)
    journal.close()
    (small_disk / "reserve").unlink()
    fill(small_disk / "somebody elses file")

    journal = reopened(small_disk)

    assert journal.head().position.seq == 1
    with pytest.raises(JournalFault, match="no room"):
        journal.check_ready()
    journal.close()
