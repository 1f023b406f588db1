"""How long the cashier waits until a sale is safe on the disk, also while an index loads."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from random import Random

from pos_loyalty.domain.basket import Tender, TenderKind
from pos_loyalty.domain.ids import EventId
from pos_loyalty.i18n import load_words
from pos_loyalty.lab.bench.central import BenchCentral
from pos_loyalty.lab.bench.figures import Group, Limit, Stat, took_ms
from pos_loyalty.lab.bench.plan import Bench
from pos_loyalty.lab.bench.shop import KNOWN, cashier, member, shelf, till_in
from pos_loyalty.ports.journal import PrintState
from pos_loyalty.resources import resource
from pos_loyalty.sync.pull import load_index
from pos_loyalty.terminal.back_room import BackRoom, open_back_room
from pos_loyalty.usecases.open_sale import OpenSale, keep_sale
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.usecases.slips import mark_slip

ALONE, WHILE_LOADING = Limit(10), Limit(50)
JOB = Limit(50, Stat.MAX)
BLOCK_BYTES = 4096
LINES = 3
BETWEEN_S = 0.02  # A quick cashier; without a pause the loading would never have its turn.
LOADING_SALES_MAX = 20_000
SEED = 1


class Cashier:
    """Sells to one member after another, and notes how long each part took."""

    def __init__(self, back_room: BackRoom, members: int) -> None:
        self._room = back_room
        self._who = cashier()
        self._words = load_words("it", resource("locale"))
        self._random = Random(SEED)  # noqa: S311 - replayable, not secret
        self._members = min(KNOWN, members)
        self.commits_ms: list[float] = []
        self.whole_ms: list[float] = []

    def sell(self) -> None:
        """Sell once, with everything the till writes for it: kept basket, sale, slip."""
        counter, on_ledger = self._room.counter, self._room.ledger.do
        lines = tuple(shelf(self._random.randrange(100)) for _ in range(LINES))
        total = sum(line.net_minor for line in lines)
        sale = EventId(counter.ids.new(counter.clock.now()))
        buyer = member(self._random.randrange(self._members))
        checkout = Checkout(sale, lines, (Tender(TenderKind.CASH, total),), buyer)
        began = time.perf_counter()
        on_ledger(partial(keep_sale, counter, OpenSale(sale, lines, buyer)))
        work = partial(sell, counter, self._who, self._words, checkout)
        self.commits_ms.append(took_ms(lambda: on_ledger(work)))
        on_ledger(partial(keep_sale, counter, OpenSale(sale)))
        on_ledger(partial(mark_slip, counter, sale, PrintState.SENDING))
        on_ledger(partial(mark_slip, counter, sale, PrintState.DONE))
        self.whole_ms.append((time.perf_counter() - began) * 1000)


def selling(bench: Bench) -> Group:
    """Measure commits alone beside bare synced writes, then while a whole index is loaded."""
    group = Group("sale")
    folder = till_in(bench, "selling")
    central = BenchCentral(bench)
    central.make_ready()
    with open_back_room(folder) as back_room, (folder / "block").open("wb", buffering=0) as block:
        Cashier(back_room, bench.plan.members).sell()  # The first is dearer; it is not the usual.
        alone, bare = Cashier(back_room, bench.plan.members), []
        for _ in range(bench.plan.sales):
            alone.sell()
            bare.append(took_ms(lambda: _synced_write(block.write, block.fileno())))
        commit = group.add("sale commit", alone.commits_ms, ALONE)
        group.add("  with its kept basket and slip marks (5 commits)", alone.whole_ms)
        synced = group.add("bare 4 KB write + fsync", bare)
        group.compare("sale commit ÷ bare synced write", commit, synced, Stat.P50)
        group.compare("sale commit ÷ bare synced write", commit, synced, Stat.P99)
        back_room.ledger.longest_ms.clear()
        _while_loading(group, bench, back_room, central)
    return group


def _synced_write(write: Callable[[bytes], object], number: int) -> None:
    write(os.urandom(BLOCK_BYTES))
    os.fsync(number)


def _while_loading(group: Group, bench: Bench, back_room: BackRoom, central: BenchCentral) -> None:
    seller = Cashier(back_room, bench.plan.members)
    load = threading.Thread(target=_load, args=(back_room, central), name="sync")
    began = time.perf_counter()
    load.start()
    while load.is_alive() and len(seller.commits_ms) < LOADING_SALES_MAX:
        seller.sell()
        time.sleep(BETWEEN_S)
    load.join()
    seconds = time.perf_counter() - began
    loading = f"while an index of {bench.plan.members:,} loads"
    group.add(f"sale commit {loading}", seller.commits_ms, WHILE_LOADING)
    group.add("  the loading", (seconds,), unit="s")
    longest = back_room.ledger.longest_ms
    for job in sorted(longest, key=longest.__getitem__, reverse=True):
        group.add(f"  longest ledger job {job}", (longest[job],), JOB)


def _load(back_room: BackRoom, central: BenchCentral) -> None:
    load_index(back_room.counter, central, back_room.ledger.do, "0", lambda _loaded, _total: None)
