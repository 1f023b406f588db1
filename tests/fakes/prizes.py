"""A program with a chance to win, and the prizes a till is leased for it."""

from __future__ import annotations

from uuid import UUID

from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.wire.changes import PoolLeased, PrizesTold

LEASE = LeaseId(UUID(int=0x1EA5E))
CHANCE = """
[[rules]]
id = "chance"
then = { kind = "draw_prize", pool = "spring" }
[[rewards]]
id = "mug"
text = { en = "a mug" }
gives = { kind = "free_item", skus = ["MUG"] }
voucher_only = true
[[pools]]
id = "spring"
odds = "1"
prizes = [{ reward = "mug", count = 100 }]
"""


def leased(count: int = 1, **others: object) -> PoolLeased:
    told = {
        "lease": LEASE,
        "epoch": 1,
        "program": "bottega",
        "pool": "spring",
        "odds": "1",
        "prizes": (PrizesTold(reward="mug", count=count),),
        "secret": "5e" * 32,
    }
    return PoolLeased.model_validate(told | others)
