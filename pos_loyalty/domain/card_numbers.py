"""The number of a card out of whatever some wallet app, or somebody's hand, made of it."""

from __future__ import annotations

from collections.abc import Iterator

from pos_loyalty.domain.gtin import check_digit, is_digits
from pos_loyalty.domain.scans import Scan, Symbology

# These hold their own check digit; whatever they hold has not lost it.
WITH_CHECK_DIGIT = frozenset(
    {Symbology.EAN13, Symbology.EAN8, Symbology.UPC_A, Symbology.UPC_E, Symbology.ITF}
)
GAPS = str.maketrans("", "", " -.")  # How people and wallets group digits.
CODE39_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def digits_of(scan: Scan) -> Iterator[str]:
    """Give the digits of a number without what a symbology or a hand puts around and between."""
    text = scan.text
    if scan.symbology is Symbology.CODE39:
        text = text.removeprefix("*").removesuffix("*")
        value = sum(CODE39_CHARACTERS.find(c) for c in text[:-1])  # ISO/IEC 16388 annex A: mod 43.
        if is_digits(text[:-1]) and text[-1] == CODE39_CHARACTERS[value % len(CODE39_CHARACTERS)]:
            yield text[:-1]
    if scan.symbology is Symbology.CODABAR:
        text = text.strip("ABCDabcd")
    digits = text.translate(GAPS)
    if is_digits(digits):
        yield digits


def renderings(digits: str, symbology: Symbology | None, length: int) -> Iterator[str]:
    """Give back the leading zeros and the check digit a number of `length` may have lost."""
    significant = digits.lstrip("0")
    yield significant.zfill(length)
    if symbology in WITH_CHECK_DIGIT:
        return
    payload = significant.zfill(length - 1)
    # Typed, or read by who knows what: digits without their zeros *and* without their check digit
    # are too likely to be somebody's telephone.
    if symbology is not None or len(digits) >= len(payload):
        yield payload + check_digit(payload)
