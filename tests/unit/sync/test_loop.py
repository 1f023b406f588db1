from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from pos_loyalty.domain.events import Event
from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.ports.journal import JournalFault
from pos_loyalty.ports.line import Alarm
from pos_loyalty.sync.backoff import HOURLY, Backoff, read_backoff, write_backoff
from pos_loyalty.sync.loop import NOTE
from pos_loyalty.usecases.sell import sell
from tests.fakes.clock import MORNING
from tests.fakes.counter import ROSA, a_counter, checkout
from tests.fakes.line import PATIENCE_S, Bench, is_good, is_offline


def test_from_the_start_everything_unsent_goes(bench: Bench) -> None:
    bench.sell()

    bench.loop.start()

    state = bench.wait_for(is_good)
    assert (state.trouble, state.alarm, state.since) == (None, None, MORNING)
    assert bench.central.calls[:3] == ["hello", "push", "pull"]
    assert len(bench.central.events) == 1


def test_the_hello_says_where_the_journal_ends(bench: Bench) -> None:
    bench.sell()

    bench.loop.start()
    bench.wait_for(is_good)

    assert bench.central.greeted is not None
    assert (bench.central.greeted.head.seq, bench.central.greeted.acknowledged) == (1, 0)


def test_the_server_s_time_is_heard(bench: Bench) -> None:
    bench.loop.start()
    bench.wait_for(is_good)

    assert bench.heard == [bench.central.at]


def test_a_nudge_sends_a_sale_at_once(bench: Bench) -> None:
    bench.loop.start()
    bench.wait_for(is_good)
    bench.sell()
    bench.forget()

    bench.loop.nudge()

    bench.wait_for(is_good)
    assert len(bench.central.events) == 1


def test_without_a_nudge_the_till_asks_again_by_itself() -> None:
    bench = Bench(every_s=0.01)
    bench.loop.start()
    bench.wait_for(is_good)
    bench.sell()
    bench.forget()

    bench.wait_for(is_good)

    bench.loop.stop(PATIENCE_S)
    assert len(bench.central.events) == 1


def test_a_line_that_is_down_is_told_with_its_reason_and_when_it_is_tried_again(
    bench: Bench,
) -> None:
    bench.central.troubles.append(CentralTrouble(Trouble.PORTAL, "status 302"))
    bench.sell()

    bench.loop.start()

    state = bench.wait_for(is_offline)
    assert (state.trouble, state.detail) == (Trouble.PORTAL, "status 302")
    assert state.retry_at == MORNING + timedelta(seconds=1)
    assert (state.unsent, state.oldest_unsent_at) == (1, MORNING)


def test_a_failure_is_noted_so_that_a_restart_does_not_hurry(bench: Bench) -> None:
    bench.central.troubles.append(CentralTrouble(Trouble.UNREACHABLE))

    bench.loop.start()
    bench.wait_for(is_offline)

    noted = read_backoff(bench.counter.journal.note(NOTE))
    assert noted == Backoff(1, MORNING + timedelta(seconds=1))


def test_after_a_restart_the_wait_goes_on(bench: Bench) -> None:
    waiting = Backoff(4, MORNING + timedelta(minutes=2))
    bench.counter.journal.keep_note(NOTE, write_backoff(waiting))

    bench.loop.start()

    state = bench.wait_for(lambda _: True)
    assert state.retry_at == waiting.not_before
    assert bench.central.calls == []


def test_a_nudge_while_waiting_counts_the_sale_and_tries_no_sooner(bench: Bench) -> None:
    bench.central.troubles.append(CentralTrouble(Trouble.BUSY, "", 600))
    bench.loop.start()
    bench.wait_for(is_offline)
    bench.sell()

    bench.loop.nudge()

    bench.wait_for(lambda state: state.unsent == 1)
    assert bench.central.calls == ["hello"]


def test_a_person_who_asks_is_answered_at_once(bench: Bench) -> None:
    bench.central.troubles.append(CentralTrouble(Trouble.BUSY, "", 600))
    bench.loop.start()
    bench.wait_for(is_offline)

    bench.loop.try_now()

    assert bench.wait_for(is_good).retry_at is None
    assert read_backoff(bench.counter.journal.note(NOTE)) == Backoff()


def test_a_server_that_asks_its_tills_to_wait_is_left_alone(bench: Bench) -> None:
    bench.central.retry_after_s = 120
    bench.sell()

    bench.loop.start()

    state = bench.wait_for(is_offline)
    assert state.trouble is Trouble.BUSY
    assert state.retry_at is not None
    assert state.retry_at >= MORNING + timedelta(seconds=120)
    assert bench.central.calls == ["hello"]


