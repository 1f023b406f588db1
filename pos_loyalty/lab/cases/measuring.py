"""What an expectation's word asks for, measured from what came of an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pos_loyalty.domain.engine.answer import Quote, RewardState
from pos_loyalty.domain.engine.reasons import Outcome as Became
from pos_loyalty.domain.facts import MemberFacts
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.domain.refusals import ConditionNotMet, InsufficientPoints, LimitReached
from pos_loyalty.lab.cases.companion import Asked
from pos_loyalty.lab.cases.counter import Outcome
from pos_loyalty.lab.cases.figures import PERCENT, in_money, in_points
from pos_loyalty.lab.cases.standing import known

Found = Fraction | bool | str | tuple[str, ...] | None  # None: there is none.


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of an act, and what is asked of it."""

    outcome: Outcome
    asked: Asked

    @property
    def unit(self) -> str:
        """Tell of which unit."""
        return self.asked.unit or self.outcome.program.main_unit.id

    def points(self, points: int | None) -> Fraction | None:
        """Say an amount of the unit as people do."""
        return None if points is None else in_points(points, self.unit, self.outcome.program)

    def money(self, amount_minor: int) -> Fraction:
        """Say an amount of money as people do."""
        return in_money(amount_minor, self.outcome.program.currency)

    def held(self, facts: MemberFacts | None) -> int | None:
        """Tell the balance. None: of nobody."""
        return None if facts is None else known(facts.balances).get(self.unit, 0)


@dataclass(frozen=True, slots=True)
class Bill:
    """What stands at the counter after an act."""

    quote: Quote
    seen: Seen

    @property
    def asked(self) -> Asked:
        """Tell what is asked of it."""
        return self.seen.asked

    @property
    def states(self) -> tuple[RewardState, ...]:
        """List the rewards that are asked about."""
        return tuple(one for one in self.quote.rewards if self.asked.reward in ("", one.id))


def _balance_change(seen: Seen) -> Found:
    before, after = seen.held(seen.outcome.before), seen.held(seen.outcome.after)
    return None if before is None or after is None else seen.points(after - before)


def _entry_now(seen: Seen) -> Found:
    entry = seen.outcome.entry
    return None if entry is None else seen.points(entry.get(seen.unit, 0))


def _entry(seen: Seen) -> Found:
    entry = seen.outcome.entry
    if entry is None:
        return None
    return "present" if any(entry.values()) else "absent"


def _error(seen: Seen) -> Found:
    """Name the refusal, with what it is about behind a dot. None: it was accepted."""
    match seen.outcome.refusal:
        case None:
            return None
        case LimitReached(by=by) as refusal:
            return f"{refusal.code}.{by}"
        case ConditionNotMet(missing=missing) as refusal if missing:
            return f"{refusal.code}.{missing[0].word}"
        case refusal:
            return refusal.code


def _points_refused(seen: Seen, *, available: bool) -> Found:
    refusal = seen.outcome.refusal
    if not isinstance(refusal, InsufficientPoints):
        return None
    points = refusal.available if available else refusal.wanted
    return in_points(points, refusal.unit, seen.outcome.program)


def _vouchers_held(seen: Seen) -> Found:
    after = seen.outcome.after
    held = () if after is None else known(after.vouchers_held)
    return Fraction(sum(seen.asked.reward in ("", one.reward) for one in held))


def _projected(bill: Bill) -> Found:
    return bill.seen.points(bill.quote.balance_after.get(bill.seen.unit))


def _free(bill: Bill) -> Found:
    goods = [*bill.quote.goods, *(item for one in bill.quote.redemptions for item in one.goods)]
    return Fraction(sum(item.quantity for item in goods))


def _gift_price(bill: Bill) -> Found:
    gifts = [one.pay_minor for one in bill.quote.redemptions if one.goods]
    return bill.seen.money(sum(gifts)) if gifts or bill.quote.goods else None


def _percent(bill: Bill) -> Found:
    whole = bill.quote.total_minor
    return Fraction(PERCENT * bill.quote.discount_minor, whole) if whole else Fraction(0)


def _reward_lines(bill: Bill) -> Found:
    """Count what the bill shows as given: discounts, free goods, rewards."""
    discounts = sum(one.discount_minor > 0 for one in bill.quote.reasons)
    return Fraction(discounts + len(bill.quote.goods) + len(bill.quote.redemptions))


def _applied(bill: Bill) -> tuple[str, ...]:
    return tuple(one.rule for one in bill.quote.reasons if one.outcome is Became.APPLIED)


def _applies(bill: Bill) -> Found:
    if bill.asked.rule:
        return bill.asked.rule in _applied(bill)
    if bill.asked.reward:
        return any(one.reward == bill.asked.reward for one in bill.quote.redemptions)
    return bool(bill.quote.redemptions or _applied(bill))


def _became(bill: Bill) -> Found:
    reasons = {one.rule: one.outcome.value for one in bill.quote.reasons}
    return reasons.get(bill.asked.rule)


def _affordable(bill: Bill) -> Found:
    return Fraction(bill.states[0].affordable_times) if bill.states else None


