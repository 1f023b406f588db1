"""What the basket on the counter comes to, what it earns, and why."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.engine import Quote, quote
from pos_loyalty.domain.programs import Program
from pos_loyalty.usecases.counter import Counter, program_in_force, store_of, today


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote and the program that gave it. Without a program nothing is earned."""

    quote: Quote
    program: Program | None


def offer(counter: Counter, lines: tuple[Line, ...]) -> Offer:
    """Quote `lines` as of now. Raises NotSetUp."""
    store = store_of(counter)
    now = counter.clock.now()
    program = program_in_force(counter, store, today(counter, store))
    basket = Basket(now, store.store, store.zone, store.currency, lines)
    return Offer(quote(basket, program), program)
