"""Receipt printers that speak ESC/POS, on the network, a serial line or a device file."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.escpos_printer.settings import printer_settings
from pos_loyalty.ports.devices import Printer
from pos_loyalty.ports.documents import Typesetter


def open_printer(settings: Mapping[str, str], typesetter: Typesetter) -> Printer:
    """Make ready to print.

    `transport` is `network` (with `host`, `port`), `serial` (`device`, `baud`, `flow`) or `file`
    (`path`). Beside it: `paper_mm` 58 or 80, `profile` (a name of python-escpos' table), `text`
    auto or raster, `qr` native or raster, `status` yes or no, `timeout_ms`.
    """
    from drivers.escpos_printer.printer import EscposPrinter  # Late: loads pyserial and segno.

    return EscposPrinter(printer_settings(settings), typesetter)
