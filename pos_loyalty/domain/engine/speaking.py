"""What is said with a quote: messages whose time has come, and one suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from pos_loyalty.domain.engine.answer import Proposal, RewardState, Said
from pos_loyalty.domain.engine.judging import judge
from pos_loyalty.domain.engine.reasons import Missing, Outcome, Reason
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import MemberFacts, PaidMembership, Unknown
from pos_loyalty.domain.programs.benefits import PercentOff
from pos_loyalty.domain.programs.moments import DECLINED_MAX, Reader
from pos_loyalty.domain.programs.persons import MembershipActive
from pos_loyalty.domain.programs.schemes import Membership
from pos_loyalty.domain.programs.selection import ALL_LINES

YEAR_WINDOWS = ("365d", "year")  # The last one is the least of a year that is known.


def messages(scene: Scene) -> tuple[Said, ...]:
    """Tell what is to be said now, and to whom."""
    program, day = scene.program, scene.day
    if scene.facts is None:
        return ()
    said = [
        Said(one.id, one.to, one.text)
        for one in program.messages
        if one.on == scene.basket.event and judge(one.when, scene) is None
    ]
    for notice in program.notices:
        begun = notice.first is None or notice.first <= day
        if begun and (notice.last is None or day <= notice.last) and not judge(notice.when, scene):
            said.append(Said(notice.id, Reader.DISPLAY, notice.text))
    closing = program.closing
    if closing is not None and closing.notice:
        left = (closing.redeem_until - day).days
        if 0 <= left <= closing.notice_days:
            said.append(Said("closing", Reader.RECEIPT, closing.notice))
    return tuple(said)


def suggestion(
    scene: Scene, reasons: Sequence[Reason], rewards: Sequence[RewardState]
) -> Proposal | None:
    """Choose the one thing to propose now. None: nothing worth saying."""
    facts = scene.facts
    if facts is None:
        return None
    missing = _missing_for(reasons, rewards)
    for one in scene.program.suggestions:
        if _declined(one.id, facts) >= one.declined_max or judge(one.when, scene) is not None:
            continue
        if not one.towards:
            return Proposal(one.id, one.text)
        if missing.get(one.towards):
            return Proposal(one.id, one.text, one.towards, missing[one.towards])
    for club in scene.program.memberships:
        saves = _saves(club, facts, scene)
        wanted = _declined(club.id, facts) < DECLINED_MAX and _may_buy(club, facts, scene)
        if wanted and saves is not None and saves > scene.in_basket_money(club.fee_minor):
            return Proposal(club.id, club.text, saves_minor=saves)
    return None


def _missing_for(
    reasons: Sequence[Reason], rewards: Sequence[RewardState]
) -> Mapping[str, tuple[Missing, ...]]:
    """Tell what each rule and reward still asks for, where that is known."""
    of_rules = {one.rule: one.missing for one in reasons if one.outcome is Outcome.NOT_MATCHED}
    return of_rules | {one.id: one.missing for one in rewards if not one.usable_now}


def _declined(offer: str, facts: MemberFacts) -> int:
    told = facts.offers.declined
    return 0 if isinstance(told, Unknown) else told.get(offer, 0)


def _may_buy(club: Membership, facts: MemberFacts, scene: Scene) -> bool:
    """Whether she has none, or hers ends soon; what is not known here is not offered."""
    if any(line.sku == club.sku for line in scene.lines):
        return False
    match facts.membership:
        case None:
            return True
        case PaidMembership(id=own, until=until):
            left = (until - scene.day).days
            return left < 0 or (own == club.id and left <= club.renew_days)
        case _:
            return False


def _saves(club: Membership, facts: MemberFacts, scene: Scene) -> int | None:
    """Tell what the club's discounts would have taken off a year's purchases. None: not known."""
    spent = facts.history.spend_minor
    if isinstance(spent, Unknown):
        return None
    year = next((spent[window] for window in YEAR_WINDOWS if window in spent), None)
    if year is None:
        return None
    # Only what is taken off every purchase is known of a year: not that of some goods or days.
    rates = [
        rule.then.rate
        for rule in scene.program.rules
        if rule.id in club.saves
        and isinstance(rule.then, PercentOff)
        and rule.then.lines == ALL_LINES
        and all(isinstance(one, MembershipActive) for one in rule.when)
    ]
    return int(year * min(sum(rates, Fraction(0)), Fraction(1)))
