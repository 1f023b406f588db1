"""The promises, checked: I1, I4, I5, I9, I10 and I13 over the simulated world."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import islice

from pos_loyalty.domain.bodies import Acted, Enrolled, ProfileChanged, Sold, member_of
from pos_loyalty.domain.booking import NOBODY, Account, AccountKind, Booked, Fact, fold
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.completing import book_in_full, by_stranger
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import Event
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
    """I10: all journals booked from zero give the same balances and the same pasts.

    What was printed counts once for each event of a journal; what was due besides, once for each
    event that the server booked, in its order. An event is never changed: what was replayed at an
    earlier look is not replayed again.
    """
    for till in world.tills:
        for event in islice(till.journal.everything(), till.replayed, None):
            till.replayed += 1
            world.replayed += _booked(world, event).postings
    journals = {till.counter.till.terminal: till.journal for till in world.tills}
    for terminal, event_id in islice(world.books.order, world.folded_through, None):
        found = journals[terminal].event(event_id)
        if found is None:
            raise BrokenPromise(f"{event_id} was booked and is in no journal")
        if (terminal, event_id) not in world.folded_ids:
            world.folded_ids.add((terminal, event_id))
            _fold(world, found)
    world.folded_through = len(world.books.order)
    if dict(fold(world.replayed)) != dict(world.books.balances):
        raise BrokenPromise("I10: replaying the journals gives other balances")
    if world.folded != world.books.pasts:
        wrong = [m for m, past in world.folded.items() if world.books.pasts.get(m) != past]
        raise BrokenPromise(f"the pasts of {wrong} are not what the journals come to")


def _booked(world: World, event: Event) -> Booked:
    """Book an event as it was printed."""
    header = event.header
    return world.books.book_once(event, read_once(header.kind, header.version, event.body))


def _fold(world: World, event: Event) -> None:
    """Add an event to its member's past, and what was due beyond its paper to what is replayed."""
    header = event.header
    body = read_once(header.kind, header.version, event.body)
    member = member_of(body)
    if body is None or member is None:
        return
    if isinstance(body, Enrolled | ProfileChanged):
        world.born[member] = world.told_birthdays[body.record_digest]
    past, born = world.folded.get(member, NO_PAST), world.born.get(member)
    fact, program = Fact(header.event_id, header.at, body), scored_under(body, world.books)
    printed = _booked(world, event)
    full, booked = book_in_full(fact, printed, past, born, program)
    _check_stranger(world, fact, booked, past, born)
    world.replayed += booked.postings[len(printed.postings) :]
    on = business_day_of(body, header.at)
    world.folded[member] = remember(past, full or body, on, program)


def _check_stranger(
    world: World, fact: Fact, booked: Booked, past: Past, born: date | None
) -> None:
    """I13: where nothing was known of a member, only what is hers was given, and nothing is lost.

    No more was printed than is due to the member she is, and no less than is due is booked.
    """
    body, program = fact.body, world.program
    if not isinstance(body, Sold | Acted) or body.scored is None or not by_stranger(body.scored):
        return
    basket = basket_of(body, fact.at, body.scored.figures)
    due = quote(basket, facts_of(past, program, basket.day, born, ()), program)
    got = fold(booked.postings)
    for unit in program.units:
        account = Account(
            AccountKind.AVAILABLE, body.member or NOBODY, program.account_unit(unit.id)
        )
        owed, held = due.points(unit.id), got.get(account, 0)
        if body.scored.points(account.unit) > owed or held < owed:
            given = f"printed were {body.scored.points(account.unit)}, booked {held}"
            raise BrokenPromise(f"I13: {fact.event_id}: {given} {unit.id}, due were {owed}")


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
