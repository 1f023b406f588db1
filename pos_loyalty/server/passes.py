"""Blank passes: signed here, handed out at the tills, also while the line is down."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from pos_loyalty.domain.ids import MemberId, TerminalId, uuid7
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.server.database import insert_rows
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.tables import members
from pos_loyalty.wire.messages import PASSES_MAX
from pos_loyalty.wire.passes import PASS_ID_BYTES, PassClaims, write_pass

BLANK_MAX = 25 * PASSES_MAX  # Of one till: answers get lost, but not for ever.
PASS_LASTS = timedelta(days=3652)
RANDOM_BYTES = 10


def lease_passes(
    connection: Connection, terminal: TerminalId, count: int, seed: bytes, now: datetime
) -> tuple[str, ...]:
    """Sign `count` new passes and make their members, who are blank until somebody enrols.

    Raises Refusal when the till has been given far more than it has used.
    """
    blank = (members.c.leased_to == terminal) & (members.c.status == MemberStatus.BLANK.value)
    held = connection.execute(select(func.count()).where(blank)).scalar_one()
    if held + count > BLANK_MAX:
        raise Refusal(
            "too_many_passes", f"This till holds {held} blank passes already. Use those first."
        )
    claims = [_claims(now) for _ in range(count)]
    rows = [
        {"member": one.member, "status": MemberStatus.BLANK.value, "leased_to": terminal}
        for one in claims
    ]
    insert_rows(connection, members, rows)
    return tuple(write_pass(one, seed) for one in claims)


def _claims(now: datetime) -> PassClaims:
    return PassClaims(
        member=MemberId(uuid7(now, secrets.token_bytes(RANDOM_BYTES))),
        pass_id=secrets.token_hex(PASS_ID_BYTES),
        issued_at=now,
        expires_at=now + PASS_LASTS,
    )
