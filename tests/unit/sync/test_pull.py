from __future__ import annotations

import pytest

from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.sync.pull import (
    PASSES_MIN,
    SLICE_CHANGES,
    lease_passes,
)
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.wire.changes import (
    Change,
    ProductChanged,
)
from pos_loyalty.wire.messages import (
    PullReply,
)
from tests.fakes.central import FakeCentral, pull
from tests.fakes.counter import (
    ANNA,
    ROSA,
    STRANGER_SEED,
    WORDS,
    a_counter,
    a_pass,
    a_till_never_online,
    application,
    here,
    known,
    the_shop,
    the_store,
)


def products(count: int) -> tuple[Change, ...]:
    return tuple(ProductChanged(sku=f"P{n}", name=f"P{n}", price_minor=n) for n in range(count))


class Watched(MemoryMembers):
    """Figures that remember in what slices they came, and may stop taking them."""

    def __init__(self) -> None:
        super().__init__()
        self.slices: list[tuple[int, bool]] = []
        self.breaks_at = -1

    def apply(self, changes: object, reply: PullReply, *, complete: bool) -> None:
        if len(self.slices) == self.breaks_at:
            raise KeyboardInterrupt  # As good as a plug that is pulled.
        assert isinstance(changes, tuple)
        self.slices.append((len(changes), complete))
        super().apply(changes, reply, complete=complete)


def test_a_till_that_knows_nothing_learns_its_store_staff_program_and_catalogue() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.pages.append(central.page(*the_shop(), cursor="7"))

    changes = pull(counter, central)

    assert changes == len(the_shop())
    assert counter.members.store() is not None
    assert counter.members.place().cursor == "7"
    assert (central.pulls[0].cursor, central.pulls[0].server_epoch) == ("", 1)


def test_pulling_goes_on_where_it_stopped_until_nothing_is_new() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.pages.append(central.page(*the_shop(), cursor="7", more=True))
    central.pages.append(central.page(*products(2), cursor="9"))

    pull(counter, central)

    assert [asked.cursor for asked in central.pulls] == ["", "7"]
    assert counter.members.place().cursor == "9"


def test_a_page_comes_in_slices_and_only_the_end_moves_the_cursor() -> None:
    members, central = Watched(), FakeCentral()
    central.pages.append(central.page(*products(SLICE_CHANGES * 2 + 1), cursor="7"))

    pull(a_counter(members=members), central)

    sizes = [size for size, _ in members.slices]
    assert max(sizes) == SLICE_CHANGES
    assert sum(sizes) == SLICE_CHANGES * 2 + 1
    assert [complete for _, complete in members.slices] == [False, False, False, True]


def test_a_pull_half_applied_is_asked_for_again() -> None:
    members, central = Watched(), FakeCentral()
    page = central.page(*products(SLICE_CHANGES * 2), cursor="7")
    central.pages.extend([page, page])
    counter = a_counter(members=members)
    members.breaks_at = 1
    with pytest.raises(KeyboardInterrupt):
        pull(counter, central)
    assert counter.members.place().cursor == ""

    members.breaks_at = -1
    pull(counter, central)

    assert [asked.cursor for asked in central.pulls] == ["", ""]
    assert counter.members.place().cursor == "7"
    assert counter.members.product("P49") is not None


def test_an_empty_answer_still_moves_the_cursor() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.pages.append(central.page(cursor="7"))

    assert pull(counter, central) == 0
    assert counter.members.place().cursor == "7"


def test_a_server_of_another_epoch_is_believed_from_the_beginning() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.pages.append(central.page(*the_shop(), *products(1), known(), cursor="7"))
    pull(counter, central)
    central.server_epoch = 2
    central.pages.append(central.page(cursor="3"))
    central.pages.append(central.page(*the_shop(), cursor="4"))

    pull(counter, central)

    assert [(p.cursor, p.server_epoch) for p in central.pulls[1:]] == [("7", 1), ("", 2)]
    assert counter.members.find(ANNA) is None
    assert counter.members.product("P0") is None
    assert counter.members.place().server_epoch == 2


def test_a_till_does_not_forget_its_store_before_the_restored_server_told_it_again() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.pages.append(central.page(*the_shop(), cursor="7"))
    pull(counter, central)
    central.server_epoch = 2

    def cut_after_the_first(call: str) -> None:
        if call == "pull" and len(central.pulls) == 2:
            central.troubles.append(CentralTrouble(Trouble.UNREACHABLE))

    central.before = cut_after_the_first
    with pytest.raises(CentralTrouble):
        pull(counter, central)

    assert counter.members.store() is not None


def test_changes_without_end_end() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    asked = 0

    def more(_: str) -> None:
        nonlocal asked
        asked += 1
        central.pages.append(central.page(cursor="1", more=True))

    central.before = more

    with pytest.raises(CentralTrouble) as refused:
        pull(counter, central)

    assert refused.value.trouble is Trouble.REFUSED
    assert asked <= 10_000


def test_a_till_with_few_passes_left_leases_more() -> None:
    counter, central = a_counter(passes=1), FakeCentral()

    lease_passes(counter, central, here)

    assert central.leases == 1
    assert len(counter.members.passes()) == 4


def test_a_till_with_enough_passes_asks_for_none() -> None:
    counter, central = a_counter(passes=PASSES_MIN + 1), FakeCentral()

    lease_passes(counter, central, here)

    assert central.calls == []


def test_used_passes_and_those_of_another_server_are_not_counted() -> None:
    counter, central = a_counter(passes=2), FakeCentral()
    counter.members.add_passes([a_pass(1, STRANGER_SEED)])
    enrol(counter, ROSA, WORDS, application(counter))

    lease_passes(counter, central, here)

    assert a_pass(1, STRANGER_SEED) not in counter.members.passes()
    assert len(counter.members.passes()) == 1 + 3


def test_the_store_a_till_stands_in_can_change() -> None:
    counter, central = a_counter(), FakeCentral()
    central.pages.append(central.page(the_store("Europe/Athens"), cursor="8"))

    pull(counter, central)

    store = counter.members.store()
    assert store is not None
    assert store.zone == "Europe/Athens"
