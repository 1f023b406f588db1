"""The past of the demo shop: months of enrolments and purchases, sent as any till sends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from zoneinfo import ZoneInfo

from pos_loyalty import __version__
from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.domain.ids import EventId
from pos_loyalty.lab.demo.people import CASHIER_BADGE, DemoMember, Person
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.sync.loop import Line, talk
from pos_loyalty.terminal.enrolment import become_till
from pos_loyalty.terminal.ids import SystemIds
from pos_loyalty.ui.presenters.sale_model import product_line
from pos_loyalty.usecases.counter import Counter, SignedIn, store_of
from pos_loyalty.usecases.enrol import Application, enrol, next_pass
from pos_loyalty.usecases.quote import Asked, offer
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.usecases.sign_in import sign_in_by_badge, sign_out
from pos_loyalty.usecases.standing import see

SEED = 2998
MONTHS_PAST = timedelta(days=150)
DAYS_BETWEEN = (4, 7, 7, 14, 30, 60)  # Of people who come often, and of people who hardly do.
SUNDAY = 6
OPEN_HOURS = (8, 19)
PRODUCTS_MOST = 7
QUANTITIES = (1, 1, 1, 2, 3)
PAID_BY_CARD = 0.4
AT_THE_COUNTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody comes to the shop; `joins` when it is her first time."""

    at: datetime
    person: int
    joins: bool


@dataclass(slots=True)
class PastClock:
    """A clock that stands where the story is; it never goes back."""

    at: datetime

    def now(self) -> datetime:
        """Tell the instant of the story."""
        return self.at

    def reach(self, at: datetime) -> None:
        """Go on to `at`, or a little further where the story is there already."""
        self.at = max(at, self.at + AT_THE_COUNTER)

    def monotonic_ns(self) -> int:
        """Count from 1970."""
        return (self.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000

    def boot_id(self) -> str:
        """Name the only boot there is."""
        return "past"

    def server_offset_ms(self) -> int | None:
        """Tell nothing: what the server says of today is not true of the past."""
        return None


@dataclass(frozen=True, slots=True)
class Past:
    """A till that lived through the past in memory."""

    counter: Counter
    clock: PastClock
    products: tuple[ProductTold, ...]
    random: Random

    def new_id(self) -> EventId:
        """Name the next fact."""
        return EventId(self.counter.ids.new(self.clock.now()))


@dataclass(frozen=True, slots=True)
class Setting:
    """Who comes to the shop and what is on its shelves, until `now`."""

    people: tuple[Person, ...]
    skus: tuple[str, ...]
    now: datetime


def live_through_the_past(code: str, setting: Setting) -> tuple[DemoMember, ...]:
    """Be a till, by its one-time `code`, from some months ago until yesterday; then send it all.

    What happens is the same each time, counted back from the setting's `now`. Raises
    CentralTrouble.
    """
    identity, seed = become_till(code)
    clock = PastClock(setting.now)
    journal, members = MemoryJournal(identity.terminal), MemoryMembers()
    counter = Counter(identity, journal, members, clock, SystemIds())
    central = HttpCentral(identity.url, seed, identity.server_key)
    line = Line(counter, central, lambda job: job(), lambda _at: None, __version__)
    try:
        talk(line, lambda _loaded, _total: None)
        products = tuple(p for sku in setting.skus if (p := members.product(sku)) is not None)
        past = Past(counter, clock, products, Random(SEED))  # noqa: S311 - replayable
        zone = ZoneInfo(store_of(counter).zone)
        days = open_days(counter, setting.now.astimezone(zone).date())
        story = visits(days, zone, len(setting.people), past.random)
        enrolled = _live(past, story, setting.people)
        talk(line, lambda _loaded, _total: None)
    finally:
        central.close()
    return enrolled


def open_days(counter: Counter, today: date) -> tuple[date, ...]:
    """List the days the shop was open: no Sundays, none before its program began."""
    begun = min((p.valid_from for p in counter.members.programs()), default=today)
    first = max(today - MONTHS_PAST, begun)
    days = [first + timedelta(days=i) for i in range((today - first).days)]
    return tuple(day for day in days if day.weekday() != SUNDAY) or (today - timedelta(days=1),)


def visits(days: Sequence[date], zone: ZoneInfo, people: int, random: Random) -> tuple[Visit, ...]:
    """Tell who came when, in order."""
    story: list[Visit] = []
    for person in range(people):
        between = random.choice(DAYS_BETWEEN)
        place, joins = random.randrange(max(1, len(days) * 3 // 4)), True
        while place < len(days):
            minute = random.randrange(OPEN_HOURS[0] * 60, OPEN_HOURS[1] * 60)
            local = datetime.combine(days[place], time(*divmod(minute, 60)), zone)
            story.append(Visit(local.astimezone(UTC), person, joins))
            place, joins = place + between + random.randint(-2, 2), False
    return tuple(sorted(story, key=lambda visit: (visit.at, visit.person)))


def _live(past: Past, story: Sequence[Visit], people: Sequence[Person]) -> tuple[DemoMember, ...]:
    enrolled: dict[int, DemoMember] = {}
    past.clock.at = story[0].at - AT_THE_COUNTER
    for _, of_the_day in groupby(story, key=lambda visit: visit.at.date()):
        who: SignedIn | None = None
        sales = 0
        for visit in of_the_day:
            past.clock.reach(visit.at)
            who = who or sign_in_by_badge(past.counter, CASHIER_BADGE)
            if visit.joins:
                enrolled[visit.person] = _join(past, who, people[visit.person])
            _buy(past, who, enrolled[visit.person])
            sales += 1
        if who is not None:
            past.clock.reach(past.clock.now())
            sign_out(past.counter, who, sales)
    return tuple(enrolled[index] for index in sorted(enrolled))


def _join(past: Past, who: SignedIn, person: Person) -> DemoMember:
    _, pass_text = next_pass(past.counter)
    application = Application(
        past.new_id(), person.name, person.phone, person.card, person.language, agreed=True
    )
    return DemoMember(person, enrol(past.counter, who, None, application).member, pass_text)


def _buy(past: Past, who: SignedIn, member: DemoMember) -> None:
    past.clock.reach(past.clock.now())
    wanted = past.random.sample(past.products, past.random.randint(1, PRODUCTS_MOST))
    lines = tuple(
        replace(product_line(product), quantity=Decimal(past.random.choice(QUANTITIES)))
        for product in wanted
    )
    seen = see(past.counter, member.member)
    total = offer(past.counter, Asked(lines, seen)).quote.to_pay_minor
    kind = TenderKind.CARD if past.random.random() < PAID_BY_CARD else TenderKind.CASH
    tenders = (Tender(kind, total),)
    sell(past.counter, who, None, Checkout(past.new_id(), lines, tenders, member.member))
