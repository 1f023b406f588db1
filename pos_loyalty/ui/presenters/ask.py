"""Asking a member for the one fact that is missing, or for her answer to a notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.moments import MissingFact, Notice, Question
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import sentence
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.act import ActDone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.greet import Greeting
from pos_loyalty.usecases.meet_offer import Met, answer_notice
from pos_loyalty.usecases.tell_fact import Told, ask_no_more, tell_fact
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.selections import category


@dataclass(frozen=True, slots=True)
class AskModel:
    """What is asked, and the answer so far. `event` is made once: two presses are one answer."""

    event: EventId
    greeting: Greeting
    program: Program
    subject: MissingFact | Notice
    text: str = ""
    chosen: int = 0
    answer: Remark | None = None
    busy: bool = False


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
        model, words = self.model, self._desk.words
        if model is None:
            return None
        subject, choices = model.subject, self._choices()
        worth = ""
        if subject.points:
            main = model.program.main_unit.id
            worth = phrases.gained(words, model.program, main, subject.points)
        asks = subject.ask if isinstance(subject, MissingFact) else None
        return AskState(
            question=in_language(subject.text, words.language) or _usual(words, asks),
            worth=worth,
            label="" if choices else _label(words, asks),
            hint=words.gettext("day, month, year") if asks is Question.BIRTHDAY else "",
            text=model.text,
            choices=choices,
            chosen=model.chosen,
            answer=model.answer,
            ready=bool(choices or model.text.strip()) and not model.busy,
            busy=model.busy,
        )

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
        model, words = self.model, self._desk.words
        if model is None:
            return ()
        if isinstance(model.subject, Notice):
            return tuple(in_language(one, words.language) for one in model.subject.answers)
        if model.subject.ask is not Question.FAVOURITE_CATEGORY:
            return ()
        return tuple(capital(category(words, one)) for one in model.greeting.categories)

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


def _usual(words: Words, asks: Question | None) -> str:
    """Ask where the program has no words of its own for it."""
    return "" if asks is None else words.gettext(QUESTIONS[asks])


def _label(words: Words, asks: Question | None) -> str:
    return "" if asks is None else words.gettext(LABELS[asks])


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


QUESTIONS = {
    Question.BIRTHDAY: _("When is your birthday?"),
    Question.CONTACT: _("Under which number may we reach you?"),
    Question.FAVOURITE_CATEGORY: _("What do you like best here?"),
    Question.NAME: _("What may we call you?"),
}
LABELS = {
    Question.BIRTHDAY: _("Birthday"),
    Question.CONTACT: _("Phone"),
    Question.FAVOURITE_CATEGORY: _("Favourite category"),
    Question.NAME: _("Preferred name"),
}
