"""The look put on: fonts, palette and style sheet from the tokens, at the cashier's size."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from pos_loyalty.resources import resource
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import SCALE_PERCENT_MAX, SCALE_PERCENT_MIN, Role, Tokens

FONT_FILES = ("400Regular", "500Medium", "600SemiBold", "700Bold")
TARGET_PX_MIN = 52
# Inter has no Han characters; these do, where they are installed.
FAMILIES = ("Inter", "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sizes of one till."""

    tokens: Tokens
    scale_percent: int = 100

    def __post_init__(self) -> None:
        if not SCALE_PERCENT_MIN <= self.scale_percent <= SCALE_PERCENT_MAX:
            msg = f"type is shown at 100 to 200 %, not at {self.scale_percent} %"
            raise ValueError(msg)

    def type_px(self, size_px: int) -> int:
        """Scale a length that belongs to type."""
        return size_px * self.scale_percent // 100

    def space_px(self, size_px: int) -> int:
        """Scale a distance, far less than type: large type needs the room itself."""
        return size_px * (400 + self.scale_percent) // 500

    def target_px(self) -> int:
        """Give the least height of what a finger must meet."""
        return max(TARGET_PX_MIN, self.type_px(31))

    def font(self, role: Role) -> QFont:
        """Make the font of a role, with figures that all have one width."""
        font = QFont(list(FAMILIES))
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setPixelSize(self.type_px(role.size_px))
        font.setWeight(QFont.Weight(role.weight))
        if role.tracking_percent:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + role.tracking_percent)
        return font

    def ink(self, tone: Tone) -> QColor:
        """Give the colour of words and signs of a tone."""
        return QColor(
            {
                Tone.PLAIN: self.tokens.ink,
                Tone.GOOD: self.tokens.accent,
                Tone.WAIT: self.tokens.amber,
                Tone.BAD: self.tokens.red,
                Tone.NEWS: self.tokens.blue,
            }[tone]
        )

    def tint(self, tone: Tone) -> QColor:
        """Give the ground on which words of a tone stand."""
        return QColor(
            {
                Tone.PLAIN: self.tokens.sunken,
                Tone.GOOD: self.tokens.soft,
                Tone.WAIT: self.tokens.amber_soft,
                Tone.BAD: self.tokens.red_soft,
                Tone.NEWS: self.tokens.blue_soft,
            }[tone]
        )


def load_fonts() -> None:
    """Make the fonts that come with the program known to Qt; once per application."""
    if "Inter" in QFontDatabase.families():
        return
    for name in FONT_FILES:
        path = resource("fonts", "inter", f"Inter_{name}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            msg = f"the font {path.name} cannot be read"
            raise RuntimeError(msg)


def put_on(app: QApplication, look: Look) -> None:
    """Dress the whole application."""
    load_fonts()
    fusion = QStyleFactory.create("Fusion")
    app.setStyle(fusion)
    app.setPalette(_palette(look.tokens))
    app.setFont(look.font(Role.TEXT))
    template = Template(resource("styles", "till.qss").read_text(encoding="utf-8"))
    app.setStyleSheet(template.substitute(asdict(look.tokens)))


def _palette(tokens: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.sunken,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.ink_quiet,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.accent_ink,
        QPalette.ColorRole.ToolTipBase: tokens.toast,
        QPalette.ColorRole.ToolTipText: tokens.toast_ink,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
