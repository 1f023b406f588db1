from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import base45
import cbor2
import pytest
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.wire.passes import (
    EXPIRES,
    ISSUED,
    MEMBER,
    PASS_ID,
    BadPass,
    PassClaims,
    read_pass,
    write_pass,
)
from pos_loyalty.wire.seals import key_id, public_key

SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
KEYS = {key_id(public_key(SEED)): public_key(SEED)}
CLAIMS = PassClaims(
    member=MemberId(UUID("019a0000-0000-7000-8000-00000000a11a")),
    pass_id="0011223344556677",  # noqa: S106 - an id, no password
    issued_at=datetime(2026, 5, 5, 10, tzinfo=UTC),
    expires_at=datetime(2031, 5, 5, 10, tzinfo=UTC),
)
PASS = write_pass(CLAIMS, SEED)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # Of a QR, ISO/IEC 18004.


def why_refused(text: str) -> str:
    with pytest.raises(BadPass) as refused:
        read_pass(text, KEYS)
    return refused.value.reason


def signed(payload: object, seed: bytes = SEED) -> str:
    """Sign anything at all in the form of a pass."""
    public = public_key(seed)
    key = COSEKey.new({1: 1, 2: key_id(public), 3: -8, -1: 6, -2: public, -4: seed})
    raw = COSE.new().encode_and_sign(
        cbor2.dumps(payload), key, protected={1: -8, 4: key_id(public)}
    )
    return "LY1:" + base45.b45encode(raw).decode()


def test_a_pass_names_its_member() -> None:
    assert read_pass(PASS, KEYS) == CLAIMS


def test_a_pass_fits_a_small_qr_of_capital_letters() -> None:
    assert set(PASS) <= set(ALPHANUMERIC)
    assert len(PASS) <= 224  # Version 8, level M; our printers draw version 7 at 3 dots.


def test_a_pass_of_another_chain_is_foreign() -> None:
    assert why_refused(write_pass(CLAIMS, OTHER)) == "foreign"


def test_a_pass_signed_by_somebody_who_borrows_our_key_s_name_is_forged() -> None:
    raw = base45.b45decode(write_pass(CLAIMS, OTHER).removeprefix("LY1:"))
    renamed = raw.replace(key_id(public_key(OTHER)), key_id(public_key(SEED)))

    assert why_refused("LY1:" + base45.b45encode(renamed).decode()) == "forged"


@pytest.mark.parametrize("place", range(len(PASS)))
def test_a_pass_with_any_character_misread_is_refused(place: int) -> None:
    for wrong in {ALPHANUMERIC[(ALPHANUMERIC.index(PASS[place]) + n) % 45] for n in (1, 7, 44)}:
        assert why_refused(PASS[:place] + wrong + PASS[place + 1 :]) in {
            "damaged",
            "foreign",
            "forged",
        }


@pytest.mark.parametrize(
    "text",
    [
        *("", "LY1:", "LY1:A", "LY1:::", "LY1:é", "LY1:\ud800", "LY1:" + "0" * 10_000),
        *(PASS[:-3], PASS + "00", PASS[4:], PASS.lower(), "LY2" + PASS[3:]),
        *("LY1:" + base45.b45encode(cbor2.dumps(odd)).decode() for odd in (1, [1], {1: 2}, b"xy")),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_what_is_no_pass_is_damaged(text: str) -> None:
    assert why_refused(text) == "damaged"


@pytest.mark.parametrize(
    "payload",
    [
        1,
        [],
        {},
        {EXPIRES: "tomorrow", ISSUED: 0, PASS_ID: b"8", MEMBER: bytes(16)},
        {EXPIRES: 10**18, ISSUED: 0, PASS_ID: b"8", MEMBER: bytes(16)},
        {EXPIRES: 0, ISSUED: 0, PASS_ID: "8", MEMBER: bytes(16)},
        {EXPIRES: 0, ISSUED: 0, PASS_ID: b"8", MEMBER: bytes(15)},
    ],
)
def test_a_signed_text_that_names_nobody_is_no_pass(payload: object) -> None:
    assert why_refused(signed(payload)) in {"forged", "damaged"}


@given(st.text(st.characters(exclude_categories=())) | st.text(ALPHANUMERIC, max_size=300))
def test_no_text_whatsoever_breaks_the_reader(text: str) -> None:
    assert why_refused("LY1:" + text) in {"damaged", "foreign", "forged"}


@given(st.binary(max_size=180))
def test_no_bytes_behind_a_genuine_beginning_break_the_reader(rest: bytes) -> None:
    raw = base45.b45decode(PASS.removeprefix("LY1:"))
    text = "LY1:" + base45.b45encode(raw[:16] + rest).decode()

    assert why_refused(text) in {"damaged", "forged"}


@pytest.mark.parametrize("place", [0, 2, 7, 16, 17, 18, 64, 65])
def test_a_pass_in_any_other_form_than_ours_never_reaches_a_parser(place: int) -> None:
    raw = bytearray(base45.b45decode(PASS.removeprefix("LY1:")))
    raw[place] ^= 1

    assert why_refused("LY1:" + base45.b45encode(bytes(raw)).decode()) == "damaged"
