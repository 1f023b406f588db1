"""A server on loopback, and the line to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.wire.seals import public_key
from tests.fakes.central_peer import (
    IMPATIENT,
    TILL_SEED,
    CentralPeer,
)
from tests.fakes.counter import SERVER_SEED
from tests.fakes.line import PATIENCE_S, Bench


@pytest.fixture
def peer() -> Iterator[CentralPeer]:
    peer = CentralPeer()
    peer.start()
    yield peer
    peer.stop()


@pytest.fixture
def central(peer: CentralPeer) -> Iterator[HttpCentral]:
    central = HttpCentral(peer.url, TILL_SEED, public_key(SERVER_SEED), IMPATIENT)
    yield central
    central.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.disk = None
    bench.loop.stop(PATIENCE_S)
