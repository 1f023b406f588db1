"""Opening what is in the till's folder."""

from __future__ import annotations

from contextlib import ExitStack
from logging import getLogger
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from pos_loyalty.domain.ids import TerminalId
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.store.anchor import Anchor
from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.faults import LOCKED, NOT_A_DATABASE, PRIMARY, StoreFault, code_of
from pos_loyalty.store.journal import SqlJournal
from pos_loyalty.store.members import INDEX, MEMBERS, NEXT_INDEX, SqlMembers
from pos_loyalty.store.reserve import Reserve
from pos_loyalty.store.schema import bring_up_after_a_copy, steps_of
from pos_loyalty.store.tables import identity

log = getLogger(__name__)

JOURNAL = "journal.db"
REBUILT_WHEN = ("damaged", "newer")
EVENTS_CHECKED = 1000  # Of the newest, at every start: 30 ms.


def open_journal(folder: Path, key: bytes, terminal: TerminalId) -> SqlJournal:
    """Open the till's journal, made on the first start, brought up to this program's form.

    Raises StoreFault when it is not to be touched, JournalFault when it or the disk is damaged.
    """
    anchor = Anchor(folder / "anchor")
    anchored = anchor.read()
    path = folder / JOURNAL
    if not path.exists() and anchored is not None and anchored.position.seq:
        raise StoreFault(
            "missing",
            f"{path.name} with {anchored.position.seq} events of this till is gone: put it back "
            f"into {folder}, or remove the file “anchor” there to begin with an empty one.",
        )
    file = SqlFile(path, key, Durability.EVERY_COMMIT)
    with ExitStack() as when_it_fails:
        when_it_fails.callback(file.close)
        open_file(file)
        bring_up_after_a_copy(file, steps_of("journal"))
        _claim(file, terminal)
        reserve = Reserve(folder / "reserve")
        reserve.stand()  # Where there is no room for it, the first sale is refused before tender.
        journal = SqlJournal(file, terminal, anchor, reserve)
        journal.check_chain(EVENTS_CHECKED)
        when_it_fails.pop_all()
    return journal


def open_members(folder: Path, key: bytes) -> SqlMembers:
    """Open what the server told. `key` is one that has opened the journal.

    Files that cannot be read, or of another form, are made anew and told again: they hold nothing
    that is only here.
    """
    try:
        return SqlMembers(folder, key)
    except (JournalFault, StoreFault) as fault:
        if fault.reason not in REBUILT_WHEN:
            raise
        log.warning("what the server told cannot be read, it is asked for again: %s", fault)
    for name in (MEMBERS, INDEX, NEXT_INDEX):
        SqlFile(folder / name, key, Durability.REBUILDABLE).remove()
    return SqlMembers(folder, key)


def open_file(file: SqlFile) -> None:
    """Open a file of the till's folder. Raises StoreFault where a person can put it right."""
    try:
        file.open()
    except JournalFault as fault:
        cause = fault.__cause__
        if isinstance(cause, DBAPIError) and code_of(cause) & PRIMARY == NOT_A_DATABASE:
            raise StoreFault(
                "wrong-key",
                f"{file.path.name} does not open with this till's key: the key belongs to another "
                "till, or the file is damaged. Nothing was changed.",
            ) from fault
        raise
    except DBAPIError as error:
        if code_of(error) & PRIMARY not in LOCKED:
            raise
        raise StoreFault(
            "second-instance",
            f"another program has {file.path.name} open: close it, then start again.",
        ) from error


def _claim(file: SqlFile, terminal: TerminalId) -> None:
    """See that the journal is this till's; a new one becomes it."""
    with file.transaction() as connection:
        owner = connection.execute(select(identity.c.terminal)).scalar_one_or_none()
        if owner is None:
            connection.execute(insert(identity), {"only": 1, "terminal": terminal.bytes})
        elif owner != terminal.bytes:
            raise StoreFault(
                "foreign",
                f"{file.path.name} is the journal of till {UUID(bytes=owner)}, this is {terminal}: "
                "a till's folder belongs to one till.",
            )
