"""What the basket on the counter comes to, what it earns, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Basket, Line, Tender
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.needs import only_needed
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.usecases.counter import Counter, program_in_force, store_of
from pos_loyalty.usecases.facts import facts_of_member, figures_of
from pos_loyalty.usecases.standing import MemberSeen


@dataclass(frozen=True, slots=True)
class Asked:
    """A basket to be quoted, or another event without one. `seen` None: nobody is known to buy."""

    lines: tuple[Line, ...]
    seen: MemberSeen | None = None
    tenders: tuple[Tender, ...] = ()
    codes: tuple[str, ...] = ()
    event: str = "sale"


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote of what was asked, the program that gave it, and when; None: it earns nothing.

    `teaser` is what a member would have of it, when nobody is known to buy.
    """

    asked: Asked
    quote: Quote
    teaser: Quote | None
    program: Program | None
    facts: MemberFacts | None
    at: datetime


def offer(counter: Counter, asked: Asked) -> Offer:
    """Quote a basket as of now. Raises NotSetUp, or Refused for a line that is not for her yet."""
    offered = _offer(counter, asked, lambda facts, _program, _day: facts)
    if offered.facts is not None or offered.program is None:
        return offered
    basket = basket_at(counter, store_of(counter), offered.program, asked, offered.at)
    return replace(offered, teaser=quote(basket, STRANGER, offered.program))


def offer_to_record(counter: Counter, asked: Asked) -> Offer:
    """Quote a basket from just the facts that will be recorded with it, as the server will.

    Raises NotSetUp, or Refused.
    """
    return _offer(counter, asked, only_needed)


def _offer(
    counter: Counter, asked: Asked, choose: Callable[[MemberFacts, Program, date], MemberFacts]
) -> Offer:
    store = store_of(counter)
    at = counter.clock.now()
    program = program_in_force(counter, store, business_day(at, store.zone))
    basket = basket_at(counter, store, program, asked, at)
    facts = None
    if asked.seen is not None and program is not None:
        known = facts_of_member(counter, asked.seen, program, basket.day)
        facts = choose(known, program, basket.day)
    return Offer(asked, quote(basket, facts, program), None, program, facts, at)


def basket_at(
    counter: Counter, store: StoreTold, program: Program | None, asked: Asked, at: datetime
) -> Basket:
    """Lay a basket out as the engine wants it, in the store's own time."""
    return Basket(
        at.astimezone(ZoneInfo(store.zone)),
        store.store,
        store.currency,
        asked.lines,
        event=asked.event,
        tenders=asked.tenders,
        codes=asked.codes,
        figures={} if program is None else figures_of(counter, program),
    )
