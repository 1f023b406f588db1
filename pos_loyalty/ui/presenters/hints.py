"""What is missing for the next thing worth having: one line below the basket. Pure."""

from __future__ import annotations

from decimal import Decimal

from pos_loyalty.domain.engine.reasons import Missing, Outcome
from pos_loyalty.i18n import Words
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.usecases.quote import Offer
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.reasons import rule_name, why

NEAR = 2  # What is missing is near when it is at most half of what is there.
STAMPS_NEAR = 2


def hint(words: Words, offered: Offer) -> Remark | None:
    """Say what a little more would bring. None: nothing is near."""
    program, basket = offered.program, offered.asked.lines
    if program is None or not basket:
        return None
    quoted = offered.teaser or offered.quote
    amount, pieces = quoted.to_pay_minor, sum((line.quantity for line in basket), Decimal(0))
    for reason in quoted.reasons:
        if reason.outcome is Outcome.NOT_MATCHED and _near(reason.missing, amount, pieces):
            told = words.gettext("{label}: {text}").format(
                label=capital(rule_name(words, reason, program)), text=why(words, reason, program)
            )
            return Remark(told, Tone.GOOD)
    return None


def _near(missing: tuple[Missing, ...], amount_minor: int, pieces: Decimal) -> bool:
    """Whether only a little more of the basket is missing."""
    if len(missing) != 1:
        return False
    (one,) = missing
    match one.word:
        case "amount_minor":
            return 0 < int(one.value) * NEAR <= amount_minor
        case "quantity":
            return 0 < Decimal(str(one.value)) <= max(pieces, Decimal(1))
        case "stamps":
            return 0 < int(one.value) <= STAMPS_NEAR
        case _:
            return False
