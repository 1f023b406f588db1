"""One effort to read a picture with zbar."""

from __future__ import annotations

from pyzbar.pyzbar import ZBarSymbol, decode

from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.ports.devices import Frame

# Without DataBar, which zbar sees in noise and reports on stderr.
_SYMBOLOGIES = {
    ZBarSymbol.EAN13: Symbology.EAN13,
    ZBarSymbol.EAN8: Symbology.EAN8,
    ZBarSymbol.UPCA: Symbology.UPC_A,
    ZBarSymbol.UPCE: Symbology.UPC_E,
    ZBarSymbol.CODE128: Symbology.CODE128,
    ZBarSymbol.CODE39: Symbology.CODE39,
    ZBarSymbol.CODE93: Symbology.CODE93,
    ZBarSymbol.I25: Symbology.ITF,
    ZBarSymbol.CODABAR: Symbology.CODABAR,
    ZBarSymbol.QRCODE: Symbology.QR,
}
_BY_NAME = {symbol.name: symbology for symbol, symbology in _SYMBOLOGIES.items()}


class ZbarDecoder:
    """The last step of the cascade."""

    def steps(self) -> int:
        """How many efforts there are."""
        return 1

    def decode(self, frame: Frame, step: int) -> tuple[Scan, ...]:
        """Look for codes; `step` is 0."""
        if step != 0:
            msg = f"zbar knows one effort, not {step + 1}"
            raise ValueError(msg)
        picture = (frame.grey, frame.width_px, frame.height_px)
        found = decode(picture, symbols=list(_SYMBOLOGIES))
        # zbar guesses how text beyond ASCII is written, and 3 of 8 guesses were wrong.
        return tuple(
            Scan(code.data.decode("ascii"), _BY_NAME[code.type])
            for code in found
            if code.data.isascii() and code.type in _BY_NAME
        )
