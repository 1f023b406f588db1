"""GS1 numbers: check digits, products in all their lengths, member numbers (GSRN)."""

from __future__ import annotations

PRODUCT_LENGTHS = (8, 12, 13, 14)
GTIN_LENGTH = 14
EAN13_LENGTH = 13
GSRN_LENGTH = 18
RESTRICTED_PREFIXES = (
    "02",
    "04",
    *(str(n) for n in range(20, 30)),
)  # GS1 General Specifications 2.1.11


def check_digit(payload: str) -> str:
    """Give the mod-10 digit behind `payload`: weights 3 and 1 from the right. Source: GS1 7.9.1."""
    total = sum(int(digit) * (3, 1)[i % 2] for i, digit in enumerate(reversed(payload)))
    return str(-total % 10)


def is_digits(text: str) -> bool:
    """Whether `text` is ASCII digits only and not empty."""
    return text.isascii() and text.isdigit()


def has_check_digit(number: str) -> bool:
    """Whether the last digit is the right one for the others."""
    return is_digits(number) and len(number) > 1 and check_digit(number[:-1]) == number[-1]


def product_number(text: str) -> str | None:
    """Bring a GTIN-8/12/13/14 to 14 digits. None when it is none or its check digit is wrong."""
    if len(text) not in PRODUCT_LENGTHS or not has_check_digit(text):
        return None
    return text.zfill(GTIN_LENGTH)


def is_restricted(ean13: str) -> bool:
    """Whether an EAN-13 lies in the range a company may use inside its own walls."""
    return len(ean13) == EAN13_LENGTH and ean13.startswith(RESTRICTED_PREFIXES)


def is_gsrn(number: str) -> bool:
    """Whether `number` is a GS1 service relation number with a good check digit."""
    return len(number) == GSRN_LENGTH and has_check_digit(number)
