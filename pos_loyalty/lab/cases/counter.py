"""The counter of a case: baskets are quoted, paid, posted once, and brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos_loyalty.domain.basket import Basket, Line, Wish
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.facts import MemberFacts, Voucher
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.settings import Returns
from pos_loyalty.domain.refusals import Refusal, Refused
from pos_loyalty.lab.cases.standing import Deed, facts_after, known
from pos_loyalty.lab.cases.working_out import (
    NOBODY,
    Order,
    Points,
    granted,
    paid_of,
    work_out,
)

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one act. `quote` None: nothing stands at the counter."""

    program: Program
    basket: Basket
    quote: Quote | None
    refusal: Refusal | None = None
    before: MemberFacts | None = None
    after: MemberFacts | None = None
    issued: Points = field(default_factory=dict)
    used: Points = field(default_factory=dict)
    paid_minor: int = 0  # By stored value.
    refunded_minor: int = 0
    entry: Points | None = None  # What the receipt has given by now. None: no receipt.
    rows: int = 0  # Of the member's ledger.
    voucher_usable: bool = False  # One that the receipt issues, on that receipt.


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger, never changed: points in or out by a receipt."""

    member: str
    receipt: str
    unit: str
    points: int


class Counter:
    """Everything that is remembered between the steps of a case."""

    __slots__ = ("_deeds", "_rows", "_starts", "order")

    def __init__(self) -> None:
        self._starts: dict[str, MemberFacts] = {}
        self._deeds: dict[str, Deed] = {}  # By receipt.
        self._rows: list[Row] = []
        self.order: Order | None = None  # What stands at the counter.

    def welcome(self, member: str, facts: MemberFacts) -> None:
        """Let a member be as told, whatever she was before."""
        self._starts[member] = facts
        self._deeds = {name: one for name, one in self._deeds.items() if one.member != member}
        self._rows = [row for row in self._rows if row.member != member]

    def knows(self, member: str) -> bool:
        """Whether she was here before."""
        return member in self._starts

    def look(self, order: Order) -> Outcome:
        """Work out what an order comes to; it then stands at the counter, unless it is refused."""
        facts = self._facts(order.member, order.program, order.basket)
        order = replace(order, basket=_with_stock(order, facts))
        rows = self._rows_of(order.member)
        try:
            found = work_out(order, facts)
        except Refused as error:
            answer = None if self.order is None else work_out(self.order, facts).quote
            return Outcome(
                order.program, order.basket, answer, error.refusal, facts, facts, rows=rows
            )
        self.order = found.order
        answer = found.quote
        return Outcome(
            order.program,
            found.order.basket,
            answer,
            None,
            facts,
            facts,
            answer.earned,
            _sum(answer.redeemed, found.paid),
            _stored_minor(found.order.basket),
            rows=rows,
            voucher_usable=_usable_now(found.order, answer, facts),
        )

    def settle(self, order: Order, receipt: str) -> Outcome:
        """Quote an order and write down what it does, once for each receipt."""
        seen = self.look(order)
        if seen.refusal is not None or seen.quote is None:
            return seen
        if receipt not in self._deeds:
            self._write(
                Deed(
                    receipt,
                    order.member,
                    seen.basket,
                    order.program,
                    seen.quote,
                    seen.used,
                    seen.before,
                    _vouchers(seen.quote, receipt),
                )
            )
        return self._written(seen, self._deeds[receipt])

    def post_again(self, deed: Deed) -> Outcome:
        """Let a receipt come in once more, as after a broken line."""
        facts = self._facts(deed.member, deed.program, deed.basket)
        self._write(deed)
        return self._written(Outcome(deed.program, deed.basket, deed.quote, before=facts), deed)

    def take_back(self, deed: Deed, lines: Sequence[Line]) -> Outcome:
        """Let `lines` be all that stays of a receipt, scored as it would have been then."""
        before = self._facts(deed.member, deed.program, deed.basket)
        stays = _what_stays(deed, tuple(lines))
        self._deeds[deed.receipt] = stays
        taken = _less(deed.gained, stays.gained)
        given = _less(deed.spent, stays.spent)
        self._post(deed, given, taken)
        refunded = deed.quote.to_pay_minor - stays.quote.to_pay_minor
        seen = Outcome(
            deed.program,
            stays.basket,
            stays.quote,
            before=before,
            issued=given,
            used=taken,
            refunded_minor=refunded,
        )
        return self._written(seen, stays)

    def receipt(self, name: str) -> Deed | None:
        """Find a receipt; the last one when no name is told."""
        return self._deeds.get(name) if name else next(reversed(self._deeds.values()), None)

    def next_receipt(self) -> str:
        """Name a receipt that nobody named."""
        return f"receipt-{len(self._deeds) + 1}"

    def _facts(self, member: str, program: Program, basket: Basket) -> MemberFacts | None:
        if member == NOBODY:
            return None
        shop = tuple(self._deeds.values())
        own = tuple(deed for deed in shop if deed.member == member)
        return facts_after(self._starts[member], own, shop, program, basket.day)

    def _write(self, deed: Deed) -> None:
        if deed.receipt not in self._deeds:
            self._deeds[deed.receipt] = deed
            self._post(deed, deed.gained, deed.spent)

    def _written(self, seen: Outcome, deed: Deed) -> Outcome:
        return replace(
            seen,
            after=self._facts(deed.member, deed.program, deed.basket),
            entry=deed.gained,
            rows=self._rows_of(deed.member),
        )

    def _post(self, deed: Deed, gained: Points, spent: Points) -> None:
        """Write what came in and what went out as rows of their own, never their difference."""
        for points, sign in ((gained, 1), (spent, -1)):
            self._rows += [
                Row(deed.member, deed.receipt, unit, sign * many)
                for unit, many in points.items()
                if many
            ]

    def _rows_of(self, member: str) -> int:
        return sum(row.member == member for row in self._rows)


def _with_stock(order: Order, facts: MemberFacts | None) -> Basket:
    """Publish how many there are left of every reward that is not without end."""
    usage: Mapping[str, Mapping[str, int]] = {} if facts is None else known(facts.usage)
    figures = {
        f"stock-{one.id}": max(0, one.stock - usage.get(one.id, {}).get("total", 0))
        for one in order.program.rewards
        if one.stock is not None
    }
    return replace(order.basket, figures={**order.basket.figures, **figures})


def _what_stays(deed: Deed, lines: tuple[Line, ...]) -> Deed:
    """Score what is left of a receipt; what the points paid is given back, unless they are kept."""
    program = deed.program
    if not lines:
        basket, answer = replace(deed.basket, lines=(), redeem=()), Quote(0, 0, 0, (), (), {})
    else:
        bare = replace(deed.basket, lines=lines, redeem=())
        basket = granted(bare, deed.basket.redeem, deed.facts, program)
        answer = quote(basket, deed.facts, program)
    rewards = answer.redeemed
    if program.settings.returns is Returns.KEEP:
        rewards = deed.quote.redeemed
    spent = _sum(rewards, paid_of(basket, answer.to_pay_minor, program))
    vouchers = deed.vouchers[: len(answer.vouchers_issued)]
    return replace(deed, basket=basket, quote=answer, spent=spent, vouchers=vouchers)


def _usable_now(order: Order, answer: Quote, facts: MemberFacts | None) -> bool:
    """Whether a voucher that this receipt issues could be used on it."""
    for one in _vouchers(answer, PREVIEW):
        wish = Wish(one.reward, voucher=one.code)
        if granted(order.basket, (wish,), facts, order.program) is not order.basket:
            return True
    return False


def _vouchers(answer: Quote, receipt: str) -> tuple[Voucher, ...]:
    return tuple(
        Voucher(f"{receipt}-{i}", one.reward, one.first, one.last)
        for i, one in enumerate(answer.vouchers_issued, start=1)
    )


def _stored_minor(basket: Basket) -> int:
    return sum(one.amount_minor for one in basket.tenders if one.kind == "stored_value")


def _sum(points: Points, more: Points) -> Points:
    return {unit: points.get(unit, 0) + more.get(unit, 0) for unit in {**points, **more}}


def _less(points: Points, fewer: Points) -> Points:
    return {unit: many - fewer.get(unit, 0) for unit, many in points.items()}
