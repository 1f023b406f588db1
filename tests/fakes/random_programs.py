"""Random lines, baskets, members and whole programs of every word of the vocabulary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from pos_loyalty.domain.basket import Line, Tender
from pos_loyalty.domain.facts import UNKNOWN, History, MemberFacts, OwnLot
from pos_loyalty.domain.programs.benefits import (
    AmountOff,
    Benefit,
    BuyGet,
    CheapestOff,
    FreeItem,
    MemberPrice,
    PercentOff,
    Rounding,
    SetPrice,
)
from pos_loyalty.domain.programs.conditions import AnyOf, Condition, NoneOf
from pos_loyalty.domain.programs.deeds import HasEarned, OnVisit, Spent
from pos_loyalty.domain.programs.effects import (
    Band,
    BandsMode,
    Discounts,
    Earn,
    Effect,
    Give,
    IssueVoucher,
    Multiply,
    Of,
    Stacking,
)
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.occasions import OnWeekdays, Weekday
from pos_loyalty.domain.programs.persons import Age, AroundDate, InTier, MemberDate
from pos_loyalty.domain.programs.program import Rule
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    Tax,
)
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.selection import ALL_LINES, Price, Selection
from pos_loyalty.domain.programs.settings import BaseRules, EarnAndRedeem, Prices, Settings, Spread
from pos_loyalty.domain.programs.tiers import Goal, Metric, Stamps, Tier, TierLadder
from pos_loyalty.domain.programs.units import Months, UnitOfAccount, Usable
from tests.fakes.programs import COFFEE, VAT, basket_of, member, program_of

CATEGORIES = ("", "grocery", "grocery/coffee", "grocery/coffee/beans", "wine")
SKUS = ("", "a", "b", "c")
UNITS = ("points", "stars")
AMOUNTS = st.integers(0, 3000)
FRACTIONS = st.sampled_from(
    (Fraction(1), Fraction(1, 2), Fraction(2), Fraction(3, 7), Fraction(1, 10))
)
RATES = st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(1, 20)))


@st.composite
def some_line(draw: st.DrawFn) -> Line:
    """Draw a line, pieces or something weighed, sometimes reduced before."""
    line = Line(
        name=draw(st.sampled_from(("coffee", "Käse", "пряник"))),
        price_minor=draw(AMOUNTS),
        quantity=draw(
            st.integers(1, 6).map(Decimal) | st.decimals("0.001", 5, places=3).filter(bool)
        ),
        sku=draw(st.sampled_from(SKUS)),
        category=draw(st.sampled_from(CATEGORIES)),
        tax_rate=draw(st.sampled_from((Fraction(0), Fraction(1, 25), Fraction(1, 10), VAT))),
        brand=draw(st.sampled_from(("", "coop"))),
        labels=draw(st.sampled_from(((), ("own",), ("own", "bio")))),
    )
    reduced = draw(st.integers(0, 3)) == 0
    return replace(line, discount_minor=draw(st.integers(0, line.gross_minor)) if reduced else 0)


some_lines = st.lists(some_line(), max_size=7).map(tuple)
tenders = st.lists(
    st.builds(Tender, st.sampled_from(("cash", "member_card")), AMOUNTS), max_size=2
).map(tuple)
some_basket = st.builds(
    lambda lines, paid, codes: basket_of(*lines, tenders=paid, codes=codes),
    some_lines,
    tenders,
    st.sampled_from(((), ("SPRING",))),
)
selections = st.just(ALL_LINES) | st.builds(
    Selection,
    skus=st.sampled_from(((), ("a", "b"))),
    categories=st.sampled_from(((), ("grocery",), ("grocery/coffee", "wine"))),
    labels=st.sampled_from(((), ("own",))),
    price=st.sampled_from(Price),
    favourite=st.booleans(),
    except_skus=st.sampled_from(((), ("c",))),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(
        (
            OnWeekdays((Weekday.TUESDAY,)),
            OnWeekdays((Weekday.SUNDAY,)),
            AroundDate(MemberDate.BIRTHDAY, 3, 3),
            Age(18),
            InTier(("gold",)),
            PaidWith(("member_card",), partly=True),
            CodeEntered(("SPRING",)),
            OnVisit(every=2),
            MinimumAmount(1000),
            MinimumAmount(500, 2000, COFFEE, Tax.EXCLUDED),
            MinimumQuantity(Decimal(2)),
            Spent("30d", 1000, with_this_receipt=True),
            HasEarned("30d", 10),
        )
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda some: st.sampled_from((AnyOf(tuple(some)), NoneOf(tuple(some))))
    ),
    max_leaves=3,
)
whens = st.just(()) | st.lists(conditions, max_size=2).map(tuple)
benefits: st.SearchStrategy[Benefit] = st.one_of(
    st.builds(
        PercentOff, RATES, selections, st.none() | st.integers(1, 500), st.sampled_from(Rounding)
    ),
    st.builds(AmountOff, st.integers(1, 3000), selections),
    st.builds(CheapestOff, RATES, selections),
    st.builds(BuyGet, st.integers(1, 3), st.integers(1, 2), selections, RATES),
    st.builds(MemberPrice, AMOUNTS, st.just(COFFEE)),
    st.builds(
        SetPrice,
        AMOUNTS,
        st.lists(st.just(COFFEE) | st.just(ALL_LINES) | selections, min_size=1, max_size=3).map(
            tuple
        ),
    ),
    st.builds(FreeItem, st.just(("a",)), st.integers(1, 3), st.none() | st.just(Decimal(2))),
)
steps = st.integers(1, 700).map(Decimal) | st.just(Decimal("0.5"))
units = st.sampled_from(UNITS)


def _band(since: int, points: Fraction) -> Band:
    return Band(Decimal(since), points, Decimal(50))


@st.composite
def earning(draw: st.DrawFn) -> Earn:
    """Draw an earning rule, with bands or carrying or neither."""
    earn = Earn(
        draw(FRACTIONS),
        draw(steps),
        unit=draw(units),
        of=draw(st.sampled_from(Of)),
        lines=draw(selections),
        above=Decimal(draw(st.sampled_from((0, 0, 500)))),
    )
    if earn.of is Of.AMOUNT:
        before_or_after = draw(st.none() | st.sampled_from(Discounts))
        earn = replace(earn, tax=draw(st.sampled_from(Tax)), discounts=before_or_after)
    match draw(st.integers(0, 3)):
        case 0:
            bands = (_band(500, Fraction(2)), _band(1500, Fraction(0)))
            return replace(earn, bands=bands, mode=draw(st.sampled_from(BandsMode)))
        case 1:
            return replace(earn, rounding=draw(st.sampled_from(Rounding)))
        case _:
            return earn


effects: st.SearchStrategy[Effect] = st.one_of(
    earning(),
    earning(),
    st.builds(Multiply, st.fractions(0, 5, max_denominator=4), units, selections),
    st.builds(Multiply, RATES | st.integers(0, 3).map(Fraction)),
    st.builds(Give, st.integers(1, 50), units),
    st.builds(IssueVoucher, st.just("gift")),
    benefits,
)
limits = st.lists(
    st.builds(Limit, st.integers(1, 3), st.sampled_from((Per.RECEIPT, Per.DAY))), max_size=1
).map(tuple)


def _ruled(base: Earn, some: list[tuple[Any, ...]]) -> tuple[Rule, ...]:
    """Put rules into a document: one that always earns, then any."""
    others = [
        Rule(f"rule-{i}", then, when, limits=limit, stacking=stacking)
        for i, (then, when, limit, stacking) in enumerate(some)
    ]
    return (Rule("base", base), *others)


rules = st.builds(
    _ruled,
    st.just(Earn(Fraction(1), Decimal(7))) | earning(),
    st.lists(st.tuples(effects, whens, limits, st.none() | st.sampled_from(Stacking)), max_size=5),
)
all_settings = st.builds(
    Settings,
    base_rules=st.sampled_from(BaseRules),
    rewards_reduce_base=st.booleans(),
    earn_and_redeem=st.sampled_from(EarnAndRedeem),
    order_discounts=st.sampled_from(Spread),
    prices=st.sampled_from(Prices),
)
caps = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from((Per.RECEIPT, Per.DAY)), units), max_size=2
).map(
    lambda some: tuple(
        [Cap(f"cap-{i}", most, per, unit) for i, (most, per, unit) in enumerate(some)]
    )
)
rewards = st.lists(
    st.tuples(benefits, st.integers(1, 40), st.sampled_from((Stacking.MULTIPLY, Stacking.ADD))),
    max_size=3,
).map(
    lambda some: tuple(
        [
            Reward(f"reward-{i}", gives, cost, stacking=stacking)
            for i, (gives, cost, stacking) in enumerate(some)
        ]
        + [Reward("gift", FreeItem(("a",)), voucher_only=True)]
    )
)
some_program = st.builds(
    lambda ruled, set_so, capped, shelf, at_once: program_of(
        *ruled,
        settings=set_so,
        caps=capped,
        rewards=shelf,
        units=(
            UnitOfAccount(lasts=Months(12), usable=Usable.AT_ONCE if at_once else Usable.NEXT_DAY),
            UnitOfAccount("stars"),
        ),
        ladder=TierLadder((Tier("silver", 1000), Tier("gold", 3000)), Metric.SPEND, "ever"),
        goals=(
            Goal("card", Stamps(3, lines=COFFEE), Give(7)),
            Goal("visits", Stamps(2, of=Of.RECEIPT), Give(3, "stars"), repeats=False),
        ),
    ),
    rules,
    all_settings,
    caps,
    rewards,
    st.booleans(),
)
some_member = st.builds(
    lambda visits, birthday, spent, points, goals, favourite: member(
        visits=visits,
        birthday=birthday,
        favourite_category=favourite,
        history=History(
            {"ever": spent, "30d": spent // 2}, {"points": {"ever": spent, "30d": spent // 50}}
        ),
        balances={"points": points, "stars": points // 2},
        lots=(OwnLot("points", points),),
        goals=goals,
    ),
    st.integers(0, 5),
    st.sampled_from((None, date(1984, 5, 6), date(2015, 12, 31))),
    st.integers(0, 5000),
    st.integers(0, 200),
    st.sampled_from(({}, {"card": 2, "visits": 1})),
    st.sampled_from((None, "grocery", "wine")),
)


@st.composite
def forgetful(draw: st.DrawFn, whole: MemberFacts) -> MemberFacts:
    """Draw a till that knows less of the same member."""
    names = draw(
        st.sets(
            st.sampled_from(
                ("birthday", "tier", "visits", "usage", "goals", "favourite_category", "carried")
            )
        )
    )
    lost: dict[str, object] = dict.fromkeys(names, UNKNOWN)
    if draw(st.booleans()):
        lost["history"] = History()
    return replace(whole, **lost)  # type: ignore[arg-type] # any fact may be unknown
