from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.schema import bring_up, steps_of, version_of
from pos_loyalty.store.tables import INDEX, JOURNAL, MEMBERS

FIRST = """\
CREATE TABLE sales (number INTEGER PRIMARY KEY, total INTEGER NOT NULL);

CREATE TRIGGER sales_stay BEFORE DELETE ON sales
BEGIN
    SELECT raise(ABORT, 'sales stay');
END;
"""
SECOND = "ALTER TABLE sales ADD COLUMN tax INTEGER NOT NULL DEFAULT 0;\n"
BROKEN = "CREATE TABLE returns (number INTEGER);\nALTER TABLE nowhere ADD COLUMN tax INTEGER;\n"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SqlFile]:
    opened = SqlFile(tmp_path / "till.db", b"k" * 32, Durability.EVERY_COMMIT)
    yield opened
    opened.close()


def steps(folder: Path, *scripts: str) -> Path:
    """A folder as an upgrade of the program would leave it."""
    made = folder / f"steps{len(scripts)}"
    made.mkdir()
    for number, script in enumerate(scripts, 1):
        (made / f"{number:04}.sql").write_text(script)
    return made


def test_each_step_is_applied_once_and_what_is_there_stays(file: SqlFile, tmp_path: Path) -> None:
    bring_up(file, steps(tmp_path, FIRST))
    with file.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO sales VALUES (1, 450)")

    bring_up(file, steps(tmp_path, FIRST, SECOND))
    bring_up(file, tmp_path / "steps2")

    assert version_of(file) == 2
    with file.transaction() as connection:
        assert connection.exec_driver_sql("SELECT * FROM sales").one() == (1, 450, 0)


def test_a_step_that_fails_leaves_the_file_as_it_was(file: SqlFile, tmp_path: Path) -> None:
    bring_up(file, steps(tmp_path, FIRST))

    with pytest.raises(Exception, match="no such table: nowhere"):
        bring_up(file, steps(tmp_path, FIRST, BROKEN))

    assert version_of(file) == 1
    bring_up(file, tmp_path / "steps1")


def test_a_newer_programs_file_is_not_touched(file: SqlFile, tmp_path: Path) -> None:
    bring_up(file, steps(tmp_path, FIRST, SECOND))

    with pytest.raises(StoreFault, match="newer version of this program") as refused:
        bring_up(file, steps(tmp_path, FIRST))

    assert refused.value.reason == "newer"
    assert version_of(file) == 2


@pytest.mark.parametrize(
    "tampering",
    [
        "DROP TRIGGER sales_stay",
        "CREATE TRIGGER sales_vanish AFTER INSERT ON sales BEGIN DELETE FROM sales; END",
        "ALTER TABLE sales ADD COLUMN bribe INTEGER",
    ],
)
def test_a_file_whose_rules_were_changed_is_noticed(
    file: SqlFile, tmp_path: Path, tampering: str
) -> None:
    made = steps(tmp_path, FIRST)
    bring_up(file, made)
    with file.transaction() as connection:
        connection.exec_driver_sql(tampering)

    with pytest.raises(JournalFault, match="sales") as noticed:
        bring_up(file, made)

    assert noticed.value.reason == "damaged"


@pytest.mark.parametrize(
    ("kind", "tables"), [("journal", JOURNAL), ("members", MEMBERS), ("index", INDEX)]
)
def test_the_tables_in_code_are_those_of_the_schema_files(
    file: SqlFile, kind: str, tables: MetaData
) -> None:
    bring_up(file, steps_of(kind))

    with file.transaction() as connection:
        found = {
            name: [row.name for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        }

    assert found == {table.name: list(table.columns.keys()) for table in tables.sorted_tables}


def test_a_copy_opens_with_the_same_key_and_with_no_other(file: SqlFile, tmp_path: Path) -> None:
    bring_up(file, steps(tmp_path, FIRST))
    with file.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO sales VALUES (1, 450)")

    file.copy_to(tmp_path / "copy.db")

    copy = SqlFile(tmp_path / "copy.db", b"k" * 32, Durability.EVERY_COMMIT)
    with copy.transaction() as connection:
        assert connection.exec_driver_sql("SELECT total FROM sales").scalar_one() == 450
    copy.close()
    stranger = SqlFile(tmp_path / "copy.db", b"x" * 32, Durability.EVERY_COMMIT)
    with pytest.raises(JournalFault, match="not a database"):
        stranger.open()


def test_what_happened_to_a_member_is_found_without_reading_the_whole_journal(
    file: SqlFile,
) -> None:
    bring_up(file, steps_of("journal"))
    query = (
        "EXPLAIN QUERY PLAN SELECT * FROM events "
        "WHERE member = ? AND (epoch, seq) > (?, ?) ORDER BY epoch, seq"
    )

    with file.transaction() as connection:
        plan = connection.exec_driver_sql(query, (b"m" * 16, 1, 7)).all()

    (step,) = (row.detail for row in plan)
    assert step.startswith("SEARCH events USING INDEX events_of_member (member=? AND")


def test_a_till_that_kept_members_without_their_past_is_told_everything_again(
    file: SqlFile,
) -> None:
    bring_up(file, steps_of("members"), through=1)
    with file.transaction() as connection:
        connection.exec_driver_sql("UPDATE place SET server_epoch = 1, cursor = 'far'")

    bring_up(file, steps_of("members"))

    with file.transaction() as connection:
        row = connection.exec_driver_sql("SELECT server_epoch, cursor FROM place").one()
    assert row == (1, "")
