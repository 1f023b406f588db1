"""A till that sells under a program with all its parts, from the facts it is told."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import Body
from pos_loyalty.domain.events import Event
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.ids import EventId, MemberId, uuid7
from pos_loyalty.domain.past import NO_PAST, Past, facts_of
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.server.admin import publish_program
from pos_loyalty.wire.program_document import write_program
from tests.server.calls import members_in
from tests.server.shop import OPENING, Shop, ShopTill
from tests.unit.domain.shop import CLUB, bought, sold_to

TODAY = date(2026, 3, 2)


def publish(shop: Shop, program: Program = CLUB) -> None:
    with shop.engine.begin() as connection:
        publish_program(connection, write_program(program), "club.json", shop.now[0])


@dataclass(frozen=True)
class ClubTill:
    """A till that scores as tills do."""

    till: ShopTill

    @property
    def next_at(self) -> datetime:
        return OPENING + timedelta(minutes=len(self.till.events) + 1)

    def buy(
        self,
        member: MemberId | None,
        *lines: Line,
        facts: MemberFacts = STRANGER,
        figures: Mapping[str, int] | None = None,
    ) -> Event:
        at = self.next_at
        sale = EventId(uuid7(at, secrets.token_bytes(10)))
        goods = lines or (bought(1250),)
        body = sold_to(member, *goods, program=CLUB, at=at, facts=facts, sale=sale, figures=figures)
        return self.till.add(body, sale)

    def add(self, body: Body) -> Event:
        return self.till.add(body)

    def past_of(self, member: MemberId) -> Past | None:
        """Tell what this till is told of a member. None: it is not told of her."""
        told = members_in(self.till.pull_all()[0]).get(member)
        return None if told is None else told.past


def facts_from(past: Past | None, on: date = TODAY) -> MemberFacts:
    return facts_of(past or NO_PAST, CLUB, on, None, ())
