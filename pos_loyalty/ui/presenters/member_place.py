"""What the member's place shows of somebody. Pure."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.ids import Unit
from pos_loyalty.domain.programs import Program
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.states.find import FoundState
from pos_loyalty.ui.states.member import MemberPlace, MemberState, NobodyState
from pos_loyalty.ui.states.tone import Remark
from pos_loyalty.usecases.standing import BEFORE_EVERYTHING, MemberSeen

DIGITS_SHOWN = 4


def member_place(
    desk: Desk, seen: MemberSeen | None, program: Program | None, today: date
) -> MemberPlace:
    """Show a member with her balance and what state it is in; an empty place without one."""
    words = desk.words
    if seen is None:
        return NobodyState(
            words.gettext("Scan a card, or sell without"),
            words.gettext("Card, pass on the phone, telephone number"),
        )
    name = preferred_name(seen)
    unit = None if program is None else program.unit
    balance = None if unit is None else seen.standing.balance(unit, today)
    return MemberState(
        greeting=phrases.greeting(words, name),
        note="" if name else words.gettext("Her name is not known at this till"),
        initial=name[:1].upper(),
        balance="" if balance is None else words.number(balance),
        unit="" if balance is None else points_word(words, balance),
        facts=() if unit is None else _facts(desk, seen, unit, today),
    )


def _facts(desk: Desk, seen: MemberSeen, unit: Unit, today: date) -> tuple[Remark, ...]:
    words, standing = desk.words, seen.standing
    if standing.confirmed is None:
        return (phrases.unknown_balance(words),)
    facts = []
    if standing.confirmed.includes != BEFORE_EVERYTHING or not standing.pending:
        facts.append(phrases.confirmed(words, standing.confirmed.as_of, desk.zone, today))
    pending = standing.pending_points(unit)
    if pending:
        facts.append(phrases.pending(words, pending))
    lot = standing.expiring(unit, today)
    if lot is not None and lot.expires_on is not None:
        facts.append(phrases.expiring(words, lot.points, lot.expires_on, today))
    return tuple(facts)


def preferred_name(seen: MemberSeen) -> str:
    """Tell the name she wants to be called by. Empty: she told none, or it is not known here."""
    return "" if seen.record is None else seen.record.name


def points_word(words: Words, points: int) -> str:
    """Choose the word that stands beside a figure of points."""
    sentence = words.translations.ngettext("{n} point", "{n} points", points)
    return sentence.format(n="").strip()


def masked(desk: Desk, seen: MemberSeen) -> FoundState:
    """Show somebody who may be meant: enough to ask, too little to copy."""
    words, record = desk.words, seen.record
    name = "" if record is None else record.name
    first, _, rest = name.partition(" ")
    shown = f"{first} {rest[:1]}." if rest else first
    notes = []
    if record is not None and record.phone:
        notes.append(words.gettext("phone •• {digits}").format(digits=_last(record.phone)))
    if record is not None and record.card:
        notes.append(words.gettext("card •• {digits}").format(digits=_last(record.card)))
    return FoundState(shown or words.gettext("No name told"), " · ".join(notes))


def _last(number: str) -> str:
    return number[-DIGITS_SHOWN:]
