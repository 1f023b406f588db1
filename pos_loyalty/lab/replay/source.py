"""Receipts in a file: JSON Lines or a table, plain or packed with gzip."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.lab.replay.replaying import Numbered, Wrong
from pos_loyalty.wire.basket_document import read_receipt
from pos_loyalty.wire.document_text import WHOLE
from pos_loyalty.wire.receipt_table import read_csv_receipts

GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
LINE_BYTES_MAX = 8_000_000  # The longest document, in UTF-8.
LOOK_BYTES = 65536
BUFFER_BYTES = 1 << 20


Kept = io.BufferedReader | io.BufferedRandom
Plain = Kept | gzip.GzipFile


class ReceiptFile:
    """A file that can be read more than once."""

    __slots__ = ("counted", "file", "name", "size_bytes")

    def __init__(self, file: Kept, name: str) -> None:
        self.counted = "line"
        self.file = file
        self.name = name
        self.size_bytes = file.seek(0, io.SEEK_END)

    def read_bytes(self) -> int:
        """Tell how much of it was read, as it lies on the disk."""
        return self.file.tell()

    def place(self, number: int) -> str:
        """Name a receipt by what is counted: a line, or in a table the receipt."""
        return f"{self.counted} {number}"

    def receipts(self, currency: str, wrong: Wrong | None = None) -> Iterator[Numbered]:
        """Read it from its beginning; `currency` is that of a table without such a column.

        `wrong` hears of lines that are no receipt; None: they end it. A table that is broken, and
        not just wrong in a cell, ends it always. Raises WrongDocument.
        """
        self.file.seek(0)
        packed = self.file.read(len(GZIP)) == GZIP
        self.file.seek(0)
        try:
            if packed:
                with gzip.GzipFile(fileobj=self.file) as plain:
                    yield from self._receipts(plain, currency, wrong)
            else:
                yield from self._receipts(self.file, currency, wrong)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._wrong("gzip that is broken", "a whole file") from error
        except OSError as error:
            raise self._wrong(error.strerror or str(error), "a file that can be read") from error

    def _receipts(self, plain: Plain, currency: str, wrong: Wrong | None) -> Iterator[Numbered]:
        begin = plain.peek(LOOK_BYTES)[:LOOK_BYTES].removeprefix(BOM).lstrip()
        if begin.startswith(b"{") or not begin:
            return self._lines(plain, wrong)
        return self._rows(plain, currency, wrong)

    def _lines(self, plain: Plain, wrong: Wrong | None) -> Iterator[Numbered]:
        number = 0
        while line := plain.readline(LINE_BYTES_MAX):
            number += 1
            if number == 1:
                line = line.removeprefix(BOM)
            if line.isspace():
                continue
            try:
                receipt = read_receipt(line, self.name, number)
            except WrongDocument as error:
                if wrong is None:
                    raise
                wrong(error)
                continue
            yield number, receipt

    def _rows(self, plain: Plain, currency: str, wrong: Wrong | None) -> Iterator[Numbered]:
        self.counted = "receipt"
        text = io.TextIOWrapper(plain, "utf-8-sig", newline="")
        try:
            yield from enumerate(read_csv_receipts(text, self.name, currency, wrong), start=1)
        except UnicodeDecodeError as error:
            raise self._wrong(f"the byte 0x{error.object[error.start]:02x}", "UTF-8") from error
        finally:
            text.detach()

    def _wrong(self, found: str, allowed: str) -> WrongDocument:
        return WrongDocument(file=self.name, path=WHOLE, found=found, allowed=allowed)


@contextmanager
def opened_receipts(path: Path) -> Iterator[ReceiptFile]:
    """Open a file of receipts. Raises WrongDocument when it cannot be read."""
    try:
        file = path.open("rb")
    except OSError as error:
        found, allowed = error.strerror or str(error), "a file that can be read"
        raise WrongDocument(file=path.name, path=WHOLE, found=found, allowed=allowed) from error
    with file:
        yield ReceiptFile(file, path.name)


@contextmanager
def kept_receipts(stream: IO[bytes]) -> Iterator[ReceiptFile]:
    """Keep what comes by a pipe in a file: it may have to be read twice."""
    with tempfile.TemporaryFile(prefix="pos-loyalty-receipts-") as file:
        shutil.copyfileobj(stream, file, BUFFER_BYTES)
        yield ReceiptFile(file, "-")
