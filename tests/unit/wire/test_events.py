from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from pydantic import ValidationError

from pos_loyalty.domain.events import AT_US_MAX, GENESIS, Event, Kind, seal
from pos_loyalty.domain.ids import EventId, ShiftId
from pos_loyalty.wire.bodies import write_body
from pos_loyalty.wire.events import event_sent, events_of
from pos_loyalty.wire.messages import EVENTS_MAX, EventSent, Push, RecordSent
from tests.unit.domain.shop import ANNA, bought, header_of, sold_to

RECORD = RecordSent(record='{"name":"Anna"}', salt="00" * 16)


def journal() -> list[Event]:
    """Write three sales, each on top of the one before."""
    events: list[Event] = []
    for seq in (1, 2, 3):
        header = header_of(event_id=EventId(UUID(int=seq)), seq=seq)
        if seq == 2:
            header = replace(header, shift=None, approver=None, server_offset_ms=None)
        body = write_body(Kind.SALE, sold_to(ANNA, bought(100 * seq)))
        events.append(seal(header, body, events[-1].hash if events else GENESIS))
    return events


JOURNAL = journal()
PUSH = Push(
    batch_id=UUID(int=9),
    terminal=JOURNAL[0].header.terminal,
    epoch=1,
    first_seq=1,
    prev_hash=GENESIS.hex(),
    head_hash=JOURNAL[-1].hash.hex(),
    events=tuple(event_sent(event, RECORD) for event in JOURNAL),
)


def tampered(**changes: object) -> Push:
    """Change something in the second event on its way."""
    events = list(PUSH.events)
    events[1] = events[1].model_copy(update=changes)
    return PUSH.model_copy(update={"events": tuple(events)})


def test_the_server_seals_the_very_events_the_till_wrote() -> None:
    received = Push.model_validate_json(PUSH.model_dump_json())

    assert list(events_of(received)) == JOURNAL
    assert list(events_of(received))[-1].hash.hex() == received.head_hash


def test_a_tail_goes_on_where_the_server_left_off() -> None:
    tail = PUSH.model_copy(
        update={
            "first_seq": 3,
            "prev_hash": JOURNAL[1].hash.hex(),
            "events": PUSH.events[2:],
        }
    )

    assert list(events_of(tail)) == JOURNAL[2:]


@pytest.mark.parametrize(
    "changes",
    [
        {"body": PUSH.events[1].body.replace("200", "900")},
        {"actor": "mario"},
        {"at_us": PUSH.events[1].at_us + 1},
        {"event_id": UUID(int=404)},
        {"shift": ShiftId(UUID(int=1))},
        {"approver": "mario"},
        {"server_offset_ms": 0},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_event_changed_on_its_way_changes_the_head(changes: dict[str, object]) -> None:
    assert list(events_of(tampered(**changes)))[-1].hash.hex() != PUSH.head_hash


def test_events_in_another_order_are_another_chain() -> None:
    swapped = PUSH.model_copy(update={"events": PUSH.events[::-1]})

    assert list(events_of(swapped))[-1].hash.hex() != PUSH.head_hash


def test_a_name_longer_than_a_header_holds_is_a_sentence_and_no_crash() -> None:
    with pytest.raises(ValueError, match="at most 255 bytes, not 256"):
        list(events_of(tampered(actor="é" * 128)))


def test_the_personal_record_travels_beside_the_event() -> None:
    assert event_sent(JOURNAL[0], None).record is None
    assert PUSH.events[0].record == RECORD
    assert "Anna" not in PUSH.events[0].body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at_us", -1),
        ("at_us", AT_US_MAX + 1),
        ("monotonic_ns", 2**63),
        ("server_offset_ms", -(2**63) - 1),
        ("version", 256),
        ("kind", "sale\x00"),
        ("actor", "x" * 256),
        ("boot_id", "a\nb"),
        ("body", "x" * (512 * 1024 + 1)),
        ("event_id", "one"),
        ("record", {"record": "{}", "salt": "short"}),
    ],
)
def test_no_event_with_an_impossible_field_is_taken_in(field: str, value: object) -> None:
    sent = PUSH.events[0].model_dump() | {field: value}

    with pytest.raises(ValidationError, match=field):
        EventSent.model_validate(sent)


@pytest.mark.parametrize("count", [0, EVENTS_MAX + 1])
def test_a_batch_has_one_to_five_hundred_events(count: int) -> None:
    sent = PUSH.model_dump() | {"events": [PUSH.events[0].model_dump()] * count}

    with pytest.raises(ValidationError, match="events"):
        Push.model_validate(sent)


def test_a_field_of_a_later_version_is_overlooked() -> None:
    later = PUSH.model_dump(mode="json") | {"compression": "zstd"}

    assert Push.model_validate(later) == PUSH
