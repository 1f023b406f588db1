"""The promises, checked: I1, I4, I5, I9 and I10 over the simulated world."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.booking import Account, AccountKind, Fact, book, fold
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.ids import MemberId, Unit
from pos_loyalty.lab.simulator.central import read_once
from pos_loyalty.lab.simulator.world import PROGRAM, SimulatedTill, World
from pos_loyalty.usecases.standing import see


class BrokenPromise(AssertionError):  # noqa: N818 - reads as a sentence where it is raised
    """An invariant does not hold; the message says which and where."""


def check_touched(world: World, till: SimulatedTill) -> None:
    """Check what one step can have hurt: nothing called done is missing, the chain is whole."""
    for event_id in till.done[-2:]:
        if till.journal.event(event_id) is None:
            raise BrokenPromise(f"I7: {event_id} was called done and is not in the journal")
    chain = world.books.chains.get((till.counter.till.terminal, 1))
    head = till.journal.head()
    if chain is not None and chain.seq:
        position = type(head.position)(1, chain.seq)
        if till.journal.hash_at(position) != chain.hashes[-1]:
            raise BrokenPromise(f"I5: the server's chain of {till.counter.till.till} is not ours")


def check_everything(world: World) -> None:
    """Check all promises when every till has said and heard everything."""
    _check_books(world)
    _check_replay(world)
    for till in world.tills:
        unsent = till.journal.progress().unsent
        if unsent:
            raise BrokenPromise(
                f"{till.counter.till.till} still has {unsent} unsent after the calm"
            )
        for member in world.members:
            _check_shown(world, till, member)


def _check_books(world: World) -> None:
    sums: defaultdict[tuple[object, Unit], int] = defaultdict(int)
    for posting in world.books.postings:
        sums[posting.lot, posting.account.unit] += posting.points
    for key, total in sums.items():
        if total:
            raise BrokenPromise(f"I1: the legs of {key} sum to {total}")
    if dict(fold(world.books.postings)) != dict(world.books.balances):
        raise BrokenPromise("balances are not the fold of their postings")
    for account, points in world.books.balances.items():
        if account.kind is AccountKind.AVAILABLE and points < 0:
            raise BrokenPromise(f"I2: {account} holds {points}")
    if world.books.alarms:
        raise BrokenPromise(f"I4: one id with two contents: {world.books.alarms}")


def _check_replay(world: World) -> None:
    """I10: all journals booked from zero give the same balances.

    An event is never changed: what was replayed at an earlier look is not replayed again.
    """
    for till in world.tills:
        for event in islice(till.journal.everything(), till.replayed, None):
            till.replayed += 1
            header = event.header
            body = read_once(header.kind, header.version, event.body)
            world.replayed += book(Fact(header.event_id, header.at, body), world.books).postings
            if isinstance(body, Sold) and body.earned and body.member is None:
                raise BrokenPromise("points for nobody")
    if dict(fold(world.replayed)) != dict(world.books.balances):
        raise BrokenPromise("I10: replaying the journals gives other balances")


def _check_shown(world: World, till: SimulatedTill, member: MemberId) -> None:
    """I9: what the till shows is what the server holds, once everything was said and heard."""
    seen = see(till.counter, member)
    if not seen.standing.known:
        return
    on = business_day(world.clock, "Europe/Rome")
    shown = seen.standing.balance(PROGRAM.unit, on)
    held = world.books.balances[Account(AccountKind.AVAILABLE, member, PROGRAM.unit)]
    if shown != held:
        raise BrokenPromise(f"I9: {till.counter.till.till} shows {shown}, the server holds {held}")
