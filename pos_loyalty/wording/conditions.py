"""When something holds, in words that stand after what it gives: "on Sundays"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from pos_loyalty.domain.programs.conditions import AnyOf, Condition, NoneOf
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Spent,
)
from pos_loyalty.domain.programs.occasions import (
    DuringHours,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
)
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    InTier,
    MembershipActive,
)
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    VoucherShown,
)
from pos_loyalty.i18n import Words
from pos_loyalty.wording.calendar import around_date, dates, days_since, hours, visits, weekdays
from pos_loyalty.wording.deeds import activities, earned, offer_met, spent
from pos_loyalty.wording.figures import one_of, span, together
from pos_loyalty.wording.purchases import channels, minimum_amount, minimum_quantity, paid_with
from pos_loyalty.wording.titles import membership_name, reward_name, tier_name
from pos_loyalty.wording.wares import event, plain

OfTime = OnWeekdays | DuringHours | OnDates | AroundDate | DaysSince | OnVisit
OfPurchase = (
    InStore
    | ThroughChannel
    | PaidWith
    | CodeEntered
    | VoucherShown
    | MinimumAmount
    | MinimumQuantity
)


def condition_told(words: Words, condition: Condition, program: Program) -> str:
    """Say when a condition holds: small letters, no full stop."""
    match condition:
        case OnWeekdays() | DuringHours() | OnDates() | AroundDate() | DaysSince() | OnVisit():
            return _of_time(words, condition)
        case (
            InStore()
            | ThroughChannel()
            | PaidWith()
            | CodeEntered()
            | VoucherShown()
            | MinimumAmount()
            | MinimumQuantity()
        ):
            return _of_purchase(words, condition, program)
        case AnyOf(several):
            return one_of(words, [condition_told(words, one, program) for one in several])
        case NoneOf(several):
            none = one_of(words, [condition_told(words, one, program) for one in several])
            return words.gettext("except {conditions}").format(conditions=none)
        case _:
            return _of_member(words, condition, program)


def held_when(
    words: Words, text: str, when: Sequence[Condition], program: Program, *, on: str = "sale"
) -> str:
    """Say what happens together with when it does, in the order of the language."""
    asked = [condition_told(words, one, program) for one in when if not isinstance(one, NoneOf)]
    excluded = [
        condition_told(words, one, program)
        for none in when
        if isinstance(none, NoneOf)
        for one in none.conditions
    ]
    told = text
    if on_event := event(words, on):
        asked = [on_event, *asked]
    if asked:
        told = words.gettext("{text} {conditions}").format(
            text=told, conditions=together(words, asked)
        )
    if excluded:
        told = words.gettext("{text}, but not {conditions}").format(
            text=told, conditions=one_of(words, excluded)
        )
    return told


def counts_when(words: Words, condition: Condition, program: Program) -> str:
    """Say when something counts, or when it does not."""
    if isinstance(condition, NoneOf):
        none = one_of(words, [condition_told(words, one, program) for one in condition.conditions])
        return words.gettext("does not count {conditions}").format(conditions=none)
    return words.gettext("counts {conditions}").format(
        conditions=condition_told(words, condition, program)
    )


def _of_time(words: Words, condition: OfTime) -> str:
    match condition:
        case OnWeekdays(on):
            return weekdays(words, on)
        case DuringHours():
            return hours(words, condition)
        case OnDates(first, last):
            return dates(words, first, last)
        case AroundDate():
            return around_date(words, condition)
        case DaysSince():
            return days_since(words, condition)
        case OnVisit():
            return visits(words, condition)
        case _:
            assert_never(condition)


def _of_purchase(words: Words, condition: OfPurchase, program: Program) -> str:
    match condition:
        case InStore(stores):
            told = words.ngettext(
                "in the store {{stores}}", "in the stores {{stores}}", len(stores)
            )
            told = told.format(stores=one_of(words, stores))
        case ThroughChannel(ways):
            told = channels(words, ways)
        case PaidWith():
            told = paid_with(words, condition)
        case CodeEntered(codes):
            told = words.gettext("with the code {codes}").format(codes=one_of(words, codes))
        case VoucherShown(reward):
            told = words.gettext("with the voucher “{reward}”").format(
                reward=reward_name(words, program, reward)
            )
        case MinimumAmount():
            told = minimum_amount(words, condition, program)
        case MinimumQuantity():
            told = minimum_quantity(words, condition)
        case _:
            assert_never(condition)
    return told


OfMember = (
    Age
    | InTier
    | InSegment
    | HasAttribute
    | Spent
    | HasEarned
    | AboveFigure
    | MembershipActive
    | DidActivity
    | OfferMet
)


def _of_member(words: Words, condition: OfMember, program: Program) -> str:
    match condition:
        case Spent():
            told = spent(words, condition, program)
        case HasEarned():
            told = earned(words, condition, program)
        case AboveFigure(_, window, _):
            told = words.gettext("for the most active members {span}").format(
                span=span(words, window)
            )
        case MembershipActive(membership):
            told = words.gettext("with the membership “{membership}”").format(
                membership=membership_name(words, program, membership)
            )
        case DidActivity():
            told = activities(words, condition)
        case OfferMet():
            told = offer_met(words, condition)
        case _:
            return _of_person(words, condition, program)
    return told


def _of_person(
    words: Words, condition: Age | InTier | InSegment | HasAttribute, program: Program
) -> str:
    match condition:
        case Age(least, None):
            told = words.gettext("from the age of {years}").format(years=words.number(least))
        case Age(0, int(most)):
            told = words.gettext("up to the age of {years}").format(years=words.number(most))
        case Age(least, most):
            told = words.gettext("for members aged {least} to {most}").format(
                least=words.number(least), most=words.number(most or least)
            )
        case InTier(tiers):
            names = one_of(words, [tier_name(words, program, tier) for tier in tiers])
            told = words.gettext("at level {tiers}").format(tiers=names)
        case InSegment(segments):
            names = one_of(words, [plain(words, segment) for segment in segments])
            told = words.gettext("for members of the group “{segments}”").format(segments=names)
        case HasAttribute(name, values):
            told = words.gettext("for members with {name}: {values}").format(
                name=plain(words, name),
                values=one_of(words, [plain(words, value) for value in values]),
            )
        case _:
            assert_never(condition)
    return told
