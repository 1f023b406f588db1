"""What a receipt printer would have put on paper, told from the bytes it was sent.

It shares nothing with the encoder: it is how the encoder is checked.
Source: Epson ESC/POS command reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

_DOTS_BY_PAPER_MM = {58: 384, 80: 576}
_CODECS_BY_SLOT = {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 19: "cp858", 46: "cp1251"}


class UnknownCommand(Exception):  # noqa: N818 - the printer's word for it
    """Bytes that no receipt printer of ours understands."""

    def __init__(self, at: int, message: bytes) -> None:
        super().__init__(f"unknown command {message.hex(' ')} at byte {at}")


class Align(Enum):
    """Where a line stands."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Words:
    """One printed line."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One band of dots: rows padded to whole bytes, 1 is black."""

    width_px: int
    height_px: int
    bits: bytes


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code the printer drew itself."""

    text: str
    module_dots: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Feed:
    """Paper moved on by empty lines."""

    lines: int


class Mark(Enum):
    """What leaves no ink."""

    CUT = "cut"
    DRAWER = "drawer"


Printed = Words | Picture | Qr | Feed | Mark


@dataclass(frozen=True, slots=True)
class Slip:
    """What came out of the printer, from top to bottom."""

    width_px: int
    printed: tuple[Printed, ...]

    @property
    def text(self) -> str:
        """The printed lines; codes and pictures are named in brackets."""
        return "\n".join(line for item in self.printed for line in _said(item))

    @property
    def qr_texts(self) -> tuple[str, ...]:
        """What the printer's own QR codes say."""
        return tuple(item.text for item in self.printed if isinstance(item, Qr))

    @property
    def cuts(self) -> int:
        """How often the paper was cut."""
        return self.printed.count(Mark.CUT)

    @property
    def drawer_kicks(self) -> int:
        """How often the drawer was opened."""
        return self.printed.count(Mark.DRAWER)


def read_paper(received: bytes, paper_mm: int) -> Slip:
    """Obey the bytes as a printer would. Raises UnknownCommand."""
    state = _State(_DOTS_BY_PAPER_MM[paper_mm])
    at = 0
    while at < len(received):
        command, obey = _command_at(received, at)
        try:
            at += obey(state, received, at + len(command))
        except (IndexError, ValueError) as error:  # Cut off, or with a parameter nobody knows.
            raise UnknownCommand(at, received[at : at + 8]) from error
    state.end_line(printed_only=True)
    return Slip(state.width_px, tuple(state.printed))


def _said(item: Printed) -> Iterator[str]:
    match item:
        case Words():
            yield item.text
        case Picture():
            yield f"[picture {item.width_px}×{item.height_px}]"
        case Qr():
            yield f"[QR {item.text}]"
        case Feed():
            yield from [""] * item.lines
        case Mark():
            yield f"[{item.value}]"


@dataclass(slots=True)
class _State:
    """How the printer stands, and what is printed."""

    width_px: int
    printed: list[Printed] = field(default_factory=list)
    line: Words = field(default_factory=lambda: Words(""))
    codec: str = "cp437"
    chinese: bool = True  # Until FS . says otherwise, as on the printers that start so.
    module_dots: int = 3
    qr: bytes = b""

    def write(self, raw: bytes) -> None:
        if self.chinese and not raw.isascii():
            self.line = replace(self.line, text=self.line.text + raw.decode("gb18030", "replace"))
        else:
            self.line = replace(self.line, text=self.line.text + raw.decode(self.codec, "replace"))

    def end_line(self, *, printed_only: bool = False) -> None:
        if self.line.text or not printed_only:
            self.printed.append(self.line)
        self.line = replace(self.line, text="")


_Obey = Callable[[_State, bytes, int], int]  # Gives how many bytes command and parameters took.


def _command_at(received: bytes, at: int) -> tuple[bytes, _Obey]:
    for length in (3, 2, 1):
        command = received[at : at + length]
        if command in _COMMANDS:
            return command, _COMMANDS[command]
    if received[at] >= 0x20:  # noqa: PLR2004 - the first character that is no control
        return b"", _write
    raise UnknownCommand(at, received[at : at + 4])


def _write(state: _State, received: bytes, at: int) -> int:
    end = at
    while end < len(received) and received[end] >= 0x20:  # noqa: PLR2004 - as above
        end += 1
    state.write(received[at:end])
    return end - at


def _line_feed(state: _State, _: bytes, __: int) -> int:
    state.end_line()
    return 1


def _initialise(state: _State, _: bytes, __: int) -> int:
    state.line = Words("")
    state.codec = "cp437"
    return 2


def _leave_chinese(state: _State, _: bytes, __: int) -> int:
    state.chinese = False
    return 2


def _code_page(state: _State, received: bytes, at: int) -> int:
    if received[at] not in _CODECS_BY_SLOT:
        raise UnknownCommand(at - 2, received[at - 2 : at + 1])
    state.codec = _CODECS_BY_SLOT[received[at]]
    return 3


def _align(state: _State, received: bytes, at: int) -> int:
    state.line = replace(state.line, align=Align(received[at]))
    return 3


def _bold(state: _State, received: bytes, at: int) -> int:
    state.line = replace(state.line, bold=bool(received[at] & 1))
    return 3


def _size(state: _State, received: bytes, at: int) -> int:
    state.line = replace(state.line, large=received[at] != 0)
    return 3


def _feed(state: _State, received: bytes, at: int) -> int:
    state.end_line(printed_only=True)
    state.printed.append(Feed(received[at]))
    return 3


def _cut(state: _State, _: bytes, __: int) -> int:
    state.end_line(printed_only=True)
    state.printed.append(Mark.CUT)
    return 4


def _drawer(state: _State, _: bytes, __: int) -> int:
    state.printed.append(Mark.DRAWER)
    return 5


def _status(_: _State, __: bytes, ___: int) -> int:
    return 3  # It is answered, not printed.


def _raster(state: _State, received: bytes, at: int) -> int:
    row_bytes = int.from_bytes(received[at + 1 : at + 3], "little")
    height_px = int.from_bytes(received[at + 3 : at + 5], "little")
    bits = received[at + 5 : at + 5 + row_bytes * height_px]
    if len(bits) < row_bytes * height_px or row_bytes * 8 > state.width_px:
        raise UnknownCommand(at - 3, received[at - 3 : at + 5])
    state.printed.append(Picture(row_bytes * 8, height_px, bits))
    return 3 + 5 + len(bits)


def _symbol(state: _State, received: bytes, at: int) -> int:
    length = int.from_bytes(received[at : at + 2], "little")
    function = received[at + 2 : at + 2 + length]
    match function[:2]:
        case b"1A" | b"1E":
            pass
        case b"1C":
            state.module_dots = function[2]
        case b"1P":
            state.qr = function[3:]
        case b"1Q":
            state.printed.append(Qr(state.qr.decode(), state.module_dots, state.line.align))
        case _:
            raise UnknownCommand(at - 3, received[at - 3 : at + 4])
    return 3 + 2 + length


_COMMANDS: dict[bytes, _Obey] = {
    b"\n": _line_feed,
    b"\x1b@": _initialise,
    b"\x1bt": _code_page,
    b"\x1ba": _align,
    b"\x1bE": _bold,
    b"\x1bd": _feed,
    b"\x1bp": _drawer,
    b"\x1c.": _leave_chinese,
    b"\x1d!": _size,
    b"\x1dV": _cut,
    b"\x1dv0": _raster,
    b"\x1d(k": _symbol,
    b"\x10\x04": _status,
}
