"""A catalogue as people keep it: a CSV file with a heading line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pos_loyalty.domain.basket import AMOUNT_MINOR_MAX, LABELS_MAX, PIECE
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.gtin import (
    EAN13_LENGTH,
    GTIN_LENGTH,
    check_digit,
    has_check_digit,
    is_digits,
    product_number,
)
from pos_loyalty.wire.changes import LABEL_CHARACTERS_MAX, ProductChanged

NEEDED = ("sku", "name", "price_minor")
COLUMNS = (*NEEDED, "category", "tax_rate", "brand", "labels", "unit", "cost_minor")
LINES_MAX = 200_000
WHOLE_GTINS = (EAN13_LENGTH, GTIN_LENGTH)  # Shorter numbers may be the shop's own.
TEXT_MAX = 255
TAX_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?")
SKU = re.compile(r"[!-~]{1,64}")  # Printable ASCII without spaces.


def read_catalogue(text: str, file: str) -> tuple[ProductChanged, ...]:
    """Read products from CSV with the columns sku, name and price_minor.

    Category, tax_rate, brand, labels (with ; between them), unit (piece) and cost_minor may be left
    out, as columns or in a line. A sku that is a GTIN is brought to 14 digits.

    Raises WrongDocument with the line and column, what was found and what is allowed.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    products: dict[str, ProductChanged] = {}
    try:
        _check_heading(rows, file)
        for row in rows:
            place = Place(file, f"line {rows.line_num}")
            product = _product(row, place)
            if product.sku in products:
                raise place.wrong("sku", product.sku, "a sku no other line has")
            if len(products) == LINES_MAX:
                raise place.wrong("", "one more", f"at most {LINES_MAX} products")
            products[product.sku] = product
    except csv.Error as error:
        line = f"line {rows.reader.line_num}"
        raise WrongDocument(file=file, path=line, found=str(error), allowed="CSV") from error
    return tuple(products.values())


def read_product(fields: Mapping[str, str]) -> ProductChanged:
    """Read one product from texts. Raises WrongDocument."""
    return _product(fields, Place("(command)", "product"))


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: str
    line: str

    def wrong(self, column: str, found: str, allowed: str) -> WrongDocument:
        """Say what is wrong in a column of this line."""
        path = f"{self.line}, {column}" if column else self.line
        return WrongDocument(file=self.file, path=path, found=repr(found), allowed=allowed)


def _check_heading(rows: csv.DictReader[str], file: str) -> None:
    found = tuple(rows.fieldnames or ())
    missing = [name for name in NEEDED if name not in found]
    foreign = [name for name in found if name not in COLUMNS]
    if missing or foreign or len(set(found)) != len(found):
        heading = ", ".join(found) or "nothing"
        allowed = ", ".join(COLUMNS)
        raise WrongDocument(file=file, path="line 1", found=heading, allowed=allowed)


def _product(row: Mapping[str, str | None], place: Place) -> ProductChanged:
    if None in row or None in row.values():
        raise place.wrong("", "more or fewer columns than the heading", "as many as the heading")
    text = {name: (value or "").strip() for name, value in row.items()}
    sku = text["sku"]
    if not SKU.fullmatch(sku):
        raise place.wrong("sku", sku, "1 to 64 printable characters without spaces")
    if is_digits(sku) and len(sku) in WHOLE_GTINS and not has_check_digit(sku):
        allowed = f"the check digit {check_digit(sku[:-1])}: one of the digits is mistyped"
        raise place.wrong("sku", sku, allowed)
    for column in ("name", "category", "brand", "unit"):
        told = text.get(column, "")
        if len(told) > TEXT_MAX or not told.isprintable():
            raise place.wrong(column, told[:TEXT_MAX], f"at most {TEXT_MAX} printable characters")
    if not text["name"]:
        raise place.wrong("name", "", "the name that stands on the receipt")
    cost = text.get("cost_minor", "")
    return ProductChanged(
        sku=product_number(sku) or sku,
        name=text["name"],
        price_minor=_amount("price_minor", text["price_minor"], place),
        category=text.get("category", ""),
        tax_rate=_tax_rate(text.get("tax_rate", ""), place),
        brand=text.get("brand", ""),
        labels=_labels(text.get("labels", ""), place),
        unit=text.get("unit", "") or PIECE,
        cost_minor=_amount("cost_minor", cost, place) if cost else None,
    )


def _labels(text: str, place: Place) -> tuple[str, ...]:
    labels = tuple(dict.fromkeys(label.strip() for label in text.split(";") if label.strip()))
    longest = max(map(len, labels), default=0)
    if len(labels) > LABELS_MAX or longest > LABEL_CHARACTERS_MAX or not text.isprintable():
        allowed = f"at most {LABELS_MAX} labels of {LABEL_CHARACTERS_MAX} printable characters"
        raise place.wrong("labels", text[:TEXT_MAX], allowed)
    return labels


def _amount(column: str, text: str, place: Place) -> int:
    digits = len(str(AMOUNT_MINOR_MAX))
    if not is_digits(text) or len(text) > digits or int(text) > AMOUNT_MINOR_MAX:
        allowed = f"a whole number of cents up to {AMOUNT_MINOR_MAX}, as in 250"
        raise place.wrong(column, text, allowed)
    return int(text)


def _tax_rate(text: str, place: Place) -> str:
    if not text:
        return "0"
    if not TAX_RATE.fullmatch(text) or not 0 <= Fraction(text) <= 1:
        raise place.wrong("tax_rate", text, "a part of one, as in 0.22 or 22/122")
    return text
