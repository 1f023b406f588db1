"""What points may be redeemed for, and on which terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Annotated, Literal

from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    SetPrice,
    check_rate,
)
from pos_loyalty.domain.programs.checks import (
    DIVISOR_MAX,
    WrongValue,
    between,
    identifier,
    wording,
)
from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import IssueVoucher, Stacking, check_only_once
from pos_loyalty.domain.programs.kinds import ByKind
from pos_loyalty.domain.programs.limits import Limit
from pos_loyalty.domain.programs.wordings import Wording

TIMES_MAX = 10**6


@dataclass(frozen=True, slots=True)
class Donate:
    """The cost goes to a good cause; the shop pays `amount_minor` for each time."""

    to: str
    amount_minor: int = 0
    kind: Literal["donate"] = "donate"

    def __post_init__(self) -> None:
        between("amount_minor", self.amount_minor, 0)


@dataclass(frozen=True, slots=True)
class Convert:
    """The cost becomes `points` of another unit, of this program or of a partner."""

    unit: str
    points: int
    partner: str = ""  # Empty: this program's own unit.
    kind: Literal["convert"] = "convert"

    def __post_init__(self) -> None:
        identifier("unit", self.unit)
        between("points", self.points, 1)


Gift = Annotated[
    PercentOff
    | AmountOff
    | CheapestOff
    | BuyGet
    | MemberPrice
    | SetPrice
    | FreeItem
    | IssueVoucher
    | Donate
    | Convert,
    ByKind(),
]


class Proof(Enum):
    """What a member shows before points are taken."""

    CARD = "card"
    PIN = "pin"
    BIRTH_DATE = "birth_date"
    MANAGER = "manager"


class Offline(Enum):
    """What may be redeemed while the line is down."""

    GRANTED = "granted"  # What the store holds the right to.
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Reward:
    """One thing a member may have for points, money, or a voucher.

    `cost` 0: it is free when its conditions hold. All conditions are judged on what is left to pay
    when its turn comes.
    """

    id: str
    gives: Gift
    cost: int = 0
    unit: str = "points"
    text: Wording = field(default_factory=dict)
    pay_minor: int = 0  # Money besides the points, each time.
    when: tuple[Condition, ...] = ()
    times_max: int | None = None  # On one receipt.
    minimum_balance: int = 0
    largest_share: Fraction = Fraction(1)  # Of the receipt, that this reward may pay.
    smallest_cash_minor: int = 0  # What stays to be paid in money.
    limits: tuple[Limit, ...] = ()
    stock: int | None = None  # Pieces there are. None: enough.
    reserved: bool = False  # Out of stock it is reserved, and handed over later.
    static_limit: int | None = None  # Most points a card that can be copied may pay. None: any.
    proof: Proof = Proof.CARD
    offline: Offline = Offline.GRANTED
    stacking: Stacking = Stacking.MULTIPLY
    voucher_only: bool = False
    special: bool = False  # Announced as something special; checked to be so.
    cost_minor: int | None = None  # What it costs the shop. None: its sale price.
    cost_rate: Fraction | None = None  # Of what it takes off the bill.

    def __post_init__(self) -> None:
        identifier("id", self.id)
        identifier("unit", self.unit)
        wording("text", self.text)
        between("cost", self.cost, 0)
        between("pay_minor", self.pay_minor, 0)
        between("minimum_balance", self.minimum_balance, 0)
        between("smallest_cash_minor", self.smallest_cash_minor, 0)
        for name in ("times_max", "stock", "static_limit", "cost_minor"):
            value: int | None = getattr(self, name)
            if value is not None:
                between(name, value, 1 if name == "times_max" else 0)
        check_rate("largest_share", self.largest_share)
        if self.cost_rate is not None:
            value, divisor = self.cost_rate.as_integer_ratio()
            if not 0 <= value <= divisor <= DIVISOR_MAX:
                raise WrongValue("cost_rate", str(self.cost_rate), "0 to 1")
        check_only_once("gives", self.gives)
        if self.stacking is Stacking.BEST:
            raise WrongValue("stacking", "best", "add, multiply or exclusive: a reward is chosen")
        if not (self.cost or self.when or self.voucher_only or self.pay_minor):
            raise WrongValue("cost", 0, "points, money (pay_minor), conditions, or voucher_only")
