"""Points from one member to another, or to a charity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.engine.affording import held_on
from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.schemes import Transfers
from pos_loyalty.domain.refusals import (
    BalanceUnknown,
    ConditionNotMet,
    InsufficientPoints,
    LimitReached,
    NoSuchReward,
    Refusal,
)

TRANSFER = "transfer"  # Stands in refusals where a reward would.
CHARITY = "charity"


@dataclass(frozen=True, slots=True)
class GiftOfPoints:
    """What a member wishes to give: `to` is a member's id, or CHARITY."""

    points: int
    to: str
    given_before: Collection[str] = ()  # To whom she gave since `first`, charities left out.


@dataclass(frozen=True, slots=True)
class Transfer:
    """Points that leave one account: `arriving` reach the other, the fee goes to nobody."""

    unit: str
    leaving: int
    fee: int

    @property
    def arriving(self) -> int:
        """What the other member, or the charity, gets."""
        return self.leaving - self.fee


def check_transfer(
    program: Program, facts: MemberFacts, gift: GiftOfPoints, day: date
) -> Transfer | Refusal:
    """Decide whether a gift is allowed on `day`, and what it moves."""
    terms = program.transfers
    unit = None if terms is None else program.unit_named(terms.unit)
    charity = gift.to == CHARITY
    if terms is None or unit is None or (charity and not terms.to_charity):
        return NoSuchReward(CHARITY if charity else TRANSFER)
    refusal = _against_terms(terms, gift, day)
    if refusal is not None:
        return refusal
    usable = held_on(day, unit, facts).usable
    if usable is None:
        return BalanceUnknown(TRANSFER, gift.points)
    if gift.points > usable:
        return InsufficientPoints(TRANSFER, unit.id, gift.points, usable)
    return Transfer(unit.id, gift.points, terms.fee)


def _against_terms(terms: Transfers, gift: GiftOfPoints, day: date) -> Refusal | None:
    """Tell which of the program's terms a gift breaks. None: none of them."""
    early = terms.first is not None and day < terms.first
    if early or (terms.last is not None and terms.last < day):
        span = f"{terms.first or '..'}/{terms.last or '..'}"
        return ConditionNotMet(TRANSFER, (Missing("dates", span),))
    least = max(terms.minimum, terms.fee + 1)  # Something has to arrive.
    if gift.points < least:
        return ConditionNotMet(TRANSFER, (Missing(terms.unit, least - gift.points),))
    cards = {*gift.given_before, gift.to} - {CHARITY}
    if terms.cards_max is not None and len(cards) > terms.cards_max:
        return LimitReached(TRANSFER, "cards", terms.cards_max)
    return None
