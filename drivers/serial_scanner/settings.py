"""What a shop may say of its serial scanner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pos_loyalty.ports.devices import DeviceFault, FaultKind


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """Where the scanner is and how it talks.

    With `usb` (`vid:pid`, hexadecimal, as `0c2e:0b61`) the port is looked up at each opening,
    because its name changes when the plug is moved; `usb_serial` tells two of one model apart.
    """

    port: str = ""
    usb: tuple[int, int] | None = None
    usb_serial: str = ""
    baud: int = 9600
    silence_ms: int = 80

    @property
    def name(self) -> str:
        """The address a person knows the scanner by."""
        if self.port or self.usb is None:
            return self.port
        return f"USB {self.usb[0]:04x}:{self.usb[1]:04x} {self.usb_serial}".rstrip()


def scanner_settings(settings: Mapping[str, str]) -> ScannerSettings:
    """Read the settings. Raises DeviceFault(WRONG_SETTING) naming the first wrong one."""
    unknown = sorted(set(settings) - {"port", "usb", "usb_serial", "baud", "silence_ms"})
    if unknown:
        raise _wrong(settings, f"unknown setting {unknown[0]!r}")
    port, usb = settings.get("port", ""), settings.get("usb", "")
    if not port and not usb:
        raise _wrong(settings, "port or usb is needed")
    ids = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", usb)
    if usb and not ids:
        raise _wrong(settings, f"usb is two hexadecimal numbers such as 0c2e:0b61, not {usb!r}")
    return ScannerSettings(
        port=port,
        usb=(int(ids[1], 16), int(ids[2], 16)) if ids else None,
        usb_serial=settings.get("usb_serial", ""),
        baud=_number(settings, "baud", 9600),
        silence_ms=_number(settings, "silence_ms", 80),
    )


def _number(settings: Mapping[str, str], key: str, default: int) -> int:
    written = settings.get(key, str(default))
    if not re.fullmatch(r"[1-9][0-9]{0,6}", written):
        raise _wrong(settings, f"{key} is a whole number, not {written!r}")
    return int(written)


def _wrong(settings: Mapping[str, str], what: str) -> DeviceFault:
    name = settings.get("port") or settings.get("usb") or "serial scanner"
    return DeviceFault(FaultKind.WRONG_SETTING, name, what)
