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
from pos_loyalty.domain.bodies import (
    KIND_OF,
    Body,
    Enrolled,
    OfferMet,
    ProfileChanged,
    Reprinted,
    ShiftClosed,
    ShiftOpened,
)
from pos_loyalty.domain.events import Kind
from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.members import Consent
from pos_loyalty.domain.past import NO_PAST, facts_of
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.wire.bodies import BODY_BYTES_MAX, VERSION, read_body, write_body
from tests.unit.domain.shop import (
    ANNA,
    CLUB,
    STORE,
    acted,
    bought,
    programs,
    sold_to,
    some_lines,
)

FACTS = facts_of(NO_PAST, CLUB, date(2026, 5, 5), date(1984, 5, 6), ())
COFFEE = sold_to(
    ANNA, bought(2600, "grocery/coffee"), bought(3000), program=CLUB, facts=FACTS, codes=("SPRING",)
)
ENROLLED = (
    f'{{"member":"{ANNA}","store":"bologna-1","on":"2026-05-05","record_digest":"{"ab" * 32}",'
    '"consent":{"wording":"terms-1","given":true},"pass_id":""}'
)
OFFER = f'{{"member":"{ANNA}","offer":"news","response":"taken","store":"b-1","answer":1}}'
PROFILE = (
    f'{{"member":"{ANNA}","store":"b-1","record_digest":"{"ab" * 32}","favourite_category":"fish"}}'
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
        acted("feedback", facts=FACTS),
        replace(acted("survey"), of=EventId(UUID(int=8)), scores=(("delivery", 4),)),
        OfferMet(ANNA, "news", Response.TAKEN, STORE, 3),
        ProfileChanged(ANNA, STORE, "ab" * 32, "fish", None),
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
        ("discounts_minor", [1]),
        ("codes", ["\x00"]),
        ("channel", "\x00"),
        ("scored.earned.0.points", -25),
        ("scored.earned.0.points", 2**63),
        ("scored.earned.0.line_points", [24, 1]),
        ("scored.earned.0.line_points", [26, -1]),
        ("scored.earned.0.expires_on", "2027-02-30"),
        ("scored.earned.0.expires_on", 86400),
        ("scored.earned.0.usable_on", "tomorrow"),
        ("scored.earned.0.unit", "\x00"),
        ("scored.program.version", "3"),
        ("scored.program.version", 0),
        ("scored.program.version", 2**31),
        ("scored.program.program", "\x00"),
        ("scored.includes", [1, 6]),
        ("scored.facts.birthday", "5 May"),
        ("scored.facts.visits", "7"),
        ("scored.facts.visits", 7.5),
        ("scored.facts.balances", {"points": "many"}),
        ("scored.facts.shoe_size", 38),
        ("scored.facts.carried", {"points": "1e-9999999"}),
        ("scored.facts.carried", {"points": "nan"}),
        ("scored.figures", {"points-30d-p80": None}),
        ("scored.left.carried", {"points": "-1"}),
        ("scored.left.goals", {"card": -1}),
        ("scored.left.capped", {"daily": 10**16}),
        ("scored.left.uses", ["\x00"]),
        ("scored.left.vouchers", [{"code": "\x00", "reward": "coffee"}]),
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
        write_body(Kind.SALE, COFFEE).replace(b'"stars":0', b'"stars":' + b"9" * 5000),
        write_body(Kind.SALE, COFFEE) + b" " * BODY_BYTES_MAX,
    ],
    ids=lambda raw: raw[:8],
)
def test_what_is_no_body_at_all_is_not_read(raw: bytes) -> None:
    assert read_sale(raw) is None


def test_what_these_tests_poison_was_good_before() -> None:
    assert isinstance(read_body("enrol", VERSION, ENROLLED.encode()), Enrolled)
    assert isinstance(read_body("offer", VERSION, OFFER.encode()), OfferMet)
    assert isinstance(read_body("profile-change", VERSION, PROFILE.encode()), ProfileChanged)
    assert read_sale(json.dumps(SALE).encode()) == COFFEE


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_break_the_reader(raw: bytes) -> None:
    assert read_sale(raw) is None


@given(st.data())
def test_a_body_that_was_damaged_breaks_nothing(data: st.DataObject) -> None:
    raw = bytearray(write_body(Kind.SALE, COFFEE))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    read = read_sale(bytes(raw))

    assert read is None or write_body(Kind.SALE, read)  # Nothing, or a sale as good as any other.


def test_a_sale_too_long_to_be_sent_is_never_written() -> None:
    long = Line("ж" * 255, 1, sku="ж" * 255, category="ж" * 255)

    with pytest.raises(ValueError, match="a body has at most 524288 bytes"):
        write_body(Kind.SALE, sold_to(None, *[long] * 500))


def test_the_longest_ordinary_sale_can_be_sent() -> None:
    long = replace(bought(1999, "grocery/coffee/beans"), name="N" * 255, sku="08001120891235")

    assert write_body(Kind.SALE, sold_to(ANNA, *[long] * 500, program=CLUB, facts=FACTS))


def test_what_is_as_usual_takes_no_room() -> None:
    lines = json.loads(write_body(Kind.SALE, COFFEE))["lines"]

    assert lines[1] == {"name": "something", "price_minor": 3000, "tax_rate": "11/50"}


def test_a_tier_may_have_any_name_and_no_tier_is_no_unknown_one() -> None:
    odd = sold_to(ANNA, bought(2500), program=CLUB, facts=replace(FACTS, tier="unknown"))
    none = sold_to(ANNA, bought(2500), program=CLUB, facts=FACTS)
    blind = sold_to(ANNA, bought(2500), program=CLUB)

    for sold in (odd, none, blind):
        assert read_sale(write_body(Kind.SALE, sold)) == sold


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
        ("activity", '{"activity":"feedback"}'),
        ("offer", OFFER.replace("taken", "eaten")),
        ("offer", OFFER.replace('"answer":1', '"answer":5')),
        ("profile-change", PROFILE.replace("abab", "xyxy")),
        ("profile-change", PROFILE.replace("fish", "\\u0000")),
        ("profile-change", PROFILE.replace("}", ',"birthday":"1984-03-04"}')),
    ],
)
def test_other_bodies_with_a_poisonous_value_are_not_read(kind: str, text: str) -> None:
    assert read_body(kind, VERSION, text.encode()) is None
