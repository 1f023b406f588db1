from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, time
from decimal import Decimal
from fractions import Fraction

import pytest

from pos_loyalty.domain.programs import (
    benefits,
    conditions,
    deeds,
    effects,
    limits,
    moments,
    occasions,
    persons,
    purchases,
    rewards,
    schemes,
    selection,
    tiers,
    units,
)
from pos_loyalty.domain.programs.checks import LIST_MAX, TEXT_MAX, WrongValue
from pos_loyalty.domain.programs.kinds import kind_of, kinds_of
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.wordings import in_language

ONE, HALF, NONE = Fraction(1), Fraction(1, 2), Fraction(0)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
TEN_OFF = benefits.PercentOff(Fraction(1, 10))
GIVE = effects.Give(1)
COFFEE = Selection(categories=("coffee",))
TOO_MANY = ("x",) * (LIST_MAX + 1)
BAND = effects.Band(Decimal(5), ONE)
ON_MAY = occasions.OnDates(MAY)

WRONG: list[tuple[str, Callable[[], object]]] = [
    ("rate", lambda: benefits.PercentOff(NONE)),
    ("rate", lambda: benefits.PercentOff(Fraction(11, 10))),
    ("cap_minor", lambda: benefits.PercentOff(HALF, cap_minor=0)),
    ("amount_minor", lambda: benefits.AmountOff(0)),
    ("rate", lambda: benefits.CheapestOff(Fraction(-1))),
    ("buy", lambda: benefits.BuyGet(0, 1)),
    ("get", lambda: benefits.BuyGet(1, 0)),
    ("rate", lambda: benefits.BuyGet(1, 1, rate=Fraction(2))),
    ("price_minor", lambda: benefits.MemberPrice(-1, COFFEE)),
    ("lines", lambda: benefits.MemberPrice(1, Selection())),
    ("price_minor", lambda: benefits.SetPrice(-1, (COFFEE,))),
    ("sets", lambda: benefits.SetPrice(1, ())),
    ("skus", lambda: benefits.FreeItem(())),
    ("quantity", lambda: benefits.FreeItem(("a",), 0)),
    ("every", lambda: benefits.FreeItem(("a",), every=Decimal(0))),
    ("days", lambda: occasions.OnWeekdays(())),
    ("since", lambda: occasions.DuringHours(time(1, tzinfo=UTC), time(2))),
    ("until", lambda: occasions.DuringHours(time(1), time(1))),
    ("last", lambda: occasions.OnDates(JUNE, MAY)),
    ("before_days", lambda: persons.AroundDate(persons.MemberDate.JOINED, 183)),
    ("after_days", lambda: persons.AroundDate(persons.MemberDate.JOINED, 0, -1)),
    ("at_least", lambda: persons.DaysSince(persons.MemberPast.JOINED, -1)),
    ("at_most", lambda: persons.DaysSince(persons.MemberPast.JOINED, 5, 4)),
    ("at_least", lambda: persons.Age(-1)),
    ("at_most", lambda: persons.Age(20, 19)),
    ("any_of", lambda: persons.InTier(())),
    ("any_of", lambda: persons.InTier(("Gold",))),
    ("any_of", lambda: persons.InSegment(())),
    ("any_of", lambda: persons.HasAttribute("vehicle", ())),
    ("any_of", lambda: occasions.InStore(())),
    ("any_of", lambda: occasions.ThroughChannel(())),
    ("any_of", lambda: purchases.PaidWith(("",))),
    ("any_of", lambda: purchases.CodeEntered(TOO_MANY)),
    ("reward", lambda: purchases.VoucherShown("")),
    ("every", deeds.OnVisit),
    ("every", lambda: deeds.OnVisit((5,), 5)),
    ("every", lambda: deeds.OnVisit(every=0)),
    ("at", lambda: deeds.OnVisit((0,))),
    ("amount_minor", lambda: purchases.MinimumAmount(-1)),
    ("below_minor", lambda: purchases.MinimumAmount(500, 500)),
    ("quantity", lambda: purchases.MinimumQuantity(Decimal(0))),
    ("window", lambda: deeds.Spent("fortnight", 1)),
    ("at_least_minor", lambda: deeds.Spent("30d", -1)),
    ("below_minor", lambda: deeds.Spent("30d", 5, 5)),
    ("window", lambda: deeds.HasEarned("0d", 1)),
    ("at_least", lambda: deeds.HasEarned("ever", -1)),
    ("unit", lambda: deeds.HasEarned("ever", 1, "Points")),
    ("figure", lambda: deeds.AboveFigure("P 80", "30d")),
    ("id", lambda: persons.MembershipActive("")),
    ("activity", lambda: deeds.DidActivity("Rated")),
    ("at_least", lambda: deeds.DidActivity("rated", 0)),
    ("within_days", lambda: deeds.DidActivity("rated", 1, -1)),
    ("offer", lambda: deeds.OfferMet("", deeds.Response.SHOWN)),
    ("at_most", lambda: deeds.OfferMet("two-more", deeds.Response.SHOWN, 2, 1)),
    ("conditions", lambda: conditions.AnyOf(())),
    ("conditions", lambda: conditions.NoneOf((ON_MAY,) * (LIST_MAX + 1))),
    ("points", lambda: effects.Band(Decimal(1), Fraction(-1))),
    ("step", lambda: effects.Band(Decimal(1), ONE, Decimal(0))),
    ("since", lambda: effects.Band(Decimal(0), ONE)),
    ("points", lambda: effects.Earn(NONE)),
    ("points", lambda: effects.Earn(NONE, bands=(effects.Band(Decimal(1), NONE),))),
    ("points", lambda: effects.Earn(Fraction(1, 10**10))),
    ("step", lambda: effects.Earn(ONE, Decimal(-1))),
    ("above", lambda: effects.Earn(ONE, above=Decimal(-1))),
    ("bands", lambda: effects.Earn(ONE, bands=(BAND,) * 51)),
    ("bands[1].since", lambda: effects.Earn(ONE, bands=(BAND, BAND))),
    ("carry", lambda: effects.Earn(ONE, bands=(BAND,), carry=True)),
    ("carry", lambda: effects.Earn(ONE, rounding=benefits.Rounding.CEIL, carry=True)),
    ("by", lambda: effects.Multiply(Fraction(-1))),
    ("by", lambda: effects.Multiply(Fraction(10**10))),
    ("rules", lambda: effects.Multiply(ONE, rules=("A",))),
    ("points", lambda: effects.Give(0)),
    ("valid_days", lambda: effects.IssueVoucher("five-off", 0)),
    ("after_days", lambda: effects.IssueVoucher("five-off", 1, -1)),
    ("pool", lambda: effects.DrawPrize("")),
    ("times", lambda: limits.Limit(-1, limits.Per.DAY)),
    ("most", lambda: limits.Cap("cap", -1, limits.Per.DAY)),
    ("rules", lambda: limits.Cap("cap", 1, limits.Per.DAY, rules=("A B",))),
    ("amount_minor", lambda: rewards.Donate("hospice", -1)),
    ("points", lambda: rewards.Convert("stars", 0)),
    ("cost", lambda: rewards.Reward("gift", TEN_OFF)),
    ("cost", lambda: rewards.Reward("gift", TEN_OFF, cost=-1)),
    ("cost", lambda: rewards.Reward("gift", TEN_OFF, cost=2**63)),
    ("pay_minor", lambda: rewards.Reward("gift", TEN_OFF, 1, pay_minor=-1)),
    ("times_max", lambda: rewards.Reward("gift", TEN_OFF, 1, times_max=0)),
    ("stock", lambda: rewards.Reward("gift", TEN_OFF, 1, stock=-1)),
    ("largest_share", lambda: rewards.Reward("gift", TEN_OFF, 1, largest_share=NONE)),
    ("cost_rate", lambda: rewards.Reward("gift", TEN_OFF, 1, cost_rate=Fraction(2))),
    ("skus", lambda: Selection(skus=TOO_MANY)),
    ("except_categories", lambda: Selection(except_categories=TOO_MANY)),
    ("tiers", lambda: tiers.TierLadder(())),
    ("tiers[1].id", lambda: tiers.TierLadder((tiers.Tier("gold", 1), tiers.Tier("gold", 2)))),
    (
        "tiers[1].at_least",
        lambda: tiers.TierLadder((tiers.Tier("gold", 1), tiers.Tier("best", 1))),
    ),
    (
        "tiers[0].falls_to",
        lambda: tiers.TierLadder((tiers.Tier("gold", 1, falls_to="best"), tiers.Tier("best", 2))),
    ),
    (
        "tiers[1].falls_to",
        lambda: tiers.TierLadder((tiers.Tier("gold", 1), tiers.Tier("best", 2, falls_to="best"))),
    ),
    ("window", lambda: tiers.TierLadder((tiers.Tier("gold", 1),), window="1y")),
    ("lines", lambda: tiers.EarlyAccess(Selection(), ("gold",))),
    ("target", lambda: tiers.Stamps(0)),
    ("of", lambda: tiers.Stamps(1, effects.Of.AMOUNT)),
    ("days", lambda: tiers.Streak(1)),
    ("id", lambda: tiers.Goal("", tiers.Streak(2), GIVE)),
    ("text", lambda: moments.Message("hello", {})),
    ("text.en", lambda: moments.Message("hello", {"en": " "})),
    ("text.en", lambda: moments.Message("hello", {"en": "a" * (TEXT_MAX + 1)})),
    ("text.en", lambda: moments.Message("hello", {"en": "a\x07"})),
    ("text", lambda: moments.Message("hello", {"English": "hello"})),
    ("text", lambda: moments.Suggestion("two-more", {})),
    ("towards", lambda: moments.Suggestion("two-more", {"en": "2 more"}, "A reward")),
    ("declined_max", lambda: moments.Suggestion("two-more", {"en": "2 more"}, declined_max=0)),
    ("last", lambda: moments.Notice("fair", {"en": "fair"}, JUNE, MAY)),
    ("answers", lambda: moments.Notice("fair", {}, answers=({"en": "yes"},) * 6)),
    ("answers[0].en", lambda: moments.Notice("fair", {}, answers=({"en": ""},))),
    ("points", lambda: moments.MissingFact(moments.Question.NAME, -1)),
    ("target", lambda: schemes.ProgramGoal(schemes.Aim.ACTIVE_MEMBERS, ONE, ONE, MAY)),
    ("redeem_until", lambda: schemes.Closing(JUNE, MAY)),
    ("rate", lambda: schemes.Closing(MAY, JUNE, rate=NONE)),
    ("successor", lambda: schemes.Closing(MAY, JUNE, successor="Next")),
    ("currency", lambda: schemes.CurrencyChange(MAY, "euro", ONE)),
    ("currency", lambda: schemes.CurrencyChange(MAY, "eur", ONE)),
    ("sku", lambda: schemes.Membership("club", "", 1000, 12)),
    ("months", lambda: schemes.Membership("club", "CLUB", 1000, 0)),
    ("card_ranges[0]", lambda: schemes.Partner("airline", "Air", ("47x",))),
    ("cards_max", lambda: schemes.Transfers(cards_max=0)),
    ("last", lambda: schemes.Transfers(first=JUNE, last=MAY)),
    ("count", lambda: schemes.PoolPrize("five-off", 0)),
    ("prizes", lambda: schemes.Pool("wheel", HALF, ())),
    ("odds", lambda: schemes.Pool("wheel", NONE, (schemes.PoolPrize("five-off", 1),))),
    ("months", lambda: units.Months(0)),
    ("day", lambda: units.CalendarDay(2, 30)),
    ("month", lambda: units.CalendarDay(13, 1)),
    ("years", lambda: units.CalendarDay(1, 1, 0)),
    ("days", lambda: units.Inactivity(0)),
    ("id", lambda: units.UnitOfAccount("My points")),
    ("precision", lambda: units.UnitOfAccount(precision=7)),
    ("value_minor", lambda: units.UnitOfAccount(value_minor=NONE)),
    ("usable_after_days", lambda: units.UnitOfAccount(usable_after_days=1)),
    ("usable_after_days", lambda: units.UnitOfAccount(usable=units.Usable.AFTER_DAYS)),
]


