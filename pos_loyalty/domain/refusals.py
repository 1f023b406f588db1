"""What a program refuses, with the facts to say why; words are put to them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_loyalty.domain.engine.reasons import Missing
from pos_loyalty.domain.errors import LoyaltyError


@dataclass(frozen=True, slots=True)
class InsufficientPoints:
    """The reward costs more than may be used now."""

    reward: str
    unit: str
    wanted: int
    available: int
    code: str = "insufficient_points"


@dataclass(frozen=True, slots=True)
class BalanceUnknown:
    """The balance is not known at this till."""

    reward: str
    wanted: int
    code: str = "balance_unknown"


@dataclass(frozen=True, slots=True)
class MemberNeeded:
    """Points are redeemed by members only."""

    reward: str
    code: str = "member_needed"


@dataclass(frozen=True, slots=True)
class NoSuchReward:
    """The program has no such reward."""

    reward: str
    code: str = "no_such_reward"


@dataclass(frozen=True, slots=True)
class ConditionNotMet:
    """The reward asks for something that is not so, or not known here."""

    reward: str
    missing: tuple[Missing, ...]
    code: str = "condition_not_met"


@dataclass(frozen=True, slots=True)
class LimitReached:
    """It was had as often as it may be; `by` is the span, or stock."""

    reward: str
    by: str
    most: int
    code: str = "limit_reached"


@dataclass(frozen=True, slots=True)
class AlreadyDiscounted:
    """Another discount on the receipt is on and admits none beside it."""

    reward: str
    by: str
    code: str = "already_discounted"


@dataclass(frozen=True, slots=True)
class NothingToTakeOff:
    """Nothing is left in the basket that the reward could be for."""

    reward: str
    code: str = "nothing_to_take_off"


@dataclass(frozen=True, slots=True)
class ShareTooLarge:
    """More would be paid by the reward than the program allows."""

    reward: str
    most_minor: int
    found_minor: int
    code: str = "share_too_large"


@dataclass(frozen=True, slots=True)
class RedeemingEnded:
    """The program's last day of redeeming is past; None: it has not begun."""

    reward: str
    last: date | None
    code: str = "redeeming_ended"


@dataclass(frozen=True, slots=True)
class VoucherNotValid:
    """The voucher is not, not yet or no longer good."""

    voucher: str
    first: date | None
    last: date | None
    code: str = "voucher_not_valid"


@dataclass(frozen=True, slots=True)
class TierNeeded:
    """A product is for members of a tier only, so far."""

    sku: str
    tiers: tuple[str, ...]
    code: str = "tier_needed"


Refusal = (
    InsufficientPoints
    | BalanceUnknown
    | MemberNeeded
    | NoSuchReward
    | ConditionNotMet
    | LimitReached
    | AlreadyDiscounted
    | NothingToTakeOff
    | ShareTooLarge
    | RedeemingEnded
    | VoucherNotValid
    | TierNeeded
)


class Refused(LoyaltyError):  # noqa: N818 - reads as a sentence where it is raised
    """The program says no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
