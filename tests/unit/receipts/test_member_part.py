from __future__ import annotations

from dataclasses import replace

import pytest

from pos_loyalty.domain.facts import STRANGER, PaidMembership
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.ports.documents import PrintDocument, QrCode
from pos_loyalty.receipts.points import Points
from tests.unit.receipts.paper import (
    ANNA,
    BASE,
    BREAD,
    day,
    figure,
    flowing,
    points_of,
    printed,
    program,
    scored,
)

RICH = (
    BASE
    + """
[[units]]
id = "points"
[[units]]
id = "stamps"
[[rules]]
id = "stamp"
text = { en = "a stamp" }
then = { kind = "give", points = 1, unit = "stamps" }
[[rules]]
id = "big"
text = { en = "big purchase" }
when = [{ kind = "minimum_amount", amount_minor = 5000 }]
then = { kind = "give", points = 50 }
[[rewards]]
id = "coffee"
text = { en = "a coffee" }
cost = 120
gives = { kind = "amount_off", amount_minor = 100 }
[[rewards]]
id = "moka"
text = { en = "a moka pot" }
cost = 500
gives = { kind = "amount_off", amount_minor = 2000 }
[[goals]]
id = "ten-breads"
text = { en = "ten breads" }
reach = { kind = "stamps", target = 10, lines = { skus = ["BREAD"] } }
then = { kind = "give", points = 20 }
[[goals]]
id = "week"
text = { en = "a week of bread" }
reach = { kind = "streak", days = 7 }
then = { kind = "give", points = 20 }
[[ladder.tiers]]
id = "silver"
text = { en = "Silver" }
at_least = 500
[[memberships]]
id = "plus"
text = { en = "Bottega Plus" }
sku = "PLUS"
fee_minor = 2000
months = 12
[[messages]]
id = "thanks"
to = "receipt"
text = { en = "See you at the tasting!" }
[[messages]]
id = "whisper"
text = { en = "Only for the cashier" }
[[messages]]
id = "shown"
to = "display"
text = { en = "Only for the second screen" }
[[notices]]
id = "market"
text = { en = "Market on Sunday" }
[closing]
earn_until = 2026-03-10
redeem_until = 2026-03-20
notice = { en = "The club ends on 20 March." }
"""
)
CLUB = program(RICH)
RICH_ANNA = replace(ANNA, balances={"points": 100, "stamps": 3})


def of_anna(points: Points | None = None, club: Program | None = None) -> PrintDocument:
    """Anna buys bread for 10.00 € with 100 points on her card."""
    if club is None:
        return printed(quoted=scored(), points=points or points_of())
    quoted = scored(club, RICH_ANNA)
    return printed(quoted=quoted, points=points or points_of(club, quoted=quoted))


def test_a_confirmed_balance_says_before_earned_after_and_as_of_when() -> None:
    document = of_anna()

    assert figure(document, "Balance before") == "100 points"
    assert figure(document, "Earned today") == "+10 points"
    assert figure(document, "Balance after") == "110 points"
    assert "Balance before as of Mar 2, 2026 23:30." in flowing(document)
    assert "recorded here" not in flowing(document)


def test_pending_points_are_said_to_be_in_the_balance_and_not_confirmed() -> None:
    document = of_anna(replace(points_of(), pending=35))

    assert "35 points of it are recorded here and confirmed at the next sync." in flowing(document)


def test_a_balance_never_confirmed_is_not_said_to_be_of_any_time() -> None:
    assert "as of" not in flowing(of_anna(replace(points_of(), as_of=None, pending=110)))


def test_an_unknown_balance_is_said_to_be_unknown_and_never_shown_as_a_figure() -> None:
    unknown = replace(points_of(before=None), as_of=None, pending=10)
    said = flowing(printed(quoted=scored(facts=STRANGER), points=unknown))

    assert "The balance is not known at this till." in said
    assert "10 points will be added to it at the next sync." in said
    assert "Anything more that is due to you follows." in said
    for never in ("Balance before", "Balance after", "of it are recorded here"):
        assert never not in said


