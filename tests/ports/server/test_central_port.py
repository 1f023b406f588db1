"""What every central server does for a till: the one in memory, and the real one over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from pos_loyalty.domain.events import GENESIS, Event, Header, Kind, Position, seal
from pos_loyalty.domain.ids import EventId, StaffId, TerminalId
from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
from pos_loyalty.server.api.app import create_app
from pos_loyalty.server.database import in_transaction
from pos_loyalty.server.identity import read_identity
from pos_loyalty.server.serve import Address, served
from pos_loyalty.server.tills import revoke_till
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.wire.enrolment_code import read_code, write_code
from pos_loyalty.wire.events import event_sent
from pos_loyalty.wire.messages import (
    EnrolTill,
    HeadTold,
    Hello,
    LeasePasses,
    Pull,
    Push,
    Snapshot,
    TillEnrolled,
)
from pos_loyalty.wire.seals import new_seed, public_key
from tests.fakes.central import FakeCentral
from tests.server.shop import Shop

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NONCE = "0" * 16
BODY = b'{"store":"bologna","on":"2026-03-02"}'


class Line:
    """A central server, and the till that talks to it."""

    def __init__(self, central: Central, terminal: TerminalId) -> None:
        self.central = central
        self.terminal = terminal
        self.events: list[Event] = []

    def record(self, count: int) -> None:
        for _ in range(count):
            seq = len(self.events) + 1
            header = Header(
                terminal=self.terminal,
                position=Position(1, seq),
                event_id=EventId(uuid4()),
                kind=Kind.SHIFT_OPEN.value,
                version=1,
                at=NOW,
                monotonic_ns=seq,
                boot_id="boot",
                server_offset_ms=None,
                actor=StaffId("rosa"),
                role="cashier",
                shift=None,
                approver=None,
            )
            before = self.events[-1].hash if self.events else GENESIS
            self.events.append(seal(header, BODY, before))

    def batch(self, first: int, last: int) -> Push:
        chosen = self.events[first - 1 : last]
        return Push(
            batch_id=uuid4(),
            terminal=self.terminal,
            epoch=1,
            first_seq=first,
            prev_hash=chosen[0].prev_hash.hex(),
            head_hash=chosen[-1].hash.hex(),
            events=tuple(event_sent(event, None) for event in chosen),
        )

    def hello(self) -> Hello:
        head = HeadTold(epoch=1, seq=0, hash=GENESIS.hex())
        return Hello(
            terminal=self.terminal,
            app_version="0.1.0",
            head=head,
            acknowledged=0,
            at=NOW,
            nonce=NONCE,
        )

    def pull(self, cursor: str = "") -> Pull:
        return Pull(terminal=self.terminal, server_epoch=1, cursor=cursor, nonce=NONCE)


@contextmanager
def in_memory(_: pytest.FixtureRequest) -> Iterator[Line]:
    yield Line(FakeCentral(), TerminalId(UUID(int=7)))


@contextmanager
def over_http(request: pytest.FixtureRequest) -> Iterator[Line]:
    engine: Engine = request.getfixturevalue("engine")
    with enrolled(engine) as (_, told, seed, url):
        central = HttpCentral(url, seed, bytes.fromhex(told.server_key))
        yield Line(central, TerminalId(told.terminal))
        central.close()


@contextmanager
def enrolled(engine: Engine) -> Iterator[tuple[Shop, TillEnrolled, bytes, str]]:
    """Serve a shop, and make a till there as a till does it: by the code it was given."""
    identity = in_transaction(engine, read_identity)
    with served(create_app(engine, lambda: NOW), Address(port=0)) as url:
        shop = Shop(engine, url, identity, [NOW])
        shop.store("bologna")
        invitation = read_code(write_code(shop.code(), identity.server_key, url))
        seed = new_seed()
        stranger = HttpCentral(invitation.url, seed, b"")
        asked = EnrolTill(code=invitation.secret, public_key=public_key(seed).hex(), nonce=NONCE)
        told = stranger.enrol(asked, invitation.server_key_id)
        stranger.close()
        yield shop, told, seed, url


@pytest.fixture(params=[in_memory, over_http], ids=["memory", "http"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    make: Callable[[pytest.FixtureRequest], AbstractContextManager[Line]] = request.param
    with make(request) as made:
        yield made


def test_a_server_that_has_heard_nothing_says_so(line: Line) -> None:
    head = line.central.hello(line.hello()).head

    assert (head.epoch, head.seq, head.hash) == (1, 0, GENESIS.hex())


def test_what_was_pushed_is_acknowledged_by_its_head(line: Line) -> None:
    line.record(3)
    batch = line.batch(1, 3)

    reply = line.central.push(batch)

    assert (reply.batch_id, reply.epoch) == (batch.batch_id, 1)
    assert (reply.acknowledged_through, reply.refused) == (3, None)
    assert reply.head_hash == line.events[2].hash.hex()
    assert [(r.seq, r.outcome) for r in reply.results] == [(n, "applied") for n in (1, 2, 3)]
    assert line.central.hello(line.hello()).head.seq == 3


def test_a_batch_that_overlaps_is_taken_from_where_it_is_new(line: Line) -> None:
    line.record(5)
    line.central.push(line.batch(1, 3))

    reply = line.central.push(line.batch(2, 5))

    assert (reply.acknowledged_through, reply.refused) == (5, None)
    assert [result.seq for result in reply.results] == [2, 3, 4, 5]


def test_a_gap_is_refused_and_says_what_is_missing(line: Line) -> None:
    line.record(5)
    line.central.push(line.batch(1, 2))

    reply = line.central.push(line.batch(4, 5))

    assert reply.refused is not None
    assert (reply.refused.kind, reply.refused.expected_seq) == ("gap", 3)
    assert (reply.acknowledged_through, reply.results) == (2, ())


def test_a_pull_says_which_own_events_it_contains(line: Line) -> None:
    before = line.central.pull(line.pull())
    line.record(2)
    line.central.push(line.batch(1, 2))

    after = line.central.pull(line.pull(before.cursor))

    assert (before.includes_epoch, before.includes_seq) == (1, 0)
    assert (after.includes_epoch, after.includes_seq) == (1, 2)


def test_an_empty_index_is_one_empty_page(line: Line) -> None:
    page = line.central.snapshot(Snapshot(terminal=line.terminal, after="", nonce=NONCE))

    assert (page.packed, page.entries, page.total, page.more) == ("", 0, 0, False)


def test_passes_are_different_each_time(line: Line) -> None:
    asked = LeasePasses(terminal=line.terminal, count=3, nonce=NONCE)

    leased = [*line.central.lease_passes(asked).passes, *line.central.lease_passes(asked).passes]

    assert len(set(leased)) == 6


def test_a_code_of_another_server_makes_no_till(engine: Engine) -> None:
    with enrolled(engine) as (shop, _, __, url):
        seed = new_seed()
        stranger = HttpCentral(url, seed, b"")
        code = shop.code(till="Till 2")
        asked = EnrolTill(code=code, public_key=public_key(seed).hex(), nonce=NONCE)

        with pytest.raises(CentralTrouble) as trouble:
            stranger.enrol(asked, b"another!")

        stranger.close()
        assert trouble.value.trouble is Trouble.NOT_OURS


def test_a_revoked_till_is_told_so(engine: Engine) -> None:
    with enrolled(engine) as (shop, told, seed, url):
        central = HttpCentral(url, seed, bytes.fromhex(told.server_key))
        with shop.engine.begin() as connection:
            revoke_till(connection, told.terminal, NOW)

        with pytest.raises(CentralTrouble) as trouble:
            central.hello(Line(central, TerminalId(told.terminal)).hello())

        central.close()
        assert trouble.value.trouble is Trouble.REVOKED


def test_an_answer_signed_by_another_server_does_not_count(engine: Engine) -> None:
    with enrolled(engine) as (_, told, seed, url):
        central = HttpCentral(url, seed, public_key(new_seed()))

        with pytest.raises(CentralTrouble) as trouble:
            central.hello(Line(central, TerminalId(told.terminal)).hello())

        central.close()
        assert trouble.value.trouble is Trouble.NOT_OURS
