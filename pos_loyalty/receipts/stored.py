"""A slip as it is kept with its event; the member's name is put in only when it prints."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from pos_loyalty.ports.documents import Align, Block, Columns, PrintDocument, Text

# Stands for the member's name, so that no slip has to be searched when she is erased.
NAME = "\N{OBJECT REPLACEMENT CHARACTER}"


@cache
def _adapter() -> TypeAdapter[PrintDocument]:
    return TypeAdapter(PrintDocument)


def write_slip(document: PrintDocument) -> bytes:
    """Write a document as it is stored."""
    return _adapter().dump_json(document)


def read_slip(stored: bytes) -> PrintDocument:
    """Read a stored document back."""
    return _adapter().validate_json(stored)


def with_name(document: PrintDocument, name: str) -> PrintDocument:
    """Put the member's name in."""
    return replace(document, blocks=tuple(_named(block, name) for block in document.blocks))


def _named(block: Block, name: str) -> Block:
    match block:
        case Text() if NAME in block.text:
            return replace(block, text=block.text.replace(NAME, name))
        case Columns() if NAME in block.left or NAME in block.right:
            left, right = (side.replace(NAME, name) for side in (block.left, block.right))
            return replace(block, left=left, right=right)
        case _:
            return block


def as_copy(document: PrintDocument, mark: str) -> PrintDocument:
    """Put the word COPY on top of a slip printed again."""
    return replace(document, blocks=(Text(mark, bold=True, align=Align.CENTRE), *document.blocks))
