"""The promises, checked: I1, I4, I5, I9, I10 and I13 over the simulated world."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from pos_loyalty.domain.bodies import Acted, Body, Sold, member_of
from pos_loyalty.domain.booking import Account, AccountKind, fold
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import Event
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.domain.ids import MemberId, Unit
from pos_loyalty.domain.past import NO_PAST, Past, facts_of
from pos_loyalty.domain.remembering import business_day_of, remember
from pos_loyalty.domain.scored_sale import basket_of
from pos_loyalty.lab.simulator.central import read_once, scored_under
from pos_loyalty.lab.simulator.setting import ZONE
from pos_loyalty.lab.simulator.world import SimulatedTill, World
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
    _check_pasts(world)
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
    if world.books.disputed:
        raise BrokenPromise(f"what was printed does not come out again: {world.books.disputed}")


def _check_replay(world: World) -> None:
    """I10: all journals booked from zero give the same balances.

    An event is never changed: what was replayed at an earlier look is not replayed again.
    """
    for till in world.tills:
        for event in islice(till.journal.everything(), till.replayed, None):
            till.replayed += 1
            header = event.header
            body = read_once(header.kind, header.version, event.body)
            world.replayed += world.books.book_once(event, body).postings
    if dict(fold(world.replayed)) != dict(world.books.balances):
        raise BrokenPromise("I10: replaying the journals gives other balances")


def _check_pasts(world: World) -> None:
    """Check that the server's pasts are the fold of all journals, in the order it booked them."""
    journals = {till.counter.till.terminal: till.journal for till in world.tills}
    for terminal, event_id in islice(world.books.order, world.folded_through, None):
        event = journals[terminal].event(event_id)
        if event is None:
            raise BrokenPromise(f"{event_id} was booked and is in no journal")
        _fold(world, event)
    world.folded_through = len(world.books.order)
    if world.folded != world.books.pasts:
        wrong = [m for m, past in world.folded.items() if world.books.pasts.get(m) != past]
        raise BrokenPromise(f"the pasts of {wrong} are not what the journals come to")


def _fold(world: World, event: Event) -> None:
    header = event.header
    body = read_once(header.kind, header.version, event.body)
    member = member_of(body)
    if body is None or member is None:
        return
    past = world.folded.get(member, NO_PAST)
    _check_stranger(world, event, body, past)
    on = business_day_of(body, header.at)
    world.folded[member] = remember(past, body, on, scored_under(body, world.books))


def _check_stranger(world: World, event: Event, body: Body, past: Past) -> None:
    """I13: where nothing was known of a member, nothing was given that she would not have got."""
    if not isinstance(body, Sold | Acted) or body.scored is None or body.scored.facts != STRANGER:
        return
    basket = basket_of(body, event.header.at, body.scored.figures)
    due = quote(basket, facts_of(past, world.program, basket.day, None, ()), world.program)
    for one in body.scored.earned:
        unit = one.unit.removeprefix(f"{world.program.id}/")
        if one.points > due.points(unit):
            at = event.header.event_id
            raise BrokenPromise(f"I13: {at} gave {one.points} {unit}, due were {due.points(unit)}")


def _check_shown(world: World, till: SimulatedTill, member: MemberId) -> None:
    """I9: what the till shows is what the server holds, once everything was said and heard."""
    seen = see(till.counter, member)
    if not seen.standing.known:
        if seen.past is not None:
            raise BrokenPromise(f"{till.counter.till.till} shows the past of a stranger")
        return
    name, on = till.counter.till.till, business_day(world.clock, ZONE)
    for unit in (world.program.account_unit(one.id) for one in world.program.units):
        shown = seen.standing.balance(unit, on)
        held = world.books.balances.get(Account(AccountKind.AVAILABLE, member, unit), 0)
        if shown != held:
            raise BrokenPromise(f"I9: {name} shows {shown} of {unit}, the server holds {held}")
    if seen.past != world.books.pasts.get(member, NO_PAST):
        raise BrokenPromise(f"I9: {name} shows another past of {member} than the server has")
    told = world.books.records.get(member)
    if told is not None and (seen.record is None or seen.record.birthday != told.birthday):
        raise BrokenPromise(f"I9: {name} shows another birthday of {member} than the server has")
    if dict(till.counter.members.figures()) != dict(world.books.figures):
        raise BrokenPromise(f"I9: {name} shows other figures than the server published")
