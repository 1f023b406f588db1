"""Fetching what has changed, in slices so small that no sale waits for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos_loyalty.ports.central import Central
from pos_loyalty.ports.members import Members
from pos_loyalty.sync.thread import OnLedger
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import unused_passes
from pos_loyalty.wire.messages import PASSES_MAX, LeasePasses, Pull, PullReply, Snapshot

SLICE_CHANGES = 25  # About 5 ms on the ledger thread.
PASSES_MIN = PASSES_MAX // 2
NONCE_BYTES = 8

Progress = Callable[[int, int], None]  # Lines loaded, lines in all.


def pull_all(counter: Counter, central: Central, on_ledger: OnLedger, progress: Progress) -> int:
    """Fetch until nothing is new; answers with how many changes came. Raises CentralTrouble."""
    changes = 0
    while True:
        place = on_ledger(counter.members.place)
        reply = central.pull(
            Pull(
                terminal=counter.till.terminal,
                server_epoch=place.server_epoch or counter.till.server_epoch,
                cursor=place.cursor,
                nonce=nonce(counter),
            )
        )
        if place.server_epoch not in (0, reply.server_epoch):
            on_ledger(counter.members.wipe)  # Another server, or one restored: begin again.
            continue
        if reply.snapshot_required:
            load_index(counter, central, on_ledger, progress)
        take_over(counter.members, reply, on_ledger)
        changes += len(reply.changes)
        if not reply.more:
            return changes


def take_over(members: Members, reply: PullReply, on_ledger: OnLedger) -> None:
    """Apply a page slice by slice; only the last one moves the cursor."""
    starts = range(0, max(1, len(reply.changes)), SLICE_CHANGES)
    for start in starts:
        slice_ = reply.changes[start : start + SLICE_CHANGES]
        complete = start == starts[-1]
        on_ledger(partial(members.apply, slice_, reply, complete=complete))


def load_index(counter: Counter, central: Central, on_ledger: OnLedger, progress: Progress) -> None:
    """Build the compact index aside, page by page, and swap it in. Goes on where it stopped."""
    build = on_ledger(counter.members.begin_snapshot)
    more = True
    while more:
        page = central.snapshot(
            Snapshot(terminal=counter.till.terminal, after=build.after(), nonce=nonce(counter))
        )
        build.add(page)
        progress(build.loaded(), page.total)
        more = page.more
    on_ledger(lambda: counter.members.swap_in(build))
    progress(0, 0)


def lease_passes(counter: Counter, central: Central, on_ledger: OnLedger) -> None:
    """Keep enough blank passes for a day without a line. Raises CentralTrouble."""
    unused = on_ledger(lambda: unused_passes(counter))
    if len(unused) > PASSES_MIN:
        return
    count = PASSES_MAX - len(unused)
    leased = central.lease_passes(
        LeasePasses(terminal=counter.till.terminal, count=count, nonce=nonce(counter))
    )
    on_ledger(lambda: counter.members.add_passes(leased.passes))


def nonce(counter: Counter) -> str:
    """Make 8 random bytes that tie an answer to its question."""
    return counter.ids.salt()[:NONCE_BYTES].hex()
