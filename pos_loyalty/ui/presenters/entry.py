"""What the typed text means: an amount, a code, or a part of a product's name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX
from pos_loyalty.domain.money import digits_of

AMOUNT = re.compile(r"^(\d{1,9})(?:[.,](\d{0,3}))?$")
WHOLE_DIGITS_MAX = 6  # More digits without a separator are a number on a card or a product.
SEARCH_MIN = 2


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class Code:
    """A number of a card, a telephone or a product, or a whole code."""

    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """A part of a product's name."""

    text: str


Meaning = Nothing | Amount | Code | Search


def meaning(typed: str, currency: str) -> Meaning:
    """Tell what `typed` is. "12,5" and "12.50" are amounts, "12" too; long digits are a code."""
    text = typed.strip()
    if not text:
        return Nothing()
    amount = amount_of(text, currency)
    if amount is not None:
        return Amount(amount)
    if any(character.isalpha() for character in text) and ":" not in text:
        return Search(text) if len(text) >= SEARCH_MIN else Nothing()
    return Code(text)


def amount_of(text: str, currency: str) -> int | None:
    """Read an amount into minor units. None when it is none of this currency."""
    match = AMOUNT.match(text.strip())
    if match is None:
        return None
    whole, part = match.groups()
    digits = digits_of(currency)
    if part is None and len(whole) > WHOLE_DIGITS_MAX:
        return None
    if part and len(part) > digits:
        return None
    minor = int(whole) * 10**digits + int((part or "").ljust(digits, "0") or "0")
    return minor if 0 < minor <= AMOUNT_MINOR_MAX else None
