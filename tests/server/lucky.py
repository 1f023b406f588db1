"""A till whose sales draw prizes, and what a shop does with its pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from typing import TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.prizes import PoolLease, draw_prizes, drawn_as
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scored_sale import basket_of, scored_by
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.server.admin import publish_program
from pos_loyalty.server.pools import (
    LeaseLine,
    Wanted,
    lease_prizes,
    list_leases,
)
from pos_loyalty.server.proofs import LeaseProof, prove
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.store.told_leases import lease_told
from pos_loyalty.wire.changes import PoolLeased
from pos_loyalty.wire.program_document import read_program
from tests.server.sales import sold
from tests.server.shop import OPENING, Shop, ShopTill

Answer = TypeVar("Answer")
LUCKY = """
id = "lucky"
version = {version}
name = {{ en = "Lucky club" }}
currency = "EUR"
valid_from = 2026-01-01
[[rules]]
id = "chance"
then = {{ kind = "draw_prize", pool = "spring" }}
[[rewards]]
id = "mug"
gives = {{ kind = "free_item", skus = ["MUG"] }}
voucher_only = true
[[rewards]]
id = "car"
gives = {{ kind = "free_item", skus = ["CAR"] }}
voucher_only = true
[[pools]]
id = "spring"
odds = "{odds}"
prizes = [{{ reward = "mug", count = {mugs} }}, {{ reward = "car", count = 2 }}]
"""


@dataclass
class LuckyTill:
    """A till whose sales all draw from the prizes it holds."""

    till: ShopTill
    program: Program
    held: list[PoolLease] = field(default_factory=list)

    def sell(self, member: MemberId, *instead: PrizeDraw) -> tuple[PrizeDraw, ...]:
        """Sell as a till does; `instead` of what it draws, what a fraud would write."""
        event = EventId(uuid4())
        body = replace(sold(None, 10), member=member)
        at = OPENING + timedelta(minutes=len(self.till.events) + 1)
        quoted = quote(basket_of(body, at, {}), STRANGER, self.program)
        draws = instead or draw_prizes(event, quoted.draws, self.program, self.held)
        scored = drawn_as(draws, scored_by(quoted, self.program, event), self.program, event)
        self.till.add(replace(body, scored=scored), event)
        for place, lease in enumerate(self.held):
            won = [d.reward for d in draws if d.lease == lease.id and d.reward is not None]
            self.held[place] = lease.without({reward: won.count(reward) for reward in won})
        return draws

    def hear(self) -> None:
        """Pull, as a till does, and hold what was leased to it."""
        changes, _ = self.till.pull_all()
        told = [lease_told(one) for one in changes if isinstance(one, PoolLeased)]
        self.held = [one.lease for one in told if not one.wanted_back]

    def answers(self, first: int = 1) -> list[tuple[str, str]]:
        return [(one.outcome, one.code) for one in self.till.push(first).results]


def publish(shop: Shop, version: int = 1, odds: str = "1", mugs: int = 4) -> Program:
    text = LUCKY.format(version=version, odds=odds, mugs=mugs)
    change(shop, lambda c: publish_program(c, text, "lucky.toml", OPENING))
    return read_program(text, "lucky.toml")


def change(shop: Shop, work: Callable[[Connection], Answer]) -> Answer:
    with shop.engine.begin() as connection:
        return work(connection)


def lease(
    shop: Shop,
    till: ShopTill,
    prizes: Mapping[str, int] | None = None,
    share: Fraction | None = None,
) -> LeaseLine:
    wanted = Wanted("lucky", "spring", prizes, share)
    return change(shop, lambda c: lease_prizes(c, till.terminal, wanted, shop.now[0]))


def proof_of(shop: Shop, line: LeaseLine) -> LeaseProof:
    return change(shop, lambda c: prove(c, line.lease, shop.now[0]))


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    return refusal.value.code


def lines(shop: Shop) -> list[tuple[Mapping[str, int], Mapping[str, int], str]]:
    return [(one.prizes, one.given, one.state) for one in change(shop, list_leases)]
