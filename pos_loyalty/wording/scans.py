"""What was wrong with a scan, and what to do now."""

from __future__ import annotations

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import SCAN_CHARACTERS_MAX
from pos_loyalty.i18n import Words


def nothing_seen(words: Words, reason: Unreadable | Unrecognised) -> str:
    """Say what was wrong with a scan, and what to do now."""
    return words.gettext(NOTHING_SEEN[reason]).format(characters=SCAN_CHARACTERS_MAX)


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


NOTHING_SEEN: dict[Unreadable | Unrecognised, str] = {
    Unreadable.EMPTY: _("The code is empty. Scan again."),
    Unreadable.TOO_LONG: _(
        "The code is longer than {characters} characters; ours never are. Scan the other code."
    ),
    Unreadable.CONTROL_CHARACTERS: _(
        "The code holds control characters and was not used. "
        "Scan again, or find the member by phone (F3)."
    ),
    Unreadable.PAYMENT_CARD: _(
        "That is a payment card. It was refused, and its number was not kept. "
        "Ask for the loyalty card or the phone number."
    ),
    Unreadable.WRONG_CHECK_DIGIT: _(
        "The number was misread: its check digit does not fit. "
        "Scan again, or find the member by phone (F3)."
    ),
    Unreadable.UNKNOWN: _(
        "No member and no product has this code. "
        "Find the member by phone or name (F3), enrol her (F4), or type the price."
    ),
    Unrecognised.DAMAGED_PASS: _(
        "The pass cannot be read whole. Make the screen brighter and scan again, "
        "or find the member by phone (F3)."
    ),
    Unrecognised.FORGED_PASS: _(
        "This pass was changed after it was issued and is not accepted. "
        "Find the member by phone (F3)."
    ),
    Unrecognised.FOREIGN_PASS: _(
        "This pass was issued by another company, or by a server this till does not know. "
        "Find the member by phone (F3)."
    ),
    Unrecognised.EXPIRED_PASS: _(
        "This pass has expired; her points have not. Find the member by phone or name (F3)."
    ),
    Unrecognised.BLOCKED: _(
        "This card is blocked and earns nothing. Sell on without it, and call the store manager."
    ),
    Unrecognised.UNKNOWN_CARD: _(
        "This card belongs to nobody yet. Enrol its holder with it (F4), or find her by phone (F3)."
    ),
    Unrecognised.UNKNOWN_PHONE: _(
        "No member of this store has this phone. Ask for the card, or enrol her (F4)."
    ),
    Unrecognised.UNKNOWN_PRODUCT: _(
        "This product is not in the catalogue. Type its price and press Enter."
    ),
    Unrecognised.UNKNOWN_BADGE: _("Nobody here has this badge. Sign in with your PIN."),
    Unrecognised.ENROLMENT_CODE: _(
        "That code makes a computer a till. This one already is; keep the code for the next."
    ),
}
