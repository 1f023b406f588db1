from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from pos_loyalty.wire.changes import (
    FIGURES_MAX,
    Change,
    FiguresChanged,
    IndexChanged,
    LotTold,
    ProductChanged,
    StaffChanged,
    StoreChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
)

CHANGES: TypeAdapter[Change] = TypeAdapter(Change)
STORE = {
    "change": "store",
    "store": "bologna-1",
    "name": "La bottega",
    "zone": "Europe/Rome",
    "currency": "EUR",
    "language": "it",
    "region": "IT",
    "card_prefixes": ["29"],
}
MEMBER: dict[str, Any] = {
    "change": "member",
    "member": str(UUID(int=1)),
    "status": "active",
    "record": None,
    "lots": [],
}
PRODUCT = {"change": "product", "sku": "08001120891235", "name": "Caffè", "price_minor": 399}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (STORE, StoreChanged),
        (PRODUCT, ProductChanged),
        (
            {"change": "index", "digest": "ab" * 12, "member": str(UUID(int=1)), "status": "blank"},
            IndexChanged,
        ),
        ({"change": "figures", "figures": {"bottega/points-30d-p80": 120}}, FiguresChanged),
        (
            {"change": "staff", "staff": "1", "name": "Carla", "role": "cashier", "pin_hash": ""},
            StaffChanged,
        ),
    ],
)
def test_a_change_is_known_by_its_word(told: dict[str, Any], kind: type) -> None:
    assert isinstance(CHANGES.validate_python(told), kind)


@pytest.mark.parametrize(
    "told",
    [
        STORE | {"card_prefixes": [""]},
        STORE | {"card_prefixes": ["2"]},
        STORE | {"card_prefixes": ["29\u0663"]},
        STORE | {"name": "\x1bp"},
        PRODUCT | {"price_minor": -1},
        PRODUCT | {"price_minor": 2**63},
        PRODUCT | {"name": "x" * 256},
        {"change": "figures", "figures": {"bottega/used-x": 2**63}},
        {"change": "figures", "figures": {"\x00": 1}},
        {"change": "figures", "figures": {str(n): 1 for n in range(FIGURES_MAX + 1)}},
        MEMBER | {"past": {"visits": "many"}},
        MEMBER | {"past": {"days": [{"on": "2026-02-30"}]}},
        {"change": "weather", "sky": "blue"},
    ],
)
def test_a_change_that_would_break_a_till_is_not_taken_over(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CHANGES.validate_python(told)


@pytest.mark.parametrize("points", [0, -1, 2**63])
def test_a_lot_that_cannot_be_is_not_taken_over(points: int) -> None:
    with pytest.raises(ValidationError):
        LotTold(unit="bottega/points", event_id=UUID(int=1), points=points, expires_on=None)


def test_the_server_s_time_says_its_zone() -> None:
    reply = (
        '{"server_epoch":1,"changes":[],"cursor":"","more":false,'
        '"includes_epoch":1,"includes_seq":0,"at":%s}'
    )

    assert PullReply.model_validate_json(reply % '"2026-05-05T10:00:00Z"').changes == ()
    with pytest.raises(ValidationError, match="timezone"):
        PullReply.model_validate_json(reply % '"2026-05-05T10:00:00"')
