"""From the scanner's last byte to the member on the screen, with a whole chain in the index."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.lab.bench.figures import Group, Limit
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.running import RunningTill, run
from pos_loyalty.lab.bench.shop import CARDS, KNOWN, card, member, member_pass, till_in
from pos_loyalty.terminal.settings import DeviceSetting, Settings

PAINTED = Limit(50)
END = b"\r"
SEED = 1


@dataclass(frozen=True, slots=True)
class SerialLine:
    """The scanner's end of a pseudo-terminal; the till has the other one."""

    far: int
    port: str

    def send(self, raw: bytes) -> None:
        """Send, as a scanner does."""
        os.write(self.far, raw)


@contextmanager
def serial_line() -> Iterator[SerialLine]:
    """Lay a serial line."""
    far, near = os.openpty()
    tty.setraw(near)
    try:
        yield SerialLine(far, os.ttyname(near))
    finally:
        os.close(near)
        os.close(far)


@dataclass(frozen=True, slots=True)
class Seen:
    """Whom a scan is to show, and how she was told."""

    kind: str
    text: str
    member: MemberId


def scanning(bench: Bench) -> Group:
    """Measure scans of cards known here, of cards only in the index, and of passes."""
    group = Group("scan")
    folder = till_in(bench, "scanning", indexed=True)
    scans = tuple(_scans(bench))
    took: dict[str, list[float]] = {seen.kind: [] for seen in scans}
    first: list[float] = []

    def script(till: RunningTill) -> None:
        till.sign_in()
        for number, seen in enumerate(scans):
            till.rest()
            line.send(seen.text.encode())
            ms = _scan(till, line, seen)
            (first if number == 0 else took[seen.kind]).append(ms)

    with serial_line() as line:
        setting = DeviceSetting(driver="serial", settings={"port": line.port})
        run(folder, Settings(scanners=(setting,)), script)
    every = [ms for kind in took.values() for ms in kind]
    group.add(f"scan → member painted, {bench.plan.members:,} members", every, PAINTED)
    for kind, samples in took.items():
        group.add(f"  {kind}", samples)
    group.add("  the first scan after the start (a pass)", first)
    return group


def _scan(till: RunningTill, line: SerialLine, seen: Seen) -> float:
    def shown() -> bool:
        sale = till.shop.till.sale
        now = None if sale is None else sale.model.member
        return now is not None and now.member == seen.member

    return till.watch.until_painted(lambda: line.send(END), shown)


def _scans(bench: Bench) -> Iterator[Seen]:
    random = Random(SEED)  # noqa: S311 - replayable, not secret
    here, cards = min(KNOWN, bench.plan.members), min(CARDS, bench.plan.members)
    before = -1
    for count in range(bench.plan.scans + 1):
        number = random.randrange(here if count % 2 == 0 else cards)
        number += number == before  # The same member twice would be nothing new on the screen.
        before = number
        if count % 3 == 0:
            yield Seen("passes", member_pass(number), member(number))
        else:
            kind = "cards of this store" if number < here else "cards only in the index"
            yield Seen(kind, card(number), member(number))
