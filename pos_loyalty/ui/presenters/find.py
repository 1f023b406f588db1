"""Finding a member: masked until one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.member_place import masked
from pos_loyalty.ui.presenters.refusals import sentence
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.find import TEXT_MIN, find
from pos_loyalty.usecases.identify import Identified, NothingSeen, SeveralSeen, identify
from pos_loyalty.usecases.standing import MemberSeen
from pos_loyalty.wording.scans import nothing_seen

# Whatever was typed is good, only nobody has it.
NOBODY = frozenset(
    {
        Unreadable.UNKNOWN,
        Unrecognised.UNKNOWN_CARD,
        Unrecognised.UNKNOWN_PHONE,
        Unrecognised.UNKNOWN_PRODUCT,
        Unrecognised.UNKNOWN_BADGE,
        Unrecognised.ENROLMENT_CODE,
    }
)


@dataclass(frozen=True, slots=True)
class FindModel:
    """What was typed and who may be meant."""

    text: str = ""
    found: tuple[MemberSeen, ...] = ()
    chosen: int = 0
    answer: Remark | None = None
    busy: bool = False
    confirmed: bool = False  # Enter was pressed before the answer was there.


class FindPresenter:
    """The panel behind F3. `taken` is called with the member chosen."""

    def __init__(
        self, desk: Desk, taken: Callable[[MemberId], None], changed: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._taken = taken
        self._changed = changed
        self.model = FindModel()

    def state(self) -> FindState:
        """Draw the panel."""
        model = self.model
        found = tuple(masked(self._desk, seen) for seen in model.found)
        return FindState(model.text, found, model.chosen, model.answer, model.busy)

    def begin(self, several: SeveralSeen | None = None) -> None:
        """Open empty, or with the members among whom to choose."""
        found = () if several is None else several.members
        answer = None
        if several is not None:
            answer = Remark(self._desk.words.gettext("Several have this phone. Who is she?"))
        self._show(FindModel(found=found, answer=answer))

    def typed(self, text: str) -> None:
        """Search as she types."""
        self._show(FindModel(text=text, busy=len(text.strip()) >= TEXT_MIN))
        counter = self._desk.counter
        self._desk.asks.ask("find", lambda: find(counter, text), self._found, self._failed)

    def _found(self, found: tuple[MemberSeen, ...]) -> None:
        words = self._desk.words
        answer = None
        if len(self.model.text.strip()) < TEXT_MIN:
            answer = Remark(words.gettext("Type two letters of the name, or the last digits."))
        elif not found:
            answer = Remark(
                words.gettext("Nobody of this store. Enter looks for the whole number."), Tone.WAIT
            )
        confirmed = self.model.confirmed
        self._show(replace(self.model, found=found, answer=answer, busy=False, confirmed=False))
        if confirmed and len(found) <= 1:  # Of several she chooses with her own eyes.
            self.confirm()

    def moved(self, step: int) -> None:
        """Go up or down."""
        if self.model.found:
            chosen = (self.model.chosen + step) % len(self.model.found)
            self._show(replace(self.model, chosen=chosen))

    def confirm(self) -> None:
        """Take the chosen one; with nobody listed, look for the whole number."""
        if self.model.busy:
            self._show(replace(self.model, confirmed=True))
            return
        if self.model.found:
            self.take(self.model.chosen)
            return
        if not self.model.text.strip():
            return
        counter, scan = self._desk.counter, Scan(self.model.text)
        self._desk.asks.ask("find", lambda: identify(counter, scan), self._identified, self._failed)

    def take(self, index: int) -> None:
        """Take one of the list."""
        if 0 <= index < len(self.model.found):
            self._taken(self.model.found[index].member)

    def _identified(self, found: Identified) -> None:
        match found:
            case MemberSeen() as seen:
                self._taken(seen.member)
            case SeveralSeen() as several:
                self.begin(several)
            case NothingSeen(reason) if reason not in NOBODY:
                text = nothing_seen(self._desk.words, reason)
                typed = "" if reason is Unreadable.PAYMENT_CARD else self.model.text
                self._show(FindModel(typed, answer=Remark(text, Tone.BAD)))
            case _:
                text = self._desk.words.gettext("Nobody has this number. Enrol her (F4).")
                self._show(replace(self.model, answer=Remark(text, Tone.WAIT), busy=False))

    def _failed(self, error: BaseException) -> None:
        text = sentence(self._desk.words, error)
        self._show(replace(self.model, answer=Remark(text, Tone.BAD), busy=False))

    def _show(self, model: FindModel) -> None:
        self.model = model
        self._changed()
