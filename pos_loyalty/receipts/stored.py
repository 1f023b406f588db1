"""A slip as it is kept with its event; the member's name is put in only when it prints."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from pos_loyalty.ports.documents import Align, Block, PrintDocument, Text

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
    """Put the member's name in; a line that says nothing without one is left out."""
    named = (_named(block, name) for block in document.blocks)
    return replace(document, blocks=tuple(block for block in named if block is not None))


def _named(block: Block, name: str) -> Block | None:
    if not isinstance(block, Text) or NAME not in block.text:
        return block
    text = block.text.replace(NAME, name)
    return replace(block, text=text) if text else None


def as_copy(document: PrintDocument, mark: str) -> PrintDocument:
    """Put the word COPY on top of a slip printed again."""
    return replace(document, blocks=(Text(mark, bold=True, align=Align.CENTRE), *document.blocks))
