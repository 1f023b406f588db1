"""The basket and the line for typing."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_loyalty.i18n import Words
from pos_loyalty.ui.look import Look
from pos_loyalty.ui.states.basket import BasketState, LineState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.ui.theme import Role
from pos_loyalty.ui.views.question import QuestionStrip
from pos_loyalty.ui.widgets.basket_row import BasketRow
from pos_loyalty.ui.widgets.choices import Choice, Choices
from pos_loyalty.ui.widgets.field import Field
from pos_loyalty.ui.widgets.frames import column, scrolled
from pos_loyalty.ui.widgets.label import Fit, Label


class BasketView(QWidget):
    """What is bought, line by line."""

    entry_changed = Signal(str)
    suggestion_tapped = Signal(int)
    line_chosen = Signal(int)
    more_pressed = Signal(int)  # Of which line.
    less_pressed = Signal(int)
    line_removed = Signal(int)

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        self._look = look
        self._shown: BasketState | None = None
        self._compact = False
        self._rows: list[BasketRow] = []
        content = QWidget()
        self._list = column(look, None, gap=0)
        content.setLayout(self._list)
        self._area = scrolled(content)
        self._hint = Label(look, Role.NOTE, Fit.CUT)
        self._hint.hide()
        self.proposal = QuestionStrip(look, Tone.GOOD)
        self._choices = Choices(look)
        self._choices.tapped.connect(self.suggestion_tapped)
        self.entry = Field(look, "")
        self.entry.line.textEdited.connect(self.entry_changed)
        self._meaning = Label(look, Role.NOTE, Fit.CUT, quiet=True)
        self._bottom = column(
            look, self._hint, self.proposal, self._choices, self.entry, self._meaning, gap=4
        )
        edge = look.space_px(18)
        self._bottom.setContentsMargins(edge, look.space_px(8), edge, 0)
        inner = column(look, self._area, self._bottom, gap=0)
        inner.setStretch(0, 1)
        self.setLayout(inner)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - the shape of a Qt property
        """Leave out what the hint in the field says, too."""
        if compact is self._compact:
            return
        self._compact = compact
        self._choices.set_compact(compact)
        self.proposal.set_compact(compact)
        self.entry.hide_label(compact)
        self._meaning.setHidden(compact)

    def show_state(self, state: BasketState) -> None:
        """Show the lines and what was typed."""
        if state == self._shown:
            return
        before = self._shown
        self._shown = state
        if before is None or (before.lines, before.current) != (state.lines, state.current):
            self._show_lines(state.lines, state.current)
        self._hint.say(None if state.proposal is not None else state.hint)  # One line at a time.
        self.proposal.show_state(state.proposal)
        entry = state.entry
        self._choices.show_choices(
            tuple(Choice(one.name, one.note, one.amount) for one in entry.suggestions), entry.chosen
        )
        self._area.setHidden(self._compact and self.suggesting)
        self.entry.set_label(entry.label)
        self.entry.line.setPlaceholderText(entry.hint)
        self.entry.show_text(entry.text)
        self._meaning.say(entry.meaning or " ")
        self._meaning.setHidden(self._compact)

    @property
    def suggesting(self) -> bool:
        """Whether products are offered for what was typed."""
        return self._shown is not None and bool(self._shown.entry.suggestions)

    def _show_lines(self, lines: tuple[LineState, ...], current: int | None) -> None:
        while len(self._rows) < len(lines):
            self._add_row(len(self._rows))
        for index, one in enumerate(self._rows):
            if index < len(lines):
                one.show_line(lines[index], current=index == current)
            one.setVisible(index < len(lines))
        if current is not None and current < len(self._rows):
            shown = self._rows[current]
            # The new row has its place only after the layout has run.
            QTimer.singleShot(0, self._area, lambda: self._area.ensureWidgetVisible(shown, 0, 0))

    def _add_row(self, index: int) -> None:
        one = BasketRow(self._words, self._look)
        one.chosen.connect(lambda: self.line_chosen.emit(index))
        one.more_pressed.connect(lambda: self.more_pressed.emit(index))
        one.less_pressed.connect(lambda: self.less_pressed.emit(index))
        one.removed.connect(lambda: self.line_removed.emit(index))
        self._rows.append(one)
        self._list.insertWidget(index, one)
