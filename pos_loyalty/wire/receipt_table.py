"""Receipts as a table, CSV: a row for each line sold, rows of one receipt together."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from pos_loyalty.domain.basket import LINES_MAX, Basket, Line, Tender
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.wire.basket_document import BASKET, Receipt, read_line
from pos_loyalty.wire.document_text import shown
from pos_loyalty.wire.reading import Reader, read_fields, read_text
from pos_loyalty.wire.wrong_parts import WrongPart, missing_word, unknown_word

# Of the receipt: told in its first row, and the same in all others.
HEAD: Mapping[str, Reader[object]] = {
    **{word: BASKET[word] for word in ("at", "store", "receipt", "channel", "currency")},
    "member": read_text,
    "tender": read_text,
}
OF_LINE = (
    "sku",
    "category",
    "quantity",
    "price_minor",
    "discount_minor",
    "name",
    "brand",
    "labels",
    "tax_rate",
)
COLUMNS = (*HEAD, *OF_LINE)
NEEDED = ("at", "store", "receipt", "price_minor")
DELIMITERS = (",", ";", "\t")  # A spreadsheet's depends on its language.
LABELS_APART = ";"
RECENT_MAX = 10_000
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One row without its empty cells; `number` as a spreadsheet counts, the head being 1."""

    number: int
    cells: dict[str, str]

    @property
    def receipt(self) -> tuple[str | None, ...]:
        """What rows of one receipt have in common: store, number and day."""
        return self.cells.get("store"), self.cells.get("receipt"), self.cells.get("at", "")[:10]


def read_csv_receipts(
    lines: Iterable[str],
    file: str = "receipts",
    currency: str = "",
    wrong: Callable[[WrongDocument], None] | None = None,
) -> Iterator[Receipt]:
    """Read receipts from a table; a member is told by an id alone, nobody by an empty cell.

    `currency` is that of all receipts where there is no such column. `wrong` hears of receipts with
    a wrong cell, which are left out; None: they raise. Raises WrongDocument with the row and the
    column, also for what is no table at all.
    """
    recent: dict[tuple[str | None, ...], None] = {}
    for key, group in groupby(_rows(lines, file), key=lambda row: row.receipt):
        rows = tuple(islice(group, LINES_MAX + 1))
        if key in recent:
            raise _apart(rows[0], file)
        recent[key] = None
        if len(recent) > RECENT_MAX:
            del recent[next(iter(recent))]
        try:
            receipt = _receipt(rows, file, currency)
        except WrongDocument as error:
            if wrong is None:
                raise
            wrong(error)
            continue
        yield receipt


def _rows(lines: Iterable[str], file: str) -> Iterator[Row]:
    source = iter(lines)
    head = next(source, "").removeprefix(BOM)
    delimiter = max(DELIMITERS, key=head.count)
    columns = _columns(next(csv.reader([head], delimiter=delimiter), []), file)
    table = csv.reader(source, delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, cells in enumerate(table, start=2):
            if len(cells) not in {0, len(columns)}:
                raise WrongDocument(
                    file=file,
                    path=f"row {number}",
                    found=f"{len(cells)} cells",
                    allowed=f"{len(columns)}, as there are columns",
                )
            told = {word: cell.strip() for word, cell in zip(columns, cells, strict=False)}
            if any(told.values()):
                yield Row(number, {word: cell for word, cell in told.items() if cell})
    except csv.Error as error:
        raise WrongDocument(
            file=file, path=f"row {number + 1}", found=str(error), allowed="CSV"
        ) from error


def _columns(names: list[str], file: str) -> tuple[str, ...]:
    """Check the names of the columns."""
    columns = tuple([name.strip().lower() for name in names])
    try:
        for number, column in enumerate(columns):
            if column not in COLUMNS:
                raise unknown_word(column, COLUMNS)
            if column in columns[:number]:
                raise WrongPart("the column twice", "once").inside(column)
        for column in NEEDED:
            if column not in columns:
                raise missing_word(column)
    except WrongPart as error:
        raise error.of(file, "row 1") from error
    return columns


def _receipt(rows: tuple[Row, ...], file: str, currency: str) -> Receipt:
    first = rows[0]
    for row in rows[1:]:
        _check_same(first, row, file)
    if len(rows) > LINES_MAX:
        found, allowed = "a receipt of more rows", f"at most {LINES_MAX}"
        raise WrongDocument(file=file, path=_place(first, "receipt"), found=found, allowed=allowed)
    lines = tuple([_line(row, file) for row in rows])
    head = {"channel": "till", "currency": currency}
    head |= {word: first.cells[word] for word in HEAD if word in first.cells}
    try:
        told = read_fields(head, HEAD, ("at", "store", "receipt"))
        receipt_id: str = told.pop("receipt")
        member: str = told.pop("member", "")
        tenders = _tenders(told.pop("tender", ""), lines)
    except WrongPart as error:
        raise _wrong_cell(error, first, file) from error
    basket = Basket(**told, lines=lines, tenders=tenders)
    return Receipt(basket, STRANGER if member else None, receipt_id, member)


def _line(row: Row, file: str) -> Line:
    found: dict[str, object] = {}
    for word in OF_LINE:
        cell = row.cells.get(word)
        if cell is None:
            continue
        if word == "labels":
            found[word] = [label.strip() for label in cell.split(LABELS_APART) if label.strip()]
        elif word.endswith("_minor") and WHOLE_NUMBER.fullmatch(cell):
            found[word] = int(cell)
        else:
            found[word] = cell
    try:
        return read_line(found)
    except WrongPart as error:
        raise _wrong_cell(error, row, file) from error


def _tenders(kind: str, lines: tuple[Line, ...]) -> tuple[Tender, ...]:
    """Take the receipt as paid in one way; in none where `kind` is empty."""
    if not kind:
        return ()
    total = sum(line.net_minor for line in lines)
    try:
        return (Tender(kind, total),)
    except ValueError as error:
        raise WrongPart(total, str(error)).inside("tender") from error


def _check_same(first: Row, row: Row, file: str) -> None:
    for word in HEAD:
        found, expected = row.cells.get(word), first.cells.get(word)
        if found != expected:
            allowed = f"{shown(expected or '')}, as in row {first.number} of the same receipt"
            raise WrongDocument(
                file=file, path=_place(row, word), found=shown(found or ""), allowed=allowed
            )


def _apart(row: Row, file: str) -> WrongDocument:
    return WrongDocument(
        file=file,
        path=_place(row, "receipt"),
        found=f"{shown(row.cells.get('receipt', ''))} again, after another receipt",
        allowed="rows of one receipt together",
    )


def _wrong_cell(error: WrongPart, row: Row, file: str) -> WrongDocument:
    """Say in which row and column; the first step of the way there is the column."""
    where = _place(row, str(error.path[0]))
    return WrongDocument(file=file, path=where, found=error.found, allowed=error.allowed)


def _place(row: Row, column: str) -> str:
    return f"row {row.number}, column {column}"
