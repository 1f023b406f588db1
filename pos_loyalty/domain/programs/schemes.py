"""What surrounds the rules: paid memberships, partners, transfers, prizes, the end of it all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from pos_loyalty.domain.programs.checks import (
    DIVISOR_MAX,
    WrongValue,
    at_most,
    between,
    identifier,
    in_order,
    some,
    wording,
)
from pos_loyalty.domain.programs.rewards import Proof
from pos_loyalty.domain.programs.wordings import Wording

CURRENCY_LETTERS = 3
PERCENT = 100


def check_currency(field: str, code: str) -> None:
    """Check an ISO 4217 code."""
    if not (len(code) == CURRENCY_LETTERS and code.isascii() and code.isupper()):
        raise WrongValue(field, code, "three capital letters, as in EUR")


def check_positive(field: str, rate: Fraction) -> None:
    """Check a rate of exchange."""
    value, divisor = rate.as_integer_ratio()
    if value <= 0 or max(value, divisor) > DIVISOR_MAX:
        raise WrongValue(field, str(rate), "more than 0")


class Aim(Enum):
    """What a program is for, as a figure."""

    SECOND_VISIT_RATE = "second_visit_rate"
    VISITS_PER_MEMBER = "visits_per_member"
    MEMBER_SHARE = "member_share"  # Share of receipts with a member.
    AVERAGE_RECEIPT = "average_receipt"  # Minor units.
    ACTIVE_MEMBERS = "active_members"


@dataclass(frozen=True, slots=True)
class ProgramGoal:
    """Where a figure stood, where it should be, and by when."""

    metric: Aim
    baseline: Fraction
    target: Fraction
    by: date

    def __post_init__(self) -> None:
        if self.target <= self.baseline:
            raise WrongValue("target", str(self.target), f"more than baseline ({self.baseline})")


@dataclass(frozen=True, slots=True)
class Closing:
    """How a program ends: last days (inclusive), what is said, where the points go."""

    earn_until: date
    redeem_until: date
    notice: Wording = field(default_factory=dict)
    notice_days: int = 30  # So long before the last day of redeeming it is said.
    successor: str = ""  # Another program's id. Empty: none.
    rate: Fraction = Fraction(1)  # Points of the successor for each point.

    def __post_init__(self) -> None:
        in_order("redeem_until", self.earn_until, self.redeem_until)
        wording("notice", self.notice)
        between("notice_days", self.notice_days, 0, 366)
        check_positive("rate", self.rate)
        if self.successor:
            identifier("successor", self.successor)


@dataclass(frozen=True, slots=True)
class CurrencyChange:
    """From a day on the shop counts another money: so many old units are one new."""

    on: date
    currency: str
    rate: Fraction  # 1.95583 leva are one euro.

    def __post_init__(self) -> None:
        check_currency("currency", self.currency)
        check_positive("rate", self.rate)


@dataclass(frozen=True, slots=True)
class Membership:
    """A paid club: sold at the till as a product, for so many months."""

    id: str
    sku: str
    fee_minor: int
    months: int
    text: Wording = field(default_factory=dict)
    saves: tuple[str, ...] = ()  # Rules whose discounts a member of it has.
    renew_days: int = 30  # So long before its end renewal is offered.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        wording("text", self.text)
        between("fee_minor", self.fee_minor, 0)
        between("months", self.months, 1, 120)
        between("renew_days", self.renew_days, 0, 366)
        if not self.sku:
            raise WrongValue("sku", "", "the article it is sold as")


@dataclass(frozen=True, slots=True)
class Partner:
    """Another company whose cards are taken, whose events earn, with whom is settled monthly."""

    id: str
    name: str
    card_ranges: tuple[str, ...] = ()  # Beginnings of card numbers.
    settle_minor: Fraction = Fraction(0)  # What a point is worth between the two.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        at_most("card_ranges", self.card_ranges)
        for i, digits in enumerate(self.card_ranges):
            if not (digits.isascii() and digits.isdigit()):
                raise WrongValue(f"card_ranges[{i}]", digits, "digits")


@dataclass(frozen=True, slots=True)
class Transfers:
    """Points from one member's card to another's; the days are inclusive."""

    minimum: int = 1
    cards_max: int | None = None  # Most cards one may give to.
    first: date | None = None
    last: date | None = None
    fee: int = 0  # Points kept back each time.
    unit: str = "points"
    to_charity: bool = False
    proof: Proof = Proof.CARD  # What the giver shows.

    def __post_init__(self) -> None:
        between("minimum", self.minimum, 1)
        between("fee", self.fee, 0)
        if self.cards_max is not None:
            between("cards_max", self.cards_max, 1)
        in_order("last", self.first, self.last)
        identifier("unit", self.unit)


@dataclass(frozen=True, slots=True)
class PoolPrize:
    """So many of one reward in a pool."""

    reward: str
    count: int

    def __post_init__(self) -> None:
        identifier("reward", self.reward)
        between("count", self.count, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Prizes to be won, with the odds of a draw."""

    id: str
    odds: Fraction
    prizes: tuple[PoolPrize, ...]

    def __post_init__(self) -> None:
        identifier("id", self.id)
        some("prizes", self.prizes)
        part, whole = self.odds.as_integer_ratio()
        if not 0 < part <= whole <= DIVISOR_MAX:
            raise WrongValue("odds", str(self.odds), "more than 0, at most 1 (1/20 is one in 20)")
