"""What a basket comes to under a program: pure, and the same on every till and on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos_loyalty.domain.basket import Basket, tax_of
from pos_loyalty.domain.engine.access import check_access
from pos_loyalty.domain.engine.affording import held_on
from pos_loyalty.domain.engine.answer import LineQuote, Quote, Redeemed
from pos_loyalty.domain.engine.answering import Found, answer, carried_before, with_offers
from pos_loyalty.domain.engine.collecting import collect
from pos_loyalty.domain.engine.discounting import Discounts, discount
from pos_loyalty.domain.engine.earning import Earnings, earn
from pos_loyalty.domain.engine.giving import Presents, cap, give
from pos_loyalty.domain.engine.multiplying import multiply
from pos_loyalty.domain.engine.plan import Plan, plan_for
from pos_loyalty.domain.engine.reasons import Missing, Outcome, Reason
from pos_loyalty.domain.engine.redeeming import ended, redeem
from pos_loyalty.domain.engine.scene import Scene, charged
from pos_loyalty.domain.facts import MemberFacts, Unknown
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.settings import EarnAndRedeem
from pos_loyalty.domain.refusals import NoSuchReward, Refused


def quote(basket: Basket, facts: MemberFacts | None, program: Program | None) -> Quote:
    """Work out what `basket` comes to, earns and redeems, and what is near besides.

    `facts` None: nobody is known. Without a program, or where and when it is not in force, nothing
    is earned and there is nothing to explain.

    Raises Refused when something that is to be redeemed cannot be, CurrencyMismatch when the
    program counts another currency than the basket.
    """
    if program is None or not _in_force(basket, program):
        return _nothing_in_force(basket, facts, program)
    scene = Scene(basket, facts, program)
    return with_offers(scene, _decided(scene))


def score(basket: Basket, facts: MemberFacts | None, program: Program | None) -> Quote:
    """Work out the same, but not what is near: no rewards that could be had, nothing that is said.

    For whoever books a sale or replays a year of them. Raises as `quote` does.
    """
    if program is None or not _in_force(basket, program):
        return _nothing_in_force(basket, facts, program)
    return _decided(Scene(basket, facts, program))


def _decided(scene: Scene) -> Quote:
    plan = plan_for(scene.program, scene.basket.event)
    presents = Presents()
    discounts = _discounted(scene, plan)
    granted = redeem(scene, discounts, presents)
    earnings, goals = _earned(scene, plan, presents, granted)
    reasons = _in_order(plan, discounts.reasons | earnings.reasons)
    return answer(scene, Found(reasons, earnings, discounts, granted, presents, goals))


def _in_force(basket: Basket, program: Program) -> bool:
    if program.stores and basket.store not in program.stores:
        return False
    if program.channels and all(one.value != basket.channel for one in program.channels):
        return False
    return program.holds_on(basket.day) or program.redeems_on(basket.day)


def _nothing_in_force(basket: Basket, facts: MemberFacts | None, program: Program | None) -> Quote:
    if program is None:
        return _plain(basket, [line.net_minor for line in basket.lines])
    return _out_of_force(basket, facts, program)


def _plain(basket: Basket, paid: Sequence[int]) -> Quote:
    total = sum(paid)
    lines = tuple([LineQuote(0, {}) for _ in basket.lines])
    return Quote(total, 0, total, tax_of(basket.lines, paid), lines, {})


def _out_of_force(basket: Basket, facts: MemberFacts | None, program: Program) -> Quote:
    """Tell what was collected, in whatever money is paid; nothing is earned, nothing redeemed."""
    wished = [wish.reward for wish in basket.redeem]
    wished += [one.reward for one in basket.vouchers if program.reward(one.reward) is not None]
    for reward in wished:
        if program.reward(reward) is None or program.redeems_on(basket.day):
            raise Refused(NoSuchReward(reward))  # Or not in this store, or this way.
        raise ended(reward, basket.day, program)
    nothing = {unit.id: 0 for unit in program.units}
    plain = replace(
        _plain(basket, charged(basket.lines, program)),
        earned=nothing,
        lines=tuple([LineQuote(0, nothing) for _ in basket.lines]),
    )
    if facts is None:
        return plain
    after = {unit.id: held_on(basket.day, unit, facts).balance for unit in program.units}
    tier = None if isinstance(facts.tier, Unknown) else facts.tier
    carried = carried_before(program, facts)
    return replace(plain, balance_after=after, carried=carried, tier_after=tier)


def _discounted(scene: Scene, plan: Plan) -> Discounts:
    """Let rules take off while the program holds; later it only redeems."""
    if scene.program.holds_on(scene.day):
        check_access(scene)
        return discount(scene, plan.discounts)
    return Discounts(_closed([one.rule.id for one in plan.discounts], CLOSED))


CLOSED = Missing("dates", "closed")


def _earned(
    scene: Scene, plan: Plan, presents: Presents, granted: Sequence[Redeemed]
) -> tuple[Earnings, Mapping[str, int]]:
    """Count what is earned, unless the program ends or a redemption rules it out.

    Beside it stands where the goals are that were counted.
    """
    program = scene.program
    either = program.settings.earn_and_redeem is EarnAndRedeem.EITHER
    if not program.earns_on(scene.day):
        return _nothing_earned(scene, plan, CLOSED), {}
    if either and any(one.cost for one in granted):
        return _nothing_earned(scene, plan, Missing("redeemed", "either")), {}
    earnings = earn(scene, plan.earns)
    multiply(scene, plan.multipliers, earnings)
    give(scene, plan.givers, earnings, presents)
    goals = collect(scene, earnings, presents)
    cap(scene, program.caps, earnings)
    return earnings, goals


def _nothing_earned(scene: Scene, plan: Plan, why: Missing) -> Earnings:
    names = [one.rule.id for one in plan.earns]
    names += [one.rule.id for one in plan.multipliers]
    names += [one.rule.id for one in plan.givers]
    names += [one.id for one in scene.program.goals if one.reach.on == scene.basket.event]
    return Earnings(_closed(names, why))


def _closed(names: Sequence[str], why: Missing) -> dict[str, Reason]:
    return {name: Reason(name, Outcome.NOT_MATCHED, missing=(why,)) for name in names}


def _in_order(plan: Plan, reasons: Mapping[str, Reason]) -> tuple[Reason, ...]:
    """Put the rules' reasons in the document's order, those of goals behind them."""
    goals = [reason for name, reason in reasons.items() if name not in plan.order]
    return (*[reasons[name] for name in plan.order if name in reasons], *goals)
