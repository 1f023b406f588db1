from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

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
from pos_loyalty.domain.programs.kinds import kinds_of
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
    InTier,
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
from pos_loyalty.domain.programs.selection import Price, Selection
from pos_loyalty.wording.conditions import condition_told, held_when
from pos_loyalty.wording.selections import selection_told
from tests.unit.wording.shop import CLUB
from tests.unit.wording.tongues import ENGLISH, TONGUES, everywhere, flaws

FRESH = Selection(categories=("fresh",))
TOLD: list[tuple[Condition, str]] = [
    (OnWeekdays((Weekday.SUNDAY,)), "on Sundays"),
    (OnWeekdays((Weekday.SATURDAY, Weekday.SUNDAY)), "on Saturdays and on Sundays"),
    (DuringHours(time(16), time(18, 30)), "between 16:00 and 18:30"),
    (OnDates(date(2026, 3, 1), date(2026, 3, 8)), "from Mar 1, 2026 to Mar 8, 2026"),
    (OnDates(date(2026, 3, 1), None), "from Mar 1, 2026 on"),
    (OnDates(None, date(2026, 3, 8)), "until Mar 8, 2026"),
    (OnDates(date(2026, 3, 8), date(2026, 3, 8)), "on Mar 8, 2026"),
    (OnDates(), "at any time"),
    (AroundDate(MemberDate.BIRTHDAY), "on the birthday"),
    (AroundDate(MemberDate.BIRTHDAY, 3, 3), "from 3 days before to 3 days after the birthday"),
    (AroundDate(MemberDate.BIRTHDAY, 1), "from 1 day before the birthday until the day itself"),
    (AroundDate(MemberDate.JOINED), "on the anniversary of joining"),
    (
        AroundDate(MemberDate.JOINED, 0, 7),
        "from the anniversary of joining until 7 days after it",
    ),
    (DaysSince(MemberPast.JOINED, 0, 30), "in the first 30 days after joining"),
    (DaysSince(MemberPast.JOINED, 30), "from 30 days after joining on"),
    (DaysSince(MemberPast.JOINED, 30, 30), "30 days after joining"),
    (DaysSince(MemberPast.JOINED, 30, 60), "30 to 60 days after joining"),
    (DaysSince(MemberPast.LAST_PURCHASE, 30), "after 30 days without a purchase"),
    (DaysSince(MemberPast.LAST_PURCHASE, 30, 59), "after 30 to 59 days without a purchase"),
    (DaysSince(MemberPast.LAST_PURCHASE, 0, 1), "within 1 day of the last purchase"),
    (Age(14, 24), "for members aged 14 to 24"),
    (Age(18), "from the age of 18"),
    (Age(0, 17), "up to the age of 17"),
    (InTier(("gold", "silver")), "at level Gold or Silver"),
    (InSegment(("young-parents",)), "for members of the group “young parents”"),
    (HasAttribute("vehicle", ("car",)), "for members with vehicle: car"),
    (InStore(("Milano",)), "in the store Milano"),
    (InStore(("Milano", "Roma")), "in the stores Milano or Roma"),
    (ThroughChannel((Channel.APP, Channel.ONLINE)), "in the app or online"),
    (PaidWith(("member_card",)), "when paid with the member card"),
    (PaidWith(("cash",), partly=True), "when paid in part in cash"),
    (PaidWith(("meal-voucher",)), "when paid with meal voucher"),
    (CodeEntered(("HAPPY",)), "with the code HAPPY"),
    (VoucherShown("ten"), "with the voucher “Ten euros”"),
    (OnVisit(every=5), "on every 5th visit"),
    (OnVisit(every=1), "on every visit"),
    (OnVisit((1,)), "on the first visit"),
    (OnVisit((2, 3, 11)), "on the 2nd, 3rd, or 11th visit"),
    (MinimumAmount(2000), "when at least €20.00 is spent"),
    (MinimumAmount(2000, lines=FRESH), "when at least €20.00 of fresh produce is bought"),
    (MinimumAmount(2000, 5000), "when €20.00 to less than €50.00 is spent"),
    (MinimumAmount(0, 5000), "when less than €50.00 is spent"),
    (
        MinimumAmount(0, 5000, FRESH, Tax.EXCLUDED),
        "when less than €50.00 of fresh produce is bought, tax not counted",
    ),
    (
        MinimumAmount(100, 5000, FRESH),
        "when €1.00 to less than €50.00 of fresh produce is bought",
    ),
    (MinimumQuantity(Decimal(3)), "when buying at least 3 pieces"),
    (
        MinimumQuantity(Decimal(30), Selection(categories=("fuel",), units=("litre",))),
        "when buying at least 30 l of fuel",
    ),
    (Spent("year", 10000), "when at least €100.00 was spent this year"),
    (Spent("ever", 10000, 30000), "when €100.00 to less than €300.00 was spent in all"),
    (Spent("30d", 0, 30000), "when less than €300.00 was spent in the last 30 days"),
    (HasEarned("week", 1), "when 1 point or more were earned this week"),
    (AboveFigure("points-30d-p80", "month"), "for the most active members this month"),
    (MembershipActive("plus"), "with the membership “Club Plus”"),
    (DidActivity("rated"), "after a rating"),
    (DidActivity("rated", 3, 30), "after a rating (3 times at least) in the last 30 days"),
    (DidActivity("rated", 1, 0), "after a rating today"),
    (DidActivity("cooked"), "after “cooked”"),
    (OfferMet("tea", Response.DECLINED, 0, 0), "when the offer “tea” was not declined yet"),
    (OfferMet("tea", Response.TAKEN, 1), "when the offer “tea” was taken"),
    (
        OfferMet("tea", Response.SHOWN, 2, 5),
        (
            "when the offer “tea” was shown 2 times or more "
            "and when the offer “tea” was shown 5 times at most"
        ),
    ),
    (OfferMet("tea", Response.SHOWN), "whatever became of the offer “tea”"),
    (
        AnyOf((OnWeekdays((Weekday.MONDAY,)), CodeEntered(("HI",)))),
        "on Mondays or with the code HI",
    ),
    (NoneOf((OnWeekdays((Weekday.MONDAY,)),)), "except on Mondays"),
]


