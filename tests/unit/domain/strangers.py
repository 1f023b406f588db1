"""Sales of members whom a till did not know, and what becomes of them where they are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.completing import complete
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Left, Scored
from tests.unit.domain.shop import ANNA, NOON, SALE, sold_to
from tests.unit.domain.shop import CLUB as CAPPED

TODAY = NOON.date()
BORN = date(1984, 5, 6)  # Tomorrow is her birthday.
CLUB = replace(CAPPED, caps=())  # A cap needs to be known: under one nothing is printed.
POINTS, STARS = CLUB.account_unit("points"), CLUB.account_unit("stars")


def to_stranger(*lines: Line, program: Program = CLUB, at: datetime = NOON) -> Sold:
    sold = sold_to(ANNA, *lines, program=program, at=at)
    return replace(sold, scored=replace(scored_of(sold), includes=None))


def in_full(
    sold: Sold, past: Past = NO_PAST, born: date | None = None, program: Program = CLUB
) -> Sold:
    return complete(sold, SALE, NOON, past, born, program)


def scored_of(sold: Sold) -> Scored:
    assert sold.scored is not None
    return sold.scored


def left_of(sold: Sold) -> Left:
    return scored_of(sold).left
