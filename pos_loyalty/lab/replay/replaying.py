"""Receipts, one after another, under a program and beside it under another."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from pos_loyalty.domain.errors import CurrencyMismatch, WrongDocument
from pos_loyalty.domain.facts import STRANGER
from pos_loyalty.domain.programs.program import VERSION_MAX, Program
from pos_loyalty.lab.replay.side import Side
from pos_loyalty.lab.replay.standing import NOBODY_BEFORE, SALE
from pos_loyalty.lab.replay.wishing import Redeem
from pos_loyalty.wire.basket_document import Receipt

Numbered = tuple[int, Receipt]  # The line or row it stands in, from 1.
Wrong = Callable[[WrongDocument], None]
Place = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms receipts are replayed."""

    redeem: Redeem = Redeem.TOLD
    from_nothing: bool = False  # What a receipt does not tell of a new member is nothing.


class Crowd:
    """What does not depend on any program: who came, how often, and for how much."""

    __slots__ = (
        "events",
        "first",
        "last",
        "nameless",
        "sales",
        "sales_minor",
        "with_member",
    )

    def __init__(self) -> None:
        self.sales = 0
        self.sales_minor = 0
        self.with_member = 0
        self.nameless = 0  # Of members that the receipts tell no id of.
        self.events = 0  # That are no sales.
        self.first: date | None = None
        self.last: date | None = None

    def count(self, receipt: Receipt, amount_minor: int, on: date) -> None:
        """Count a receipt."""
        if self.first is None or on < self.first:
            self.first = on
        if self.last is None or on > self.last:
            self.last = on
        if receipt.facts is not None and not receipt.member_id:
            self.nameless += 1
        if receipt.basket.event != SALE:
            self.events += 1
            return
        self.sales += 1
        self.sales_minor += amount_minor
        if receipt.facts is not None:
            self.with_member += 1


def line_place(number: int) -> str:
    """Name a line."""
    return f"line {number}"


class Replay:
    """Programs that are replayed side by side: the first is the one that is asked about."""

    __slots__ = ("crowd", "currency", "sides")

    def __init__(self, programs: Sequence[Program], terms: Terms) -> None:
        begin = NOBODY_BEFORE if terms.from_nothing else STRANGER
        self.sides = tuple(Side(one, terms.redeem, begin) for one in _apart(programs))
        self.crowd = Crowd()
        self.currency = ""  # Of the report: that of the first receipt.

    def play(
        self,
        receipts: Iterable[Numbered],
        file: str,
        wrong: Wrong | None = None,
        place: Place = line_place,
    ) -> None:
        """Replay receipts in their order, then let expire what is gone on the last day.

        `wrong` hears of receipts in a money that a program does not count, and goes on without
        them; None: they raise WrongDocument. `place` names a receipt's place in `file`.
        """
        with without_collecting():
            self._play(receipts, wrong, file, place)
        if self.crowd.last is not None:
            for side in self.sides:
                side.finish(self.crowd.last)

    def _play(
        self, receipts: Iterable[Numbered], wrong: Wrong | None, file: str, place: Place
    ) -> None:
        for number, receipt in receipts:
            try:
                self._check(receipt, number, file, place)
            except WrongDocument as error:
                if wrong is None:
                    raise
                wrong(error)
                continue
            self._take(receipt)

    def _take(self, receipt: Receipt) -> None:
        basket = receipt.basket
        if not self.currency:
            self.currency = basket.currency
            for side in self.sides:
                side.start(basket)
        amount = self.sides[0].exchange.of(basket.total_minor, basket.currency)
        self.crowd.count(receipt, amount, basket.at.date())
        for side in self.sides:
            side.take(receipt)

    def _check(self, receipt: Receipt, number: int, file: str, place: Place) -> None:
        """See that every program counts the money of a receipt, before any of them has taken it."""
        basket = receipt.basket
        for side in self.sides:
            try:
                side.check_currency(basket)
            except CurrencyMismatch as error:
                raise WrongDocument(
                    file=file,
                    path=f"{place(number)}: currency",
                    found=repr(error.found),
                    allowed=f"{error.expected}, as in {side.program.id}",
                ) from error


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no circles meanwhile: a standing has none, and millions would be looked at."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _apart(programs: Sequence[Program]) -> Sequence[Program]:
    """Give versions of one program different numbers: an edited file often keeps its own.

    The engine finds what it prepared for a program by its id and version.
    """
    first, *others = programs
    if not others or (first.id, first.version) != (others[0].id, others[0].version):
        return programs
    return (first, replace(others[0], version=first.version % VERSION_MAX + 1))
