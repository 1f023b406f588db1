"""Receipts in the order of their instants, without holding them all."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pos_loyalty.lab.replay.replaying import Numbered

AHEAD_MAX = 10_000  # So many receipts are looked ahead.
RUN_MAX = 20_000  # Receipts that are sorted at once.
RUNS_MAX = 500  # Files that are merged at once: ten million receipts.


class NotInOrder(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A receipt is older than one that was given already."""


class TooMany(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """More receipts out of order than can be sorted: at most `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} receipts are out of order")
        self.most = most


def in_order(receipts: Iterable[Numbered], ahead: int = AHEAD_MAX) -> Iterator[Numbered]:
    """Give receipts that are almost in order in their order; of one instant as they come.

    Raises NotInOrder when one is further back than `ahead` receipts.
    """
    waiting: list[tuple[float, int, Numbered]] = []
    given = 0.0
    for numbered in receipts:
        number, receipt = numbered
        at = receipt.basket.at.timestamp()
        if at < given:
            raise NotInOrder
        entry = (at, number, numbered)
        if len(waiting) < ahead:
            heapq.heappush(waiting, entry)
            continue
        given, _, first = heapq.heappushpop(waiting, entry)
        yield first
    while waiting:
        yield heapq.heappop(waiting)[2]


def sorted_on_disk(receipts: Iterable[Numbered], run: int = RUN_MAX) -> Iterator[Numbered]:
    """Sort any number of receipts by their instants, in files of their own.

    Raises TooMany.
    """
    with tempfile.TemporaryDirectory(prefix="pos-loyalty-receipts-") as folder:
        runs: list[Path] = []
        together: list[tuple[float, int, Numbered]] = []
        for numbered in receipts:
            number, receipt = numbered
            together.append((receipt.basket.at.timestamp(), number, numbered))
            if len(together) == run:
                runs.append(_written(together, Path(folder), len(runs)))
                together = []
        together.sort(key=_key)
        files = [_read(path) for path in runs]
        yield from (one[2] for one in heapq.merge(*files, together, key=_key))


def _key(entry: tuple[float, int, Numbered]) -> tuple[float, int]:
    return entry[:2]


def _written(together: list[tuple[float, int, Numbered]], folder: Path, place: int) -> Path:
    if place >= RUNS_MAX:
        raise TooMany(RUNS_MAX * RUN_MAX)
    path = folder / str(place)
    together.sort(key=_key)
    with path.open("wb") as file:
        for entry in together:
            pickle.dump(entry, file, protocol=pickle.HIGHEST_PROTOCOL)
    return path


def _read(path: Path) -> Iterator[tuple[float, int, Numbered]]:
    with path.open("rb") as file:
        for _ in range(RUN_MAX):
            try:
                yield pickle.load(file)  # noqa: S301 - a file of our own, in a folder of our own
            except EOFError:
                return
