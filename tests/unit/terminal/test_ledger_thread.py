from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pos_loyalty.terminal.ledger_thread import LONG_MS, LedgerThread


@pytest.fixture
def ledger() -> Iterator[LedgerThread]:
    ledger = LedgerThread()
    yield ledger
    ledger.shutdown()


def test_jobs_run_one_after_the_other_in_the_order_they_came(ledger: LedgerThread) -> None:
    gate = threading.Event()
    ran: list[int] = []
    ledger.submit(gate.wait)
    jobs = [ledger.submit(ran.append, number) for number in range(100)]
    gate.set()
    for job in jobs:
        job.result(timeout=10)

    assert ran == list(range(100))


def test_what_a_job_raises_reaches_whoever_waits(ledger: LedgerThread) -> None:
    def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        ledger.do(fail)


def test_a_job_that_asks_for_a_job_does_not_wait_for_itself(ledger: LedgerThread) -> None:
    done = ledger.submit(lambda: ledger.do(lambda: "done"))

    assert done.result(timeout=10) == "done"


def test_only_the_ledger_thread_is_the_ledger_thread(ledger: LedgerThread) -> None:
    assert not ledger.is_here
    assert ledger.do(lambda: ledger.is_here)


def test_a_job_that_takes_long_is_told_by_its_name(
    ledger: LedgerThread, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    def slow_sale() -> None:
        threading.Event().wait(LONG_MS / 1000 * 1.2)

    ledger.do(slow_sale)

    (name,) = (name for name in ledger.longest_ms if "slow_sale" in name)
    assert ledger.longest_ms[name] > LONG_MS
    assert "a job took long" in caplog.text


def test_what_is_queued_is_finished_before_the_end() -> None:
    ledger = LedgerThread()
    ran: list[str] = []
    ledger.submit(ran.append, "sale")
    ledger.shutdown()

    assert ran == ["sale"]
