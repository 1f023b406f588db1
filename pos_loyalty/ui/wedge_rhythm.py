"""Told by their rhythm: characters a scanner types, apart from those a person types."""

from __future__ import annotations

from dataclasses import dataclass, field

GAP_MAX_MS = 35  # Measured: scanners type a character in 1 to 20 ms, fast people in 60 and more.
CHARACTERS_MIN = 6
CHARACTERS_MAX = 512

# The keys of an American keyboard by their place (Linux input event codes, which are also the
# scan codes of set 1), without and with Shift: what a scanner means whatever the layout says.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_PLAIN = {first + place: sign for first, signs, _ in _ROWS for place, sign in enumerate(signs)}
_SHIFTED = {first + place: sign for first, _, signs in _ROWS for place, sign in enumerate(signs)}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key with a character: what the layout made of it, and where the key is."""

    shown: str
    place: int  # Linux input event code. 0: not known.
    shifted: bool
    at_ms: int

    @property
    def meant(self) -> str:
        """What the key says on an American keyboard."""
        return (_SHIFTED if self.shifted else _PLAIN).get(self.place, self.shown)


@dataclass(frozen=True, slots=True)
class Burst:
    """A scan that has just ended, and what fields may have taken of it."""

    text: str
    shown: str


@dataclass(slots=True)
class WedgeRhythm:
    """Watches strokes with their time stamps; knows no clock and no screen."""

    _strokes: list[Stroke] = field(default_factory=list)

    def typed(self, stroke: Stroke) -> None:
        """Take one stroke; a pause before it begins anew."""
        if not self._in_time(stroke.at_ms) or len(self._strokes) >= CHARACTERS_MAX:
            self.forget()
        self._strokes.append(stroke)

    def ended(self, at_ms: int) -> Burst | None:
        """Return or Tab came: the scan, or None when a person typed."""
        strokes = tuple(self._strokes) if self._in_time(at_ms) else ()
        self.forget()
        if len(strokes) < CHARACTERS_MIN:
            return None
        shown = "".join(stroke.shown for stroke in strokes)
        # Codes are written in ASCII; other letters tell that another layout is on.
        foreign = not shown.isascii()
        text = "".join(stroke.meant for stroke in strokes) if foreign else shown
        return Burst(text, shown)

    def forget(self) -> None:
        """Begin anew: a key came that no scanner types."""
        self._strokes.clear()

    def _in_time(self, at_ms: int) -> bool:
        return bool(self._strokes) and 0 <= at_ms - self._strokes[-1].at_ms <= GAP_MAX_MS
