"""Barcode scanners on serial ports, and on USB where they act as one."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.serial_scanner.settings import scanner_settings
from pos_loyalty.ports.devices import Scanner


def open_scanner(settings: Mapping[str, str]) -> Scanner:
    """Open the scanner named by `port` or `usb`, with `usb_serial`, `baud` and `silence_ms`."""
    from drivers.serial_scanner.scanner import open_port  # Late: it loads pyserial.

    return open_port(scanner_settings(settings))