@pytest.mark.parametrize(("condition", "told"), TOLD)
def test_a_condition_is_told_as_the_shop_would_say_it(condition: Condition, told: str) -> None:
    assert condition_told(ENGLISH, condition, CLUB) == told


def test_every_condition_there_is_has_its_words() -> None:
    assert {condition.kind for condition, _ in TOLD} == set(kinds_of(Condition))


@pytest.mark.parametrize("language", TONGUES)
def test_no_condition_is_told_with_gaps_in_any_language(language: str) -> None:
    told = [condition_told(TONGUES[language], condition, CLUB) for condition, _ in TOLD]

    assert [(text, flaws(text)) for text in told if flaws(text)] == []


def test_every_response_to_an_offer_is_told_in_every_number() -> None:
    told = [
        condition_told(ENGLISH, OfferMet("tea", response, least, most), CLUB)
        for response in Response
        for least, most in ((1, None), (2, None), (0, 0), (0, 1), (0, 2))
    ]

    assert len(set(told)) == len(told)


def test_what_is_excluded_stands_behind_what_is_asked() -> None:
    when = (NoneOf((OnWeekdays((Weekday.MONDAY,)),)), PaidWith(("cash",)))

    told = everywhere(lambda words: held_when(words, words.points(2), when, CLUB, on="joined"))

    assert told["en"] == "2 points for joining and when paid in cash, but not on Mondays"
    assert told["zh-Hans"].endswith("2 积分（周一除外）")  # noqa: RUF001 - Chinese brackets


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (Selection(), "everything"),
        (Selection(categories=("grocery/coffee", "tea")), "coffee or tea"),
        (Selection(categories=("odd-things",)), "odd things"),
        (
            Selection(categories=("coffee",), brands=("coop",), price=Price.REGULAR),
            "coffee (only Coop products and goods that are not reduced)",
        ),
        (Selection(labels=("own-brand",)), "goods marked “own brand”"),
        (Selection(favourite=True), "the favourite category"),
        (Selection(units=("kg",), price=Price.REDUCED), "goods sold by kg (only reduced goods)"),
        (Selection(skus=("1", "2")), "articles 1 or 2"),
        (Selection(skus=tuple("1234567")), "7 chosen articles"),
        (
            Selection(
                except_categories=("tobacco",),
                except_brands=("acme",),
                except_labels=("sale",),
                except_skus=("9",),
            ),
            "everything except tobacco, Acme products, goods marked “sale”, and article 9",
        ),
    ],
)
def test_lines_are_named_as_in_the_shop(lines: Selection, told: str) -> None:
    assert selection_told(ENGLISH, lines) == told


def test_a_category_we_have_no_word_for_is_quoted_where_cases_would_bend_it() -> None:
    told = everywhere(lambda words: selection_told(words, Selection(categories=("xyz",))))

    assert (told["en"], told["ru"], told["bg"]) == ("xyz", "раздел «xyz»", "„xyz“")
