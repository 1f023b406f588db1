"""A till's journal that sells, in this process or in a child that may be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pos_loyalty.store.engine import Durability, SqlFile
from pos_loyalty.store.folder import open_journal
from pos_loyalty.store.journal import SqlJournal
from tests.fakes.told_events import ANNA, TILL, sale

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


def sell_until_refused(journal: SqlJournal) -> None:
    for _ in range(1000):
        journal.check_ready()
        sell(journal)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return
