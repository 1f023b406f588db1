from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

class ZBarSymbol(IntEnum):
    EAN8 = 8
    UPCE = 9
    UPCA = 12
    EAN13 = 13
    I25 = 25
    CODABAR = 38
    CODE39 = 39
    QRCODE = 64
    CODE93 = 93
    CODE128 = 128

class Decoded(NamedTuple):
    data: bytes
    type: str

def decode(
    image: tuple[bytes, int, int], symbols: Iterable[ZBarSymbol] | None = None
) -> list[Decoded]: ...
