"""What a shop's own people say of a member, and the command they say it by."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.server import app
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.past import NO_PAST
from tests.server.calls import members_in
from tests.server.club import TODAY, ClubTill, publish
from tests.server.shop import Shop, ShopTill

CARD = "2400000000017"


class Member:
    """Runs `member …` on the test's database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        address = ("--json", "--database-url", self._url)
        result = CliRunner().invoke(app, ["member", *words, *address])
        return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def member(database_url: str) -> Member:
    return Member(database_url)


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    publish(shop)
    return shop.till()


@pytest.fixture
def anna(till: ShopTill) -> MemberId:
    (anna,) = till.blank()
    till.enrol(anna, PersonalRecord(name="Zenobia", card=CARD))
    till.push()
    return anna


def test_what_is_known_of_a_member_reaches_the_tills_of_her_store(
    till: ShopTill, anna: MemberId, member: Member
) -> None:
    _, cursor = till.pull_all()

    said = ("--segment", "vip", "--segment", "staff", "--attribute", "vehicle=car")
    exit_code, told = member(
        "set", str(anna), *said, "--favourite", "fish", "--tier", "bottega=gold"
    )

    assert (exit_code, told) == (0, {"member": str(anna)})
    past = members_in(till.pull_all(cursor)[0])[anna].past
    assert past is not None
    assert (past.segments, past.attributes) == (("staff", "vip"), {"vehicle": "car"})
    assert (past.favourite_category, past.tiers) == ("fish", {"bottega": "gold"})
    assert past.joined_on == TODAY


def test_what_is_not_said_stays_and_what_is_said_empty_is_taken_away(
    till: ShopTill, anna: MemberId, member: Member
) -> None:
    member("set", str(anna), "--segment", "vip", "--attribute", "a=1", "--attribute", "b=2")
    member("set", str(anna), "--favourite", "fish", "--tier", "bottega=silver")

    member("set", str(anna), "--segment", "", "--attribute", "a=", "--favourite", "")

    past = ClubTill(till).past_of(anna)
    assert past is not None
    assert (past.segments, past.attributes, past.favourite_category) == ((), {"b": "2"}, None)
    assert past.tiers == {"bottega": "silver"}
    member("set", str(anna), "--tier", "bottega=")
    past = ClubTill(till).past_of(anna)
    assert past is not None
    assert past.tiers == {}


def test_a_member_is_found_by_her_card(till: ShopTill, anna: MemberId, member: Member) -> None:
    assert member("set", "--card", CARD, "--segment", "vip") == (0, {"member": str(anna)})

    past = ClubTill(till).past_of(anna)
    assert past is not None
    assert past.segments == ("vip",)


def test_what_programs_know_of_a_member_is_shown_without_her_name(
    till: ShopTill, anna: MemberId, member: Member, database_url: str
) -> None:
    ClubTill(till).buy(anna)
    till.push(2)

    exit_code, shown = member("show", str(anna))

    assert exit_code == 0
    assert shown["past"]["visits"] == 1
    assert (shown["status"], shown["home_store"], shown["has_record"]) == (
        "active",
        "bologna",
        True,
    )
    plain = CliRunner().invoke(
        app, ["member", "show", "--card", CARD, "--database-url", database_url]
    )
    assert "visits: 1" in plain.stdout
    assert "Zenobia" not in plain.stdout + json.dumps(shown)


def test_a_blank_member_has_no_past_yet(till: ShopTill, member: Member) -> None:
    (blank,) = till.blank()

    shown = {"member": str(blank), "status": "blank", "home_store": None, "has_record": False}

    assert member("show", str(blank)) == (0, shown | {"past": {}})
    assert ClubTill(till).past_of(blank) in (None, NO_PAST)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set",), "which_member"),
        (("set", str(UUID(int=5)), "--card", CARD), "which_member"),
        (("set", str(UUID(int=5)), "--segment", "vip"), "unknown_member"),
        (("show", str(UUID(int=5))), "unknown_member"),
        (("set", "--card", "2499999999999"), "unknown_card"),
        (("set", "--card", CARD, "--attribute", "car"), "wrong_pair"),
        (("set", "--card", CARD, "--attribute", "=car"), "wrong_pair"),
        (("set", "--card", CARD, "--tier", "moon=gold"), "unknown_program"),
        (("set", "--card", CARD, "--tier", "bottega=iron"), "unknown_tier"),
        (("set", "--card", CARD, "--segment", "v\x07ip"), "wrong_fact"),
        (("set", "--card", CARD, "--attribute", f"note={'x' * 256}"), "wrong_fact"),
        (
            ("set", "--card", CARD, *(w for n in range(101) for w in ("--segment", f"s{n}"))),
            "too_many_facts",
        ),
    ],
)
@pytest.mark.usefixtures("anna")
def test_what_cannot_be_is_refused_in_a_sentence(
    member: Member, words: tuple[str, ...], code: str
) -> None:
    exit_code, answer = member(*words)

    assert (exit_code, answer["error"]) == (3, code)
    assert answer["text"].endswith(".")
