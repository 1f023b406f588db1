"""What the loop tells of the line to whoever watches."""

from __future__ import annotations

from datetime import timedelta

from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.ports.members import UnreadProgram
from pos_loyalty.wire.changes import ProgramPublished
from tests.fakes.clock import MORNING
from tests.fakes.counter import tell
from tests.fakes.line import Bench, is_good, is_offline


def test_a_program_too_new_is_told_with_the_line(bench: Bench) -> None:
    tell(bench.counter, ProgramPublished(document='{"id": "moon", "version": 9}'))

    bench.loop.start()

    assert bench.wait_for(is_good).unread == (UnreadProgram("moon", 9),)


def test_since_when_the_line_is_down_stays_the_first_moment(bench: Bench) -> None:
    bench.central.troubles.extend([CentralTrouble(Trouble.UNREACHABLE)] * 2)
    bench.loop.start()
    bench.wait_for(is_offline)
    bench.forget()
    bench.clock.go_on(timedelta(minutes=3))

    bench.loop.try_now()

    assert bench.wait_for(is_offline).since == MORNING


def test_an_index_that_loads_shows_how_far_it_is(bench: Bench) -> None:
    bench.central.index = sorted(bytes([n]) * 12 + b"m" * 16 + b"\x01" for n in range(1, 6))
    bench.central.pages.append(bench.central.page(cursor="7", snapshot_required=True))

    bench.loop.start()

    bench.wait_for(lambda state: (state.loaded, state.to_load) == (2, 5))
    assert bench.wait_for(is_good).to_load == 0
