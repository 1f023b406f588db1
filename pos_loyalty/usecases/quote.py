"""What the basket on the counter comes to, what it earns, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.calendar import business_day
from pos_loyalty.domain.engine import Quote, quote
from pos_loyalty.domain.programs import Program
from pos_loyalty.usecases.counter import Counter, program_in_force, store_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote, the program that gave it, and when. Without a program nothing is earned."""

    quote: Quote
    program: Program | None
    at: datetime


def offer(counter: Counter, lines: tuple[Line, ...]) -> Offer:
    """Quote `lines` as of now. Raises NotSetUp."""
    store = store_of(counter)
    at = counter.clock.now()
    program = program_in_force(counter, store, business_day(at, store.zone))
    basket = Basket(at, store.store, store.zone, store.currency, lines)
    return Offer(quote(basket, program), program, at)
