"""The guard that keeps payment cards out: recognised, refused, never kept."""

from __future__ import annotations

import re
import unicodedata

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
TRACK = re.compile(r"%?[A-Z]?[0-9]{13,19}\^|;?[0-9]{13,19}=[0-9]{4}")
RUN_OF_DIGITS = re.compile(r"(?<![+0-9])[0-9]+")  # Behind a plus stands a telephone number.


def luhn(number: str) -> bool:
    """Whether the Luhn sum of `number` is right. Source: ISO/IEC 7812-1 annex B."""
    total = 0
    for i, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + i % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - casting out nines
    return total % 10 == 0


def is_payment_card(text: str) -> bool:
    """Whether `text` is or holds what may be a payment card.

    Its number alone, in groups, in other scripts' digits, within other text, or a magnetic track,
    also from a reader that writes the separators of a track in another keyboard's way.
    """
    if len(text) == EAN13_LENGTH and has_check_digit(text):
        return False  # A product or our own card: 13-digit payment cards went out of use long ago.
    plain = "".join([str(unicodedata.decimal(c, c)) for c in text])
    ungrouped = "".join([c for c in plain if unicodedata.category(c)[0] not in "ZP"])
    numbers = [ungrouped, *RUN_OF_DIGITS.findall(plain)]
    return TRACK.match(plain) is not None or any(_is_number(number) for number in numbers)


def _is_number(number: str) -> bool:
    if not is_digits(number) or not luhn(number):
        return False
    return any(
        low <= number[: len(low)] <= high and len(number) in lengths
        for low, high, lengths in ISSUERS
    )