@pytest.mark.parametrize(
    ("field", "build"), WRONG, ids=[f"{n}-{field}" for n, (field, _) in enumerate(WRONG)]
)
def test_a_value_that_cannot_be_is_not_built(field: str, build: Callable[[], object]) -> None:
    with pytest.raises(WrongValue) as refused:
        build()

    assert refused.value.field == field
    assert refused.value.allowed


RIGHT: list[Callable[[], object]] = [
    lambda: benefits.PercentOff(ONE, cap_minor=1),
    lambda: benefits.FreeItem(("a",), every=Decimal("0.5")),
    lambda: persons.DaysSince(persons.MemberPast.JOINED, 30, 30),
    lambda: persons.DaysSince(persons.MemberPast.JOINED, 30),
    lambda: persons.Age(14, 24),
    lambda: deeds.Spent("1d", 0),
    lambda: deeds.DidActivity("rated"),
    lambda: deeds.OfferMet("two-more", deeds.Response.SHOWN),
    lambda: effects.Earn(ONE, bands=(BAND, effects.Band(Decimal(6), ONE))),
    lambda: deeds.OnVisit((1, 5)),
    lambda: deeds.OnVisit(every=1),
    lambda: deeds.DidActivity("rated", 1, 0),
    lambda: deeds.OfferMet("two-more", deeds.Response.SHOWN, 0, 0),
    lambda: occasions.OnDates(MAY, MAY),
    lambda: effects.Earn(NONE, bands=(BAND,)),
    lambda: effects.Earn(ONE, carry=True),
    lambda: effects.Multiply(NONE, rules=("base",)),
    lambda: limits.Cap("cap", 0, limits.Per.EVER, rules=("base",)),
    lambda: rewards.Reward("gift", TEN_OFF, pay_minor=1, cost_rate=NONE, stock=0),
    lambda: schemes.Closing(MAY, MAY, successor="next"),
    lambda: schemes.Transfers(cards_max=1),
    lambda: schemes.Partner("airline", "Air", ("4711",)),
    lambda: moments.Suggestion("two-more", {"en": "2 more"}, "five-off"),
    lambda: selection.Selection(skus=TOO_MANY[1:]),
    lambda: tiers.TierLadder((tiers.Tier("a", 0), tiers.Tier("b", 1, falls_to="a"))),
    lambda: units.CalendarDay(2, 29),
    lambda: units.UnitOfAccount(
        value_minor=HALF, usable=units.Usable.AFTER_DAYS, usable_after_days=1
    ),
]


@pytest.mark.parametrize("build", RIGHT, ids=range(len(RIGHT)))
def test_a_value_at_its_limit_is_built(build: Callable[[], object]) -> None:
    assert build()


def test_the_words_of_a_union_name_its_members() -> None:
    words = kinds_of(units.Expiry)

    assert words == {
        "months": units.Months,
        "calendar_day": units.CalendarDay,
        "inactivity": units.Inactivity,
        "program_end": units.ProgramEnd,
    }
    assert kind_of(effects.Earn) == "earn"


@pytest.mark.parametrize(
    ("language", "said"), [("it", "punti"), ("en", "points"), ("ru", "punti"), ("", "punti")]
)
def test_a_text_is_in_the_language_asked_for_or_in_the_programs_own(
    language: str, said: str
) -> None:
    assert in_language({"it": "punti", "en": "points"}, language) == said
    assert in_language({}, language) == ""
