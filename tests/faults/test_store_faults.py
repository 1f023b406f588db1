from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.store.journal import SqlJournal
from pos_loyalty.store.lock import TillLock
from pos_loyalty.store.reserve import RESERVE_BYTES
from tests.fakes.told_events import ANNA, TILL, enrolment, sale

KEY = b"k" * 32
KILLS = 8
# Sells until it is killed, and says each sale's number once its append has returned.
CHILD = """
import sys
from pathlib import Path
from pos_loyalty.store.folder import open_journal
from tests.fakes.told_events import ANNA, TILL, sale
journal = open_journal(Path(sys.argv[1]), b"k" * 32, TILL)
for _ in range(int(sys.argv[2])):
    journal.append(sale(journal.head(), ANNA, 10))
    print(journal.head().position.seq, flush=True)
"""
# An event that leaves a gap.
AHEAD = """
INSERT INTO events
SELECT epoch, 9, zeroblob(16), kind, version, at_us, monotonic_ns, boot_id, NULL, actor, role, NULL,
    NULL, NULL, body, hash, hash
FROM events WHERE seq = 2
"""
SALES = 60
# Tries a sale again that was not taken, as a cashier would, and says what was done.
STUBBORN = f"""
import sys
from pathlib import Path
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.folder import open_journal
from tests.fakes.told_events import ANNA, TILL, sale
journal = open_journal(Path(sys.argv[1]), b"k" * 32, TILL)
for number in range(1, {SALES} + 1):
    entry = sale(journal.head(), ANNA, 10)
    for attempt in range(3):
        try:
            if journal.event(entry.event.header.event_id) is None:
                journal.append(entry)
            break
        except JournalFault as fault:
            last = fault
    else:
        sys.exit(str(last))
    print(number, flush=True)
"""
LOCKED = """
import sys
from pathlib import Path
from pos_loyalty.store.lock import TillLock
lock = TillLock(Path(sys.argv[1]))
print("locked", flush=True)
sys.stdin.read()  # Until the far end closes.
"""


def child(script: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    opened = open_journal(tmp_path, KEY, TILL)
    yield opened
    opened.close()


def sell(journal: SqlJournal, times: int = 1) -> None:
    for _ in range(times):
        journal.append(sale(journal.head(), ANNA, 10))


def reopened(folder: Path) -> SqlJournal:
    """Open a folder again and compute every hash."""
    journal = open_journal(folder, KEY, TILL)
    journal.check_chain(1_000_000)
    return journal


def journal_file(folder: Path) -> SqlFile:
    """What a person with the key and another program would have in hand."""
    return SqlFile(folder / "journal.db", KEY, Durability.EVERY_COMMIT)


def test_no_sale_that_was_done_is_lost_when_the_till_is_killed(tmp_path: Path) -> None:
    for _ in range(KILLS):
        with child(CHILD, tmp_path, 100_000) as till:
            assert till.stdout is not None
            seen = [int(till.stdout.readline()) for _ in range(7)]
            till.send_signal(signal.SIGKILL)
            seen += [int(line) for line in till.stdout if line.endswith("\n")]

        journal = reopened(tmp_path)
        written = journal.head().position.seq
        assert written in (seen[-1], seen[-1] + 1)  # The last one may not have been said.
        assert len(journal.postings_of(ANNA, Position(0, 0))) == written
        journal.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = x'7b7d' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 2",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2",
        AHEAD,
        "UPDATE postings SET points = 1000",
        "DELETE FROM postings",
        "INSERT OR REPLACE INTO postings SELECT * FROM postings WHERE seq = 1",
    ],
)
def test_what_was_written_cannot_be_changed(tmp_path: Path, statement: str) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 2)
    journal.close()
    file = journal_file(tmp_path)

    with pytest.raises(IntegrityError), file.transaction() as connection:
        connection.exec_driver_sql(statement)

    file.close()
    assert reopened(tmp_path).head().position == Position(1, 2)


def test_a_trigger_that_was_dropped_is_noticed_at_the_next_start(tmp_path: Path) -> None:
    open_journal(tmp_path, KEY, TILL).close()
    file = journal_file(tmp_path)
    with file.transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_are_never_deleted")
    file.close()

    with pytest.raises(JournalFault, match="events_are_never_deleted"):
        open_journal(tmp_path, KEY, TILL)


def test_an_event_changed_behind_the_triggers_is_noticed_at_the_next_start(
    tmp_path: Path,
) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 3)
    journal.close()
    file = journal_file(tmp_path)
    with file.transaction() as connection:
        trigger = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_changed'"
        ).scalar_one()
        connection.exec_driver_sql("DROP TRIGGER events_are_never_changed")
        connection.exec_driver_sql("UPDATE events SET actor = 'somebody else' WHERE seq = 2")
        connection.exec_driver_sql(trigger)
    file.close()

    with pytest.raises(JournalFault, match="not sealed") as noticed:
        open_journal(tmp_path, KEY, TILL)

    assert noticed.value.reason == "damaged"


def test_a_second_till_in_the_same_folder_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with child(LOCKED, tmp_path) as till:
        assert till.stdout is not None
        assert till.stdout.readline() == "locked\n"

        with pytest.raises(StoreFault, match=f"process {till.pid}") as refused:
            TillLock(tmp_path)

        till.kill()
    assert refused.value.reason == "second-instance"
    TillLock(tmp_path).release()  # The system gave the lock up with the process.


def test_another_program_cannot_open_the_journal_of_a_running_till(
    tmp_path: Path, journal: SqlJournal
) -> None:
    sell(journal)

    with pytest.raises(StoreFault, match="another program"):
        open_journal(tmp_path, KEY, TILL)


