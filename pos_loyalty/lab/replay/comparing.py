"""Who wins and who loses by a program, beside another or beside none."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence

from pos_loyalty.lab.replay.results import Bar, Comparison, MemberChange, Tenth

NAMED_MAX = 10  # Members that are named each way.
TENTHS = 10
BARS_EACH_WAY = 8
OUTSIDE = 20  # One part in so many of the members lies beyond the last closed bar, each way.
STEPS = (1, 2, 5)


def compare(gains: Iterable[tuple[str, int, int]]) -> Comparison:
    """Compare members by id, gain under the program, and gain beside it."""
    differences: list[int] = []
    most_won: list[MemberChange] = []
    most_lost: list[MemberChange] = []
    for name, gain, beside in gains:
        difference = gain - beside
        differences.append(difference)
        if difference:
            change = MemberChange(name, gain, beside)
            _keep(most_won if difference > 0 else most_lost, change)
    differences.sort()
    return Comparison(
        winners=sum([one > 0 for one in differences]),
        losers=sum([one < 0 for one in differences]),
        same=differences.count(0),
        difference_minor=sum(differences),
        tenths=tuple(_tenths(differences)),
        bars=tuple(_bars(differences)),
        most_won=tuple(most_won),
        most_lost=tuple(most_lost),
    )


def _keep(kept: list[MemberChange], change: MemberChange) -> None:
    """Keep the largest changes, largest first; equal ones by their ids."""
    if len(kept) == NAMED_MAX and _rank(change) > _rank(kept[-1]):
        return
    insort(kept, change, key=_rank)
    del kept[NAMED_MAX:]


def _rank(change: MemberChange) -> tuple[int, str]:
    return -abs(change.difference_minor), change.id


def _tenths(differences: Sequence[int]) -> Iterator[Tenth]:
    """Divide members into tenths that differ by one member at most."""
    count = len(differences)
    for tenth in range(TENTHS):
        part = differences[count * tenth // TENTHS : count * (tenth + 1) // TENTHS]
        if part:
            yield Tenth(len(part), part[0], part[-1], sum(part))


def _bars(differences: Sequence[int]) -> Iterator[Bar]:
    """Count members by what they win or lose; what lies far out is counted together."""
    if not differences:
        return
    count = len(differences)
    far = max(abs(differences[count // OUTSIDE]), abs(differences[-1 - count // OUTSIDE]))
    step = _step(far)
    losses = [-number * step for number in range(BARS_EACH_WAY, 0, -1)]
    wins = [number * step + 1 for number in range(1, BARS_EACH_WAY + 1)]
    edges = [*losses, 0, 1, *wins]  # Who neither wins nor loses is a bar of her own.
    counts = [0] * (len(edges) + 1)
    for one in differences:
        counts[bisect_right(edges, one)] += 1
    opened: list[int | None] = [None, *edges]
    closed: list[int | None] = [*edges, None]
    for since, until, members in zip(opened, closed, counts, strict=True):
        yield Bar(since, until, members)


def _step(far: int) -> int:
    """Choose a round width of bars."""
    wanted, size = max(1, -(-far // BARS_EACH_WAY)), 1
    for _ in range(20):
        for step in STEPS:
            if step * size >= wanted:
                return step * size
        size *= 10
    return size
