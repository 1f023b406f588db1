"""Prizes that a till may give without a line: who gets which, and whether they were given rightly.

A till draws from a lease: prizes of a pool that it alone may give, and the secret that decides. The
same functions make the draws at the till and check them at the server.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos_loyalty.domain.chance import Lease, draw
from pos_loyalty.domain.facts import Voucher
from pos_loyalty.domain.ids import EventId, LeaseId, ProgramId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.schemes import Pool
from pos_loyalty.domain.scored_sale import voucher_code
from pos_loyalty.domain.scoring import PrizeDraw, Scored


@dataclass(frozen=True, slots=True)
class PoolLease:
    """Prizes leased to one till, as they are left, with the secret that decides who gets them."""

    id: LeaseId
    program: ProgramId
    secret: bytes
    prizes: Lease

    def fits(self, program: Program, pool: str) -> bool:
        """Whether it is drawn from for a pool as `program` promises it: its odds, its rewards."""
        promised = pool_named(program, pool)
        return (
            self.program == program.id
            and promised is not None
            and self.prizes.pool == pool
            and self.prizes.odds == promised.odds
            and all(program.reward(prize.reward) is not None for prize in self.prizes.left)
        )

    def without(self, given: Mapping[str, int]) -> PoolLease:
        """Tell what is left once so many of each reward are given; of none less than nothing."""
        left = [
            replace(prize, count=prize.count - given.get(prize.reward, 0))
            for prize in self.prizes.left
            if prize.count > given.get(prize.reward, 0)
        ]
        return replace(self, prizes=replace(self.prizes, left=tuple(left)))

    @property
    def emptied(self) -> PoolLease:
        """The same with nothing left: no till draws from it any more."""
        return replace(self, prizes=replace(self.prizes, left=()))


def pool_named(program: Program, pool: str) -> Pool | None:
    """Find a pool of a program."""
    return next((one for one in program.pools if one.id == pool), None)


def draw_prizes(
    event: EventId, pools: Sequence[str], program: Program, held: Sequence[PoolLease]
) -> tuple[PrizeDraw, ...]:
    """Make an event's draws in order, each from the first lease that has a prize left.

    Where there is none nothing is drawn.
    """
    leases = list(held)
    draws: list[PrizeDraw] = []
    for number, pool in enumerate(pools):
        fitting = (n for n, one in enumerate(leases) if one.prizes.left and one.fits(program, pool))
        place = next(fitting, None)
        if place is None:
            draws.append(PrizeDraw(pool))
            continue
        lease = leases[place]
        reward = draw(lease.secret, event, number, lease.prizes)
        draws.append(PrizeDraw(pool, lease.id, reward))
        if reward is not None:
            leases[place] = lease.without({reward: 1})
    return tuple(draws)


def drawn_as(
    draws: tuple[PrizeDraw, ...], scored: Scored, program: Program, event: EventId
) -> Scored:
    """Write down how an event's draws came out: each prize is a voucher, good from now on.

    Draws that are not those the event has are not written down.
    """
    left = scored.left
    if [one.pool for one in draws] != [one.pool for one in left.draws]:
        return scored
    won = [one.reward for one in draws if one.reward is not None]
    first, last = len(left.vouchers), last_day(program)
    prizes = [
        Voucher(voucher_code(event, first + number), reward, None, last)
        for number, reward in enumerate(won)
    ]
    return replace(scored, left=replace(left, draws=draws, vouchers=(*left.vouchers, *prizes)))


def last_day(program: Program) -> date | None:
    """Tell the last day on which a program's rewards are had. None: it has no end."""
    return program.valid_until if program.closing is None else program.closing.redeem_until


def proof(lease: PoolLease, event: EventId, number: int) -> tuple[str, str]:
    """Tell what decides whether a draw wins, for anybody to work it out again.

    The text, and its HMAC-SHA256 by the lease's secret (hexadecimal): of odds a/b it wins if this
    number's rest divided by b is less than a. (Where the number is above the last multiple of b
    that 256 bits hold, once in 2^226, the text with 1 instead of 0 at its end decides.)
    """
    text = f"{lease.prizes.pool}/{event}/{number}/wins/0"
    return text, hmac.digest(lease.secret, text.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class CheckedDraw:
    """A draw that an event tells of, and what is wrong with it; empty: nothing."""

    number: int
    draw: PrizeDraw
    wrong: str


def check_draws(
    event: EventId, scored: Scored, leases: dict[LeaseId, PoolLease]
) -> tuple[CheckedDraw, ...]:
    """Make the draws of an event again from what is left of `leases`, which it takes from them."""
    return tuple(
        [
            CheckedDraw(number, told, _check(event, number, told, scored, leases))
            for number, told in enumerate(scored.left.draws)
            if told.lease is not None
        ]
    )


def _check(
    event: EventId,
    number: int,
    told: PrizeDraw,
    scored: Scored,
    leases: dict[LeaseId, PoolLease],
) -> str:
    lease = None if told.lease is None else leases.get(told.lease)
    if lease is None or (lease.program, lease.prizes.pool) != (scored.program.program, told.pool):
        return "prize_differs"
    drawn = draw(lease.secret, event, number, lease.prizes)
    if told.reward is None:
        return "" if drawn is None else "prize_differs"
    left = any(prize.reward == told.reward for prize in lease.prizes.left)
    if left:
        leases[lease.id] = lease.without({told.reward: 1})
    if drawn == told.reward:
        return ""
    return "prize_differs" if left else "pool_exceeded"
