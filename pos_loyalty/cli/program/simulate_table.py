"""The results of a replay, laid out for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from pos_loyalty.cli.program.simulate_remarks import remarks
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.wording.figures import factor, share
from pos_loyalty.wording.titles import part_name, reward_name
from pos_loyalty.wording.units import unit_amount, unit_name

if TYPE_CHECKING:
    from pos_loyalty.i18n import Words
    from pos_loyalty.lab.replay.results import (
        MemberChange,
        ProgramResult,
        Results,
        UnitResult,
    )

RATIO_DECIMALS = 2
PERCENT_DECIMALS = 4
Told = Callable[["ProgramResult"], str]


def print_results(words: Words, results: Results) -> None:
    """Print who came, what each program cost and gave, who wins, and what is to be known of it."""
    console = Console(highlight=False, markup=False, emoji=False)
    blocks = [_crowd(words, results), _costs(words, results)]
    for one in results.programs:
        blocks += [_units(words, one, results), _rules(words, one, results)]
        blocks.append(_rewards(words, one, results))
    blocks += [_changes(words, results), _tenths(words, results), _named(words, results)]
    for block in blocks:
        if block.row_count:
            console.print(block)
            console.print()
    for sentence in remarks(words, results):
        console.print(f"• {sentence}")


def _table(title: str, *columns: str) -> Table:
    table = Table(box=None, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column(columns[0], overflow="fold")
    for column in columns[1:]:
        table.add_column(column, justify="right", overflow="fold")
    return table


def _name(words: Words, one: ProgramResult) -> str:
    name = in_language(one.program.name, words.language)
    return words.gettext("{name}, version {version}").format(name=name, version=one.program.version)


def _crowd(words: Words, results: Results) -> Table:
    crowd = results.crowd
    title = words.gettext("Receipts")
    if crowd.first is not None and crowd.last is not None:
        title = f"{words.day(crowd.first)} – {words.day(crowd.last)}"
    table = _table(title, "", "")
    table.show_header = False
    rows = (
        (words.gettext("Receipts"), words.number(crowd.receipts)),
        (words.gettext("of members"), _share(words, crowd.member_share)),
        (words.gettext("Sales"), words.money(crowd.sales_minor, crowd.currency)),
        (
            words.gettext("Average receipt"),
            words.money(crowd.average_receipt_minor, crowd.currency),
        ),
        (words.gettext("Members"), words.number(crowd.members)),
        (words.gettext("Visits of each member"), _ratio(words, crowd.visits_per_member)),
        (words.gettext("Members who came again"), _share(words, crowd.second_visit_rate)),
    )
    for row in rows:
        table.add_row(*row)
    return table


def _costs(words: Words, results: Results) -> Table:
    currency = results.crowd.currency

    def money(of: Callable[[ProgramResult], int]) -> Told:
        return lambda one: words.money(of(one), currency)

    rows: Sequence[tuple[str, Told]] = (
        (words.gettext("Discounts"), money(lambda one: one.discount_minor)),
        (words.gettext("Gifts"), money(lambda one: one.gift_cost_minor)),
        (words.gettext("Rewards"), money(lambda one: one.reward_cost_minor)),
        (words.gettext("Vouchers issued"), money(lambda one: one.voucher_cost_minor)),
        (words.gettext("Prize draws"), money(lambda one: one.draw_cost_minor)),
        (words.gettext("Owed more in points"), money(lambda one: one.owed_more_minor)),
        (words.gettext("Cost"), money(lambda one: one.cost_minor)),
        (words.gettext("of the sales"), lambda one: _share(words, one.cost_share)),
        (words.gettext("for each member"), money(lambda one: one.cost_per_member_minor)),
        (words.gettext("Average receipt paid"), money(lambda one: one.average_receipt_minor)),
    )
    names = [_name(words, one) for one in results.programs]
    table = _table(words.gettext("Cost"), "", *names)
    for label, told in rows:
        figures = [told(one) for one in results.programs]
        style = "bold" if label == words.gettext("Cost") else ""
        table.add_row(label, *figures, style=style)
    return table


def _units(words: Words, one: ProgramResult, results: Results) -> Table:
    columns = [
        words.gettext("Earned"),
        words.gettext("Redeemed"),
        words.gettext("Expired"),
        words.gettext("Outstanding"),
        words.gettext("worth"),
    ]
    table = _table(_name(words, one), "", *columns)
    for unit in one.units:
        counts = (unit.earned + unit.converted, unit.redeemed, unit.expired, unit.outstanding)
        told = [unit_amount(words, one.program, unit.id, count) for count in counts]
        name = unit_name(words, one.program, unit.id)
        table.add_row(name, *told, _worth(words, unit, results.crowd.currency))
    return table


def _worth(words: Words, unit: UnitResult, currency: str) -> str:
    return "" if unit.outstanding_minor is None else words.money(unit.outstanding_minor, currency)


def _rules(words: Words, one: ProgramResult, results: Results) -> Table:
    columns = [
        words.gettext("Applied"),
        words.gettext("Limited"),
        words.gettext("Points"),
        words.gettext("Discount"),
    ]
    table = _table("", words.gettext("Rule"), *columns)
    for rule in one.rules:
        off = words.money(rule.discount_minor, results.crowd.currency)
        table.add_row(
            part_name(words, rule.id, one.program),
            words.number(rule.applied),
            words.number(rule.capped) if rule.capped else "",
            words.number(rule.points) if rule.points else "",
            off if rule.discount_minor else "",
        )
    return table


def _rewards(words: Words, one: ProgramResult, results: Results) -> Table:
    columns = [
        words.gettext("Taken"),
        words.gettext("Points"),
        words.gettext("Discount"),
        words.gettext("Cost"),
    ]
    table = _table("", words.gettext("Reward"), *columns)
    currency = results.crowd.currency
    for reward in one.rewards:
        table.add_row(
            reward_name(words, one.program, reward.id),
            words.number(reward.times),
            words.number(reward.points) if reward.points else "",
            words.money(reward.discount_minor, currency) if reward.discount_minor else "",
            words.money(reward.cost_minor, currency) if reward.times else "",
        )
    return table


def _changes(words: Words, results: Results) -> Table:
    comparison = results.comparison
    table = _table(words.gettext("Winners and losers"), "", "")
    table.show_header = False
    for label, count in (
        (words.gettext("Members who win"), comparison.winners),
        (words.gettext("Members who lose"), comparison.losers),
        (words.gettext("Members with neither"), comparison.same),
    ):
        table.add_row(label, words.number(count))
    total = words.money(comparison.difference_minor, results.crowd.currency)
    table.add_row(words.gettext("Together"), total)
    return table


def _tenths(words: Words, results: Results) -> Table:
    currency = results.crowd.currency
    columns = [
        words.gettext("Members"),
        words.gettext("from"),
        words.gettext("to"),
        words.gettext("Together"),
    ]
    table = _table("", words.gettext("Tenth"), *columns)
    for number, tenth in enumerate(results.comparison.tenths, start=1):
        table.add_row(
            words.number(number),
            words.number(tenth.members),
            words.money(tenth.least_minor, currency),
            words.money(tenth.most_minor, currency),
            words.money(tenth.sum_minor, currency),
        )
    return table


def _named(words: Words, results: Results) -> Table:
    comparison, currency = results.comparison, results.crowd.currency
    table = _table("", words.gettext("Member"), words.gettext("wins or loses"))
    changes: tuple[MemberChange, ...] = (*comparison.most_won, *reversed(comparison.most_lost))
    for change in changes:
        table.add_row(change.id, words.money(change.difference_minor, currency))
    return table


def _share(words: Words, rate: Fraction) -> str:
    return share(words, round(rate, PERCENT_DECIMALS))


def _ratio(words: Words, rate: Fraction) -> str:
    return factor(words, round(rate, RATIO_DECIMALS))
