"""What came of a chance to win, as people are told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.i18n import Words
from pos_loyalty.wording.titles import reward_name


def draws_told(words: Words, program: Program, draws: Sequence[PrizeDraw]) -> Iterator[str]:
    """Say what was won; or that nothing was; and plainly when nothing could be drawn."""
    won = Counter(draw.reward for draw in draws if draw.reward is not None)
    for reward, times in won.items():
        prize = reward_name(words, program, reward)
        if times > 1:
            told = words.gettext("You have won: {n} × {prize}")
            yield told.format(n=words.number(times), prize=prize)
        else:
            yield words.gettext("You have won: {prize}").format(prize=prize)
    if not won and any(draw.lease is not None for draw in draws):
        yield words.gettext("No luck this time")
    missed = sum(draw.lease is None for draw in draws)
    if missed:
        yield words.ngettext(
            "{n} draw was not made: this till holds no prizes now",
            "{n} draws were not made: this till holds no prizes now",
            missed,
        )
