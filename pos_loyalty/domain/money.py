"""Money in minor units of one currency, and how it is shared out without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos_loyalty.domain.errors import CurrencyMismatch

# Digits after the point, where they are not two. Source: ISO 4217.
DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3}
CODE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency; negative when it flows back."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        code = self.currency
        if len(code) != CODE_LETTERS or not code.isascii() or not code.isupper():
            raise ValueError(f"a currency is three capital letters, not {code!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same(other), self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(expected=self.currency, found=other.currency)
        return other.amount_minor


def digits_of(currency: str) -> int:
    """How many decimal digits `currency` has."""
    return DIGITS.get(currency, 2)


def half_up(value: Fraction) -> int:
    """Round to the nearest whole, halves away from zero, as tax offices do."""
    whole = abs(value) + Fraction(1, 2)
    rounded = whole.numerator // whole.denominator
    return rounded if value >= 0 else -rounded


def share(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share `total` out in proportion to `weights` by largest remainder; ties go to the earlier.

    The parts sum to `total` exactly. Weights are not negative; when all are zero the first part
    gets everything.
    """
    if not weights:
        if total:
            raise ValueError(f"{total} cannot be shared among nobody")
        return ()
    if min(weights) < 0:
        raise ValueError("weights are not negative")
    whole = sum(weights)
    if whole == 0:
        return (total, *(0 for _ in weights[1:]))
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    missing = abs(total) - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: -(abs(total) * weights[i] % whole))
    for i in by_remainder[:missing]:
        parts[i] += 1
    return tuple(sign * part for part in parts)
