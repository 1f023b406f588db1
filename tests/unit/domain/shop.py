"""The little shop that the tests of the domain and of the wire sell in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import strategies as st
from pos_loyalty.domain.conditions import MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, MultiplyCategory

from pos_loyalty.domain.basket import Basket, Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Earned, ProgramVersion, Sold, StandingSeen
from pos_loyalty.domain.engine import quote
from pos_loyalty.domain.events import Header, Position
from pos_loyalty.domain.ids import (
    EventId,
    MemberId,
    ProgramId,
    ShiftId,
    StaffId,
    StoreId,
    TerminalId,
)
from pos_loyalty.domain.programs import Program, Rule

NOON = datetime(2026, 5, 5, 10, tzinfo=UTC)  # Twelve o'clock in Rome.
ANNA = MemberId(UUID("019a0000-0000-7000-8000-00000000a11a"))
SALE = EventId(UUID("019a0000-0000-7000-8000-000000005a1e"))
STORE = StoreId("bologna-1")
ROME = "Europe/Rome"
VAT = Fraction(22, 100)
ONE_PER_EURO = Rule("base", EarnPerStep(points=1, step_minor=100))

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
    return Basket(at, STORE, zone, currency, lines)


def program_of(
    *rules: Rule,
    valid_until: date | None = None,
    points_last_months: int | None = None,
    currency: str = "EUR",
) -> Program:
    return Program(
        id=ProgramId("bottega"),
        version=3,
        name=(("en", "The corner shop"),),
        currency=currency,
        valid_from=date(2026, 1, 1),
        valid_until=valid_until,
        points_name=(("en", "points"),),
        points_last_months=points_last_months,
        rules=rules,
    )


BOTTEGA = program_of(ONE_PER_EURO, points_last_months=12)


def sold_to(
    member: MemberId | None, *lines: Line, program: Program = BOTTEGA, at: datetime = NOON
) -> Sold:
    """Sell as the till does: scored by `program`, paid in cash."""
    quoted = quote(basket_of(*lines, at=at, currency=program.currency), program)
    earned = None
    if member is not None and quoted.earned:
        earned = Earned(program.unit, quoted.earned, quoted.expires_on, quoted.line_points)
    return Sold(
        number="1.7",
        store=STORE,
        zone=ROME,
        currency=program.currency,
        lines=lines,
        tenders=(Tender(TenderKind.CASH, quoted.total_minor),),
        member=member,
        program=None if member is None else ProgramVersion(program.id, program.version),
        standing=None if member is None else StandingSeen(3120, Position(1, 6)),
        earned=earned,
    )


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
    EarnPerStep,
    points=st.integers(1, 20),
    step_minor=st.integers(1, 2_000),
    above_minor=st.sampled_from((0, 500)) | st.integers(0, 5_000),
)
_multipliers = st.builds(
    MultiplyCategory,
    category=st.sampled_from(CATEGORIES[1:]),
    by=st.fractions(1, 10, max_denominator=4),
)
_minimums = st.builds(MinimumAmount, st.integers(0, 5_000))
_rules = st.lists(
    st.tuples(_steps | _multipliers, st.lists(_minimums, max_size=2).map(tuple)), max_size=5
)
programs = st.builds(
    lambda effects, months: program_of(
        *(Rule(f"rule-{i}", then, when) for i, (then, when) in enumerate(effects)),
        points_last_months=months,
    ),
    _rules,
    st.none() | st.integers(1, 240),
)
