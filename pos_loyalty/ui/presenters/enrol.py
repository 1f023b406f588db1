"""Enrolling somebody: a phone, a name, a yes; all but the yes may be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.payment_cards import is_payment_card
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.member_place import preferred_name
from pos_loyalty.ui.presenters.refusals import sentence
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.counter import SignedIn
from pos_loyalty.usecases.enrol import AlreadyMember, Application, enrol
from pos_loyalty.usecases.identify import SeveralSeen
from pos_loyalty.usecases.standing import MemberSeen


@dataclass(frozen=True, slots=True)
class EnrolModel:
    """What was told so far. `enrolment` is made once, so that two presses are one member."""

    enrolment: EventId
    phone: str = ""
    name: str = ""
    card: str = ""
    consent: bool = False
    print_pass: bool = True
    busy: bool = False
    answer: Remark | None = None
    known: tuple[MemberSeen, ...] = ()  # Who has this phone already.


@dataclass(frozen=True, slots=True)
class Takers:
    """Who goes on with the new member, or with those of whom she turned out to be one."""

    one: Callable[[MemberId], None]
    several: Callable[[SeveralSeen], None]


class EnrolPresenter:
    """The panel behind F4."""

    def __init__(
        self,
        desk: Desk,
        who: SignedIn,
        takers: Takers,
        changed: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._who = who
        self._takers = takers
        self._changed = changed
        self.model = EnrolModel(self._new_id())

    def _new_id(self) -> EventId:
        counter = self._desk.counter
        return EventId(counter.ids.new(counter.clock.now()))

    def state(self) -> EnrolState:
        """Draw the panel."""
        words, model = self._desk.words, self.model
        return EnrolState(
            consent_text=words.gettext(
                "I want to collect points here. My purchases are recorded for that, "
                "and I can end it at any time."
            ),
            phone=model.phone,
            name=model.name,
            consent=model.consent,
            print_pass=model.print_pass,
            card=f"•• {model.card[-4:]}" if model.card else "",
            answer=model.answer,
            known_member=self._known_key(),
            ready=model.consent and not model.busy,
            busy=model.busy,
        )

    def _known_key(self) -> str:
        words, known = self._desk.words, self.model.known
        if len(known) > 1:
            return words.ngettext("Choose among {n}", "Choose among {n}", len(known))
        name = "".join(preferred_name(seen) or words.gettext("her") for seen in known)
        return words.gettext("Take {name}").format(name=name) if known else ""

    def begin(self) -> None:
        """Open empty."""
        self._show(EnrolModel(self._new_id()))

    def card_scanned(self, card: str) -> None:
        """Take the pre-printed card she is handed."""
        self._show(replace(self.model, card=card, print_pass=False, answer=None))

    def phone_typed(self, phone: str) -> None:
        """Take the telephone number as it is typed."""
        self._show(replace(self.model, phone=phone, answer=None, known=()))

    def name_typed(self, name: str) -> None:
        """Take the name as it is typed."""
        self._show(replace(self.model, name=name, answer=None))

    def agree(self, agreed: bool) -> None:  # noqa: FBT001 - what a tick box tells
        """Take her yes."""
        self._show(replace(self.model, consent=agreed, answer=None))

    def want_pass(self, wanted: bool) -> None:  # noqa: FBT001 - what a tick box tells
        """Print the pass, or not."""
        self._show(replace(self.model, print_pass=wanted))

    def confirm(self) -> None:
        """Enrol her."""
        model, desk, who = self.model, self._desk, self._who
        if model.busy:
            return
        self._show(replace(model, busy=True, answer=None))
        application = Application(
            model.enrolment,
            model.name,
            model.phone,
            model.card,
            desk.words.language,
            agreed=model.consent,
        )
        words = desk.words if model.print_pass else None
        desk.asks.ask(
            "enrol",
            lambda: enrol(desk.counter, who, words, application),
            self._enrolled,
            self._failed,
        )

    def take_known(self) -> None:
        """Go on with the member who has this phone already; of several let one be chosen."""
        match self.model.known:
            case ():
                pass
            case (only,):
                self._takers.one(only.member)
            case several:
                self._takers.several(SeveralSeen(several))

    def _enrolled(self, seen: MemberSeen) -> None:
        self._show(replace(self.model, busy=False))
        self._desk.committed()
        self._takers.one(seen.member)

    def _failed(self, error: BaseException) -> None:
        words = self._desk.words
        if isinstance(error, AlreadyMember):
            answer = Remark(words.gettext("Somebody is enrolled with this phone."), Tone.WAIT)
            self._show(replace(self.model, busy=False, answer=answer, known=error.members))
            return
        answer = Remark(sentence(words, error), Tone.BAD)
        self._show(replace(_wiped(self.model), busy=False, answer=answer))

    def _show(self, model: EnrolModel) -> None:
        self.model = model
        self._changed()


def _wiped(model: EnrolModel) -> EnrolModel:
    """Take a payment card that was read into a field off the screen."""
    return replace(
        model,
        phone="" if is_payment_card(model.phone) else model.phone,
        name="" if is_payment_card(model.name) else model.name,
    )
