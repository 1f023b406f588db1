from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import KIND_OF, Body, Enrolled, Reprinted, ShiftClosed, ShiftOpened
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.programs import Program
from pos_loyalty.wire.bodies import BODY_BYTES_MAX, VERSION, read_body, write_body
from tests.unit.domain.shop import ANNA, STORE, bought, programs, sold_to, some_lines

COFFEE = sold_to(ANNA, bought(2500))
ENROLLED = (
    f'{{"member":"{ANNA}","store":"bologna-1","on":"2026-05-05","record_digest":"{"ab" * 32}",'
    '"consent":{"wording":"terms-1","given":true},"pass_id":""}'
)
SALE = json.loads(write_body(Kind.SALE, COFFEE))


def read_sale(raw: bytes) -> Body | None:
    return read_body("sale", VERSION, raw)


def sale_with(path: str, value: object) -> bytes:
    """Write the sale with one value replaced, or one field more."""
    tree: Any = json.loads(json.dumps(SALE))
    place = tree
    *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
    for part in way:
        place = place[part]
    place[last] = value
    return json.dumps(tree).encode()


@given(some_lines, programs, st.sampled_from((ANNA, None)))
def test_every_sale_is_read_as_it_was_written(
    goods: tuple[Line, ...],
    program: Program,
    member: Any,  # noqa: ANN401 - an id or None
) -> None:
    sold = sold_to(member, *goods, program=program)

    assert read_sale(write_body(Kind.SALE, sold)) == sold


@pytest.mark.parametrize(
    "body",
    [
        Enrolled(ANNA, STORE, date(2026, 5, 5), "ab" * 32, Consent("terms-1", given=False), ""),
        ShiftOpened(STORE, date(2026, 5, 5)),
        ShiftClosed(STORE, 0),
        Reprinted(EventId(UUID(int=7))),
    ],
)
def test_every_other_body_is_read_as_it_was_written(body: Body) -> None:
    kind = KIND_OF[type(body)]

    assert read_body(kind.value, VERSION, write_body(kind, body)) == body


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("unheard_of", 1),
        ("lines.0.colour", "red"),
        ("number", 7),
        ("number", "a\x00"),
        ("number", "x" * 256),
        ("zone", "Europe"),
        ("zone", "../../etc/passwd"),
        ("currency", "euro"),
        ("member", "anna"),
        ("member", None),
        ("lines.0.quantity", "NaN"),
        ("lines.0.quantity", "sNaN"),
        ("lines.0.quantity", "-Infinity"),
        ("lines.0.quantity", "1E-9999999"),
        ("lines.0.quantity", "1E+9999999"),
        ("lines.0.quantity", "0"),
        ("lines.0.tax_rate", "1e-9999999"),
        ("lines.0.tax_rate", "1/0"),
        ("lines.0.tax_rate", "nan"),
        ("lines.0.price_minor", "2500"),
        ("lines.0.price_minor", 2500.0),
        ("lines.0.price_minor", True),
        ("lines.0.price_minor", 2**63),
        ("lines.0.discount_minor", -1),
        ("lines.0.name", "\x1b@"),
        ("tenders.0.amount_minor", 2499),
        ("tenders.0.amount_minor", 2**63),
        ("tenders.0.kind", "cheque"),
        ("earned.points", -25),
        ("earned.points", 2**63),
        ("earned.line_points", [24, 1]),
        ("earned.line_points", [26, -1]),
        ("earned.expires_on", "2027-02-30"),
        ("earned.expires_on", 86400),
        ("program.version", "3"),
        ("program.version", 0),
        ("program.version", 2**31),
        ("program.program", "\x00"),
        ("standing.balance", 10**30),
        ("standing.includes", [1, 6]),
    ],
)
def test_a_sale_with_a_poisonous_value_is_not_read(path: str, value: object) -> None:
    assert read_sale(sale_with(path, value)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"lines": NaN}',
        b"9" * 10_000,
        b"\xff\xfe",
        b'"\\ud800"',
        write_body(Kind.SALE, COFFEE).replace(b'"balance":3120', b'"balance":' + b"9" * 4000),
        write_body(Kind.SALE, COFFEE) + b" " * BODY_BYTES_MAX,
    ],
    ids=lambda raw: raw[:8],
)
def test_what_is_no_body_at_all_is_not_read(raw: bytes) -> None:
    assert read_sale(raw) is None


def test_the_enrolment_these_tests_poison_is_a_good_one() -> None:
    assert isinstance(read_body("enrol", VERSION, ENROLLED.encode()), Enrolled)


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_break_the_reader(raw: bytes) -> None:
    assert read_sale(raw) is None


@given(st.data())
def test_a_body_that_was_damaged_breaks_nothing(data: st.DataObject) -> None:
    raw = bytearray(write_body(Kind.SALE, COFFEE))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    read_sale(bytes(raw))  # Whatever it is now, it raises nothing.


def test_a_sale_too_long_to_be_sent_is_never_written() -> None:
    long = Line("ж" * 255, 1, sku="ж" * 255, category="ж" * 255)

    with pytest.raises(ValueError, match="a body has at most 524288 bytes"):
        write_body(Kind.SALE, sold_to(None, *[long] * 500))


def test_the_longest_ordinary_sale_can_be_sent() -> None:
    long = replace(bought(1999, "grocery/coffee/beans"), name="N" * 255, sku="08001120891235")

    assert write_body(Kind.SALE, sold_to(ANNA, *[long] * 500))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("shift-close", '{"store":"bologna-1","sales":-1}'),
        ("shift-close", '{"store":"bologna-1","sales":1e3}'),
        ("shift-close", '{"store":"\\u0000","sales":1}'),
        ("shift-open", '{"store":"\\u0007","on":"2026-05-05"}'),
        ("reprint", '{"of":"the last one"}'),
        ("enrol", ENROLLED.replace("abab", "xyxy")),
        ("enrol", ENROLLED.replace('"pass_id":""', '"pass_id":"LY1:"')),
        ("enrol", ENROLLED.replace("terms-1", "terms\\n1")),
    ],
)
def test_other_bodies_with_a_poisonous_value_are_not_read(kind: str, text: str) -> None:
    assert read_body(kind, VERSION, text.encode()) is None
