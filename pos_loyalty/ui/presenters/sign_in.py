"""Signing in: a PIN or a badge, and the shift begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import sentence
from pos_loyalty.ui.states.sign_in import SignInState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.sign_in import (
    LockedOut,
    WrongPin,
    sign_in_by_badge,
    sign_in_by_pin,
)


@dataclass(frozen=True, slots=True)
class SignInModel:
    """What became of the last try."""

    answer: Remark | None = None
    busy: bool = False
    locked: bool = False


class SignInPresenter:
    """The first screen. `signed_in` is called with who came."""

    def __init__(self, desk: Desk, signed_in: Callable[[SignedIn], None]) -> None:
        self._desk = desk
        self._signed_in = signed_in
        self._offline = False
        self._model = SignInModel()

    def begin(self) -> None:
        """Show the PIN pad."""
        self._show(SignInModel())

    def line(self, *, offline: bool) -> None:
        """Hear how the line is."""
        if offline != self._offline:
            self._offline = offline
            self._show(self._model)

    def pin(self, pin: str) -> None:
        """Try a PIN."""
        counter = self._desk.counter
        self._try(lambda: sign_in_by_pin(counter, pin))

    def badge(self, code: str) -> None:
        """Try a badge."""
        counter = self._desk.counter
        self._try(lambda: sign_in_by_badge(counter, code))

    def say(self, text: str) -> None:
        """Answer something scanned that is no badge."""
        self._show(replace(self._model, answer=Remark(text, Tone.WAIT)))

    def _try(self, work: Callable[[], SignedIn]) -> None:
        if self._model.busy:
            return  # A key pressed twice is one shift.
        self._show(SignInModel(busy=True))
        self._desk.asks.ask("sign-in", work, self._welcome, self._failed)

    def _welcome(self, who: SignedIn) -> None:
        self._show(SignInModel())
        self._desk.committed()
        self._signed_in(who)

    def _failed(self, error: BaseException) -> None:
        words = self._desk.words
        match error:
            case WrongPin(left=left):
                text = words.ngettext(
                    "That PIN is nobody's. {n} try left.",
                    "That PIN is nobody's. {n} tries left.",
                    left,
                )
                self._show(SignInModel(Remark(text, Tone.BAD)))
            case LockedOut(until=until):
                text = words.gettext(
                    "Too many wrong PINs. This till opens again at {time}, or with a badge."
                ).format(time=words.time(until, self._desk.zone))
                self._show(SignInModel(Remark(text, Tone.BAD), locked=True))
            case _:
                self._show(SignInModel(Remark(sentence(words, error), Tone.BAD)))

    def _show(self, model: SignInModel) -> None:
        self._model = model
        words = self._desk.words
        line = None
        if self._offline:
            line = Remark(words.gettext("Offline: you can sell."), Tone.WAIT)
        self._desk.screen.show_sign_in(
            SignInState(
                shop=self._desk.store.name,
                till=self._desk.counter.till.till,
                greeting=words.gettext("Good day"),
                line=line,
                answer=model.answer,
                busy=model.busy,
                locked=model.locked,
            )
        )
