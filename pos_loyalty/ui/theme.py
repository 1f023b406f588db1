"""The look as data: colours of day and night, the shop's accent, sizes of type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

WHITE = "#FFFFFF"
BLACK = "#0B0F0D"
CONTRAST_TEXT_MIN = 4.5  # WCAG 2.2, 1.4.3: normal text, level AA.
SCALE_PERCENT_MIN = 100
SCALE_PERCENT_MAX = 200

Rgb = tuple[int, int, int]


class Role(Enum):
    """A size of type in px at 100 %, with its weight and its tracking in percent."""

    NOTE = (15, 400, 0)
    KEY = (13, 500, 0)
    LABEL = (15, 600, 0)
    TEXT = (19, 400, 0)
    STRONG = (19, 600, 0)
    ITEM = (19, 500, 0)
    AMOUNT = (20, 600, 0)
    NAME = (26, 700, -1)
    EARNED = (28, 700, -1)
    BALANCE = (42, 700, -2)
    TOTAL = (60, 700, -3)
    CHANGE = (88, 700, -3)

    @property
    def size_px(self) -> int:
        """The height of the type."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """From 400, regular, to 700, bold."""
        return self.value[1]

    @property
    def tracking_percent(self) -> int:
        """How much wider than usual the letters stand."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB."""

    ground: str
    surface: str
    sunken: str
    ink: str
    ink_quiet: str
    line: str
    accent: str
    accent_ink: str  # Text on the accent.
    soft: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str
    blue: str
    blue_soft: str
    toast: str
    toast_ink: str


LIGHT = Tokens(
    ground="#F3F1EC",
    surface="#FFFFFF",
    sunken="#FAF9F6",
    ink="#1A1E22",
    ink_quiet="#59626C",
    line="#E5E1D9",
    accent="#0B6E4F",
    accent_ink=WHITE,
    soft="#E2F0EA",
    amber="#8A5A00",
    amber_soft="#FBF0D9",
    red="#A8261C",
    red_soft="#FBE8E5",
    blue="#1F5FA8",
    blue_soft="#E5EEF9",
    toast="#1A1E22",
    toast_ink="#FAF9F6",
)
DARK = Tokens(
    ground="#121518",
    surface="#1B2024",
    sunken="#161A1E",
    ink="#ECEFF1",
    ink_quiet="#A7B0B8",
    line="#2A3137",
    accent="#43B883",
    accent_ink=BLACK,
    soft="#16322A",
    amber="#E8B75A",
    amber_soft="#33290F",
    red="#F08A7E",
    red_soft="#3A1D1A",
    blue="#7FB3EE",
    blue_soft="#152A41",
    toast="#ECEFF1",
    toast_ink="#121518",
)
THEMES = {"light": LIGHT, "dark": DARK}


def with_accent(tokens: Tokens, accent: str) -> Tokens:
    """Dress the theme in the shop's colour, moved until text can be read on and in it.

    Raises ValueError when `accent` is not #RRGGBB.
    """
    wanted = rgb_of(accent)
    surface = rgb_of(tokens.surface)
    end = (0, 0, 0) if luminance(surface) > luminance(rgb_of(tokens.ink)) else (255, 255, 255)
    readable = next(
        mixed
        for step in range(21)
        if contrast(mixed := _mix(wanted, end, step * 5), surface) >= CONTRAST_TEXT_MIN
    )
    on_white = contrast(readable, rgb_of(WHITE)) >= contrast(readable, rgb_of(BLACK))
    return replace(
        tokens,
        accent=_name(readable),
        accent_ink=WHITE if on_white else BLACK,
        soft=_name(_mix(surface, readable, 12)),
    )


def contrast(one: Rgb, other: Rgb) -> float:
    """Tell how well one colour reads on the other, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Rgb) -> float:
    """Tell how bright a colour is, 0 to 1. Source: WCAG 2.2, relative luminance."""
    linear = [
        part / 12.92 if (part := value / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's own figures
        for value in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb_of(name: str) -> Rgb:
    """Read #RRGGBB. Raises ValueError when it is not that."""
    digits = name.removeprefix("#")
    if len(digits) != 6 or not name.startswith("#"):  # noqa: PLR2004 - RRGGBB
        msg = f"a colour is #RRGGBB, not {name!r}"
        raise ValueError(msg)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _name(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def _mix(one: Rgb, other: Rgb, percent: int) -> Rgb:
    red, green, blue = (a + (b - a) * percent // 100 for a, b in zip(one, other, strict=True))
    return red, green, blue
