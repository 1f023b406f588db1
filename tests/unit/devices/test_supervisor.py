from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest

from pos_loyalty.devices.health import DeviceHealth, DeviceState
from pos_loyalty.devices.supervisor import Closeable, DeviceThread
from pos_loyalty.ports.devices import DeviceFault, FaultKind
from tests.fakes.told import Told

GONE = DeviceFault(FaultKind.GONE, "scale")


class Device:
    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True


def states(told: list[DeviceHealth]) -> list[DeviceState]:
    return [health.state for health in told]


@pytest.fixture
def health() -> Told[DeviceHealth]:
    return Told()


class Threads:
    """Threads that a test starts, stopped with it."""

    def __init__(self) -> None:
        self.stops: list[Callable[[], bool]] = []

    def start(
        self,
        open_device: Callable[[], Closeable],
        work: Callable[[Closeable], None],
        health: Told[DeviceHealth],
    ) -> DeviceThread[Closeable]:
        thread = DeviceThread("scale", open_device, work, on_health=health, jitter=lambda: 1)
        self.stops.append(thread.stop)
        thread.start()
        return thread


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads()
    yield made
    assert all(stop() for stop in made.stops)


def at_least(count: int, told: list[DeviceHealth]) -> bool:
    return len(told) >= count


def rest(_: Closeable) -> None:
    threading.Event().wait(0.01)


def test_a_device_is_starting_then_ready_then_stopped(
    threads: Threads, health: Told[DeviceHealth]
) -> None:
    device = Device()
    thread = threads.start(lambda: device, rest, health)
    health.wait_until(lambda told: states(told) == [DeviceState.READY])

    assert thread.stop()

    assert states(health.values) == [DeviceState.READY, DeviceState.STOPPED]
    assert device.closed


def test_a_device_that_is_not_there_is_looked_for_until_it_is(
    threads: Threads, health: Told[DeviceHealth]
) -> None:
    tries = iter([GONE, GONE])

    def open_device() -> Device:
        with suppress(StopIteration):
            raise next(tries)
        return Device()

    threads.start(open_device, rest, health)

    told = health.wait_until(lambda told: DeviceState.READY in states(told))
    assert states(told) == [DeviceState.FAULT, DeviceState.FAULT, DeviceState.READY]
    assert told[0].fault is GONE
    assert told[0].since == told[1].since < told[2].since


def test_a_device_that_fails_is_given_back_and_opened_again(
    threads: Threads, health: Told[DeviceHealth]
) -> None:
    devices: list[Device] = []
    unplugged = threading.Event()

    def open_device() -> Device:
        devices.append(Device())
        return devices[-1]

    def work(_: Closeable) -> None:
        if unplugged.wait(0.01) and len(devices) == 1:
            raise GONE

    threads.start(open_device, work, health)
    unplugged.set()

    told = health.wait_until(lambda told: len(told) >= 3)
    assert states(told) == [DeviceState.READY, DeviceState.FAULT, DeviceState.READY]
    assert [device.closed for device in devices] == [True, False]


def test_a_driver_with_a_mistake_is_recorded_told_and_started_again(
    threads: Threads, health: Told[DeviceHealth], caplog: pytest.LogCaptureFixture
) -> None:
    mistakes = iter([ZeroDivisionError("in the driver")])

    def work(_: Closeable) -> None:
        for mistake in mistakes:
            raise mistake
        rest(_)

    with caplog.at_level(logging.ERROR):
        threads.start(Device, work, health)
        told = health.wait_until(lambda told: len(told) >= 3)

    assert states(told) == [DeviceState.READY, DeviceState.FAULT, DeviceState.READY]
    assert told[1].fault is not None
    assert told[1].fault.kind is FaultKind.BROKEN_DRIVER
    assert "ZeroDivisionError" in caplog.text


def test_a_device_may_be_in_trouble_and_stay_open(
    threads: Threads, health: Told[DeviceHealth]
) -> None:
    told_once = threading.Event()

    def work(_: Closeable) -> None:
        if not told_once.is_set():
            told_once.set()
            thread.report(GONE)
            thread.report(None)
            thread.report(None)
        rest(_)

    thread = DeviceThread("scale", Device, work, on_health=health)
    threads.stops.append(thread.stop)
    thread.start()

    told = health.wait_until(lambda told: len(told) >= 3)
    assert states(told) == [DeviceState.READY, DeviceState.FAULT, DeviceState.READY]


def test_waiting_for_a_device_does_not_keep_the_till_open(
    threads: Threads, health: Told[DeviceHealth]
) -> None:
    def open_device() -> Device:
        raise GONE

    thread = threads.start(open_device, rest, health)
    health.wait_until(lambda told: len(told) >= 3)

    assert thread.stop(timeout_s=1)


def test_a_hurried_device_is_tried_at_once(threads: Threads, health: Told[DeviceHealth]) -> None:
    def open_device() -> Device:
        raise GONE

    thread = threads.start(open_device, rest, health)

    for tries in range(1, 20):  # By the back-off alone this would take a minute.
        health.wait_until(partial(at_least, tries))
        thread.hurry()


def test_a_driver_that_hangs_is_left_behind(health: Told[DeviceHealth]) -> None:
    hanging, release = threading.Event(), threading.Event()

    def work(_: Closeable) -> None:
        hanging.set()
        release.wait()

    thread = DeviceThread("scale", Device, work, on_health=health)
    thread.start()
    hanging.wait(10)

    assert not thread.stop(timeout_s=0.05)
    release.set()
    assert thread.stop()


def test_a_device_that_was_never_started_can_be_stopped(health: Told[DeviceHealth]) -> None:
    thread = DeviceThread("scale", Device, rest, on_health=health)

    assert thread.stop()
    assert thread.health.state is DeviceState.STARTING
