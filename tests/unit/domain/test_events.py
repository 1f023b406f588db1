from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.events import (
    GENESIS,
    Head,
    Header,
    Position,
    header_bytes,
    instant,
    microseconds,
    record_digest,
    seal,
)
from pos_loyalty.domain.ids import EventId, ShiftId, StaffId, TerminalId, uuid7
from tests.unit.domain.shop import NOON, header_of

BODY = b'{"of":"019a0000-0000-7000-8000-000000005a1e"}'
CHANGES: tuple[Callable[[Header], Header], ...] = (
    lambda h: replace(h, terminal=TerminalId(UUID(int=1))),
    lambda h: replace(h, position=Position(2, 7)),
    lambda h: replace(h, position=Position(1, 8)),
    lambda h: replace(h, event_id=EventId(UUID(int=1))),
    lambda h: replace(h, kind="reprint"),
    lambda h: replace(h, version=2),
    lambda h: replace(h, at=NOON + timedelta(microseconds=1)),
    lambda h: replace(h, monotonic_ns=1),
    lambda h: replace(h, boot_id="3f0d"),
    lambda h: replace(h, server_offset_ms=None),
    lambda h: replace(h, server_offset_ms=0),
    lambda h: replace(h, actor=StaffId("mario")),
    lambda h: replace(h, role="manager"),
    lambda h: replace(h, shift=None),
    lambda h: replace(h, shift=ShiftId(UUID(int=1))),
    lambda h: replace(h, approver=None),
    lambda h: replace(h, boot_id="3f0c-", actor=StaffId("250")),
)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_in_a_header_shows_in_the_hash(
    change: Callable[[Header], Header],
) -> None:
    genuine = seal(header_of(), BODY, GENESIS)

    assert seal(change(header_of()), BODY, GENESIS).hash != genuine.hash


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_body_shows_in_the_hash(place: int, flip: int) -> None:
    flipped = BODY[:place] + bytes([BODY[place] ^ flip]) + BODY[place + 1 :]

    assert seal(header_of(), flipped, GENESIS).hash != seal(header_of(), BODY, GENESIS).hash


def test_an_event_hangs_on_everything_before_it() -> None:
    first = seal(header_of(seq=1), BODY, GENESIS)
    forged = seal(header_of(seq=1), BODY + b" ", GENESIS)

    after, after_forged = (seal(header_of(seq=2), BODY, e.hash) for e in (first, forged))

    assert after.prev_hash == first.hash
    assert after.hash != after_forged.hash


def test_the_head_of_a_journal_is_its_last_event() -> None:
    event = seal(header_of(), BODY, GENESIS)

    assert event.head == Head(Position(1, 7), event.hash)


def test_events_of_a_later_epoch_come_later() -> None:
    assert Position(1, 900) < Position(2, 1) < Position(2, 2)


@pytest.mark.parametrize("name", ["x" * 256, "é" * 128, "a\nb", "\x00"])
def test_a_header_that_no_server_would_take_is_never_written(name: str) -> None:
    with pytest.raises(ValueError, match=r"characters|bytes"):
        header_bytes(replace(header_of(), actor=StaffId(name)))


@pytest.mark.parametrize(
    "at", [datetime(1969, 12, 31, 23, 59, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)]
)
def test_a_clock_that_is_centuries_wrong_writes_nothing(at: datetime) -> None:
    with pytest.raises(ValueError, match="no time a till can have"):
        header_bytes(replace(header_of(), at=at))


@pytest.mark.parametrize("count", [-1, 2**60, 10**400])
def test_an_instant_that_is_centuries_off_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="no time a till can have"):
        instant(count)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - st adds it
def test_an_instant_keeps_its_last_microsecond(at: datetime) -> None:
    assert instant(microseconds(at)) == at


def test_a_record_is_known_by_its_salted_hash_only() -> None:
    assert record_digest(b"Anna", b"salt") != record_digest(b"Anna", b"tlas")
    assert len(record_digest(b"Anna", b"salt")) == 32


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - st adds it
    st.binary(min_size=10, max_size=10),
)
def test_an_id_tells_when_it_was_made(at: datetime, random: bytes) -> None:
    made = uuid7(at, random)

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == microseconds(at) // 1000


def test_an_id_made_later_sorts_later() -> None:
    assert uuid7(NOON, b"\xff" * 10) < uuid7(NOON + timedelta(milliseconds=1), bytes(10))


def test_an_id_is_as_random_as_it_should_be() -> None:
    with pytest.raises(ValueError, match="needs 10 random bytes, not 9"):
        uuid7(NOON, bytes(9))
