"""What a receipt says of a member's points: before, earned by rule, after, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pos_loyalty.domain.engine.answer import Quote, RewardState
from pos_loyalty.domain.engine.reasons import Reason
from pos_loyalty.domain.facts import PaidMembership, Voucher
from pos_loyalty.domain.programs.moments import Reader
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.tiers import Goal, Stamps
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Block, Columns, QrCode, Rule, Text
from pos_loyalty.receipts.letterhead import Letterhead
from pos_loyalty.receipts.stored import NAME
from pos_loyalty.wording.figures import capital, sentence
from pos_loyalty.wording.prizes import draws_told
from pos_loyalty.wording.reasons import reward_state_told, rule_name
from pos_loyalty.wording.titles import membership_name, part_name, reward_name, tier_name
from pos_loyalty.wording.units import unit_amount
from pos_loyalty.wording.wares import event as event_told

TOLD, ANSWERED = "told-", "answered-"  # How events of answers begin.


@dataclass(frozen=True, slots=True)
class Points:
    """What is known of a member's points beside the quote.

    `before` None: this till does not know the balance. `pending` counts what the server has not
    confirmed yet, this sale included; `as_of` is when it last confirmed anything, None when never.
    """

    program: Program
    before: int | None
    pending: int
    as_of: datetime | None
    expiring: tuple[int, date] | None
    vouchers: tuple[Voucher, ...] = ()  # Issued by this event.
    draws: tuple[PrizeDraw, ...] = ()  # Its chances to win, and what came of them.
    membership: PaidMembership | None = None  # Begun or renewed by it. None: neither.


def member_blocks(
    words: Words, letterhead: Letterhead, quote: Quote, points: Points
) -> Iterator[Block]:
    """Lay out the member's part of a receipt."""
    program = points.program
    yield Rule()
    yield Text(in_language(program.name, words.language), bold=True)
    yield Text(NAME)
    yield from _balances(words, quote, points)
    yield from (Text(line) for line in balance_state(words, letterhead.zone, quote, points))
    yield from _progress(words, quote, program)
    if points.membership is not None:
        yield Columns(membership_name(words, program, points.membership.id), _until(words, points))
    notices = {notice.id for notice in program.notices}
    for said in quote.messages:
        if said.to is Reader.RECEIPT or said.id in notices:
            yield Text(in_language(said.text, words.language))
    for told in draws_told(words, program, points.draws):
        yield Text(told, bold=True)
    for voucher in points.vouchers:
        yield from _voucher(words, voucher, program)
    terms = words.gettext("Terms: {program}, version {version}")
    yield Text(terms.format(program=program.id, version=words.number(program.version)))


def _until(words: Words, points: Points) -> str:
    last = None if points.membership is None else points.membership.until
    return "" if last is None else words.gettext("until {last}").format(last=words.day(last))


def _balances(words: Words, quote: Quote, points: Points) -> Iterator[Block]:
    program, main = points.program, points.program.main_unit.id
    if points.before is not None:
        yield Columns(
            words.gettext("Balance before"), unit_amount(words, program, main, points.before)
        )
    for reason in quote.reasons:
        if reason.earned:
            given = unit_amount(words, program, reason.unit, reason.earned)
            yield Columns(_given_for(words, reason, program), signed(reason.earned, given))
    for unit in program.units:
        earned = quote.points(unit.id)
        after = quote.balance_after.get(unit.id)
        if earned or unit.id == main:
            told = signed(earned, unit_amount(words, program, unit.id, earned))
            yield Columns(words.gettext("Earned today"), told, bold=True)
        if after is not None and (after or unit.id == main):
            told = unit_amount(words, program, unit.id, after)
            yield Columns(words.gettext("Balance after"), told, bold=True)


def _given_for(words: Words, reason: Reason, program: Program) -> str:
    """Name a rule; the points for an answer stand with its question, not in a rule of its own."""
    if all(rule.id != reason.rule for rule in program.rules):
        told = answer_told(words, reason.rule)
        if told:
            return told
    return rule_name(words, reason, program)


def answer_told(words: Words, activity: str) -> str:
    """Name what an answer is worth points for; empty for what is no answer."""
    if activity.startswith(TOLD):
        return words.gettext("For telling us")
    return capital(event_told(words, "answered")) if activity.startswith(ANSWERED) else ""


def signed(count: int, told: str) -> str:
    """Put a plus before what is added; what is taken away has its minus."""
    return told if count < 0 else f"+{told}"


def balance_state(words: Words, zone: str, quote: Quote, points: Points) -> Iterator[str]:
    """Say how sure the balance is, and what expires next."""
    program, main = points.program, points.program.main_unit.id
    if points.before is None:
        yield words.gettext("The balance is not known at this till.")
        earned = quote.points(main)
        if earned:
            yield words.gettext("{points} will be added to it at the next sync.").format(
                points=unit_amount(words, program, main, earned)
            )
        yield words.gettext("Anything more that is due to you follows.")
        return
    if points.pending:
        yield words.gettext(
            "{points} of it are recorded here and confirmed at the next sync."
        ).format(points=unit_amount(words, program, main, points.pending))
    if points.as_of is not None:
        local = points.as_of.astimezone(ZoneInfo(zone))
        yield words.gettext("Balance before as of {day} {time}.").format(
            day=words.day(local.date()), time=words.time(points.as_of, ZoneInfo(zone))
        )
    if points.expiring is not None:
        count, on = points.expiring
        yield words.gettext("Expires on {day}: {points}").format(
            day=words.day(on), points=unit_amount(words, program, main, count)
        )


def _progress(words: Words, quote: Quote, program: Program) -> Iterator[Block]:
    """Say which tier she is in, how full her cards are, and how near the next reward is."""
    if quote.tier_after is not None:
        yield Columns(words.gettext("Tier"), tier_name(words, program, quote.tier_after))
    for goal in program.goals:
        if goal.id in quote.goals_after:
            done = words.gettext("{done} of {all}").format(
                done=words.number(quote.goals_after[goal.id]), all=words.number(_target(goal))
            )
            yield Columns(part_name(words, goal.id, program), done)
    nearest = nearest_reward(quote, program)
    if nearest is not None:
        yield Text(
            words.gettext("{reward}: {state}").format(
                reward=reward_name(words, program, nearest.id),
                state=reward_state_told(words, nearest, program),
            )
        )


def _target(goal: Goal) -> int:
    return goal.reach.target if isinstance(goal.reach, Stamps) else goal.reach.days


def nearest_reward(quote: Quote, program: Program) -> RewardState | None:
    """Choose the reward to tell of: the dearest she can have, else the one that misses least."""
    costs = {reward.id: reward.cost for reward in program.rewards}
    had = [state for state in quote.rewards if state.usable_now]
    if had:
        return max(had, key=lambda state: costs[state.id])
    near = [
        (int(state.missing[0].value), number, state)
        for number, state in enumerate(quote.rewards)
        if len(state.missing) == 1 and isinstance(state.missing[0].value, int) and costs[state.id]
    ]
    return min(near, default=(0, 0, None))[2]


def _voucher(words: Words, voucher: Voucher, program: Program) -> Iterator[Block]:
    yield Rule()
    yield Text(words.gettext("Your voucher"), bold=True)
    yield Text(reward_name(words, program, voucher.reward))
    if voucher.first is not None and voucher.last is not None:
        told = words.gettext("Valid from {first} to {last}.").format(
            first=words.day(voucher.first), last=words.day(voucher.last)
        )
        yield Text(sentence(words, told))  # A day may end in a full stop of its own.
    yield QrCode(voucher.code, caption=voucher.code)
