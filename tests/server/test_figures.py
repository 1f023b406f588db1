"""What the server publishes about all members together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Connection, text

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.limits import Cap, Limit, Per
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.scoring import Left
from pos_loyalty.lab.simulator.figures import figures_of
from pos_loyalty.server.figures import (
    keep_figures,
    limited_in_total,
    uses_in_total,
    work_figures_out,
)
from pos_loyalty.server.pasts import read_pasts
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.wire.changes import FiguresChanged
from pos_loyalty.wire.messages import HelloReply
from tests.server.calls import hello
from tests.server.club import TODAY, ClubTill, facts_from, publish
from tests.server.shop import OPENING, Shop, ShopTill, ask
from tests.unit.domain.shop import CLUB, bought, program_of

NOTHING_YET = {
    "bottega/points-30d-p80": 0,
    "bottega/stars-30d-p80": 0,
    "bottega/used-first-comers": 0,
}


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    publish(shop)
    return shop.till()


def figures_told(till: ShopTill, cursor: str = "") -> tuple[dict[str, int] | None, str]:
    """Pull, and tell the figures if they came."""
    changes, cursor = till.pull_all(cursor)
    told = [change.figures for change in changes if isinstance(change, FiguresChanged)]
    return (told[-1] if told else None), cursor


def work_out(shop: Shop, days: int = 0) -> None:
    with shop.engine.begin() as connection:
        work_figures_out(connection, Shelf(), TODAY + timedelta(days=days))


def earn(till: ShopTill, euros: list[int]) -> tuple[MemberId, ...]:
    members = till.blank(len(euros)) if euros else ()
    club = ClubTill(till)
    first = len(till.events) + 1
    for member, amount in zip(members, euros, strict=True):
        club.buy(member, bought(amount * 100), facts=facts_from(None))
    if euros:
        till.push(first)
    return members


@pytest.mark.parametrize(
    ("euros", "figure"),
    [([], 0), ([7], 7), ([1, 2, 3, 4, 5], 4), ([5, 4, 3, 2, 1], 4), (list(range(1, 11)), 8)],
)
def test_eighty_of_a_hundred_members_earned_no_more_than_the_figure(
    shop: Shop, till: ShopTill, euros: list[int], figure: int
) -> None:
    earn(till, euros)
    till.blank(3)  # Who earned nothing is not compared.

    work_out(shop)

    told, _ = figures_told(till)
    assert told == NOTHING_YET | {"bottega/points-30d-p80": figure}


def test_what_a_member_earned_on_several_days_counts_together(shop: Shop, till: ShopTill) -> None:
    (anna,) = earn(till, [7])
    ClubTill(till).buy(anna, bought(500), facts=facts_from(None))
    till.push(2)

    work_out(shop)

    told, _ = figures_told(till)
    assert told is not None
    assert told["bottega/points-30d-p80"] == 12


@pytest.mark.parametrize(("days", "figure"), [(29, 7), (30, 0), (-1, 7), (-2, 0)])
def test_only_the_last_thirty_days_count(
    shop: Shop, till: ShopTill, days: int, figure: int
) -> None:
    """A day ahead may be today at a store further east; two are a till's wrong clock."""
    earn(till, [7])

    work_out(shop, days)

    told, _ = figures_told(till)
    assert told is not None
    assert told["bottega/points-30d-p80"] == figure


def test_what_is_too_old_to_count_is_not_kept(shop: Shop, till: ShopTill) -> None:
    earn(till, [7])

    work_out(shop, 30)

    assert shop.rows("SELECT * FROM earned_days") == []


def test_uses_of_what_all_members_share_are_counted_together(shop: Shop, till: ShopTill) -> None:
    club = ClubTill(till)
    shared = replace(facts_from(None), usage={"first-comers": {"total": 0}})
    for member in till.blank(3):
        club.buy(member, facts=shared)
    till.push()

    work_out(shop)

    told, _ = figures_told(till)
    assert told is not None
    assert told["bottega/used-first-comers"] == 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_tables_come_to_what_the_pasts_of_all_members_come_to(
    shop: Shop, till: ShopTill, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - replayable
    members, club = till.blank(7), ClubTill(till)
    for _ in range(40):
        member = random.choice(members)
        facts = replace(facts_from(None), usage={"first-comers": {"total": random.randrange(120)}})
        club.buy(member, bought(random.randrange(9000)), facts=facts)
    till.push()
    shop.now[0] = OPENING

    work_out(shop)

    with shop.engine.connect() as connection:
        pasts = read_pasts(connection, members).values()
    assert figures_told(till)[0] == figures_of(pasts, (CLUB,), TODAY)


def test_only_what_all_members_share_is_counted_for_all() -> None:
    program = program_of(
        Rule("own", Give(1), limits=(Limit(1, Per.EVER),)),
        Rule("shared", Give(1), limits=(Limit(1, Per.EVER), Limit(9, Per.TOTAL))),
        caps=(Cap("pot", 1000, Per.TOTAL), Cap("daily", 5, Per.DAY)),
    )
    left = Left(uses=("own", "shared"), capped={"pot": 10**15, "daily": 4})

    assert limited_in_total(program) == {"shared", "pot"}
    assert uses_in_total(left, program) == {"bottega/shared": 1, "bottega/pot": 10**12}


def test_the_figures_are_told_when_they_change_and_then_to_everybody(
    shop: Shop, till: ShopTill
) -> None:
    shop.store("milano")
    elsewhere = shop.till("milano")
    work_out(shop)
    told, cursor = figures_told(elsewhere)
    assert told == NOTHING_YET
    work_out(shop)
    assert figures_told(elsewhere, cursor)[0] is None
    earn(till, [7])

    work_out(shop)

    told, _ = figures_told(elsewhere, cursor)
    assert told == NOTHING_YET | {"bottega/points-30d-p80": 7}


def test_the_figures_are_worked_out_once_an_hour(shop: Shop, till: ShopTill) -> None:
    def greet(now: datetime) -> None:
        shop.now[0] = now
        ask(shop, till.seed, "/v1/hello", hello(till), HelloReply)

    greet(OPENING)
    assert figures_told(till)[0] == NOTHING_YET
    earn(till, [7])
    greet(OPENING + timedelta(minutes=59))
    assert figures_told(till)[0] == NOTHING_YET

    greet(OPENING + timedelta(hours=1))

    assert figures_told(till)[0] == NOTHING_YET | {"bottega/points-30d-p80": 7}


class FallenShelf(Shelf):
    """One whose programs cannot be read."""

    def newest(self, connection: Connection) -> tuple[Program, ...]:
        connection.execute(text("SELECT 1 / 0"))
        raise AssertionError("nobody divides by zero")


def test_a_till_is_greeted_although_the_figures_fail(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = FallenShelf()

    keep_figures(shop.engine, shelf, OPENING)

    assert caplog.messages == ["the figures were not worked out: DivisionByZero"]
    keep_figures(shop.engine, shelf, OPENING + timedelta(minutes=30))
    assert len(caplog.messages) == 1
