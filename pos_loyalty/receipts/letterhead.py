"""The head of every slip: the shop, the till, the time, and that this is no fiscal document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Align, Block, Columns, Rule, Text


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Where and when a slip was made."""

    shop: str
    address: str
    till: str
    cashier: str
    at: datetime
    zone: str


def head(words: Words, letterhead: Letterhead, number: str) -> tuple[Block, ...]:
    """Print who issues the slip. `number` empty: slips of this kind bear none."""
    zone = ZoneInfo(letterhead.zone)
    when = f"{words.day(letterhead.at.astimezone(zone).date())} {words.time(letterhead.at, zone)}"
    who = f"{letterhead.till} · {letterhead.cashier}"
    address = (Text(letterhead.address, align=Align.CENTRE),) if letterhead.address else ()
    named = (Columns(words.gettext("Receipt"), number),) if number else ()
    return (
        Text(letterhead.shop, bold=True, large=True, align=Align.CENTRE),
        *address,
        Text(words.gettext("Loyalty slip, not a fiscal document"), align=Align.CENTRE),
        Rule(),
        *named,
        Columns(when, who),
        Rule(),
    )
