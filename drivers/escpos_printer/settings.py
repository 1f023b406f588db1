"""What a shop may say of its receipt printer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from drivers.escpos_printer.model import MODELS_BY_PAPER_MM, PrinterModel, known_model
from pos_loyalty.ports.devices import DeviceFault, FaultKind


class Transport(Enum):
    """How bytes get to the printer."""

    NETWORK = "network"
    SERIAL = "serial"
    FILE = "file"


class Flow(Enum):
    """How a serial printer says that it cannot keep up."""

    NONE = "none"
    RTS_CTS = "rts-cts"
    XON_XOFF = "xon-xoff"


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """Where the printer is and what it can do.

    `address` is a host, a serial port or a file; `asks_status` is false for a printer that never
    answers: then a slip counts as done once it is sent.
    """

    transport: Transport
    address: str
    model: PrinterModel
    tcp_port: int = 9100
    baud: int = 9600
    flow: Flow = Flow.NONE
    asks_status: bool = True
    timeout_s: float = 3.0

    @property
    def name(self) -> str:
        """The address a person knows the printer by."""
        if self.transport is Transport.NETWORK:
            return f"{self.address}:{self.tcp_port}"
        return self.address


def printer_settings(settings: Mapping[str, str]) -> PrinterSettings:
    """Read the settings. Raises DeviceFault(WRONG_SETTING) naming the first wrong one."""
    transport = Transport(
        _choice(settings, "transport", tuple(choice.value for choice in Transport))
    )
    _refuse_unknown(settings, transport)
    address = settings.get(_ADDRESS_KEYS[transport], "")
    if not address:
        raise _wrong(settings, f"{_ADDRESS_KEYS[transport]} is needed")
    answers = transport is not Transport.FILE
    return PrinterSettings(
        transport=transport,
        address=address,
        model=_model(settings),
        tcp_port=int(_number(settings, "port", "9100", digits=5)),
        baud=int(_number(settings, "baud", "9600", digits=6)),
        flow=Flow(_choice(settings, "flow", tuple(choice.value for choice in Flow), "none")),
        asks_status=answers and _choice(settings, "status", ("yes", "no"), "yes") == "yes",
        timeout_s=int(_number(settings, "timeout_ms", "3000", digits=5)) / 1000,
    )


_ADDRESS_KEYS = {Transport.NETWORK: "host", Transport.SERIAL: "device", Transport.FILE: "path"}
_COMMON_KEYS = {"transport", "paper_mm", "profile", "text", "qr", "status", "timeout_ms"}
_OWN_KEYS = {
    Transport.NETWORK: {"host", "port"},
    Transport.SERIAL: {"device", "baud", "flow"},
    Transport.FILE: {"path"},
}


def _model(settings: Mapping[str, str]) -> PrinterModel:
    paper_mm = _choice(settings, "paper_mm", tuple(MODELS_BY_PAPER_MM), "80")
    model = MODELS_BY_PAPER_MM[paper_mm]
    if profile := settings.get("profile"):
        try:
            model = known_model(profile, model)
        except KeyError as error:
            raise _wrong(settings, f"no printer profile {profile!r}") from error
        if model.dots < MODELS_BY_PAPER_MM["58"].dots:
            raise _wrong(settings, f"{profile!r} is no receipt printer")
    if _choice(settings, "text", ("auto", "raster"), "auto") == "raster":
        model = replace(model, code_pages=())
    if "qr" in settings:
        native = _choice(settings, "qr", ("native", "raster")) == "native"
        model = replace(model, native_qr=native)
    return model


def _refuse_unknown(settings: Mapping[str, str], transport: Transport) -> None:
    unknown = sorted(set(settings) - _COMMON_KEYS - _OWN_KEYS[transport])
    if unknown:
        raise _wrong(settings, f"{transport.value} has no setting {unknown[0]!r}")


def _choice(
    settings: Mapping[str, str], key: str, choices: tuple[str, ...], default: str = ""
) -> str:
    written = settings.get(key, default)
    if written not in choices:
        raise _wrong(settings, f"{key} is one of {', '.join(choices)}, not {written!r}")
    return written


def _number(settings: Mapping[str, str], key: str, default: str, *, digits: int) -> str:
    written = settings.get(key, default)
    if not re.fullmatch(rf"[1-9][0-9]{{0,{digits - 1}}}", written):
        raise _wrong(settings, f"{key} is a whole number, not {written!r}")
    return written


def _wrong(settings: Mapping[str, str], what: str) -> DeviceFault:
    name = next((settings[key] for key in _ADDRESS_KEYS.values() if key in settings), "printer")
    return DeviceFault(FaultKind.WRONG_SETTING, name, what)