def test_a_server_of_another_protocol_asks_for_the_upgrade_and_nothing_is_sent(
    bench: Bench,
) -> None:
    bench.central.protocol = 2
    bench.sell()

    bench.loop.start()

    assert bench.wait_for(lambda state: state.alarm is Alarm.TOO_OLD).unsent == 1
    assert bench.central.events == []


@pytest.mark.parametrize(
    ("trouble", "alarm"),
    [
        (Trouble.REVOKED, Alarm.REVOKED),
        (Trouble.UNKNOWN_TILL, Alarm.UNKNOWN_TILL),
        (Trouble.TOO_OLD, Alarm.TOO_OLD),
        (Trouble.REFUSED, Alarm.REFUSED),
        (Trouble.TOO_LARGE, Alarm.REFUSED),
    ],
)
def test_what_a_person_has_to_mend_is_an_alarm_and_is_not_hurried(
    bench: Bench, trouble: Trouble, alarm: Alarm
) -> None:
    bench.central.troubles.append(CentralTrouble(trouble))

    bench.loop.start()

    state = bench.wait_for(lambda state: state.alarm is not None)
    assert (state.alarm, state.online) == (alarm, True)
    assert state.retry_at is not None
    wait = state.retry_at - MORNING
    assert timedelta(minutes=5) <= wait <= HOURLY
    assert (wait == HOURLY) is (alarm is Alarm.REFUSED)


def test_a_forked_chain_is_an_alarm_that_outlives_an_outage_and_ends_when_it_is_mended(
    bench: Bench,
) -> None:
    bench.sell()
    bench.central.events = [_other_event()]
    bench.loop.start()
    bench.wait_for(lambda state: state.alarm is Alarm.FORK)

    bench.central.troubles.append(CentralTrouble(Trouble.UNREACHABLE))
    bench.forget()
    bench.loop.try_now()
    assert bench.wait_for(is_offline).alarm is Alarm.FORK

    bench.central.events = []
    bench.loop.try_now()
    assert bench.wait_for(is_good).alarm is None


def _other_event() -> Event:
    other = a_counter(till=2)
    sell(other, ROSA, None, checkout(other))
    return other.journal.unsent(1, 10**6)[0].event


def test_a_full_disk_does_not_end_the_thread(bench: Bench) -> None:
    bench.sell()
    bench.disk = JournalFault("disk-full")
    bench.loop.start()
    bench.wait_for(lambda state: state.detail == "disk-full")

    bench.disk = None
    bench.loop.try_now()

    assert bench.wait_for(is_good).unsent == 0


def test_a_disk_that_fills_up_while_the_line_is_down_does_not_end_the_thread(
    bench: Bench,
) -> None:
    def fill(_: str) -> None:
        bench.disk = JournalFault("disk-full")

    bench.central.before = fill
    bench.central.troubles.append(CentralTrouble(Trouble.UNREACHABLE))
    bench.loop.start()
    bench.wait_for(lambda state: state.detail == "disk-full")

    bench.central.before = lambda _: None
    bench.disk = None
    bench.loop.try_now()

    assert bench.wait_for(is_good).detail == ""


def test_stopping_ends_after_the_call_in_progress(bench: Bench) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def hold(call: str) -> None:
        if call == "push":
            arrived.set()
            assert go_on.wait(PATIENCE_S)

    bench.sell()
    bench.central.before = hold
    bench.loop.start()
    assert arrived.wait(PATIENCE_S)

    bench.loop.stop(0)
    go_on.set()
    bench.loop.stop(PATIENCE_S)

    assert bench.central.calls == ["hello", "push"]
    assert bench.counter.journal.progress().unsent == 0
    assert [t.name for t in threading.enumerate() if t.name == "sync"] == []


def test_a_loop_that_never_began_can_be_stopped() -> None:
    bench = Bench()

    bench.loop.stop(PATIENCE_S)

    assert (bench.central.calls, bench.counter.journal.progress().unsent) == ([], 0)


def test_a_loop_that_waits_is_stopped_at_once(bench: Bench) -> None:
    bench.loop.start()
    bench.wait_for(is_good)

    bench.loop.stop(PATIENCE_S)

    assert [t.name for t in threading.enumerate() if t.name == "sync"] == []
