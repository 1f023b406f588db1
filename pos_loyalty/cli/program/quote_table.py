"""An answer to a basket, laid out for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.table import Table

from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.programs.moments import Reader
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.wording.reasons import reward_state_told, rule_name, suggestion_told, why
from pos_loyalty.wording.titles import reward_name
from pos_loyalty.wording.units import unit_amount

if TYPE_CHECKING:
    from pos_loyalty.domain.basket import Basket
    from pos_loyalty.domain.engine.answer import Quote
    from pos_loyalty.domain.programs.program import Program
    from pos_loyalty.i18n import Words

PERCENT = 100
MARKS = {
    Outcome.APPLIED: "✓",
    Outcome.NOT_MATCHED: "–",
    Outcome.UNKNOWN: "?",
    Outcome.CAPPED: "≤",
}


def print_quote(words: Words, basket: Basket, program: Program, quote: Quote) -> None:
    """Print what was bought, what is to pay and earned, every rule with its sentence, rewards."""
    console = Console(highlight=False, markup=False, emoji=False)
    name = in_language(program.name, words.language)
    console.print(f"{name} · {program.id}, {program.version}", style="bold")
    for block in (
        _lines(words, basket, program, quote),
        _sums(words, program, quote, basket.currency),
        _rules(words, program, quote),
        _rewards(words, program, quote),
    ):
        if block.row_count:
            console.print()
            console.print(block)
    if not quote.reasons and program.rules:
        console.print()
        console.print(words.gettext("The program is not in force then and there."))
    for sentence in _said(words, program, quote):
        console.print()
        console.print(sentence)


def _lines(words: Words, basket: Basket, program: Program, quote: Quote) -> Table:
    table = _table("right", "left", "right", "right", "left")
    for line, told in zip(basket.lines, quote.lines, strict=True):
        off = told.discount_minor
        table.add_row(
            f"{words.number(line.quantity)} ×",
            line.name or line.sku or words.gettext("Amount"),
            words.money(line.net_minor, basket.currency),
            "−" + words.money(off, basket.currency) if off else "",
            _amounts(words, program, told.earned, sign="+"),
        )
    return table


def _sums(words: Words, program: Program, quote: Quote, currency: str) -> Table:
    table = _table("left", "right")
    if quote.discount_minor:
        less = "−" + words.money(quote.discount_minor, currency)
        table.add_row(words.gettext("Discount"), less)
    table.add_row(words.gettext("To pay"), words.money(quote.to_pay_minor, currency), style="bold")
    for part in quote.tax:
        if part.rate:
            percent = Decimal(part.rate.numerator * PERCENT) / Decimal(part.rate.denominator)
            label = words.gettext("of which tax {rate} %").format(rate=words.number(percent))
            table.add_row(label, words.money(part.tax_minor, currency))
    if quote.redeemed:
        spent = _amounts(words, program, quote.redeemed, sign="−")
        table.add_row(words.gettext("Redeemed"), spent)
    for unit in program.units:
        earned = unit_amount(words, program, unit.id, quote.points(unit.id))
        table.add_row(words.gettext("Earned"), f"+{earned}")
        after = quote.balance_after.get(unit.id)
        if after is not None:
            told = unit_amount(words, program, unit.id, after)
            table.add_row(words.gettext("Balance after"), told)
    return table


def _rules(words: Words, program: Program, quote: Quote) -> Table:
    table = _table("left", "left", "left")
    for reason in quote.reasons:
        sentence = why(words, reason, program)
        table.add_row(MARKS[reason.outcome], rule_name(words, reason, program), sentence)
    return table


def _rewards(words: Words, program: Program, quote: Quote) -> Table:
    table = _table("left", "left", "left")
    for state in quote.rewards:
        mark = MARKS[Outcome.APPLIED if state.usable_now else Outcome.NOT_MATCHED]
        name = reward_name(words, program, state.id)
        table.add_row(mark, name, reward_state_told(words, state, program))
    return table


def _said(words: Words, program: Program, quote: Quote) -> Iterator[str]:
    """Say what is told and proposed to whom."""
    for message in quote.messages:
        told = in_language(message.text, words.language)
        yield words.gettext("{label}: {text}").format(
            label=words.gettext(READERS[message.to]), text=told
        )
    if quote.suggestion is not None:
        yield f"→ {suggestion_told(words, quote.suggestion, program)}"


def _amounts(words: Words, program: Program, amounts: Mapping[str, int], *, sign: str) -> str:
    told = [unit_amount(words, program, unit, amount) for unit, amount in amounts.items() if amount]
    return ", ".join(sign + amount for amount in told)


def _table(*sides: Literal["left", "right"]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for side in sides:
        table.add_column(justify=side, overflow="fold")
    return table


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


READERS = {
    Reader.CASHIER: _("For the cashier"),
    Reader.RECEIPT: _("On the receipt"),
    Reader.DISPLAY: _("On the screen"),
    Reader.MEMBER: _("For the member"),
}
