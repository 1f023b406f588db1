"""What the member's place shows of somebody. Pure."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.engine.affording import held_on
from pos_loyalty.domain.facts import PaidMembership, Unknown
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.tiers import Stamps
from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.presenters.cues import chips
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.find import FoundState
from pos_loyalty.ui.states.member import MemberPlace, MemberState, NobodyState, TierState
from pos_loyalty.ui.states.tone import Remark
from pos_loyalty.usecases.greet import Greeting, TierAhead
from pos_loyalty.usecases.standing import BEFORE_EVERYTHING, MemberSeen
from pos_loyalty.wording.titles import membership_name, part_name, tier_name
from pos_loyalty.wording.units import is_money, unit_amount, unit_name, units_earned

DIGITS_SHOWN = 4


def place_state(teller: Teller, model: SaleModel, today: date) -> MemberPlace:
    """Show who stands there with what she has, and what state that is in; else an empty place."""
    words, seen = teller.words, model.member
    if model.looking_up:
        return NobodyState(words.gettext("Looking her up"), "", busy=True)
    if seen is None:
        return NobodyState(
            words.gettext("Scan a card, or sell without"),
            words.gettext("Card, pass on the phone, telephone number"),
        )
    name, greeting = preferred_name(seen), model.greeting
    program = None if greeting is None else greeting.program
    balance, unit = _balance(words, seen, program, today)
    return MemberState(
        greeting=phrases.greeting(words, name),
        note=_note(words, seen, today),
        initial=name[:1].upper(),
        balance=balance,
        unit=unit,
        more="" if greeting is None else _other_units(words, greeting, today),
        tier=None if greeting is None else _tier(teller, greeting),
        facts=_facts(teller, seen, greeting, today),
        chips=chips(teller, model, today),
        ask="" if greeting is None or model.asked else _question(words, greeting),
    )


def _note(words: Words, seen: MemberSeen, today: date) -> str:
    """Say how often she came, and when last."""
    if not preferred_name(seen):
        return words.gettext("Her name is not known at this till")
    past = seen.past
    if past is None or not past.visits:
        return ""
    visit = words.gettext("Visit {n}").format(n=words.number(past.visits + 1))
    if past.last_purchase_on is None:
        return visit
    last = words.gettext("last on {day}").format(day=words.day(past.last_purchase_on, today))
    return f"{visit} · {last}"


def _balance(
    words: Words, seen: MemberSeen, program: Program | None, today: date
) -> tuple[str, str]:
    """Write the main balance: the figure large, its unit beside it. Empty: not known, or none."""
    if program is None or not units_earned(program):
        return "", ""
    main = program.main_unit
    balance = seen.standing.balance(program.unit, today)
    if balance is None:
        return "", ""
    told = unit_amount(words, program, main.id, balance)
    if is_money(main, program):
        return told, unit_name(words, program, main.id)
    figure, _, unit = told.partition(" ")
    return figure, unit


def _other_units(words: Words, greeting: Greeting, today: date) -> str:
    """Tell what she has of the other units, where it is known."""
    program = greeting.program
    if program is None:
        return ""
    told = []
    for unit in units_earned(program):
        balance = greeting.seen.standing.balance(program.account_unit(unit.id), today)
        if balance is not None and unit != program.main_unit:
            told.append(unit_amount(words, program, unit.id, balance))
    return " · ".join(told)


def _tier(teller: Teller, greeting: Greeting) -> TierState | None:
    """Show her level and the way to the next."""
    words, program, tier = teller.words, greeting.program, greeting.facts.tier
    if program is None or program.ladder is None:
        return None
    name = tier_name(words, program, tier) if isinstance(tier, str) else ""
    ahead = greeting.ahead
    if ahead is None:
        return TierState(name) if name else None
    way = words.gettext("{amount} more to {tier}").format(
        amount=_amount(teller, ahead, program), tier=tier_name(words, program, ahead.tier)
    )
    return TierState(name, way, ahead.done, ahead.target)


def _amount(teller: Teller, ahead: TierAhead, program: Program) -> str:
    words = teller.words
    match ahead.word:
        case "amount_minor":
            return words.money(ahead.missing, teller.store.currency)
        case "visits":
            return words.ngettext("{n} visit", "{n} visits", ahead.missing)
        case unit:
            return unit_amount(words, program, unit, ahead.missing)


def _facts(
    teller: Teller, seen: MemberSeen, greeting: Greeting | None, today: date
) -> tuple[Remark, ...]:
    words, standing = teller.words, seen.standing
    if standing.confirmed is None:
        return (phrases.unknown_balance(words),)
    facts = []
    if standing.confirmed.includes != BEFORE_EVERYTHING or not standing.pending:
        facts.append(phrases.confirmed(words, standing.confirmed.as_of, teller.zone, today))
    if greeting is None or greeting.program is None:
        return tuple(facts)
    program = greeting.program
    unit = program.unit
    pending = standing.pending_points(unit)
    if pending:
        facts.append(phrases.pending(words, pending))
    facts += _usable(words, greeting, program, today)
    lot = standing.expiring(unit, today)
    if lot is not None and lot.expires_on is not None:
        points = unit_amount(words, program, program.main_unit.id, lot.points)
        facts.append(phrases.expiring(words, points, lot.expires_on, today))
    return (*facts, *_collected(words, greeting, program, today))


def _usable(words: Words, greeting: Greeting, program: Program, today: date) -> list[Remark]:
    """Say how much may be spent now, where that is not all."""
    held = held_on(today, program.main_unit, greeting.facts)
    if program.main_unit.status_only or held.usable is None or held.balance is None:
        return []
    return [phrases.usable(words, held.usable)] if held.usable < held.balance else []


def _collected(words: Words, greeting: Greeting, program: Program, today: date) -> list[Remark]:
    """Tell how full her cards are, and until when her membership runs."""
    told = []
    goals, club = greeting.facts.goals, greeting.facts.membership
    had = {} if isinstance(goals, Unknown) else goals
    for goal in program.goals:
        if isinstance(goal.reach, Stamps) and goal.id in had:
            done = words.gettext("{done} of {all}").format(
                done=words.number(had[goal.id]), all=words.number(goal.reach.target)
            )
            name = part_name(words, goal.id, program)
            told.append(Remark(words.gettext("{label}: {text}").format(label=name, text=done)))
    if isinstance(club, PaidMembership) and club.until >= today:
        name = membership_name(words, program, club.id)
        until = words.gettext("{name} until {day}").format(name=name, day=words.day(club.until))
        told.append(Remark(until))
    return told


def _question(words: Words, greeting: Greeting) -> str:
    """Write on the key what there is to ask her. Empty: nothing."""
    program, asks = greeting.program, greeting.question or greeting.notice
    if program is None or asks is None:
        return ""
    caption = words.gettext("Ask her something")
    if not asks.points:
        return caption
    points = phrases.gained(words, program, program.main_unit.id, asks.points)
    return f"{caption} · {points}"


def preferred_name(seen: MemberSeen) -> str:
    """Tell the name she wants to be called by. Empty: she told none, or it is not known here."""
    return "" if seen.record is None else seen.record.name


def masked(teller: Teller, seen: MemberSeen) -> FoundState:
    """Show somebody who may be meant: enough to ask, too little to copy."""
    words, record = teller.words, seen.record
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
