"""How a program ends or changes its money, in sentences."""

from __future__ import annotations

from fractions import Fraction

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import exact, factor, sentence
from pos_loyalty.wording.wares import plain


def ending_told(words: Words, program: Program) -> tuple[str, ...]:
    """Say until when is earned and redeemed, and what becomes of what is left."""
    closing = program.closing
    if closing is None:
        return ()
    last = words.gettext("The last day to collect is {earn}, the last day to redeem {redeem}.")
    lines = [
        sentence(
            words,
            last.format(earn=words.day(closing.earn_until), redeem=words.day(closing.redeem_until)),
        )
    ]
    if closing.successor:
        to = plain(words, closing.successor).title()
        if closing.rate == Fraction(1):
            lines.append(
                words.gettext(
                    "What is left then goes over into the new program “{program}”."
                ).format(program=to)
            )
        else:
            lines.append(
                words.gettext(
                    "What is left then goes over into the new program “{program}”: 1 counts {rate}."
                ).format(program=to, rate=factor(words, closing.rate))
            )
    notice = in_language(closing.notice, words.language)
    return (*lines, notice) if notice else tuple(lines)


def currency_told(words: Words, program: Program) -> tuple[str, ...]:
    """Say from when on another money counts, and at which rate."""
    change = program.currency_change
    if change is None:
        return ()
    told = words.gettext(
        "From {day} on amounts are in {currency}: {rate} {old} = 1 {currency}. "
        "Points stay as they are."
    )
    return (
        told.format(
            day=words.day(change.on),
            currency=change.currency,
            rate=exact(words, change.rate),
            old=program.currency,
        ),
    )
