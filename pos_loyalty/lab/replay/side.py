"""One program of a replay: every member's standing under it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.answer import Quote, Redeemed
from pos_loyalty.domain.engine.quoting import quote, score
from pos_loyalty.domain.engine.reasons import Outcome
from pos_loyalty.domain.errors import CurrencyMismatch
from pos_loyalty.domain.facts import STRANGER, MemberFacts
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.refusals import Refusal, TierNeeded, VoucherNotValid
from pos_loyalty.lab.replay.diary import Sums
from pos_loyalty.lab.replay.purse import Gone
from pos_loyalty.lab.replay.rulebook import rulebook
from pos_loyalty.lab.replay.standing import SALE, Standing
from pos_loyalty.lab.replay.tally import DayTally, RewardTally, Tally, more
from pos_loyalty.lab.replay.wishing import Redeem, quote_granting, quote_greedily
from pos_loyalty.lab.replay.worth import Exchange, PriceList, Worth, redemption_worth
from pos_loyalty.wire.basket_document import Receipt

FORCES_KEPT = 10_000  # Days, stores and channels.
FACTS = tuple(field.name for field in fields(MemberFacts))


class Side:
    """A program that receipts are replayed under."""

    __slots__ = (
        "begin",
        "book",
        "clubs",
        "exchange",
        "forces",
        "members",
        "prices",
        "program",
        "redeem",
        "since",
        "taken",
        "tally",
        "used",
    )

    def __init__(self, program: Program, redeem: Redeem, begin: MemberFacts) -> None:
        self.program = program
        self.book = rulebook(program)
        self.redeem = redeem
        self.begin = begin  # What is so of a member where nothing else is told.
        self.members: dict[str, Standing] = {}
        self.tally = Tally()
        self.forces: dict[tuple[date, str, str], bool] = {}
        self.exchange = Exchange(program, program.currency)
        self.prices = PriceList(program)
        self.since = date.min
        self.clubs = {club.sku: club.id for club in program.memberships}
        self.used: Sums = {}  # By all members together.
        self.taken: Sums = {}  # Pieces out of a reward's stock.

    def start(self, basket: Basket) -> None:
        """Begin with the first receipt: its money is the report's, and its day the first known."""
        self.exchange = Exchange(self.program, basket.currency)
        self.since = basket.day

    def check_currency(self, basket: Basket) -> None:
        """See that the program counts the money of a basket. Raises CurrencyMismatch."""
        change = self.program.currency_change
        changed = change is not None and basket.at.date() >= change.on
        expected = change.currency if change is not None and changed else self.program.currency
        if basket.currency != expected:
            raise CurrencyMismatch(expected=expected, found=basket.currency)

    def take(self, receipt: Receipt) -> None:
        """Replay one receipt. Raises CurrencyMismatch."""
        basket, told, name = receipt.basket, receipt.facts, receipt.member_id
        if self.prices.wanted:
            self.prices.look(basket.lines)
        if told is None or not name:
            self._count(basket, self._quote(basket, told), None)
            return
        on = basket.at.date()
        standing = self.members.get(name)
        if standing is None:
            standing = self.members[name] = self._welcome(told, on)
        else:
            standing.listen(self.book, told, on)
            self._expired(standing.expire(self.book, on))
        facts = standing.facts(self.book, told, on)
        if self.book.in_total:
            facts = self._with_totals(facts)
        quoted = self._quote(basket, facts)
        standing.settle(self.book, basket, quoted)
        self._count(basket, quoted, standing)

    def finish(self, last: date) -> None:
        """Let everything expire that is gone on the last day."""
        for standing in self.members.values():
            self._expired(standing.expire(self.book, last))

    def _welcome(self, told: MemberFacts, on: date) -> Standing:
        """Begin a member with what her first receipt tells, and with `begin` where it is silent."""
        begin = self.begin
        if begin is STRANGER:
            return Standing(self.book, told, self.since, on)
        silent = [name for name in FACTS if getattr(told, name) == getattr(STRANGER, name)]
        if not {"balances", "lots"}.issubset(silent):
            silent = [name for name in silent if name not in {"balances", "lots"}]
        since = date.min if {"history", "usage"}.issubset(silent) else self.since
        start = replace(told, **{name: getattr(begin, name) for name in silent})
        return Standing(self.book, start, since, on)

    def _with_totals(self, facts: MemberFacts) -> MemberFacts:
        """Tell what all members together used since the replay began."""
        usage = facts.usage
        if not isinstance(usage, dict):
            return facts
        totals = {
            name: {**usage.get(name, {}), "total": self.used.get(name, 0)}
            for name in self.book.in_total
        }
        return replace(facts, usage={**usage, **totals})

    def _quote(self, basket: Basket, facts: MemberFacts | None) -> Quote:
        redeem = self.redeem
        if redeem is Redeem.NOTHING and (basket.redeem or basket.vouchers):
            basket = replace(basket, redeem=(), vouchers=())
        if self.taken:
            basket = replace(basket, figures={**basket.figures, **self._stocks()})
        if basket.redeem or basket.vouchers or self.program.access:
            quoted = quote_granting(basket, facts, self.program, self._refused)
        elif redeem is Redeem.GREEDY:
            quoted = quote(basket, facts, self.program)
        else:
            quoted = score(basket, facts, self.program)
        if redeem is Redeem.GREEDY and facts is not None and not quoted.redemptions:
            return quote_greedily(basket, facts, self.program, quoted)
        return quoted

    def _stocks(self) -> dict[str, int]:
        stocks = self.book.stocks
        return {f"stock-{reward}": stocks[reward] - pieces for reward, pieces in self.taken.items()}

    def _refused(self, refusal: Refusal) -> None:
        match refusal:
            case TierNeeded(sku=what) | VoucherNotValid(voucher=what):
                pass
            case _:
                what = refusal.reward
        key = (refusal.code, what)
        self.tally.refused[key] = self.tally.refused.get(key, 0) + 1

    def _expired(self, gone: Iterable[Gone]) -> None:
        for unit, points, on in gone:
            more(self.tally.expired, unit, points)
            more(self.tally.day(on).points, unit, -points)

    def _count(self, basket: Basket, quoted: Quote, standing: Standing | None) -> None:
        """Add a receipt to the sums; `standing` is that of the member who gains by it."""
        tally, on, currency = self.tally, basket.at.date(), basket.currency
        tally.reasons(quoted.reasons)
        tally.in_force += self._in_force(on, basket.store, basket.channel)
        if basket.event == SALE:
            tally.to_pay_minor += self.exchange.of(quoted.to_pay_minor, currency)
        day = tally.day(on)
        for unit, points in quoted.earned.items():
            if points:
                more(tally.earned, unit, points)
                more(day.points, unit, points)
        worth = self._given(quoted, currency, day)
        if standing is not None:
            standing.given_minor += worth
        if quoted.vouchers_issued or quoted.draws:
            self._presents(quoted, day, standing)
        if self.clubs or self.book.in_total:
            self._used(basket, quoted)

    def _in_force(self, on: date, store: str, channel: str) -> bool:
        """Whether the program says anything of a receipt; it is asked again and again."""
        key = (on, store, channel)
        known = self.forces.get(key)
        if known is None:
            if len(self.forces) > FORCES_KEPT:
                self.forces.clear()
            known = self.forces[key] = self.book.in_force(on, store, channel)
        return known

    def _used(self, basket: Basket, quoted: Quote) -> None:
        """Count memberships that were bought, and what all members together may have so often."""
        for line in basket.lines:
            if line.sku in self.clubs:
                more(self.tally.memberships, self.clubs[line.sku], 1)
        for reason in quoted.reasons:
            if reason.rule in self.book.in_total and reason.outcome is Outcome.APPLIED:
                more(self.used, reason.rule, 1)

    def _given(self, quoted: Quote, currency: str, day: DayTally) -> int:
        """Count what was given in money and goods; answers with its worth at sale prices."""
        if not (quoted.discount_minor or quoted.goods or quoted.redemptions):
            return 0
        tally = self.tally
        by_rewards = sum([one.discount_minor for one in quoted.redemptions])
        off = self.exchange.of(quoted.discount_minor - by_rewards, currency)
        goods = self.prices.goods(quoted.goods)
        tally.discount_minor += off
        tally.gift_cost_minor += goods.cost_minor
        self._told_so(goods)
        cost, worth = off + goods.cost_minor, off + goods.worth_minor
        for one in quoted.redemptions:
            value = redemption_worth(one, self.program, self.exchange, self.prices, currency)
            self._redeemed(one, value, currency, day)
            cost += value.cost_minor
            worth += value.worth_minor
        day.given_minor += cost
        return worth

    def _redeemed(self, one: Redeemed, value: Worth, currency: str, day: DayTally) -> None:
        tally = self.tally
        self._told_so(value)
        tally.reward_cost_minor += value.cost_minor
        reward = tally.rewards.setdefault(one.reward, RewardTally())
        reward.times += one.times
        reward.discount_minor += self.exchange.of(one.discount_minor, currency)
        reward.paid_minor += self.exchange.of(one.pay_minor, currency)
        reward.cost_minor += value.cost_minor
        for unit, points in one.cost.items():
            reward.spent += points
            more(tally.redeemed, unit, points)
            more(day.points, unit, -points)
        for unit, points in (one.gained or {}).items():
            if unit in self.book.units:
                more(tally.converted, unit, points)
                more(day.points, unit, points)
        if one.reward in self.book.stocks:
            pieces = sum([goods.quantity for goods in one.goods]) or one.times
            more(self.taken, one.reward, pieces)
        if one.reward in self.book.in_total:
            more(self.used, one.reward, one.times)

    def _told_so(self, value: Worth) -> None:
        self.tally.at_sale_price += value.at_sale_price
        self.tally.untold_gifts += value.untold

    def _presents(self, quoted: Quote, day: DayTally, standing: Standing | None) -> None:
        for voucher in quoted.vouchers_issued:
            more(day.vouchers, voucher.reward, 1)
            if standing is not None:
                more(standing.issued, voucher.reward, 1)
        for pool in quoted.draws:
            more(day.draws, pool, 1)
            if standing is not None:
                more(standing.drawn, pool, 1)
