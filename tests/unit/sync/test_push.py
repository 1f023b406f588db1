from __future__ import annotations

from uuid import UUID

import pytest

from pos_loyalty.domain.bodies import ShiftOpened
from pos_loyalty.domain.events import GENESIS
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.ports.line import Alarm
from pos_loyalty.sync.push import STALLS_MAX, NeedsPerson, push_all
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.record import record
from pos_loyalty.usecases.sell import sell
from pos_loyalty.wire.messages import (
    EVENTS_MAX,
    ChainBroken,
    PushReply,
)
from tests.fakes.central import FakeCentral
from tests.fakes.clock import MORNING
from tests.fakes.counter import ROSA, WORDS, a_counter, application, checkout, here, new_id, sold


def quick(counter: Counter, count: int) -> None:
    for _ in range(count):
        record(counter, ROSA, new_id(counter), ShiftOpened(StoreId("centro"), MORNING.date()))


def test_everything_unsent_goes_once_and_in_order() -> None:
    counter, central = sold(3), FakeCentral()

    sent = push_all(counter, central, here)

    assert sent == 3
    assert [e.header.position.seq for e in central.events] == [1, 2, 3]
    assert central.events[-1].hash == counter.journal.head().hash
    assert counter.journal.progress().unsent == 0


def test_with_nothing_to_say_nothing_is_said() -> None:
    central = FakeCentral()

    assert push_all(a_counter(), central, here) == 0
    assert central.calls == []


def test_a_long_tail_goes_in_several_batches() -> None:
    counter, central = a_counter(), FakeCentral()
    quick(counter, EVENTS_MAX + 1)

    sent = push_all(counter, central, here)

    assert sent == EVENTS_MAX + 1
    assert [len(push.events) for push in central.pushes] == [EVENTS_MAX, 1]


def test_a_personal_record_travels_beside_its_event() -> None:
    counter, central = a_counter(), FakeCentral()
    enrol(counter, ROSA, WORDS, application(counter, "Anna Bianchi"))

    push_all(counter, central, here)

    (event,) = central.pushes[0].events
    assert event.record is not None
    assert "Anna Bianchi" in event.record.record
    assert "Anna" not in event.body


def test_a_batch_whose_answer_was_lost_is_sent_again_and_booked_once() -> None:
    counter, central = sold(2), FakeCentral()

    def lose(_: PushReply) -> PushReply:
        raise CentralTrouble(Trouble.UNREACHABLE, "answer lost")

    central.mangle = lose
    with pytest.raises(CentralTrouble):
        push_all(counter, central, here)
    central.mangle = lambda reply: reply

    push_all(counter, central, here)

    assert [e.header.position.seq for e in central.events] == [1, 2]
    assert counter.journal.progress().unsent == 0


def test_an_acknowledgement_of_another_batch_is_not_believed() -> None:
    counter, central = sold(2), FakeCentral()
    central.mangle = lambda reply: reply.model_copy(update={"batch_id": UUID(int=1)})

    with pytest.raises(CentralTrouble) as refused:
        push_all(counter, central, here)

    assert refused.value.trouble is Trouble.NOT_OURS
    assert counter.journal.progress().unsent == 2


def test_an_acknowledgement_of_another_epoch_is_not_believed() -> None:
    counter, central = sold(2), FakeCentral()
    central.mangle = lambda reply: reply.model_copy(update={"epoch": 2})

    with pytest.raises(CentralTrouble):
        push_all(counter, central, here)

    assert counter.journal.progress().unsent == 2


@pytest.mark.parametrize("lie", [{"head_hash": "0" * 64}, {"acknowledged_through": 99}])
def test_an_acknowledgement_that_does_not_fit_our_chain_raises_an_alarm(
    lie: dict[str, object],
) -> None:
    counter, central = sold(2), FakeCentral()
    central.mangle = lambda reply: reply.model_copy(update=lie)

    with pytest.raises(NeedsPerson) as refused:
        push_all(counter, central, here)

    assert refused.value.alarm is Alarm.FORK
    assert counter.journal.progress().unsent == 2


@pytest.mark.parametrize(
    ("kind", "alarm"),
    [("fork", Alarm.FORK), ("broken", Alarm.BROKEN), ("revoked", Alarm.REVOKED)],
)
def test_a_chain_the_server_cannot_follow_is_for_a_person_and_nothing_is_dropped(
    kind: str, alarm: Alarm
) -> None:
    counter, central = sold(2), FakeCentral()
    broken = ChainBroken.model_validate({"kind": kind, "expected_seq": 1})
    central.mangle = lambda reply: reply.model_copy(update={"refused": broken})

    with pytest.raises(NeedsPerson) as refused:
        push_all(counter, central, here)

    assert refused.value.alarm is alarm
    assert counter.journal.progress().unsent == 2


def test_after_a_gap_the_till_goes_back_and_sends_again() -> None:
    counter, central = sold(5), FakeCentral()
    push_all(counter, central, here)
    central.forget(2)  # Restored between hello and push.
    sell(counter, ROSA, None, checkout(counter))

    sent = push_all(counter, central, here)

    assert sent == 4
    assert [e.header.position.seq for e in central.events] == [1, 2, 3, 4, 5, 6]
    assert counter.journal.progress().unsent == 0


def test_a_server_that_takes_nothing_is_left_alone_after_a_few_tries() -> None:
    counter, central = sold(3), FakeCentral()
    stuck = {"acknowledged_through": 0, "head_hash": GENESIS.hex()}
    central.mangle = lambda reply: reply.model_copy(update=stuck)

    with pytest.raises(CentralTrouble) as refused:
        push_all(counter, central, here)

    assert refused.value.trouble is Trouble.REFUSED
    assert len(central.pushes) == STALLS_MAX
    assert counter.journal.progress().unsent == 3


def test_a_batch_that_is_too_large_is_halved_until_it_goes() -> None:
    counter, central = sold(8), FakeCentral()
    central.troubles.extend([CentralTrouble(Trouble.TOO_LARGE)] * 2)

    sent = push_all(counter, central, here)

    assert sent == 8
    assert [len(push.events) for push in central.pushes] == [2, 2, 2, 2]


def test_a_single_event_that_is_too_large_is_trouble_and_stays() -> None:
    counter, central = sold(2), FakeCentral()
    central.troubles.extend([CentralTrouble(Trouble.TOO_LARGE)] * 3)

    with pytest.raises(CentralTrouble) as refused:
        push_all(counter, central, here)

    assert refused.value.trouble is Trouble.TOO_LARGE
    assert counter.journal.progress().unsent == 2


def test_what_the_server_parks_is_counted_and_blocks_nothing() -> None:
    counter, central = sold(3), FakeCentral()
    central.outcomes[2] = "parked"

    push_all(counter, central, here)

    progress = counter.journal.progress()
    assert (progress.unsent, progress.parked) == (0, 1)
