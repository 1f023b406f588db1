from __future__ import annotations

import pytest

from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.sync.pull import (
    LOADS_MAX,
    pull_all,
)
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.messages import SnapshotReply
from tests.fakes.central import FakeCentral, fail_at, pull
from tests.fakes.counter import (
    ANNA,
    INDEX_KEY,
    a_counter,
    a_till_never_online,
    card,
    here,
    indexed,
    the_shop,
)


def line_of(number: str, status: int = 1) -> bytes:
    return card_digest(number, INDEX_KEY) + ANNA.bytes + bytes([status])


def an_index(count: int) -> list[bytes]:
    return sorted(line_of(card(n)) for n in range(count))


def known_card(counter: Counter, number: int) -> bool:
    return counter.members.by_digest(card_digest(card(number), INDEX_KEY)) is not None


def test_a_large_index_is_loaded_page_by_page_with_progress() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.index = an_index(5)
    central.pages.append(central.page(*the_shop(), cursor="7", snapshot_required=True))
    seen: list[tuple[int, int]] = []

    pull_all(counter, central, here, lambda loaded, total: seen.append((loaded, total)))

    assert seen == [(2, 5), (4, 5), (5, 5), (0, 0)]
    assert all(known_card(counter, n) for n in range(5))
    assert counter.members.place().members == 5


def test_a_till_sells_while_its_index_loads() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.index = an_index(2)
    central.pages.append(central.page(*the_shop(), cursor="7", snapshot_required=True))
    stores = []

    pull_all(counter, central, here, lambda _, __: stores.append(counter.members.store()))

    assert stores[0] is not None


def test_an_index_that_was_interrupted_goes_on_where_it_stopped() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.index = an_index(6)
    central.pages.append(central.page(*the_shop(), cursor="7", snapshot_required=True))
    central.before = fail_at(central, "snapshot", 2)
    with pytest.raises(CentralTrouble):
        pull(counter, central)
    assert counter.members.place().cursor == ""
    assert not known_card(counter, 0)

    central.before = lambda _: None
    central.calls.clear()
    central.pages.append(central.page(*the_shop(), cursor="9", snapshot_required=True))
    pull(counter, central)

    assert central.calls.count("snapshot") == 1
    assert all(known_card(counter, n) for n in range(6))


def test_what_changed_while_the_index_was_interrupted_is_pulled_from_its_beginning() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.index = an_index(4)
    central.pages.append(central.page(*the_shop(), cursor="7", snapshot_required=True))
    central.before = fail_at(central, "snapshot", 1)
    with pytest.raises(CentralTrouble):
        pull(counter, central)

    central.before = lambda _: None
    central.pages.append(central.page(cursor="9", snapshot_required=True))
    blocked = central.page(indexed(card(0), status="blocked"), cursor="10")
    central.pages.append(blocked)
    pull(counter, central)

    assert central.pulls[-1].cursor == "7"
    found = counter.members.by_digest(card_digest(card(0), INDEX_KEY))
    assert found is not None
    assert found[1] is MemberStatus.BLOCKED


def test_a_server_restored_while_the_index_loads_is_asked_for_everything_again() -> None:
    counter, central = a_till_never_online(), FakeCentral()
    central.index = an_index(4)
    central.pages.append(central.page(*the_shop(), cursor="7", snapshot_required=True))

    def restore(call: str) -> None:
        if call == "snapshot" and central.calls.count("snapshot") == 1:
            central.server_epoch = 2
            again = central.page(*the_shop(), cursor="3", snapshot_required=True)
            central.pages.extend([again, again])

    central.before = restore
    pull(counter, central)

    assert [asked.cursor for asked in central.pulls] == ["", "", "", "3"]
    assert counter.members.place().server_epoch == 2
    assert all(known_card(counter, n) for n in range(4))


def test_a_damaged_page_of_the_index_is_trouble_and_the_index_in_use_stays() -> None:
    counter = a_counter()

    class Damaged(FakeCentral):
        def snapshot(self, _: object) -> SnapshotReply:
            return SnapshotReply(server_epoch=1, packed="AAAA", entries=9, total=9, more=False)

    central = Damaged()
    central.pages.append(central.page(indexed(card(1)), cursor="6"))
    pull(counter, central)
    central.pages.append(central.page(cursor="7", snapshot_required=True))

    with pytest.raises(CentralTrouble) as refused:
        pull(counter, central)

    assert refused.value.trouble is Trouble.REFUSED
    assert known_card(counter, 1)


def test_a_server_that_wants_the_index_loaded_for_ever_is_left() -> None:
    counter, central = a_till_never_online(), FakeCentral()

    def again(call: str) -> None:
        if call == "pull":
            central.pages.append(central.page(cursor="7", snapshot_required=True))

    central.before = again

    with pytest.raises(CentralTrouble):
        pull(counter, central)

    assert central.calls.count("snapshot") == LOADS_MAX + 1
