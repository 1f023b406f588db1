"""A member of one store at a till of another: she is told that more follows, and it does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from uuid import UUID

import pytest

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.booking import AccountKind, Fact, Posting, book, fold
from pos_loyalty.domain.completing import book_in_full
from pos_loyalty.domain.ids import EventId, MemberId, StoreId, uuid7
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.effects import Give, IssueVoucher
from pos_loyalty.domain.programs.limits import Limit, Per
from pos_loyalty.domain.programs.persons import AroundDate, MemberDate
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.domain.programs.units import Months
from pos_loyalty.domain.remembering import remember
from pos_loyalty.domain.scans import Scan
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.identity import TillIdentity
from pos_loyalty.ports.layout import plain_text
from pos_loyalty.server.pasts import read_pasts
from pos_loyalty.terminal.ids import SystemIds
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.identify import identify
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.usecases.slips import slips_to_print
from pos_loyalty.usecases.standing import MemberSeen
from pos_loyalty.wire.bodies import read_body
from tests.fakes.clock import FakeClock
from tests.fakes.counter import ROSA, WORDS
from tests.server.calls import members_in
from tests.server.club import publish
from tests.server.sales import POINTS
from tests.server.shop import OPENING, Shop, ShopTill
from tests.unit.domain.shop import ANNA, ONE_PER_EURO, Books, bought, program_of
from tests.unit.domain.strangers import to_stranger

CARD = "2400000000013"
BORN = date(1984, 3, 4)  # In two days.
BIRTHDAY = (AroundDate(MemberDate.BIRTHDAY, 3, 3),)
PROGRAM = program_of(
    ONE_PER_EURO,
    Rule("birthday", Give(20), BIRTHDAY, limits=(Limit(1, Per.YEAR),)),
    Rule("sweet", IssueVoucher("cake", 30), BIRTHDAY, limits=(Limit(1, Per.YEAR),)),
    lasts=Months(12),
    rewards=(Reward("cake", AmountOff(300), voucher_only=True),),
    goals=(Goal("card", Stamps(3), Give(5)),),
)


@pytest.fixture
def bologna(shop: Shop) -> ShopTill:
    publish(shop, PROGRAM)
    return shop.till()


@pytest.fixture
def milano(shop: Shop) -> ShopTill:
    shop.store("milano")
    return shop.till("milano")


@pytest.fixture
def anna(bologna: ShopTill) -> MemberId:
    (anna,) = bologna.blank()
    bologna.enrol(anna, PersonalRecord(name="Anna", card=CARD, birthday=BORN))
    bologna.push()
    return anna


@dataclass(frozen=True)
class Lane:
    """The till itself behind a connection to the server."""

    till: ShopTill
    counter: Counter

    def hear(self) -> None:
        reply = self.till.pull()
        self.counter.members.apply(reply.changes, reply, complete=True)

    def sell(self, member: MemberId, euros: int) -> str:
        """Sell something and tell what the receipt says."""
        at = self.counter.clock.now()
        lines, paid = (Line("Caffè", euros * 100),), Tender(TenderKind.CASH, euros * 100)
        checkout = Checkout(EventId(self.counter.ids.new(at)), lines, (paid,), member)
        done = sell(self.counter, ROSA, WORDS, checkout)
        made = self.counter.journal.event(done.sale)
        assert made is not None
        self.till.events.append(made)
        (slip,) = slips_to_print(self.counter)
        return " ".join(plain_text(slip.document, 42).split())


def lane_of(till: ShopTill) -> Lane:
    identity = TillIdentity(
        till.terminal,
        "Till 1",
        StoreId("milano"),
        "http://127.0.0.1:1",
        till.shop.identity.server_key,
        1,
        till.shop.identity.index_key,
    )
    journal, members = MemoryJournal(till.terminal), MemoryMembers()
    return Lane(till, Counter(identity, journal, members, FakeClock(OPENING), SystemIds()))


def points_at(till: ShopTill, member: MemberId) -> int:
    told = members_in(till.pull_all()[0])[member]
    return sum(lot.points for lot in told.lots)


def kept(shop: Shop, *members: MemberId) -> dict[MemberId, Past]:
    with shop.engine.connect() as connection:
        return read_pasts(connection, members)


def sell_blind(till: ShopTill, member: MemberId, *lines: Line) -> None:
    """Sell to a member of whom the till knows nothing."""
    at = OPENING
    sale = EventId(uuid7(at, secrets.token_bytes(10)))
    till.add(replace(to_stranger(*lines, program=PROGRAM, at=at), member=member), sale)


def test_what_more_is_due_at_a_till_that_knows_only_her_card_follows(
    bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    lane = lane_of(milano)
    lane.hear()
    seen = identify(lane.counter, Scan(CARD))
    assert isinstance(seen, MemberSeen)
    assert (seen.member, seen.past) == (anna, None)

    receipt = lane.sell(anna, 37)
    reply = milano.push()

    assert "37 points will be added to it at the next sync." in receipt
    assert "Anything more that is due to you follows." in receipt
    assert [(one.outcome, one.code) for one in reply.results] == [("applied", "completed")]
    assert points_at(bologna, anna) == 37 + 20
    (voucher,) = kept(bologna.shop, anna)[anna].vouchers
    assert voucher.reward == "cake"


def test_the_same_sale_sent_again_adds_nothing(
    bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    lane = lane_of(milano)
    lane.hear()
    lane.sell(anna, 37)

    first, again = milano.push(), milano.push()
    milano.restart(epoch=2)
    anew = milano.push()

    assert again.results == first.results
    assert [one.outcome for one in anew.results] == ["duplicate"]
    assert points_at(bologna, anna) == 37 + 20
    legs = bologna.shop.rows("SELECT points FROM postings ORDER BY leg")
    assert [leg.points for leg in legs] == [-37, 37, -20, 20]
    (day,) = bologna.shop.rows("SELECT points FROM earned_days")
    assert day.points == 57
    assert kept(bologna.shop, anna)[anna].visits == 1


def test_two_sales_in_one_batch_are_one_birthday_and_three_are_a_full_card(
    bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    for _ in range(3):
        sell_blind(milano, anna, bought(1_000))

    milano.push()

    assert points_at(bologna, anna) == 30 + 20 + 5
    past = kept(bologna.shop, anna)[anna]
    assert (past.earned, past.goals) == ({POINTS: 55}, {"bottega/card": 0})


def test_a_birthday_told_just_before_counts(bologna: ShopTill, milano: ShopTill) -> None:
    (boris,) = bologna.blank()
    bologna.enrol(boris, PersonalRecord(name="Boris"))
    bologna.push()
    milano.change_profile(boris, PersonalRecord(name="Boris", birthday=BORN))
    sell_blind(milano, boris, bought(1_000))

    milano.push()

    assert points_at(bologna, boris) == 10 + 20


def test_whose_record_was_erased_keeps_what_was_printed(
    bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    with bologna.shop.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM records")
    sell_blind(milano, anna, bought(1_000))

    reply = milano.push()

    assert [(one.outcome, one.code) for one in reply.results] == [("applied", "")]
    assert points_at(bologna, anna) == 10


def test_more_points_than_can_be_booked_are_not_added(
    bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    gifts = [Rule(name, Give(10**12), BIRTHDAY) for name in ("one", "two")]
    absurd = replace(PROGRAM, version=4, rules=(ONE_PER_EURO, *gifts))
    publish(bologna.shop, absurd)
    sale = to_stranger(bought(1_000), program=absurd, at=OPENING)
    milano.add(replace(sale, member=anna))

    reply = milano.push()

    assert [(one.outcome, one.code) for one in reply.results] == [("applied", "")]
    assert points_at(bologna, anna) == 10


def test_all_journals_from_zero_come_to_the_same_with_what_was_added(
    shop: Shop, bologna: ShopTill, milano: ShopTill, anna: MemberId
) -> None:
    random = Random(7)  # noqa: S311 - replayable
    sent = []
    for _ in range(8):
        till = random.choice((bologna, milano))
        first = len(till.events) + 1
        for _ in range(random.randrange(1, 4)):
            sell_blind(till, anna, bought(random.randrange(100, 9_000)))
        till.push(first)
        sent += till.events[first - 1 :]

    past, legs = replace(NO_PAST, joined_on=OPENING.date()), list[Posting]()
    for event in sent:
        body = read_body(event.header.kind, 1, event.body)
        fact = Fact(event.header.event_id, event.header.at, body)
        printed = book(fact, Books((PROGRAM,), {anna: Books().members[ANNA]}))
        full, booked = book_in_full(fact, printed, past, BORN, PROGRAM)
        assert full is not None
        legs += booked.postings
        past = remember(past, full, OPENING.date(), PROGRAM)

    hers = {a.owner: n for a, n in fold(legs).items() if a.kind is AccountKind.AVAILABLE}
    assert shop.balances() == dict[UUID, int](hers)
    assert kept(shop, anna) == {anna: past}
    assert {row.outcome for row in shop.rows("SELECT outcome FROM events")} == {"applied"}
