"""The one question to a member, drawn. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.programs.moments import MissingFact, Notice, Question
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.tone import Remark
from pos_loyalty.usecases.greet import Greeting
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


def ask_state(words: Words, model: AskModel) -> AskState:
    """Show the question, and the answer so far."""
    subject, choices = model.subject, choices_of(words, model)
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


def choices_of(words: Words, model: AskModel) -> tuple[str, ...]:
    """List what she may choose from. Empty: her answer is typed."""
    if isinstance(model.subject, Notice):
        return tuple(in_language(one, words.language) for one in model.subject.answers)
    if model.subject.ask is not Question.FAVOURITE_CATEGORY:
        return ()
    return tuple(capital(category(words, one)) for one in model.greeting.categories)


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
