"""Words that several tests say to the server, and what they hear back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from uuid import UUID

import requests

from pos_loyalty.wire.changes import (
    Change,
    MemberChanged,
    ProductChanged,
)
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    Fault,
    HeadTold,
    Hello,
)
from tests.server.shop import OPENING, ShopTill


def fault(response: requests.Response) -> tuple[int, str]:
    """Check that a refusal is one of ours, with a sentence, and answer its status and code."""
    assert response.headers["Content-Type"] == MEDIA_TYPE
    told = Fault.model_validate_json(response.content)
    assert told.text.endswith((".", "`."))
    return response.status_code, told.error


def hello(till: ShopTill, **changes: object) -> Hello:
    head = HeadTold(epoch=1, seq=0, hash="0" * 64)
    said = Hello(
        terminal=till.terminal,
        app_version="0.1.0",
        head=head,
        acknowledged=0,
        at=OPENING,
        nonce=secrets.token_hex(8),
    )
    return said.model_copy(update=changes)


def members_in(changes: Iterable[Change]) -> dict[UUID, MemberChanged]:
    return {change.member: change for change in changes if isinstance(change, MemberChanged)}


def product(sku: str, price_minor: int = 250) -> ProductChanged:
    return ProductChanged(sku=sku, name="Caffè", price_minor=price_minor, category="bar")
