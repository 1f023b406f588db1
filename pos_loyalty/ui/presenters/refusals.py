"""What a use case refused, in a sentence that says what to do now."""

from __future__ import annotations

from logging import getLogger

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import Refused
from pos_loyalty.i18n import Words
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.counter import NotSetUp
from pos_loyalty.usecases.enrol import CannotEnrol
from pos_loyalty.usecases.sell import NothingToSell, NotPaid
from pos_loyalty.usecases.sign_in import UnknownBadge
from pos_loyalty.usecases.tell_fact import CannotTell
from pos_loyalty.wording.refusals import refusal_told

log = getLogger(__name__)


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


JOURNAL_FAULTS = {
    "disk-full": _(
        "The disk of this till is full: nothing was sold and nothing is lost. "
        "Free some space, then press the key again."
    ),
    "read-only": _(
        "The disk of this till cannot be written: nothing was sold. Call the shop's IT; "
        "sell at another till."
    ),
    "damaged": _(
        "This till's journal is damaged: nothing was sold. Call the shop's IT and change nothing; "
        "sell at another till."
    ),
    "io": _(
        "The disk did not answer, so this sale may or may not be written. "
        "Press the key again: it is never written twice."
    ),
    "moved": _(
        "The till's files were moved while it was running: nothing was sold. "
        "Put the folder back and start the till again."
    ),
}
JOURNAL_FAULT = _("This till's journal does not answer: nothing was sold. Call the shop's IT.")
CANNOT_ENROL = {
    "no-consent": _("She has to agree first: read her the sentence and tick the box."),
    "wrong-phone": _("That is no telephone number here. Type it again, or leave it empty."),
    "wrong-card": _("That is none of our cards. Scan another, or leave it out."),
    "card-taken": _("This card is somebody's already. Take another one."),
    "name-too-long": _("The name is too long. Shorten it to what she likes to be called."),
    "payment-card": _("That is a payment card; it was not kept. Type her name instead."),
    "no-pass": _(
        "This till has no blank passes left. Connect it to the network for a minute, "
        "then enrol again."
    ),
}


CANNOT_TELL = {
    "wrong-date": _("That is no birthday. Type day, month and year: 4.3.1984."),
    "wrong-phone": _("That is no telephone number here. Type it again, or leave it for today."),
    "wrong-name": _("That is no name. Type what she likes to be called."),
    "not-known-here": _(
        "This till does not know what she told before. Ask her again when it is online."
    ),
}


def sentence(  # noqa: PLR0911 - one sentence per refusal
    words: Words, error: BaseException, program: Program | None = None
) -> str:
    """Say what went wrong, and what to do now. `program` is the one that refused."""
    match error:
        case Refused(refusal=refused) if program is not None:
            return refusal_told(words, refused, program)
        case CannotTell(reason=reason):
            return words.gettext(CANNOT_TELL[reason])
        case JournalFault(reason=reason):
            return words.gettext(JOURNAL_FAULTS.get(reason, JOURNAL_FAULT))
        case CannotEnrol(reason=reason):
            return words.gettext(CANNOT_ENROL[reason])
        case NotPaid():
            return words.gettext("That is less than the total. Type what she gives.")
        case NothingToSell():
            return words.gettext("The basket is empty. Scan a product or type an amount.")
        case UnknownBadge():
            return words.gettext("Nobody here has this badge. Sign in with your PIN.")
        case NotSetUp():
            return words.gettext(
                "This till has not heard from its server yet. Connect it to the network once."
            )
        case _:  # A defect of ours: the cashier is told, and the log has where it was.
            log.error("unexpected", exc_info=error)
            return words.gettext(
                "Something went wrong in the till; the log has it. Press the key again: "
                "nothing is ever written twice. If it comes back, call the shop's IT."
            )


def refusal(words: Words, error: BaseException, program: Program | None = None) -> ToastState:
    """Put the sentence on a toast."""
    return ToastState(sentence(words, error, program), Tone.BAD)
