"""A member of a case: what she had at first, and what each receipt made of it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.facts import (
    Activity,
    History,
    MemberFacts,
    Offers,
    OwnLot,
    Unknown,
    Voucher,
)
from pos_loyalty.domain.past import first_day
from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.parts import parts_of
from pos_loyalty.domain.programs.program import Program

SPANS = ("day", "week", "month", "year")
NOBODY_YET = MemberFacts(
    joined_on=None,
    birthday=None,
    attributes={},
    segments=(),
    favourite_category=None,
    tier=None,
    membership=None,
    balances={},
    lots=(),
    carried={},
    visits=0,
    last_purchase_on=None,
    history=History({}, {}),
    usage={},
    goals={},
    vouchers_held=(),
    offers=Offers({}, {}, {}),
    activity=(),
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deed:
    """What one receipt did, as it stands now: a return puts another in its place."""

    receipt: str
    member: str
    basket: Basket
    program: Program
    quote: Quote
    spent: Mapping[str, int]  # By unit: for rewards, and as money.
    facts: MemberFacts | None = None  # What was known when it was scored.
    vouchers: tuple[Voucher, ...] = field(default=())

    @property
    def gained(self) -> Mapping[str, int]:
        """Tell what came in by unit, conversions included."""
        gained = dict(self.quote.earned)
        for one in self.quote.redemptions:
            for unit, points in (one.gained or {}).items():
                gained[unit] = gained.get(unit, 0) + points
        return gained

    @property
    def uses(self) -> Mapping[str, int]:
        """Count what limits count: rules and rewards by times, caps by points."""
        uses = {
            one.rule: 1
            for one in self.quote.reasons
            if one.outcome is Outcome.APPLIED or one.earned
        }
        for reward in self.quote.redemptions:
            uses[reward.reward] = uses.get(reward.reward, 0) + reward.times
        for cap in self.program.caps:
            uses[cap.id] = sum(
                one.earned
                for one in self.quote.reasons
                if one.unit == cap.unit and (not cap.rules or one.rule in cap.rules)
            )
        return uses


def known(value: T | Unknown) -> T:
    """Take a fact of a member of whom everything is known."""
    if isinstance(value, Unknown):
        raise TypeError("of a case's member everything is known")
    return value


def facts_after(
    start: MemberFacts, deeds: Sequence[Deed], shop: Sequence[Deed], program: Program, on: date
) -> MemberFacts:
    """Tell what is known of a member on `on`: what she had at first, and all her `deeds`.

    `shop` are the deeds of all members: limits for all of them together look there.
    """
    facts = start
    for deed in deeds:
        facts = _with(facts, deed)
    live = tuple(lot for lot in known(facts.lots) if lot.expires_on is None or on < lot.expires_on)
    balances = dict(known(facts.balances))
    for lot in known(facts.lots):
        if lot not in live:
            balances[lot.unit] = balances.get(lot.unit, 0) - lot.points
    return replace(
        facts,
        lots=live,
        balances=balances,
        history=_history(start, deeds, program, on),
        usage=_usage(start, deeds, shop, program, on),
    )


def _with(facts: MemberFacts, deed: Deed) -> MemberFacts:
    """Fold in what one receipt did."""
    quote, day = deed.quote, deed.basket.day
    lots = list(known(facts.lots))
    lots += [OwnLot(lot.unit, lot.points, lot.expires_on, lot.usable_on) for lot in quote.lots]
    for one in quote.redemptions:
        lots += [OwnLot(unit, points) for unit, points in (one.gained or {}).items()]
    balances = dict(known(facts.balances))
    for unit, points in deed.gained.items():
        balances[unit] = balances.get(unit, 0) + points
    for unit, points in deed.spent.items():
        balances[unit] = balances.get(unit, 0) - points
        lots = drawn(lots, unit, points)
    shown = {one.voucher for one in quote.redemptions if one.voucher}
    held = tuple(one for one in known(facts.vouchers_held) if one.code not in shown)
    facts = replace(
        facts,
        lots=tuple(lots),
        balances=balances,
        carried={**known(facts.carried), **quote.carried},
        goals={**known(facts.goals), **quote.goals_after},
        tier=quote.tier_after if quote.tier_after is not None else facts.tier,
        vouchers_held=(*held, *deed.vouchers),
    )
    if deed.basket.event == "sale":
        return replace(facts, visits=known(facts.visits) + 1, last_purchase_on=day)
    if deed.basket.event == "joined":
        return replace(facts, joined_on=known(facts.joined_on) or day)
    return replace(facts, activity=(*known(facts.activity), Activity(deed.basket.event, day)))


def drawn(lots: Sequence[OwnLot], unit: str, points: int) -> list[OwnLot]:
    """Take points out of lots, the soonest to expire first, then the oldest."""
    order = sorted(range(len(lots)), key=lambda i: (lots[i].expires_on or date.max, i))
    left: dict[int, OwnLot] = dict(enumerate(lots))
    for i in order:
        lot = lots[i]
        if lot.unit != unit or points <= 0:
            continue
        taken = min(points, lot.points)
        points -= taken
        if taken == lot.points:
            del left[i]
        else:
            left[i] = replace(lot, points=lot.points - taken)
    return list(left.values())


def _history(start: MemberFacts, deeds: Sequence[Deed], program: Program, on: date) -> History:
    """Sum up every window the program asks for."""
    asked = {getattr(part, "window", "ever") for _, part in parts_of(program)}
    windows = {*asked, *SPANS, "ever", "365d"}
    spend = dict(known(start.history.spend_minor))
    earned = {unit: dict(sums) for unit, sums in known(start.history.earned).items()}
    for window in windows:
        spend.setdefault(window, 0)
        for account in program.units:
            earned.setdefault(account.id, {}).setdefault(window, 0)
        for deed in deeds:
            if window != "ever" and not first_day(window, on) <= deed.basket.day <= on:
                continue
            spend[window] += deed.quote.to_pay_minor if deed.basket.event == "sale" else 0
            for unit, points in deed.quote.earned.items():
                sums = earned.setdefault(unit, {})
                sums[window] = sums.get(window, 0) + points
    return History(spend, earned)


def _usage(
    start: MemberFacts, deeds: Sequence[Deed], shop: Sequence[Deed], program: Program, on: date
) -> Mapping[str, Mapping[str, int]]:
    usage = {name: dict(spans) for name, spans in known(start.usage).items()}
    firsts = {span: first_day(span, on) for span in SPANS}
    firsts |= {Per.PERIOD.value: program.valid_from, Per.EVER.value: date.min}
    for span, first in firsts.items():
        for deed in deeds:
            if first <= deed.basket.day <= on:
                _count(usage, deed, span)
    ids = [rule.id for rule in program.rules]
    ids += [reward.id for reward in program.rewards]
    ids += [cap.id for cap in program.caps]
    for name in ids:
        usage.setdefault(name, {}).setdefault(Per.TOTAL.value, 0)  # Known: this is all the shop.
    for deed in shop:
        _count(usage, deed, Per.TOTAL.value)
    return usage


def _count(usage: dict[str, dict[str, int]], deed: Deed, span: str) -> None:
    for name, times in deed.uses.items():
        spans = usage.setdefault(name, {})
        spans[span] = spans.get(span, 0) + times