def _tier(bill: Bill) -> Found:
    """Name the tier as the program does; by its id where it has no name."""
    ladder, reached = bill.seen.outcome.program.ladder, bill.quote.tier_after
    tiers = () if ladder is None else ladder.tiers
    found = next((one for one in tiers if one.id == reached), None)
    return reached if found is None else in_language(found.text, "") or found.id


def _receipt_lines(bill: Bill) -> Found:
    """Tell which figures a slip has to show."""
    unit = bill.seen.unit
    shown = {
        "Won": bill.quote.earned.get(unit, 0) > 0,
        "Spent": bill.quote.redeemed.get(unit, 0) > 0,
        "Balance": bill.quote.balance_after.get(unit) is not None,
    }
    return tuple(word for word, is_shown in shown.items() if is_shown)


def _goal(bill: Bill) -> Found:
    stands = bill.quote.goals_after.get(bill.asked.goal)
    return None if stands is None else Fraction(stands)


def _suggestion(bill: Bill) -> Found:
    return None if bill.quote.suggestion is None else bill.quote.suggestion.id


def _due(bill: Bill) -> Found:
    return bill.seen.money(bill.quote.to_pay_minor - bill.seen.outcome.paid_minor)


OF_ACTS: Mapping[str, Callable[[Seen], Found]] = {
    "issued": lambda seen: seen.points(seen.outcome.issued.get(seen.unit, 0)),
    "used": lambda seen: seen.points(seen.outcome.used.get(seen.unit, 0)),
    "balance": lambda seen: seen.points(seen.held(seen.outcome.after)),
    "balance_change": _balance_change,
    "refunded": lambda seen: seen.money(seen.outcome.refunded_minor),
    "accepted": lambda seen: seen.outcome.refusal is None,
    "error": _error,
    "available": lambda seen: _points_refused(seen, available=True),
    "wanted": lambda seen: _points_refused(seen, available=False),
    "vouchers_held": _vouchers_held,
    "voucher_usable": lambda seen: seen.outcome.voucher_usable,
    "ledger_rows": lambda seen: Fraction(seen.outcome.rows),
    "entry": _entry,
    "entry_now": _entry_now,
}
OF_BILLS: Mapping[str, Callable[[Bill], Found]] = {
    "projected": _projected,
    "total_before": lambda bill: bill.seen.money(bill.quote.total_minor),
    "discount": lambda bill: bill.seen.money(bill.quote.discount_minor),
    "total": lambda bill: bill.seen.money(bill.quote.to_pay_minor),
    "due": _due,
    "tax": lambda bill: bill.seen.money(sum(part.tax_minor for part in bill.quote.tax)),
    "untaxed": lambda bill: bill.seen.money(sum(part.base_minor for part in bill.quote.tax)),
    "percent": _percent,
    "free": _free,
    "gift_price": _gift_price,
    "reward_lines": _reward_lines,
    "rewards_taken": lambda bill: Fraction(len(bill.quote.redemptions)),
    "applies": _applies,
    "rules_named": lambda bill: Fraction(len(_applied(bill))),
    "outcome": _became,
    "claimable": lambda bill: any(one.usable_now for one in bill.states),
    "affordable": _affordable,
    "tier": _tier,
    "goal": _goal,
    "carried": lambda bill: bill.quote.carried.get(bill.seen.unit),
    "coupons": lambda bill: Fraction(len(bill.quote.vouchers_issued)),
    "draws": lambda bill: Fraction(len(bill.quote.draws)),
    "messages": lambda bill: tuple(one.id for one in bill.quote.messages),
    "suggestion": _suggestion,
    "receipt_lines": _receipt_lines,
}
# Other words for the same, as peers say them.
SYNONYMS: Mapping[str, str] = {
    "points": "issued",
    "won": "issued",
    "preview_won": "issued",
    "spent": "used",
    "points_cost": "used",
    "preview_total": "projected",
    "card_balance": "balance",
    "reward_claimable": "claimable",
    "wallet_spendable": "accepted",
    "usable_now": "voucher_usable",
    "ok": "accepted",
}
ABOUT_REFUSALS = frozenset({"accepted", "error", "available", "wanted"})
NAMES = (*OF_ACTS, *OF_BILLS, *SYNONYMS)


def asked_by(word: str, own: Mapping[str, Asked], program: Program) -> Asked | None:
    """Find what a word asks for: by the companion, by itself, or as a unit's name, its balance.

    None: nobody defined it.
    """
    asked = own.get(word, Asked(word))
    name = SYNONYMS.get(asked.measure, asked.measure)
    if name in OF_ACTS or name in OF_BILLS:
        return replace(asked, measure=name)
    if program.unit_named(name) is not None:
        return replace(asked, measure="balance", unit=name)
    return None


def measure(outcome: Outcome, asked: Asked) -> Found:
    """Measure what is asked for. None: there is none, as of a bill when nothing was bought."""
    seen = Seen(outcome, asked)
    if asked.measure in OF_ACTS:
        return OF_ACTS[asked.measure](seen)
    return None if outcome.quote is None else OF_BILLS[asked.measure](Bill(outcome.quote, seen))
