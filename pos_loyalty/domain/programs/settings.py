"""Where the best systems disagree: a setting each, with our default."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class BaseRules(Enum):
    """What several earning rules of one unit come to."""

    ADD = "add"
    BEST = "best"  # Only the one that gives most.


class EarnAndRedeem(Enum):
    """Whether one purchase may do both."""

    BOTH = "both"
    EITHER = "either"  # A receipt that redeems earns nothing.


class Spread(Enum):
    """Whether a discount on the whole receipt is shared out over its lines before they earn."""

    ALL_LINES = "all_lines"
    NOT_SELECTED = "not_selected"  # A rule about some lines does not see it.


class Returns(Enum):
    """What becomes of points that paid for goods brought back."""

    GIVE_BACK = "give_back"  # With the expiry they had.
    KEEP = "keep"


class Prices(Enum):
    """What `price_minor` of a line says."""

    TAX_INCLUDED = "tax_included"
    TAX_ON_TOP = "tax_on_top"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a program answers what others answer otherwise."""

    base_rules: BaseRules = BaseRules.ADD
    rewards_reduce_base: bool = True  # Points are earned on money paid.
    earn_and_redeem: EarnAndRedeem = EarnAndRedeem.BOTH
    order_discounts: Spread = Spread.ALL_LINES
    returns: Returns = Returns.GIVE_BACK
    prices: Prices = Prices.TAX_INCLUDED


DEFAULTS = Settings()
