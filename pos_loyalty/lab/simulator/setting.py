"""What the simulated shop sells, by which rules, and the clock and ids of its tills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from uuid import UUID

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.deeds import AboveFigure
from pos_loyalty.domain.programs.effects import Earn, Give, IssueVoucher, Multiply, Of
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.persons import (
    AroundDate,
    DaysSince,
    InTier,
    MemberDate,
    MemberPast,
)
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.purchases import CodeEntered, MinimumAmount
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.schemes import Membership
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.tiers import Goal, Metric, Stamps, Streak, Tier, TierLadder
from pos_loyalty.domain.programs.units import Months, UnitOfAccount, Usable

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONE = "Europe/Rome"
STORE = "shop"
COFFEE = Selection(categories=("grocery/coffee",))
SHELF = (
    Line("Coffee", 750, Decimal(2), category="grocery/coffee", tax_rate=Fraction(22, 100)),
    Line("Bread", 420, Decimal("0.640"), category="grocery/bread", tax_rate=Fraction(4, 100)),
    Line("Oil", 990, category="grocery/oil", tax_rate=Fraction(10, 100)),
    Line("", 1_234),
)
CLUB_CARD = Line("Plus Club", 2_500, sku="PLUS")
CODE = "SPRING"
BASE = Rule("base", Earn(points=Fraction(1), step=Decimal(100)))
DOUBLE_COFFEE = Rule("coffee", Multiply(Fraction(2), lines=COFFEE))

# As simple as the one a shop begins with.
PLAIN = Program(
    id=ProgramId("simulated"),
    version=1,
    name={"en": "Simulated"},
    currency="EUR",
    valid_from=date(2026, 1, 1),
    units=(UnitOfAccount(lasts=Months(24)),),
    rules=(
        BASE,
        DOUBLE_COFFEE,
        Rule(
            "fresh",
            Multiply(Fraction(3, 2), lines=Selection(categories=("grocery/bread",))),
            (MinimumAmount(2_000),),
        ),
    ),
)

# Everything that is counted, carried, limited or asked of a member.
RICH = Program(
    id=ProgramId("simulated"),
    version=2,
    name={"en": "Simulated"},
    currency="EUR",
    valid_from=date(2026, 1, 1),
    units=(
        UnitOfAccount(lasts=Months(12)),
        UnitOfAccount("stars", usable=Usable.NEXT_DAY),
    ),
    rules=(
        Rule("base", Earn(points=Fraction(1), step=Decimal(100), carry=True)),
        Rule("stars", Earn(points=Fraction(1), unit="stars", of=Of.QUANTITY, lines=COFFEE)),
        DOUBLE_COFFEE,
        Rule("tiers", Multiply(Fraction(3, 2)), (InTier(("silver", "gold")),)),
        Rule(
            "birthday",
            Give(50),
            (AroundDate(MemberDate.BIRTHDAY, 3, 3),),
            limits=(Limit(1, Per.YEAR),),
        ),
        Rule(
            "back",
            Give(5),
            (DaysSince(MemberPast.LAST_PURCHASE, 1),),
            on="recognised",
            limits=(Limit(1, Per.WEEK),),
        ),
        Rule("thanks", Give(10), on="feedback", limits=(Limit(1, Per.DAY),)),
        Rule("first", Give(3, "stars"), limits=(Limit(200, Per.TOTAL), Limit(1, Per.EVER))),
        Rule("keen", Give(2), (AboveFigure("points-30d-p80", "30d"),)),
        Rule("spring", PercentOff(Fraction(1, 10)), (CodeEntered((CODE,)),)),
        Rule("again", IssueVoucher("free-coffee", 30), (MinimumAmount(5_000),)),
    ),
    caps=(Cap("daily", 400, Per.DAY),),
    rewards=(Reward("free-coffee", PercentOff(Fraction(1), lines=COFFEE), voucher_only=True),),
    ladder=TierLadder((Tier("silver", 20_000), Tier("gold", 60_000)), Metric.SPEND, "ever"),
    goals=(
        Goal("card", Stamps(10, lines=COFFEE), Give(20)),
        Goal("welcome", Stamps(3, Of.RECEIPT), Give(7, "stars"), repeats=False),
        Goal("streak", Streak(3), Give(30)),
    ),
    memberships=(Membership("plus", CLUB_CARD.sku, CLUB_CARD.price_minor, 12),),
)


@dataclass(slots=True)
class VirtualClock:
    """A clock the world moves; a till's own clock may be wrong by `wrong`."""

    world_now: datetime = START
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        """Tell what this till holds for the time."""
        return self.world_now + self.wrong

    def monotonic_ns(self) -> int:
        """Count from the start of the world."""
        return (self.world_now - START) // timedelta(microseconds=1) * 1000

    def boot_id(self) -> str:
        """Name the only boot there is."""
        return "simulated"

    def server_offset_ms(self) -> int | None:
        """Tell how wrong the clock is."""
        return -self.wrong // timedelta(milliseconds=1)


@dataclass(slots=True)
class SeededIds:
    """Ids out of the seed, so that a run can be replayed."""

    random: Random

    def new(self, at: datetime) -> UUID:
        """Make an id."""
        del at
        return UUID(int=self.random.getrandbits(128), version=4)

    def salt(self) -> bytes:
        """Make 16 bytes."""
        return self.random.randbytes(16)
