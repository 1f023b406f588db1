"""The guard that keeps payment cards out: recognised, refused, never kept."""

from __future__ import annotations

import re

from pos_loyalty.domain.gtin import EAN13_LENGTH, has_check_digit, is_digits

# (first digits from, to, lengths) of the issuers.
# Source: ISO/IEC 7812 and the networks' public tables.
ISSUERS = (
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("300", "305", range(14, 20)),  # Diners Club
    ("3095", "3095", range(14, 20)),
    ("36", "36", range(14, 20)),
    ("38", "39", range(14, 20)),
    ("3528", "3589", range(16, 20)),  # JCB
    ("4", "4", (13, 16, 19)),  # Visa
    ("50", "50", range(13, 20)),  # Maestro
    ("56", "58", range(13, 20)),
    ("639", "639", range(13, 20)),
    ("67", "67", range(13, 20)),
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),
    ("2200", "2205", range(16, 20)),  # Mir, UzCard
    ("60", "69", range(16, 20)),  # Discover, UnionPay, RuPay, Troy, Elo, Verve
    ("81", "82", range(16, 20)),  # UnionPay, RuPay
    ("9792", "9792", (16,)),  # Troy
    ("9860", "9860", (16,)),  # Humo
)
TRACK = re.compile(r"^%?[A-Z]?\d{13,19}\^|^;?\d{13,19}=\d{4}")
GROUPED = re.compile(r"[ -]")


def luhn(number: str) -> bool:
    """Whether the Luhn sum of `number` is right. Source: ISO/IEC 7812-1 annex B."""
    total = 0
    for i, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + i % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - casting out nines
    return total % 10 == 0


def is_payment_card(text: str) -> bool:
    """Whether `text` may be a payment card: its number, also in groups, or a magnetic track."""
    if TRACK.match(text):
        return True
    number = GROUPED.sub("", text)
    if not is_digits(number) or not luhn(number):
        return False
    if len(number) == EAN13_LENGTH and number == text and has_check_digit(number):
        return False  # A product or our own card: 13-digit payment cards went out of use long ago.
    return any(
        low <= number[: len(low)] <= high and len(number) in lengths
        for low, high, lengths in ISSUERS
    )
