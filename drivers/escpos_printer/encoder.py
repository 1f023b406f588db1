"""A document as the bytes of an ESC/POS printer.

Source of the commands: Epson ESC/POS command reference.
"""

from __future__ import annotations

import segno

from drivers.escpos_printer.model import CodePage, PrinterModel
from drivers.escpos_printer.raster import centred, drawn_qr, module_dots, raster
from drivers.escpos_printer.words import say
from pos_loyalty.ports.documents import (
    Align,
    Bitmap,
    Cut,
    Gap,
    PrintDocument,
    QrCode,
    Rule,
    Typesetter,
)
from pos_loyalty.ports.layout import Line, Piece, lay_out, printable

DRAWER_KICK = b"\x1bp\x00\x32\x32"  # ESC p: 100 ms on, 100 ms off, at pin 2.

_INIT = b"\x1b@\x1c."  # ESC @, and FS .: some printers start in a two-byte Chinese mode.
_CUT = b"\x1dVB\x00"  # GS V 66: feed to the knife, leave a bridge.
_LINE_DOTS = 30
_LARGE_LINE_DOTS = 56
_GAP_LINES_MAX = 255
_ALIGN = {Align.LEFT: b"\x1ba\x00", Align.CENTRE: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}


def encode(document: PrintDocument, model: PrinterModel, typesetter: Typesetter) -> bytes:
    """Write the whole slip: code page where one covers a line, else a raster of real type."""
    slip = _Slip(model, typesetter)
    for piece in lay_out(document, model.columns):
        slip.add(piece)
    return slip.written()


class _Slip:
    """The bytes so far, and how the printer stands after them."""

    def __init__(self, model: PrinterModel, typesetter: Typesetter) -> None:
        self._model = model
        self._typesetter = typesetter
        self._bytes = bytearray(_INIT)
        self._page: CodePage | None = None  # After ESC @ nobody knows which it is.
        self._align = Align.LEFT
        self._bold = False
        self._large = False

    def add(self, piece: Piece) -> None:
        match piece:
            case Line():
                self._line(piece)
            case QrCode():
                self._qr(piece)
            case Rule():
                self._rule()
            case Gap():
                self._bytes += b"\x1bd" + bytes([min(piece.lines, _GAP_LINES_MAX)])
            case Cut():
                self._bytes += _CUT

    def written(self) -> bytes:
        return bytes(self._bytes)

    def _line(self, line: Line) -> None:
        pages = self._model.code_pages
        if self._page is not None:  # Stay in the page as long as it serves.
            pages = (self._page, *pages)
        said = say(line.text, pages)
        if said is None:
            self._typeset(line)
            return
        page, words = said
        self._stand(line.align, bold=line.bold, large=line.large)
        if page != self._page:
            self._bytes += b"\x1bt" + bytes([page.slot])
            self._page = page
        self._bytes += words + b"\n"

    def _typeset(self, line: Line) -> None:
        right_only = line.align is Align.RIGHT and not line.right
        picture = self._typesetter.set_line(
            "" if right_only else line.left,
            line.left if right_only else line.right,
            width_px=self._model.dots,
            height_px=_LARGE_LINE_DOTS if line.large else _LINE_DOTS,
            bold=line.bold,
        )
        self._picture(centred(picture) if line.align is Align.CENTRE else picture)

    def _rule(self) -> None:
        if self._model.code_pages:
            self._line(Line("─" * self._model.columns, "", self._model.columns))
            return
        blank = bytes(self._model.dots // 8)
        dots = blank * 14 + b"\xff" * (2 * len(blank)) + blank * 14
        self._picture(Bitmap(self._model.dots, _LINE_DOTS, dots))

    def _qr(self, code: QrCode) -> None:
        text = printable(code.text)
        if not self._model.native_qr:
            self._picture(drawn_qr(text, self._model.dots))
            return
        # A simple printer writes every QR code in bytes, which takes the most modules.
        modules = len(segno.make_qr(text, error="m", mode="byte").matrix)
        size = module_dots(modules, self._model.dots)
        self._stand(Align.CENTRE, bold=False, large=False)
        for function in (
            b"1A2\x00",  # Model 2.
            b"1C" + bytes([size]),
            b"1E1",  # Error correction M.
            b"1P0" + text.encode(),
            b"1Q0",  # Print it.
        ):
            self._bytes += b"\x1d(k" + len(function).to_bytes(2, "little") + function

    def _picture(self, picture: Bitmap) -> None:
        self._stand(Align.LEFT, bold=False, large=False)
        self._bytes += raster(picture)

    def _stand(self, align: Align, *, bold: bool, large: bool) -> None:
        """Tell the printer what differs from how it stands."""
        if align is not self._align:
            self._bytes += _ALIGN[align]
        if bold is not self._bold:
            self._bytes += b"\x1bE" + bytes([bold])
        if large is not self._large:
            self._bytes += b"\x1d!" + (b"\x11" if large else b"\x00")
        self._align, self._bold, self._large = align, bold, large
