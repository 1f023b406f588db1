"""Each condition: it holds, it tells what is missing, or a fact it asks for is not known here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from pos_loyalty.domain.basket import Basket, Tender
from pos_loyalty.domain.facts import (
    STRANGER,
    Activity,
    History,
    MemberFacts,
    Offers,
    PaidMembership,
    Voucher,
)
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.programs.benefits import AmountOff
from pos_loyalty.domain.programs.conditions import AnyOf, Condition, NoneOf
from pos_loyalty.domain.programs.deeds import (
    AboveFigure,
    DidActivity,
    HasEarned,
    OfferMet,
    OnVisit,
    Response,
    Spent,
)
from pos_loyalty.domain.programs.occasions import (
    Channel,
    DuringHours,
    InStore,
    OnDates,
    OnWeekdays,
    ThroughChannel,
    Weekday,
)
from pos_loyalty.domain.programs.persons import (
    Age,
    AroundDate,
    DaysSince,
    HasAttribute,
    InSegment,
    MemberDate,
    MemberPast,
    MembershipActive,
)
from pos_loyalty.domain.programs.purchases import (
    CodeEntered,
    MinimumAmount,
    MinimumQuantity,
    PaidWith,
    Tax,
    VoucherShown,
)
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.selection import Selection
from tests.fakes.programs import NOON, TODAY, VAT, basket_of, bought, member, program_of
from tests.unit.domain.engine.asked import KNOWN, TEN_EURO, judged

FAVOURITE = Selection(favourite=True)
COFFEE_LINE = bought(1000, category="grocery/coffee", tax_rate=VAT)


def at(hour: int, minute: int = 0) -> Basket:
    return replace(TEN_EURO, at=NOON.replace(hour=hour, minute=minute))


def paid(*tenders: tuple[str, int]) -> Basket:
    return replace(TEN_EURO, tenders=tuple([Tender(kind, amount) for kind, amount in tenders]))


OCCASIONS: tuple[tuple[Condition, Basket, object], ...] = (
    (OnWeekdays((Weekday.MONDAY, Weekday.TUESDAY)), TEN_EURO, "holds"),
    (OnWeekdays((Weekday.MONDAY,)), TEN_EURO, {"weekday": "monday"}),
    (DuringHours(time(16), time(18)), at(15, 59), {"hours": "16:00-18:00"}),
    (DuringHours(time(16), time(18)), at(16), "holds"),
    (DuringHours(time(16), time(18)), at(18), {"hours": "16:00-18:00"}),
    (DuringHours(time(22), time(2)), at(23), "holds"),
    (DuringHours(time(22), time(2)), at(1, 59), "holds"),
    (DuringHours(time(22), time(2)), at(2), {"hours": "22:00-02:00"}),
    (OnDates(TODAY, TODAY), TEN_EURO, "holds"),
    (OnDates(), TEN_EURO, "holds"),
    (OnDates(first=date(2026, 5, 6)), TEN_EURO, {"dates": "2026-05-06/.."}),
    (OnDates(last=date(2026, 5, 4)), TEN_EURO, {"dates": "../2026-05-04"}),
    (InStore(("bologna-1",)), TEN_EURO, "holds"),
    (InStore(("roma-1", "roma-2")), TEN_EURO, {"store": "roma-1,roma-2"}),
    (ThroughChannel((Channel.TILL,)), TEN_EURO, "holds"),
    (ThroughChannel((Channel.APP,)), TEN_EURO, {"channel": "app"}),
)
PURCHASES: tuple[tuple[Condition, Basket, object], ...] = (
    (MinimumAmount(1000), TEN_EURO, "holds"),
    (MinimumAmount(1001), TEN_EURO, {"amount_minor": 1}),
    (MinimumAmount(500, 1001), TEN_EURO, "holds"),
    (MinimumAmount(500, 1000), TEN_EURO, {"below_minor": 1000}),
    (MinimumAmount(820, tax=Tax.EXCLUDED), basket_of(COFFEE_LINE), "holds"),
    (MinimumAmount(821, tax=Tax.EXCLUDED), basket_of(COFFEE_LINE), {"amount_minor": 1}),
    (MinimumAmount(1, lines=FAVOURITE), TEN_EURO, {"amount_minor": 1}),
    (MinimumQuantity(Decimal("1.5")), basket_of(bought(100, "1.5")), "holds"),
    (MinimumQuantity(Decimal("1.5")), basket_of(bought(100, "1.25")), {"quantity": "0.25"}),
    (MinimumQuantity(Decimal(10)), TEN_EURO, {"quantity": "9"}),
    (PaidWith(("card",)), paid(("card", 1000)), "holds"),
    (PaidWith(("card",)), paid(("card", 400), ("cash", 600)), {"tender": "card"}),
    (PaidWith(("card",)), paid(("card", 1000), ("cash", 0)), "holds"),
    (PaidWith(("card",), partly=True), paid(("card", 400), ("cash", 600)), "holds"),
    (PaidWith(("card",), partly=True), paid(("cash", 1000)), {"tender": "card"}),
    (PaidWith(("card",)), TEN_EURO, {"tender": "card"}),
    (CodeEntered(("SPRING",)), replace(TEN_EURO, codes=("SPRING",)), "holds"),
    (CodeEntered(("SPRING",)), replace(TEN_EURO, codes=("spring",)), {"code": "1"}),
)


@pytest.mark.parametrize(("condition", "basket", "verdict"), OCCASIONS + PURCHASES)
def test_what_the_till_sees_is_there_or_tells_what_is_missing(
    condition: Condition, basket: Basket, verdict: object
) -> None:
    assert judged(condition, basket) == verdict
    assert judged(condition, basket, STRANGER) == ("unknown" if _asks(condition) else verdict)


def _asks(condition: Condition) -> bool:
    return getattr(condition, "lines", None) == FAVOURITE


@pytest.mark.parametrize("days", [(None, None), (TODAY, TODAY), (None, TODAY), (TODAY, None)])
def test_a_voucher_counts_on_its_days(days: tuple[date | None, date | None]) -> None:
    program = program_of(rewards=(Reward("five", AmountOff(1), voucher_only=True),))
    shown = replace(TEN_EURO, vouchers=(Voucher("V1", "five", *days),))

    assert judged(VoucherShown("five"), shown, program=program) == "holds"


def test_a_voucher_that_is_over_does_not_count_as_shown() -> None:
    over = Voucher("V1", "other", None, TODAY - timedelta(days=1))

    assert judged(VoucherShown("other"), replace(TEN_EURO, vouchers=(over,))) == {
        "voucher": "other"
    }


def born(day: date) -> MemberFacts:
    return member(birthday=day)


def bought_last(day: date | None) -> MemberFacts:
    return member(last_purchase_on=day)


def spent(amount: int) -> MemberFacts:
    return member(history=History({"30d": amount}, {"points": {"30d": amount}}))


def did(*days: int) -> MemberFacts:
    return member(activity=tuple([Activity("rated", TODAY - timedelta(days=ago)) for ago in days]))


BIRTHDAY = AroundDate(MemberDate.BIRTHDAY, 3, 3)
ANNIVERSARY = AroundDate(MemberDate.JOINED)
LATELY = DaysSince(MemberPast.LAST_PURCHASE, 30, 60)
HAS_CAR = HasAttribute("vehicle", ("car",))
DECLINED = OfferMet("news", Response.DECLINED, at_least=1, at_most=2)
PERSONS: tuple[tuple[Condition, MemberFacts, object], ...] = (
    (BIRTHDAY, born(date(1984, 5, 8)), "holds"),
    (BIRTHDAY, born(date(1984, 5, 2)), "holds"),
    (BIRTHDAY, born(date(1984, 5, 9)), {"birthday": 1}),
    (BIRTHDAY, born(date(9999, 5, 5)), {"birthday": 2912075}),
    (BIRTHDAY, member(birthday=None), {"birthday": "none"}),
    (ANNIVERSARY, member(joined_on=date(2025, 5, 5)), "holds"),
    (ANNIVERSARY, member(joined_on=TODAY), {"joined_on": 365}),
    (ANNIVERSARY, member(joined_on=None), {"joined_on": "none"}),
    (LATELY, bought_last(TODAY - timedelta(days=29)), {"days": 1}),
    (LATELY, bought_last(TODAY - timedelta(days=30)), "holds"),
    (LATELY, bought_last(TODAY - timedelta(days=60)), "holds"),
    (LATELY, bought_last(TODAY - timedelta(days=61)), {"days_at_most": 60}),
    (LATELY, bought_last(None), {"last_purchase_on": "none"}),
    (DaysSince(MemberPast.JOINED, 30), member(joined_on=date(2026, 4, 5)), "holds"),
    (Age(18), born(date(2008, 5, 5)), "holds"),
    (Age(18), born(date(2008, 5, 6)), {"age": "18-"}),
    (Age(14, 24), born(date(2001, 5, 5)), {"age": "14-24"}),
    (Age(18), member(birthday=None), {"birthday": "none"}),
    (InSegment(("mum",)), member(segments=("mum", "dad")), "holds"),
    (InSegment(("mum",)), member(segments=()), {"segment": "mum"}),
    (HasAttribute("vehicle", ("car",)), member(attributes={"vehicle": "car"}), "holds"),
    (
        HasAttribute("vehicle", ("car",)),
        member(attributes={"vehicle": "truck"}),
        {"vehicle": "car"},
    ),
    (HasAttribute("vehicle", ("car",)), member(attributes={}), {"vehicle": "car"}),
    (MembershipActive("club"), member(membership=PaidMembership("club", TODAY)), "holds"),
    (
        MembershipActive("club"),
        member(membership=PaidMembership("club", TODAY - timedelta(days=1))),
        {"membership": "club"},
    ),
    (MembershipActive("club"), member(membership=None), {"membership": "club"}),
    (OnVisit(every=4), member(visits=3), "holds"),
    (OnVisit(every=4), member(visits=4), {"visits": 3}),
    (OnVisit(at=(2, 10)), member(visits=1), "holds"),
    (OnVisit(at=(2, 10)), member(visits=4), {"visits": 5}),
    (OnVisit(at=(2, 10)), member(visits=10), {"visits": "past"}),
    (Spent("30d", 500), spent(500), "holds"),
    (Spent("30d", 500), spent(499), {"spend_minor": 1}),
    (Spent("30d", 0, 500), spent(499), "holds"),
    (Spent("30d", 0, 500), spent(500), {"spend_below_minor": 500}),
    (Spent("30d", 1500, with_this_receipt=True), spent(500), "holds"),
    (HasEarned("30d", 10), spent(10), "holds"),
    (HasEarned("30d", 10), spent(9), {"earned": 1}),
    (AboveFigure("p80", "30d"), spent(101), "holds"),
    (AboveFigure("p80", "30d"), spent(100), {"earned": 1}),
    (DidActivity("rated", 2, within_days=7), did(7, 0), "holds"),
    (DidActivity("rated", 2, within_days=7), did(8, 0), {"activity": 1}),
    (DidActivity("rated", 2), did(800, 0), "holds"),
    (DECLINED, member(offers=Offers({}, {}, {"news": 2})), "holds"),
    (DECLINED, member(offers=Offers({}, {}, {"news": 3})), {"offer_at_most": 2}),
    (DECLINED, member(offers=Offers({}, {}, {})), {"offer": 1}),
    (OfferMet("news", Response.SHOWN), member(offers=Offers({}, {}, {})), "holds"),
    (OfferMet("news", Response.TAKEN, 1), member(offers=Offers({}, {"news": 1}, {})), "holds"),
)


@pytest.mark.parametrize(("condition", "facts", "verdict"), PERSONS)
def test_what_a_member_is_and_did_is_known_unknown_or_not_so(
    condition: Condition, facts: MemberFacts, verdict: object
) -> None:
    basket = replace(TEN_EURO, figures={"p80": 100})

    assert judged(condition, basket, facts) == verdict
    assert judged(condition, basket, STRANGER) == "unknown"
    assert judged(condition, basket, None) == {"member": "none"}


def test_a_window_that_was_not_told_and_a_figure_not_published_are_unknown() -> None:
    assert judged(Spent("7d", 1)) == "unknown"
    assert judged(HasEarned("7d", 1)) == "unknown"
    assert judged(HasEarned("30d", 1, "stars")) == "unknown"
    assert judged(AboveFigure("p80", "30d")) == "unknown"


def test_a_favourite_category_is_chosen_missing_or_unknown() -> None:
    coffee = basket_of(COFFEE_LINE)
    minimum, quantity = MinimumAmount(1, lines=FAVOURITE), MinimumQuantity(Decimal(1), FAVOURITE)

    assert judged(minimum, coffee, member(favourite_category="grocery")) == "holds"
    assert judged(quantity, coffee, member(favourite_category="grocery")) == "holds"
    assert judged(quantity, coffee, STRANGER) == "unknown"
    assert judged(minimum, coffee, member(favourite_category="groc")) == {"amount_minor": 1}


YES, NO = OnWeekdays((Weekday.TUESDAY,)), OnWeekdays((Weekday.SUNDAY,))
WHO_KNOWS = Age(18)


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (AnyOf((NO, WHO_KNOWS, YES)), "holds"),
        (AnyOf((NO, WHO_KNOWS)), "unknown"),
        (AnyOf((NO, MinimumAmount(9999))), {"weekday": "sunday"}),
        (NoneOf((NO, YES)), {"none_of": "holds"}),
        (NoneOf((WHO_KNOWS, YES)), {"none_of": "holds"}),
        (NoneOf((NO, WHO_KNOWS)), "unknown"),
        (NoneOf((NO,)), "holds"),
        (NoneOf((NoneOf((WHO_KNOWS,)),)), "unknown"),
        (NoneOf((AnyOf((NO, WHO_KNOWS)),)), "unknown"),
    ],
)
def test_what_is_not_known_stays_unknown_inside_other_conditions(
    condition: Condition, verdict: object
) -> None:
    assert judged(condition, TEN_EURO, STRANGER) == verdict


def test_what_is_missing_counts_before_what_is_unknown() -> None:
    assert judged(AnyOf((NO,)), replace(TEN_EURO, store=StoreId("x")), KNOWN) == {
        "weekday": "sunday"
    }
