"""The little shop that the tests of the domain and of the wire sell in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pos_loyalty.domain.basket import Basket, Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Acted, Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.events import Header, Position
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.ids import (
    EventId,
    MemberId,
    ProgramId,
    ShiftId,
    StaffId,
    StoreId,
    TerminalId,
)
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.needs import only_needed
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.effects import Earn, Give, IssueVoucher, Multiply
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.persons import AroundDate, MemberDate
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import CodeEntered, MinimumAmount
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Membership
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Goal, Metric, Stamps, Streak, Tier, TierLadder
from pos_loyalty.domain.programs.units import Expiry, Months, UnitOfAccount, Usable
from pos_loyalty.domain.scored_sale import basket_of as basket_of_body
from pos_loyalty.domain.scored_sale import scored_by

NOON = datetime(2026, 5, 5, 10, tzinfo=UTC)  # Twelve o'clock in Rome.
ANNA = MemberId(UUID("019a0000-0000-7000-8000-00000000a11a"))
SALE = EventId(UUID("019a0000-0000-7000-8000-000000005a1e"))
STORE = StoreId("bologna-1")
ROME = "Europe/Rome"
VAT = Fraction(22, 100)
ONE_PER_EURO = Rule("base", Earn(points=Fraction(1), step=Decimal(100)))
COFFEE = Selection(categories=("grocery/coffee",))

CATEGORIES = (
    "",
    "grocery",
    "grocery/coffee",
    "grocery/coffee/beans",
    "grocery-online",
    "own-brand",
)


def bought(amount_minor: int, category: str = "", rate: Fraction = VAT) -> Line:
    return Line("something", amount_minor, category=category, tax_rate=rate)


def basket_of(*lines: Line, at: datetime = NOON, zone: str = ROME, currency: str = "EUR") -> Basket:
    return Basket(at.astimezone(ZoneInfo(zone)), STORE, currency, lines)


def program_of(
    *rules: Rule,
    valid_until: date | None = None,
    lasts: Expiry | None = None,
    currency: str = "EUR",
    **others: Any,  # noqa: ANN401 - any field of a program
) -> Program:
    return Program(
        id=ProgramId("bottega"),
        version=3,
        name={"en": "The corner shop"},
        currency=currency,
        valid_from=date(2026, 1, 1),
        valid_until=valid_until,
        rules=rules,
        **({"units": (UnitOfAccount(lasts=lasts),)} | others),
    )


BOTTEGA = program_of(ONE_PER_EURO, lasts=Months(12))
CLUB = program_of(
    Rule("base", Earn(points=Fraction(1), step=Decimal(100), carry=True)),
    Rule("coffee", Multiply(Fraction(2), lines=COFFEE)),
    Rule(
        "birthday",
        Give(50),
        (AroundDate(MemberDate.BIRTHDAY, 3, 3),),
        limits=(Limit(1, Per.YEAR),),
    ),
    Rule("first-comers", Give(5, "stars"), limits=(Limit(100, Per.TOTAL), Limit(1, Per.EVER))),
    Rule("spring", PercentOff(Fraction(1, 10)), (CodeEntered(("SPRING",)),)),
    Rule("thanks", Give(10), on="feedback", limits=(Limit(1, Per.DAY),)),
    Rule("come-again", IssueVoucher("free-coffee", 30), (MinimumAmount(5000),)),
    units=(
        UnitOfAccount(lasts=Months(12)),
        UnitOfAccount("stars", usable=Usable.NEXT_DAY),
    ),
    caps=(Cap("daily", 200, Per.DAY),),
    rewards=(Reward("free-coffee", PercentOff(Fraction(1), lines=COFFEE), voucher_only=True),),
    ladder=TierLadder((Tier("silver", 10_000), Tier("gold", 50_000)), Metric.SPEND, "ever"),
    goals=(
        Goal("card", Stamps(10, lines=COFFEE), Give(20)),
        Goal("welcome", Stamps(3), Give(7, "stars"), repeats=False),
        Goal("streak", Streak(3), Give(30)),
    ),
    memberships=(Membership("plus", "PLUS", 2500, 12),),
)


MEMBERS = (ANNA, MemberId(UUID(int=2)), MemberId(UUID(int=3)))


@dataclass(frozen=True, slots=True)
class Books:
    """What one server knows: two members more, one program."""

    programs: tuple[Program, ...] = (BOTTEGA,)
    members: Mapping[MemberId, MemberStatus] = field(
        default_factory=lambda: dict.fromkeys(MEMBERS, MemberStatus.ACTIVE)
    )

    def status(self, member: MemberId) -> MemberStatus | None:
        return self.members.get(member)

    def program(self, program: ProgramId, version: int) -> Program | None:
        known = (p for p in self.programs if (p.id, p.version) == (program, version))
        return next(known, None)


def sold_to(  # noqa: PLR0913 - one argument for each thing that may differ
    member: MemberId | None,
    *lines: Line,
    program: Program = BOTTEGA,
    at: datetime = NOON,
    facts: MemberFacts = STRANGER,
    codes: tuple[str, ...] = (),
    sale: EventId = SALE,
    figures: Mapping[str, int] | None = None,
) -> Sold:
    """Sell as the till does: scored by `program`, paid in cash."""
    basket = replace(basket_of(*lines, at=at, currency=program.currency), codes=codes)
    basket = replace(basket, figures=figures or {}, tenders=_in_cash(basket.total_minor))
    known = None if member is None else only_needed(facts, program, basket.day)
    quoted = quote(basket, known, program)
    scored = None
    if known is not None:
        scored = replace(
            scored_by(quoted, program, sale),
            facts=known,
            includes=Position(1, 6),
            figures=figures or {},
        )
    off = tuple(line.discount_minor for line in quoted.lines)
    return Sold(
        number="1.7",
        store=STORE,
        zone=ROME,
        currency=program.currency,
        lines=lines,
        tenders=_in_cash(basket.total_minor),
        member=member,
        scored=scored,
        discounts_minor=off if any(off) else (),
        codes=codes,
    )


def _in_cash(amount_minor: int) -> tuple[Tender, ...]:
    return (Tender(TenderKind.CASH, amount_minor),)


def acted(
    activity: str,
    program: Program = CLUB,
    facts: MemberFacts = STRANGER,
    at: datetime = NOON,
    event: EventId = SALE,
) -> Acted:
    """Do something that is no purchase, scored as the till does."""
    body = Acted(ANNA, activity, STORE, ROME, program.currency)
    basket = basket_of_body(body, at, {})
    known = only_needed(facts, program, basket.day)
    scored = scored_by(quote(basket, known, program), program, event)
    return replace(body, scored=replace(scored, facts=known))


def header_of(kind: str = "sale", event_id: EventId = SALE, seq: int = 7) -> Header:
    return Header(
        terminal=TerminalId(UUID("019a0000-0000-7000-8000-000000007111")),
        position=Position(1, seq),
        event_id=event_id,
        kind=kind,
        version=1,
        at=NOON,
        monotonic_ns=4_200_000_000_123,
        boot_id="3f0c",
        server_offset_ms=-250,
        actor=StaffId("carla"),
        role="cashier",
        shift=ShiftId(UUID("019a0000-0000-7000-8000-00000000541f")),
        approver=StaffId("mario"),
    )


lines = st.builds(
    Line,
    name=st.sampled_from(("coffee", "Käse", "пряник")),
    price_minor=st.integers(0, 100_000),
    quantity=st.decimals("0.001", 50, places=3).filter(bool) | st.just(Decimal(1)),
    category=st.sampled_from(CATEGORIES),
    tax_rate=st.sampled_from((Fraction(0), Fraction(4, 100), Fraction(10, 100), VAT)),
)
some_lines = st.lists(lines, max_size=12).map(tuple)
_steps = st.builds(
    Earn,
    points=st.integers(1, 20).map(Fraction),
    step=st.integers(1, 2_000).map(Decimal),
    above=st.sampled_from((Decimal(0), Decimal(500))) | st.integers(0, 5_000).map(Decimal),
    carry=st.booleans(),
)
_multipliers = st.builds(
    Multiply,
    by=st.fractions(1, 10, max_denominator=4),
    lines=st.sampled_from(CATEGORIES[1:]).map(lambda one: Selection(categories=(one,))),
)
_minimums = st.builds(MinimumAmount, st.integers(0, 5_000))
_rules = st.lists(
    st.tuples(_steps | _multipliers, st.lists(_minimums, max_size=2).map(tuple)), max_size=5
)
programs = st.builds(
    lambda effects, lasts: program_of(
        *(Rule(f"rule-{i}", then, when) for i, (then, when) in enumerate(effects)), lasts=lasts
    ),
    _rules,
    st.none() | st.integers(1, 240).map(Months),
)
