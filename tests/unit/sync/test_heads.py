from __future__ import annotations

import pytest

from pos_loyalty.domain.events import GENESIS, Header, Position, seal
from pos_loyalty.ports.journal import Entry
from pos_loyalty.ports.line import Alarm
from pos_loyalty.sync.push import NeedsPerson, compare_heads, push_all
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.messages import (
    HeadTold,
    HelloReply,
)
from tests.fakes.central import FakeCentral
from tests.fakes.clock import MORNING
from tests.fakes.counter import here, new_id, sold


def greeting(seq: int, hash_: bytes, epoch: int = 1) -> HelloReply:
    head = HeadTold(epoch=epoch, seq=seq, hash=hash_.hex())
    return HelloReply(protocol=1, server_epoch=1, head=head, at=MORNING)


def hash_at(counter: Counter, seq: int) -> bytes:
    found = counter.journal.hash_at(Position(1, seq))
    assert found is not None
    return found


def test_a_restored_server_knows_less_and_is_sent_the_rest_again() -> None:
    counter, central = sold(5), FakeCentral()
    push_all(counter, central, here)
    central.forget(2)

    compare_heads(counter.journal, greeting(2, hash_at(counter, 2)))

    assert counter.journal.progress().unsent == 3
    push_all(counter, central, here)
    assert len(central.events) == 5


def test_a_server_that_took_a_batch_whose_answer_was_lost_says_so_at_the_next_hello() -> None:
    counter = sold(3)

    compare_heads(counter.journal, greeting(2, hash_at(counter, 2)))

    assert counter.journal.progress().unsent == 1


def test_heads_that_agree_change_nothing() -> None:
    counter = sold(3)
    compare_heads(counter.journal, greeting(2, hash_at(counter, 2)))

    compare_heads(counter.journal, greeting(2, hash_at(counter, 2)))

    assert counter.journal.progress().acknowledged == Position(1, 2)


def test_a_server_with_another_event_in_our_place_is_an_alarm() -> None:
    counter = sold(3)

    with pytest.raises(NeedsPerson) as refused:
        compare_heads(counter.journal, greeting(2, b"x" * 32))

    assert refused.value.alarm is Alarm.FORK


@pytest.mark.parametrize(("seq", "epoch"), [(4, 1), (0, 2)])
def test_a_server_that_knows_more_of_our_journal_than_we_do_is_an_alarm(
    seq: int, epoch: int
) -> None:
    counter = sold(3)

    with pytest.raises(NeedsPerson) as refused:
        compare_heads(counter.journal, greeting(seq, GENESIS, epoch))

    assert refused.value.alarm is Alarm.BEHIND


def begin_epoch(counter: Counter) -> None:
    """Put the first event of a new epoch behind the tail of the old one."""
    last = counter.journal.last_of_kind("sale")
    assert last is not None
    old = last.header
    header = Header(
        terminal=old.terminal,
        position=Position(2, 1),
        event_id=new_id(counter),
        kind=old.kind,
        version=old.version,
        at=old.at,
        monotonic_ns=old.monotonic_ns,
        boot_id=old.boot_id,
        server_offset_ms=None,
        actor=old.actor,
        role=old.role,
        shift=old.shift,
        approver=None,
    )
    counter.journal.append(Entry(seal(header, last.body, GENESIS)))


def test_the_tail_of_an_old_epoch_is_not_forgotten_when_a_new_one_has_begun() -> None:
    counter = sold(3)
    begin_epoch(counter)

    compare_heads(counter.journal, greeting(0, GENESIS, epoch=2))

    assert counter.journal.progress().unsent == 4
    assert counter.journal.progress().acknowledged == Position(1, 0)
