"""Days at two tills that nobody has to live through."""

from __future__ import annotations

from collections import Counter as Tally

import pytest

from pos_loyalty.domain.ids import EventId
from pos_loyalty.lab.simulator.central import MemoryBooks
from pos_loyalty.lab.simulator.checks import BrokenPromise, check_everything
from pos_loyalty.lab.simulator.run import run_seed, run_seeds
from pos_loyalty.lab.simulator.world import SimulatedTill, World
from pos_loyalty.usecases.sell import Checkout

STEPS = 2000
FAULTS = 0.15


def test_no_promise_breaks_in_forty_bad_days_at_two_tills() -> None:
    happened: Tally[str] = Tally()

    reports = list(run_seeds(1, 40, STEPS, FAULTS))

    for report in reports:
        happened.update(report.happened)
    assert [(r.seed, r.broken) for r in reports if r.broken] == []
    # A day in which nothing bad happened proves nothing.
    for trouble in ("died before the commit", "died after the commit", "answer lost", "twice"):
        assert happened[trouble] > 100, trouble
    assert happened["late delivery"] > 100


def test_one_seed_is_one_day_to_the_letter() -> None:
    first, again = run_seed(7, 500, FAULTS), run_seed(7, 500, FAULTS)

    assert (first.events, first.happened) == (again.events, again.happened)


def test_a_till_that_pays_under_a_new_id_after_a_crash_is_found_out() -> None:
    """Negative control: the id made before the first attempt is what keeps a sale one sale."""
    world = World(3, FAULTS)
    paid = 0
    forgetful = till_that_died_after_the_commit(world)
    assert forgetful.unfinished is not None

    again = forgetful.unfinished
    sold_before = forgetful.journal.head().position.seq
    forgetful.unfinished = Checkout(
        EventId(forgetful.counter.ids.new(forgetful.clock.now())),
        again.lines,
        again.tenders,
        again.member,
    )
    world.sale(forgetful)
    paid = forgetful.journal.head().position.seq - sold_before

    assert paid == 1  # The goods were paid twice; under the same id it would have been 0.


def till_that_died_after_the_commit(world: World) -> SimulatedTill:
    for _ in range(5000):
        till = world.step()
        sale = till.unfinished
        if sale is not None and till.journal.event(sale.sale) is not None:
            return till
    pytest.fail("nobody died after a commit in 5000 steps")


class DoublingBooks(MemoryBooks):
    """A server that forgot which events it has seen."""

    def forget(self) -> None:
        self.contents.clear()
        for chain in self.chains.values():
            del chain.hashes[1:]
            chain.results.clear()


def test_a_server_that_books_a_resent_event_again_is_found_out() -> None:
    """Negative control: without its memory of ids the server doubles points, and I10 says so."""
    world = World(5, 0.0)
    books = DoublingBooks(tuple(world.books.programs.values()), world.clock)
    books.members.update(world.books.members)
    world.books = books
    for till in world.tills:
        till.line.books = books
    for _ in range(300):
        world.step()
    world.calm()
    check_everything(world)

    books.forget()
    world.calm()

    with pytest.raises(BrokenPromise, match="I10"):
        check_everything(world)


def test_an_account_that_does_not_balance_is_found_out() -> None:
    """Negative control: I1 sees a leg that went missing."""
    world = World(6, 0.0)
    for _ in range(200):
        world.step()
    world.calm()

    world.books.postings.pop()

    with pytest.raises(BrokenPromise, match="I1"):
        check_everything(world)