def test_a_wrong_key_touches_nothing(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal)
    journal.close()
    before = (tmp_path / "journal.db").read_bytes()

    with pytest.raises(StoreFault, match="another till, or the file is damaged") as refused:
        open_journal(tmp_path, b"x" * 32, TILL)

    assert refused.value.reason == "wrong-key"
    assert (tmp_path / "journal.db").read_bytes() == before


def test_another_tills_journal_is_refused(tmp_path: Path) -> None:
    open_journal(tmp_path, KEY, TILL).close()

    with pytest.raises(StoreFault, match="belongs to one till"):
        open_journal(tmp_path, KEY, TerminalId(UUID(int=99)))


def test_a_journal_removed_under_the_running_till_takes_no_sale(
    tmp_path: Path, journal: SqlJournal
) -> None:
    sell(journal)
    (tmp_path / "journal.db").unlink()

    with pytest.raises(JournalFault, match="removed or replaced"):
        journal.check_ready()
    with pytest.raises(JournalFault) as refused:
        sell(journal)

    assert refused.value.reason == "moved"
    assert not (tmp_path / "journal.db").exists()


@pytest.mark.parametrize("name", ["journal.db", "journal.db-wal"])
def test_a_journal_replaced_under_the_running_till_takes_no_sale(
    tmp_path: Path, journal: SqlJournal, name: str
) -> None:
    sell(journal)
    shutil.copy(tmp_path / name, tmp_path / "copy")
    (tmp_path / "copy").replace(tmp_path / name)

    with pytest.raises(JournalFault) as refused:
        sell(journal)

    assert refused.value.reason == "moved"


def test_a_journal_that_is_gone_at_start_is_not_begun_anew(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 3)
    journal.close()
    (tmp_path / "journal.db").unlink()

    with pytest.raises(StoreFault, match="3 events of this till is gone"):
        open_journal(tmp_path, KEY, TILL)


def test_an_older_copy_put_back_begins_a_new_epoch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 2)
    journal.close()
    older = (tmp_path / "journal.db").read_bytes()
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 3)
    journal.close()
    (tmp_path / "journal.db").write_bytes(older)

    journal = reopened(tmp_path)

    assert journal.head() == Head(Position(2, 0), GENESIS)
    assert "older copy" in caplog.text
    sell(journal)
    journal.close()
    journal = reopened(tmp_path)
    assert journal.head().position == Position(2, 1)
    assert journal.progress().unsent == 3
    journal.close()


def test_a_lost_anchor_is_written_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    sell(journal, 2)
    journal.close()
    (tmp_path / "anchor").write_bytes(b"\0" * 97)

    journal = reopened(tmp_path)
    sell(journal)

    assert journal.head().position == Position(1, 3)
    assert (tmp_path / "anchor").read_text().split()[1] == f"{3:020d}"
    journal.close()


def test_personal_data_is_nowhere_to_be_read_on_the_disk(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    journal.append(enrolment(journal.head(), ANNA, PersonalRecord("Anna Planted", "+3906999")))

    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"Planted" not in on_disk
    assert b"+3906999" not in on_disk
    journal.close()


def test_an_erased_record_leaves_the_chain_whole(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, KEY, TILL)
    journal.append(enrolment(journal.head(), ANNA, PersonalRecord("Anna")))
    journal.close()
    file = journal_file(tmp_path)
    with file.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM records")
    file.close()

    journal = reopened(tmp_path)

    assert journal.record_of(ANNA) is None
    assert journal.has_enrolled(ANNA)
    assert journal.unsent(1, 1)[0].record is None
    journal.close()


def test_what_the_server_told_is_asked_for_again_when_it_cannot_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    members = open_members(tmp_path, KEY)
    members.add_passes(["p1"])
    members.close()
    (tmp_path / "members.db").write_bytes(os.urandom(8192))

    members = open_members(tmp_path, KEY)

    assert members.passes() == ()
    assert members.place().cursor == ""
    assert "asked for again" in caplog.text
    members.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["/bin/umount", "--lazy", str(disk)], check=True)


def test_on_a_full_disk_the_sale_in_progress_finishes_and_the_next_is_refused_before_tender(
    small_disk: Path,
) -> None:
    journal = open_journal(small_disk, KEY, TILL)
    journal.check_ready()
    sell(journal)
    _fill(small_disk / "somebody elses file")

    sell(journal, 5)  # In a log that has grown already; then the reserve is given up.

    with pytest.raises(JournalFault) as refused:
        _sell_until_refused(journal)
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
    _fill(small_disk / "somebody elses file")

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


def _sell_until_refused(journal: SqlJournal) -> None:
    for _ in range(1000):
        journal.check_ready()
        sell(journal)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return


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


def test_a_snapshot_that_was_damaged_begins_again(tmp_path: Path) -> None:
    members = open_members(tmp_path, KEY)
    (tmp_path / "index.next.db").write_bytes(os.urandom(8192))

    with pytest.raises(JournalFault):
        members.begin_snapshot().loaded()

    assert members.begin_snapshot().loaded() == 0
    members.close()


def test_a_till_starts_on_a_full_disk_and_refuses_the_next_sale(small_disk: Path) -> None:
    journal = open_journal(small_disk, KEY, TILL)
    sell(journal)
    journal.close()
    (small_disk / "reserve").unlink()
    _fill(small_disk / "somebody elses file")

    journal = reopened(small_disk)

    assert journal.head().position.seq == 1
    with pytest.raises(JournalFault, match="no room"):
        journal.check_ready()
    journal.close()
