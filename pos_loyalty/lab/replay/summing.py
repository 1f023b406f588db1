"""From the sums of a replay to its results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from pos_loyalty.domain.money import divide_half_up
from pos_loyalty.domain.programs.schemes import Aim
from pos_loyalty.lab.replay.comparing import compare
from pos_loyalty.lab.replay.diary import Sums
from pos_loyalty.lab.replay.replaying import Replay
from pos_loyalty.lab.replay.results import (
    CrowdResult,
    DayCost,
    Present,
    ProgramResult,
    Progress,
    Refusal,
    Results,
    RewardResult,
    RuleResult,
    Undecided,
    UnitResult,
)
from pos_loyalty.lab.replay.side import Side
from pos_loyalty.lab.replay.standing import Standing
from pos_loyalty.lab.replay.tally import DayTally, RewardTally, RuleTally
from pos_loyalty.lab.replay.worth import PointValue, draw_minor, point_values, voucher_minor, whole

NOTHING = Fraction(0)
SECOND = 2


def sum_up(replay: Replay, skipped: int = 0) -> Results:
    """Say what a replay came to. `skipped`: receipts that could not be read."""
    crowd = _crowd(replay, skipped)
    accounts = tuple(_Account(side, crowd) for side in replay.sides)
    first, beside = accounts[0], accounts[1] if len(accounts) > 1 else None
    gains = (
        (name, first.gain(standing), 0 if beside is None else beside.gain_of(name))
        for name, standing in first.side.members.items()
    )
    return Results(
        crowd,
        tuple(account.result() for account in accounts),
        compare(gains),
        tuple(
            DayCost(on, tuple(account.day_cost(on) for account in accounts)) for on in _days(replay)
        ),
    )


def _days(replay: Replay) -> list[date]:
    return sorted({on for side in replay.sides for on in side.tally.days})


def _crowd(replay: Replay, skipped: int) -> CrowdResult:
    crowd, members = replay.crowd, replay.sides[0].members
    came = [one for one in members.values() if one.receipts]
    visits = sum([one.receipts for one in came])
    again = sum([one.receipts >= SECOND or one.came_before for one in came])
    return CrowdResult(
        currency=replay.currency or replay.sides[0].program.currency,
        first=crowd.first,
        last=crowd.last,
        receipts=crowd.sales,
        events=crowd.events,
        skipped=skipped,
        with_member=crowd.with_member,
        nameless=crowd.nameless,
        members=len(members),
        sales_minor=crowd.sales_minor,
        average_receipt_minor=_part(crowd.sales_minor, crowd.sales),
        visits_per_member=_ratio(visits, len(came)),
        second_visit_rate=_ratio(again, len(came)),
        member_share=_ratio(crowd.with_member, crowd.sales),
    )


class _Account:
    """One program's sums with the values of its points, vouchers and draws."""

    def __init__(self, side: Side, crowd: CrowdResult) -> None:
        self.side = side
        self.crowd = crowd
        self.values: Mapping[str, PointValue] = point_values(side.program, side.exchange)
        self.vouchers: dict[str, Fraction | None] = {}
        self.draws: dict[str, Fraction | None] = {}
        given = (side.program, side.exchange, side.prices, crowd.average_receipt_minor)
        for day in side.tally.days.values():
            for reward in day.vouchers.keys() - self.vouchers.keys():
                self.vouchers[reward] = voucher_minor(reward, *given)
            for pool in day.draws.keys() - self.draws.keys():
                self.draws[pool] = draw_minor(pool, *given)

    def gain(self, one: Standing) -> int:
        """Tell by how much a member is better off for the program."""
        worth = self._points(one.points) + self._presents(one.issued, one.drawn)
        return one.given_minor + whole(worth)

    def gain_of(self, name: str) -> int:
        """Tell a member's gain by her id."""
        found = self.side.members.get(name)
        return 0 if found is None else self.gain(found)

    def day_cost(self, on: date) -> int:
        """Tell what a day cost."""
        day = self.side.tally.days.get(on)
        return 0 if day is None else whole(self._cost(day))

    def _cost(self, day: DayTally) -> Fraction:
        return day.given_minor + self._points(day.points) + self._presents(day.vouchers, day.draws)

    def _points(self, points: Sums) -> Fraction:
        values = self.values
        return sum(
            [count * values[unit].minor for unit, count in points.items() if unit in values],
            NOTHING,
        )

    def _presents(self, vouchers: Sums, draws: Sums) -> Fraction:
        told = [count * (self.vouchers.get(name) or NOTHING) for name, count in vouchers.items()]
        told += [count * (self.draws.get(name) or NOTHING) for name, count in draws.items()]
        return sum(told, start=NOTHING)

    def result(self) -> ProgramResult:
        """Put it all together."""
        tally, crowd = self.side.tally, self.crowd
        vouchers = self._counted(lambda day: day.vouchers, self.vouchers)
        draws = self._counted(lambda day: day.draws, self.draws)
        voucher_cost = sum([one.minor or 0 for one in vouchers])
        draw_cost = sum([one.minor or 0 for one in draws])
        given = tally.discount_minor + tally.gift_cost_minor + tally.reward_cost_minor
        given += voucher_cost + draw_cost
        owed = self._owed_minor()
        cost, members = given + owed, self.side.members.values()
        average = _part(tally.to_pay_minor, crowd.receipts)
        return ProgramResult(
            program=self.side.program,
            receipts_in_force=tally.in_force,
            to_pay_minor=tally.to_pay_minor,
            average_receipt_minor=average,
            units=tuple(self._unit(unit) for unit in self.side.book.units),
            discount_minor=tally.discount_minor,
            gift_cost_minor=tally.gift_cost_minor,
            reward_cost_minor=tally.reward_cost_minor,
            voucher_cost_minor=voucher_cost,
            draw_cost_minor=draw_cost,
            given_minor=given,
            owed_more_minor=owed,
            cost_minor=cost,
            cost_share=_ratio(cost, crowd.sales_minor),
            cost_per_member_minor=_part(cost, len(members)),
            gain_per_member_minor=_part(sum([self.gain(one) for one in members]), len(members)),
            rules=self._rules(),
            rewards=self._rewards(),
            vouchers=vouchers,
            draws=draws,
            memberships=dict(sorted(tally.memberships.items())),
            refused=tuple(Refusal(*key, count) for key, count in sorted(tally.refused.items())),
            undecided=self._undecided(),
            at_sale_price=tally.at_sale_price,
            untold_gifts=tally.untold_gifts,
            progress=self._progress(average),
        )

    def _owed_minor(self) -> int:
        days = self.side.tally.days.values()
        return whole(sum([self._points(day.points) for day in days], NOTHING))

    def _counted(
        self, of: Callable[[DayTally], Sums], values: Mapping[str, Fraction | None]
    ) -> tuple[Present, ...]:
        counts: Sums = {}
        for day in self.side.tally.days.values():
            for name, count in of(day).items():
                counts[name] = counts.get(name, 0) + count
        return tuple(
            Present(name, count, None if (value := values[name]) is None else whole(value * count))
            for name, count in sorted(counts.items())
        )

    def _unit(self, unit: str) -> UnitResult:
        tally, members = self.side.tally, self.side.members.values()
        outstanding = sum([one.purse.balance(unit) for one in members])
        value = self.values.get(unit)
        change = sum([day.points.get(unit, 0) for day in tally.days.values()])
        minor = None if value is None else value.minor
        return UnitResult(
            id=unit,
            earned=tally.earned.get(unit, 0),
            converted=tally.converted.get(unit, 0),
            redeemed=tally.redeemed.get(unit, 0),
            expired=tally.expired.get(unit, 0),
            outstanding=outstanding,
            members_unknown=sum([not one.purse.known for one in members]),
            point_minor=minor,
            valued_by="" if value is None else value.source,
            outstanding_minor=None if minor is None else whole(outstanding * minor),
            change_minor=whole(change * (minor or NOTHING)),
        )

    def _rules(self) -> tuple[RuleResult, ...]:
        """Tell of every rule and goal of the document, in its order, also where it never worked."""
        program, tallies = self.side.program, self.side.tally.rules
        names = [*(rule.id for rule in program.rules), *(goal.id for goal in program.goals)]
        results = []
        for name in names:
            one = tallies.get(name) or RuleTally()
            results.append(
                RuleResult(
                    name, one.applied, one.capped, one.undecided, one.points, one.discount_minor
                )
            )
        return tuple(results)

    def _rewards(self) -> tuple[RewardResult, ...]:
        tallies = self.side.tally.rewards
        results = []
        for reward in self.side.program.rewards:
            one = tallies.get(reward.id) or RewardTally()
            paid, cost = one.paid_minor, one.cost_minor
            results.append(
                RewardResult(reward.id, one.times, one.spent, one.discount_minor, paid, cost)
            )
        return tuple(results)

    def _undecided(self) -> tuple[Undecided, ...]:
        return tuple(
            Undecided(fact, tuple(sorted(rules)), receipts)
            for fact, (rules, receipts) in sorted(self.side.tally.undecided.items())
        )

    def _progress(self, average_minor: int) -> Progress | None:
        goal, crowd = self.side.program.goal, self.crowd
        if goal is None:
            return None
        found = {
            Aim.SECOND_VISIT_RATE: crowd.second_visit_rate,
            Aim.VISITS_PER_MEMBER: crowd.visits_per_member,
            Aim.MEMBER_SHARE: crowd.member_share,
            Aim.AVERAGE_RECEIPT: Fraction(average_minor),
            Aim.ACTIVE_MEMBERS: Fraction(crowd.members),
        }[goal.metric]
        return Progress(goal.metric, found, (found - goal.baseline) / (goal.target - goal.baseline))


def _part(total: int, count: int) -> int:
    return divide_half_up(total, count) if count else 0


def _ratio(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else NOTHING
