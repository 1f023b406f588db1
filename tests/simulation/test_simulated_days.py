"""Days at two tills that nobody has to live through."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.bodies import Body
from pos_loyalty.domain.booking import Booked, Fact
from pos_loyalty.domain.completing import COMPLETED
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.needs import limits_of
from pos_loyalty.domain.past import NO_PAST
from pos_loyalty.domain.programs.effects import Earn
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.lab.simulator.central import MemoryBooks
from pos_loyalty.lab.simulator.checks import BrokenPromise, check_everything
from pos_loyalty.lab.simulator.run import run_seed, run_seeds
from pos_loyalty.lab.simulator.setting import PLAIN, RICH
from pos_loyalty.lab.simulator.world import SimulatedTill, World
from pos_loyalty.usecases.sell import Checkout
from pos_loyalty.wire.changes import MemberChanged, ProgramPublished
from pos_loyalty.wire.messages import PullReply
from pos_loyalty.wire.program_document import write_program

STEPS = 1000
FAULTS = 0.15


def test_no_promise_breaks_in_forty_bad_days_at_two_tills() -> None:
    """Of the simplest program, and of one that counts, carries and limits all there is."""
    happened: Tally[str] = Tally()

    reports = [*run_seeds(1, 20, STEPS, FAULTS), *run_seeds(21, 20, STEPS, FAULTS, PLAIN)]

    for report in reports:
        happened.update(report.happened)
    assert [(r.seed, r.broken) for r in reports if r.broken] == []
    # A day in which nothing bad happened proves nothing.
    for trouble in ("died before the commit", "died after the commit", "answer lost", "twice"):
        assert happened[trouble] > 100, trouble
    assert happened["late delivery"] > 100
    assert happened["told"] > 100


def test_everything_a_program_counts_is_met_in_a_simulated_week() -> None:
    """A promise about what never happens is no promise."""
    world = World(8, 0.0)
    for _ in range(3000):
        world.step()
    world.calm()
    check_everything(world)

    pasts = world.books.pasts.values()
    used = {name for past in pasts for name in past.uses}
    assert used == {f"simulated/{name}" for name in limits_of(RICH)}
    assert {goal for past in pasts for goal in past.goals} == {
        f"simulated/{goal.id}" for goal in RICH.goals
    }
    assert {past.tiers.get("simulated") for past in pasts} >= {"silver", "gold"}
    assert any(past.membership for past in pasts)
    assert any(past.vouchers for past in pasts)
    assert any(rest for past in pasts for rest in past.carried.values())
    assert any(past.favourite_category for past in pasts)
    assert world.books.figures["simulated/points-30d-p80"] > 0
    assert world.books.figures["simulated/used-first"] > 0
    results = [one for chain in world.books.chains.values() for one in chain.results]
    assert {one.outcome for one in results} == {"applied"}
    assert Tally(one.code for one in results)[COMPLETED] > 100


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
        again.codes,
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
    world = World(5, 0.0, PLAIN)
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


class ForgettingBooks(MemoryBooks):
    """A server that never comes back to what a till could not know."""

    def in_full(self, fact: Fact, booked: Booked) -> tuple[Body | None, Booked]:
        """Leave it at what was printed."""
        return fact.body, booked


def test_a_server_that_leaves_strangers_at_what_was_printed_is_found_out() -> None:
    """Negative control: the replay adds what was due, and the balances are not the same."""
    world = World(8, 0.0)
    books = ForgettingBooks(tuple(world.books.programs.values()), world.clock)
    books.members.update(world.books.members)
    books.elsewhere.update(world.books.elsewhere)
    world.books = books
    for till in world.tills:
        till.line.books = books
    for _ in range(600):
        world.step()
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


def calm_world(seed: int) -> World:
    world = World(seed, 0.0)
    for _ in range(300):
        world.step()
    world.calm()
    check_everything(world)
    return world


def nothing_new(world: World, through: int = 0) -> PullReply:
    """What a till would have pulled, had anything changed."""
    return PullReply(
        server_epoch=1,
        changes=(),
        cursor="",
        more=False,
        includes_epoch=1,
        includes_seq=through,
        at=world.clock,
    )


def somebody(world: World) -> MemberId:
    return next(m for m, past in world.books.pasts.items() if past.days and past.uses)


def test_a_past_that_the_server_made_up_is_found_out() -> None:
    """Negative control: the pasts are compared with what the journals come to."""
    world = calm_world(9)
    anna = somebody(world)

    world.books.pasts[anna] = replace(world.books.pasts[anna], visits=1000)

    with pytest.raises(BrokenPromise, match="not what the journals come to"):
        check_everything(world)


def test_a_till_that_forgets_what_it_was_told_is_found_out() -> None:
    """Negative control: I9 compares what every till shows of every member."""
    world = calm_world(9)
    anna = somebody(world)
    for till in world.tills:
        told = MemberChanged(member=anna, status="active", record=None, lots=(), past=NO_PAST)
        through = world.books.chains[till.counter.till.terminal, 1].seq
        till.counter.members.apply([told], nothing_new(world, through), complete=False)

    with pytest.raises(BrokenPromise, match="I9"):
        check_everything(world)


def test_a_till_that_gives_strangers_more_than_members_is_found_out() -> None:
    """Negative control: I13 quotes every stranger's sale again as the member she is."""
    world = calm_world(9)
    generous = replace(
        RICH, rules=(Rule("base", Earn(points=Fraction(5), step=Decimal(100))),), caps=()
    )
    for till in world.tills:
        document = write_program(generous)
        till.counter.members.apply(
            [ProgramPublished(document=document)], nothing_new(world), complete=False
        )
    world.books.programs[generous.id, generous.version] = generous

    for _ in range(300):
        world.step()
    world.calm()

    with pytest.raises(BrokenPromise, match="I13"):
        check_everything(world)


def test_a_figure_on_paper_that_the_rules_do_not_give_is_found_out() -> None:
    """Negative control: the server works every sale out again."""
    world = calm_world(10)
    dearer = replace(RICH, rules=RICH.rules[:1], caps=())

    world.books.programs[RICH.id, RICH.version] = dearer
    for _ in range(100):
        world.step()
    world.calm()

    with pytest.raises(BrokenPromise, match="does not come out again"):
        check_everything(world)
