"""The rewards of the program, nearest first. Pure; redeeming them is not done here."""

from __future__ import annotations

from pos_loyalty.domain.engine.answer import RewardState
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.i18n import Words
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.rewards import RewardLine, RewardsState
from pos_loyalty.wording.figures import capital
from pos_loyalty.wording.reasons import reward_state_told
from pos_loyalty.wording.titles import reward_name
from pos_loyalty.wording.units import unit_amount

REWARDS_MAX = 30  # More are for a catalogue, not for a counter.


def rewards_state(teller: Teller, model: SaleModel) -> RewardsState | None:
    """Show what she can have now first, then the rest. None: nobody, or no rewards."""
    offered, words = model.offer, teller.words
    if not model.quoted or offered is None or offered.program is None or model.member is None:
        return None
    program, states = offered.program, offered.quote.rewards
    if not states:
        return None
    lines = [_line(words, state, program) for state in _nearest_first(states)[:REWARDS_MAX]]
    usable = any(line.usable for line in lines)
    title = words.gettext("Rewards") if not usable else words.gettext("Rewards: can be had now")
    return RewardsState(title, tuple(lines))


def _nearest_first(states: tuple[RewardState, ...]) -> list[RewardState]:
    """Put what can be had now first, then what misses fewest points; else as in the document."""
    return sorted(states, key=lambda state: (not state.usable_now, _missing(state)))


def _missing(state: RewardState) -> int:
    points = [one.value for one in state.missing if isinstance(one.value, int)]
    return max(points, default=0)


def _line(words: Words, state: RewardState, program: Program) -> RewardLine:
    reward = program.reward(state.id)
    return RewardLine(
        name=capital(reward_name(words, program, state.id)),
        cost="" if reward is None else _cost(words, reward, program),
        state=reward_state_told(words, state, program),
        usable=state.usable_now,
    )


def _cost(words: Words, reward: Reward, program: Program) -> str:
    parts = []
    if reward.cost:
        parts.append(unit_amount(words, program, reward.unit, reward.cost))
    if reward.pay_minor:
        parts.append(words.money(reward.pay_minor, program.currency))
    return " + ".join(parts)
