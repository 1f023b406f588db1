"""GS1 numbers: check digits, products in all their lengths, member numbers (GSRN)."""

from __future__ import annotations

PRODUCT_LENGTHS = (8, 12, 13, 14)
GTIN_LENGTH = 14
EAN13_LENGTH = 13
GSRN_LENGTH = 18
UPC_E_LENGTH = 8


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
    if len(text) not in PRODUCT_LENGTHS or not has_check_digit(text) or not text.strip("0"):
        return None
    return text.zfill(GTIN_LENGTH)


def expand_upc_e(text: str) -> str | None:
    """Write the 8 digits of a UPC-E as the 12 they stand for. None when they are none.

    Source: GS1 General Specifications 5.2.2.4.2, zero-suppressed data.
    """
    if len(text) != UPC_E_LENGTH or not is_digits(text) or text[0] not in "01":
        return None
    system, six, check = text[0], text[1:7], text[7]
    match six[5]:
        case "0" | "1" | "2":
            item = f"{six[:2]}{six[5]}0000{six[2:5]}"
        case "3":
            item = f"{six[:3]}00000{six[3:5]}"
        case "4":
            item = f"{six[:4]}00000{six[4]}"
        case _:
            item = f"{six[:5]}0000{six[5]}"
    return system + item + check


def is_gsrn(number: str) -> bool:
    """Whether `number` is a GS1 service relation number with a good check digit."""
    return len(number) == GSRN_LENGTH and has_check_digit(number)
