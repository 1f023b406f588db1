"""What a program comes to, added up receipt by receipt."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.engine.reasons import Outcome, Reason
from pos_loyalty.lab.replay.diary import Sums

FACTS_MAX = 1000  # Names of facts that rules wait for.


class RuleTally:
    """How often a rule worked, and what it gave."""

    __slots__ = ("applied", "capped", "discount_minor", "points", "undecided")

    def __init__(self) -> None:
        self.applied = 0
        self.capped = 0
        self.undecided = 0
        self.points = 0
        self.discount_minor = 0


class RewardTally:
    """How often a reward was taken, and what for."""

    __slots__ = ("cost_minor", "discount_minor", "paid_minor", "spent", "times")

    def __init__(self) -> None:
        self.times = 0
        self.spent = 0
        self.discount_minor = 0
        self.paid_minor = 0
        self.cost_minor = 0


class DayTally:
    """One day: what was given in money, and by how many points members have more."""

    __slots__ = ("draws", "given_minor", "points", "vouchers")

    def __init__(self) -> None:
        self.given_minor = 0
        self.vouchers: Sums = {}  # Issued, by the reward they are for.
        self.draws: Sums = {}
        self.points: Sums = {}


class Tally:
    """All sums of one program, money in the report's currency."""

    __slots__ = (
        "at_sale_price",
        "converted",
        "days",
        "discount_minor",
        "earned",
        "expired",
        "gift_cost_minor",
        "in_force",
        "memberships",
        "redeemed",
        "refused",
        "reward_cost_minor",
        "rewards",
        "rules",
        "to_pay_minor",
        "undecided",
        "untold_gifts",
    )

    def __init__(self) -> None:
        self.rules: dict[str, RuleTally] = {}
        self.rewards: dict[str, RewardTally] = {}
        self.days: dict[date, DayTally] = {}
        self.earned: Sums = {}
        self.redeemed: Sums = {}
        self.converted: Sums = {}
        self.expired: Sums = {}
        self.memberships: Sums = {}
        self.refused: dict[tuple[str, str], int] = {}  # Why and what.
        self.undecided: dict[str, tuple[set[str], int]] = {}  # Fact → rules, receipts.
        self.in_force = 0
        self.to_pay_minor = 0
        self.discount_minor = 0  # Of rules; those of rewards stand with them.
        self.gift_cost_minor = 0  # Of rules.
        self.reward_cost_minor = 0
        self.at_sale_price = 0  # Receipts on which a cost was the sale price.
        self.untold_gifts = 0

    def reasons(self, reasons: tuple[Reason, ...]) -> None:
        """Count what every rule did."""
        rules = self.rules
        waiting: dict[str, set[str]] | None = None
        for reason in reasons:
            outcome = reason.outcome
            if outcome is Outcome.NOT_MATCHED:
                continue
            rule = rules.get(reason.rule)
            if rule is None:
                rule = rules[reason.rule] = RuleTally()
            if outcome is Outcome.UNKNOWN:
                rule.undecided += 1
                waiting = {} if waiting is None else waiting
                for one in reason.missing:
                    waiting.setdefault(one.word, set()).add(reason.rule)
                continue
            if outcome is Outcome.APPLIED:
                rule.applied += 1
            else:
                rule.capped += 1
            rule.points += reason.earned
            rule.discount_minor += reason.discount_minor
        if waiting:
            self._undecided(waiting)

    def _undecided(self, waiting: dict[str, set[str]]) -> None:
        for fact, rules in waiting.items():
            known, receipts = self.undecided.get(fact, (set(), 0))
            if known or len(self.undecided) < FACTS_MAX:
                self.undecided[fact] = (known | rules, receipts + 1)

    def day(self, on: date) -> DayTally:
        """Find the sums of a day."""
        found = self.days.get(on)
        if found is None:
            found = self.days[on] = DayTally()
        return found


def more(sums: Sums, name: str, count: int) -> None:
    """Add to one of many sums."""
    sums[name] = sums.get(name, 0) + count
