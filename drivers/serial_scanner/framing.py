"""Where one scan ends and the next begins, in the bytes of a serial scanner."""

from __future__ import annotations

from dataclasses import dataclass

SCAN_BYTES_MAX = 4096

_ENDS = frozenset(b"\r\n\t\x03")  # CR, LF, TAB, ETX: whichever the scanner is set to.
_NOISE = b"\x00\x02"  # NUL between scans and STX before one, as some scanners send them.


@dataclass(frozen=True, slots=True)
class Framing:
    """The bytes of a scan whose end has not come yet.

    Of a scan longer than `SCAN_BYTES_MAX` only the beginning is kept, so that it is seen and
    refused, not remembered without limit and not taken for two scans.
    """

    held: bytes = b""

    def feed(self, received: bytes) -> tuple[Framing, tuple[bytes, ...]]:
        """Add what came; give the scans that are complete by it."""
        held = bytearray(self.held)
        complete = []
        for byte in received.translate(None, _NOISE):
            if byte not in _ENDS:
                if len(held) < SCAN_BYTES_MAX:
                    held.append(byte)
            elif held:  # CR LF ends one scan, not two.
                complete.append(bytes(held))
                held.clear()
        return Framing(bytes(held)), tuple(complete)

    def silence(self) -> tuple[Framing, tuple[bytes, ...]]:
        """Take a pause for the end, for scanners that send no terminator."""
        return Framing(), (self.held,) if self.held else ()
