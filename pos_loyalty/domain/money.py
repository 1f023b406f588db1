"""Money in minor units of one currency, and how it is shared out without losing a cent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_loyalty.domain.errors import CurrencyMismatch

# Digits after the point, where they are not two. Source: ISO 4217.
WITHOUT_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
WITH_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
DIGITS = dict.fromkeys(WITHOUT_DIGITS.split(), 0) | dict.fromkeys(WITH_THREE_DIGITS.split(), 3)
CODE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency; negative when it flows back."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        code = self.currency
        if not (len(code) == CODE_LETTERS and code.isascii() and code.isalpha() and code.isupper()):
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


def divide_half_up(amount: int, divisor: int) -> int:
    """Divide by a positive `divisor` and round to the nearest whole, halves up, as in taxes."""
    return (2 * amount + divisor) // (2 * divisor)


def share(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share `total` out in proportion to `weights` by largest remainder; ties go to the earlier.

    The parts sum to `total` exactly. Weights are not negative; when all are zero the first part
    gets everything.
    """
    return share_ranked(total, weights, lambda: range(len(weights)))


def share_ranked(
    total: int, weights: Sequence[int], ranks: Callable[[], Sequence[int]]
) -> tuple[int, ...]:
    """Share as `share` does, but ties go to the part with the lowest of `ranks`.

    `ranks` is asked only when a tie decides who gets what is left over.
    """
    if not weights:
        if total:
            raise ValueError(f"{total} cannot be shared among nobody")
        return ()
    if min(weights) < 0:
        raise ValueError("weights are not negative")
    whole = sum(weights)
    if whole == 0:
        parts = [0] * len(weights)
        if total:
            parts[ranks().index(min(ranks()))] = total
        return tuple(parts)
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    missing = size - sum(parts)
    if missing:
        left = [size * weight % whole for weight in weights]
        for i in _largest(missing, left, ranks):
            parts[i] += 1
    return tuple(parts) if total >= 0 else tuple([-part for part in parts])


def _largest(
    how_many: int, left: Sequence[int], ranks: Callable[[], Sequence[int]]
) -> Sequence[int]:
    """Tell the places of the largest remainders; fewer are asked for than there are."""
    order = sorted(range(len(left)), key=left.__getitem__, reverse=True)
    if left[order[how_many - 1]] == left[order[how_many]]:  # Else no tie decides anything.
        rank = ranks()
        order.sort(key=lambda i: (-left[i], rank[i]))
    return order[:how_many]
