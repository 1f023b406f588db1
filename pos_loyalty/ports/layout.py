"""How a document breaks into lines on paper that is so many columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pos_loyalty.ports.documents import (
    Align,
    Columns,
    Cut,
    Gap,
    PrintDocument,
    QrCode,
    Rule,
    Text,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print, free of control characters, with `columns` character cells."""

    left: str
    right: str
    columns: int
    bold: bool = False
    large: bool = False
    align: Align = Align.LEFT

    @property
    def text(self) -> str:
        """The line as one string, `right` pushed to the right edge."""
        if not self.right:
            return self.left
        return self.left + " " * (self.columns - cells(self.left) - cells(self.right)) + self.right


Piece = Line | Rule | Gap | QrCode | Cut


def lay_out(document: PrintDocument, columns: int) -> Iterator[Piece]:
    """Break every block to `columns` cells; large print has half as many."""
    for block in document.blocks:
        match block:
            case Text():
                width = columns // 2 if block.large else columns
                for line in wrapped(block.text, width):
                    yield Line(line, "", width, block.bold, block.large, block.align)
            case Columns():
                yield from _figure_lines(block, columns // 2 if block.large else columns)
            case QrCode():
                yield block
                if block.caption:
                    for line in wrapped(block.caption, columns):
                        yield Line(line, "", columns, align=Align.CENTRE)
            case Rule() | Gap() | Cut():
                yield block


def plain_text(document: PrintDocument, columns: int) -> str:
    """Write the document as a text of the same lines, with codes in brackets."""
    return "".join(f"{line}\n" for piece in lay_out(document, columns) for line in _plain(piece))


def cells(text: str) -> int:
    """How many character cells `text` takes: Han two, a combining mark none, others one."""
    return sum(_cells_of(character) for character in text)


def wrapped(text: str, columns: int) -> list[str]:
    """Break `text` at spaces and line ends; a word longer than a line is cut. Never empty."""
    return [line for part in text.split("\n") for line in _wrapped_part(printable(part), columns)]


def printable(text: str) -> str:
    """Drop what is no character of print: controls (C0, C1) and half characters become nothing.

    A tabulator becomes a space. Printers take their commands from control characters.
    """
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(c for c in composed if unicodedata.category(c) not in _NOT_PRINT)


_NOT_PRINT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def _plain(piece: Piece) -> tuple[str, ...]:
    match piece:
        case Line():
            spare = piece.columns - cells(piece.text)
            return (" " * (spare * _LEFT_SHARE[piece.align] // 2) + piece.text,)
        case Gap():
            return ("",) * piece.lines
        case QrCode():
            return (f"[QR {printable(piece.text)}]",)
        case Rule():
            return ("---",)
        case Cut():
            return ("[cut]",)


_LEFT_SHARE = {Align.LEFT: 0, Align.CENTRE: 1, Align.RIGHT: 2}  # Halves of the spare cells.


def _figure_lines(block: Columns, columns: int) -> Iterator[Line]:
    *above, figure = wrapped(block.right, columns)
    for line in above:  # Only a figure longer than the paper is wide.
        yield Line("", line, columns, block.bold, block.large)
    room = columns - cells(figure) - 1
    *labels, last = wrapped(block.left, max(room, columns // 2))
    for label in labels:
        yield Line(label, "", columns, block.bold, block.large)
    if last and cells(last) > room:
        yield Line(last, "", columns, block.bold, block.large)
        last = ""
    yield Line(last, figure, columns, block.bold, block.large)


def _wrapped_part(text: str, columns: int) -> Iterator[str]:
    line: str | None = None  # None: nothing yet. Spaces at the beginning are an indent.
    for word in text.split(" "):
        joined = word if line is None else f"{line} {word}"
        if cells(joined) <= columns:
            line = joined
            continue
        if line:
            yield line
        *full, line = _cut_to(word, columns)
        yield from full
    yield line or ""


def _cut_to(word: str, columns: int) -> list[str]:
    parts = [""]
    used = 0
    for character in word:
        width = _cells_of(character)
        if used + width > columns:
            parts.append("")
            used = 0
        parts[-1] += character
        used += width
    return parts


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
