"""Fetching what has changed, in slices so small that no sale waits for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
from pos_loyalty.ports.members import Members
from pos_loyalty.sync.thread import OnLedger
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import unused_passes
from pos_loyalty.wire.messages import PASSES_MAX, LeasePasses, Pull, PullReply, Snapshot

SLICE_CHANGES = 25  # About 5 ms on the ledger thread.
PASSES_MIN = PASSES_MAX // 2
NONCE_BYTES = 8
LOADS_MAX = 3  # Of the whole index, in one round.
PAGES_MAX = 10_000  # Ten million changes, or 200 million lines of the index.

Progress = Callable[[int, int], None]  # Lines loaded, lines in all.


def pull_all(counter: Counter, central: Central, on_ledger: OnLedger, progress: Progress) -> int:
    """Fetch until nothing is new; answers with how many changes came. Raises CentralTrouble."""
    changes, loads = 0, 0
    for _ in range(PAGES_MAX):
        place = on_ledger(counter.members.place)
        server_epoch = place.server_epoch or counter.till.server_epoch
        reply = _ask(counter, central, server_epoch, place.cursor)
        if place.server_epoch not in (0, reply.server_epoch):
            # Another server, or one restored: begin again. What is known is forgotten only when
            # its first page is here, for a till that does not know its store cannot sell.
            reply = _ask(counter, central, reply.server_epoch, "")
            on_ledger(counter.members.wipe)
        load = partial(load_index, counter, central, on_ledger, reply.cursor, progress)
        take_over(counter.members, reply, on_ledger, load)
        changes += len(reply.changes)
        loads += reply.snapshot_required
        if loads > LOADS_MAX:
            break
        if not (reply.more or reply.snapshot_required):
            return changes
    raise CentralTrouble(Trouble.REFUSED, "changes without end")


def _ask(counter: Counter, central: Central, server_epoch: int, cursor: str) -> PullReply:
    terminal = counter.till.terminal
    return central.pull(
        Pull(terminal=terminal, server_epoch=server_epoch, cursor=cursor, nonce=nonce(counter))
    )


def take_over(
    members: Members, reply: PullReply, on_ledger: OnLedger, load: Callable[[], str]
) -> None:
    """Apply a page slice by slice, `load` the index if it asks for it, then move the cursor.

    In this order, so that a till that has never heard of its store sells while the index loads.
    `load` answers with the cursor that goes with the index.
    """
    for start in range(0, len(reply.changes), SLICE_CHANGES):
        slice_ = reply.changes[start : start + SLICE_CHANGES]
        on_ledger(partial(members.apply, slice_, reply, complete=False))
    if reply.snapshot_required:
        reply = reply.model_copy(update={"cursor": load()})
    on_ledger(partial(members.apply, (), reply, complete=True))


def load_index(
    counter: Counter, central: Central, on_ledger: OnLedger, cursor: str, progress: Progress
) -> str:
    """Build the compact index aside, page by page, and swap it in. Goes on where it stopped.

    Answers with the cursor from which what the index may have missed is pulled: the one from before
    its first page, which is not `cursor` when the build was interrupted. Raises CentralTrouble.
    """
    build = on_ledger(partial(counter.members.begin_snapshot, cursor))
    pull_from = build.cursor()
    for _ in range(PAGES_MAX):
        after = build.after()
        page = central.snapshot(
            Snapshot(terminal=counter.till.terminal, after=after, nonce=nonce(counter))
        )
        try:
            build.add(page)
        except ValueError as error:
            raise CentralTrouble(Trouble.REFUSED, "a damaged page of the index") from error
        progress(build.loaded(), page.total)
        if build.after() < after:
            pull_from = ""  # The server was restored meanwhile, and the build begun again.
        elif not page.more:
            break
    else:
        raise CentralTrouble(Trouble.REFUSED, "an index without end")
    on_ledger(partial(counter.members.swap_in, build))
    progress(0, 0)
    return pull_from


def lease_passes(counter: Counter, central: Central, on_ledger: OnLedger) -> None:
    """Keep enough blank passes for a day without a line. Raises CentralTrouble."""
    if len(on_ledger(counter.members.passes)) > PASSES_MIN:
        return  # Without a look at each signature: this is asked at every round.
    unused = on_ledger(partial(unused_passes, counter))
    count = PASSES_MAX - len(unused)
    leased = central.lease_passes(
        LeasePasses(terminal=counter.till.terminal, count=count, nonce=nonce(counter))
    )
    on_ledger(partial(counter.members.add_passes, leased.passes))


def nonce(counter: Counter) -> str:
    """Make 8 random bytes that tie an answer to its question."""
    return counter.ids.salt()[:NONCE_BYTES].hex()
