"""Files that are killed, copied, changed, taken away or opened twice."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from pos_loyalty.domain.events import GENESIS, Head, Position
from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.folder import open_journal, open_members
from pos_loyalty.store.journal import SqlJournal
from pos_loyalty.store.lock import TillLock
from tests.fakes.selling_till import (
    AHEAD,
    CHILD,
    KEY,
    KILLS,
    LOCKED,
    child,
    journal_file,
    reopened,
    sell,
)
from tests.fakes.told_events import ANNA, TILL, enrolment


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


def test_a_snapshot_that_was_damaged_begins_again(tmp_path: Path) -> None:
    members = open_members(tmp_path, KEY)
    (tmp_path / "index.next.db").write_bytes(os.urandom(8192))

    with pytest.raises(JournalFault):
        members.begin_snapshot().loaded()

    assert members.begin_snapshot().loaded() == 0
    members.close()
