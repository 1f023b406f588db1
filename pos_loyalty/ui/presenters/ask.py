"""Asking a member for the one fact that is missing, or for her answer to a notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.moments import Notice, Question
from pos_loyalty.ui.presenters.ask_state import AskModel, ask_state, choices_of
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import sentence
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.act import ActDone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.greet import Greeting
from pos_loyalty.usecases.meet_offer import Met, answer_notice
from pos_loyalty.usecases.tell_fact import Told, ask_no_more, tell_fact


class AskPresenter:
    """The panel behind F11. `done` is called when she was asked, whatever she said."""

    def __init__(
        self, desk: Desk, who: SignedIn, done: Callable[[], None], changed: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._who = who
        self._done = done
        self._changed = changed
        self.model: AskModel | None = None

    def begin(self, greeting: Greeting) -> None:
        """Open with what there is to ask her; a missing fact goes before a notice."""
        subject = greeting.question or greeting.notice
        if greeting.program is None or subject is None:
            self.model = None
            return
        counter = self._desk.counter
        event = EventId(counter.ids.new(counter.clock.now()))
        self._show(AskModel(event, greeting, greeting.program, subject))

    def state(self) -> AskState | None:
        """Draw the panel. None: there is nothing to ask."""
        return None if self.model is None else ask_state(self._desk.words, self.model)

    def typed(self, text: str) -> None:
        """Take what she tells as it is typed."""
        if self.model is not None:
            self._show(replace(self.model, text=text, answer=None))

    def moved(self, step: int) -> None:
        """Go up or down among the choices."""
        count = len(self._choices())
        if self.model is not None and count:
            self._show(replace(self.model, chosen=(self.model.chosen + step) % count))

    def choose(self, index: int) -> None:
        """Take one of the choices."""
        if self.model is not None and 0 <= index < len(self._choices()):
            self._show(replace(self.model, chosen=index))
            self.confirm()

    def confirm(self) -> None:
        """Write her answer down."""
        state, model, desk, who = self.state(), self.model, self._desk, self._who
        if state is None or model is None or not state.ready:
            return
        self._show(replace(model, busy=True))
        member, subject = model.greeting.seen.member, model.subject

        def work() -> ActDone | None:
            if isinstance(subject, Notice):
                met = Met(model.event, member, subject.id, Response.TAKEN, model.chosen)
                return answer_notice(desk.counter, who, desk.words, met)
            text = model.text
            if subject.ask is Question.FAVOURITE_CATEGORY:
                text = model.greeting.categories[model.chosen]
            told = Told(model.event, member, subject, text)
            return tell_fact(desk.counter, who, desk.words, told)

        desk.asks.ask(None, work, self._written, self._failed)

    def never(self) -> None:
        """Do not ask her this again."""
        model, desk, who = self.model, self._desk, self._who
        if model is None or model.busy:
            return
        self._show(replace(model, busy=True))
        member, subject = model.greeting.seen.member, model.subject

        def work() -> None:
            if isinstance(subject, Notice):
                met = Met(model.event, member, subject.id, Response.DECLINED)
                answer_notice(desk.counter, who, desk.words, met)
            else:
                ask_no_more(desk.counter, who, Told(model.event, member, subject, ""))

        desk.asks.ask(None, work, self._written, self._failed)

    def _choices(self) -> tuple[str, ...]:
        return () if self.model is None else choices_of(self._desk.words, self.model)

    def _written(self, _done: ActDone | None) -> None:
        self.model = None
        self._desk.committed()
        self._done()

    def _failed(self, error: BaseException) -> None:
        if self.model is not None:
            answer = Remark(sentence(self._desk.words, error), Tone.BAD)
            self._show(replace(self.model, answer=answer, busy=False))

    def _show(self, model: AskModel) -> None:
        self.model = model
        self._changed()
