"""How points go from one member to another, in sentences."""

from __future__ import annotations

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Proof
from pos_loyalty.i18n import Words
from pos_loyalty.wording.calendar import dates
from pos_loyalty.wording.figures import capital, sentence
from pos_loyalty.wording.units import unit_amount, unit_name


def transfers_told(words: Words, program: Program) -> tuple[str, ...]:
    """Say from how many on, to how many cards, when, at which fee; nothing when there are none."""
    terms = program.transfers
    if terms is None:
        return ()
    unit = capital(unit_name(words, program, terms.unit))
    told = words.gettext("{unit}: can be given to another member's card").format(unit=unit)
    if terms.minimum > 1:
        least = unit_amount(words, program, terms.unit, terms.minimum)
        told = words.gettext("{transfer}, {points} or more at a time").format(
            transfer=told, points=least
        )
    if terms.cards_max is not None:
        most = words.ngettext(
            "{{transfer}}, to {n} card at most",
            "{{transfer}}, to {n} cards at most",
            terms.cards_max,
        )
        told = most.format(transfer=told)
    if terms.first is not None or terms.last is not None:
        told = words.gettext("{text} ({conditions})").format(
            text=told, conditions=dates(words, terms.first, terms.last)
        )
    lines = [sentence(words, told)]
    if terms.fee:
        fee = unit_amount(words, program, terms.unit, terms.fee)
        lines.append(words.gettext("Each transfer costs {points}.").format(points=fee))
    if terms.to_charity:
        lines.append(words.gettext("They can also be given to a good cause."))
    return (*lines, *proof_told(words, terms.proof))


def proof_told(words: Words, proof: Proof) -> tuple[str, ...]:
    """Say what is asked for besides the card; nothing when the card is enough."""
    match proof:
        case Proof.PIN:
            return (words.gettext("Your PIN is asked for."),)
        case Proof.BIRTH_DATE:
            return (words.gettext("Your date of birth is asked for."),)
        case Proof.MANAGER:
            return (words.gettext("The store manager confirms it."),)
        case Proof.CARD:
            return ()