def test_nothing_is_said_to_be_added_where_nothing_was_earned() -> None:
    cheap = (replace(BREAD, price_minor=99),)
    quoted = scored(facts=STRANGER, lines=cheap)

    said = flowing(printed(cheap, quoted=quoted, points=points_of(before=None)))

    assert "will be added" not in said


def test_what_expires_next_is_said_with_its_day() -> None:
    document = of_anna(replace(points_of(), expiring=(25, day("2026-04-01"))))

    assert "Expires on Apr 1, 2026: 25 points" in flowing(document)


def test_each_rule_that_counted_is_a_line_and_the_others_are_none() -> None:
    document = of_anna(club=CLUB)

    assert figure(document, "Purchase") == "+10 points"
    assert figure(document, "a stamp") == "+1 stamp"
    assert "big purchase" not in flowing(document)


def test_each_unit_says_what_was_earned_and_what_there_is_now() -> None:
    said = flowing(of_anna(club=CLUB))

    assert "Earned today +10 points Balance after 110 points" in said
    assert "Earned today +1 stamp Balance after 4 stamps" in said


def test_a_unit_that_earned_nothing_today_says_only_what_there_is() -> None:
    quoted = scored(CLUB, RICH_ANNA, lines=(), event="joined")

    said = flowing(printed((), quoted=quoted, points=points_of(CLUB)))

    assert "Earned today +0 points Balance after 100 points Balance after 3 stamps" in said


def test_tier_stamps_streak_and_the_nearest_reward_are_on_the_receipt() -> None:
    document = of_anna(club=CLUB)

    assert figure(document, "Tier") == "Silver"
    assert figure(document, "ten breads") == "1 of 10"
    assert figure(document, "a week of bread") == "1 of 7"
    assert "a coffee: 10 points missing" in flowing(document)


def test_of_rewards_that_can_be_had_the_dearest_is_told() -> None:
    club = program(RICH)
    quoted = scored(club, replace(RICH_ANNA, balances={"points": 900, "stamps": 0}))

    assert "a moka pot: " in flowing(printed(quoted=quoted, points=points_of(club, 900)))


def test_messages_notices_and_the_end_of_the_program_are_printed() -> None:
    said = flowing(of_anna(club=CLUB))

    for sentence in ("See you at the tasting!", "Market on Sunday", "The club ends on 20 March."):
        assert sentence in said
    assert "Only for" not in said


def test_the_terms_that_counted_are_named_by_program_and_version() -> None:
    assert "Terms: bottega, version 3" in flowing(of_anna())


def test_a_membership_that_began_says_until_when() -> None:
    points = replace(points_of(CLUB), membership=PaidMembership("plus", day("2027-03-01")))

    assert figure(of_anna(points, CLUB), "Bottega Plus") == "until Mar 1, 2027"


@pytest.mark.parametrize("ever", [False, True])
def test_a_voucher_is_printed_with_its_code_and_its_days(*, ever: bool) -> None:
    club = program(
        BASE
        + """
[[rules]]
id = "gift"
then = { kind = "issue_voucher", reward = "ten-off", valid_days = 14 }
[[rewards]]
id = "ten-off"
text = { en = "10 % off" }
voucher_only = true
gives = { kind = "percent_off", rate = 0.10 }
"""
    )
    quoted = scored(club)
    points = points_of(club, quoted=quoted)
    if ever:
        (voucher,) = points.vouchers
        points = replace(points, vouchers=(replace(voucher, first=None, last=None),))

    document = printed(quoted=quoted, points=points)

    (code,) = (block for block in document.blocks if isinstance(block, QrCode))
    assert code.text == code.caption == points.vouchers[0].code
    assert "Your voucher 10 % off" in flowing(document)
    assert ("Valid from Mar 2, 2026 to Mar 15, 2026." in flowing(document)) is not ever
