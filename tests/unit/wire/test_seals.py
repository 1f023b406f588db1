from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.wire.index import DIGEST_BYTES, card_digest
from pos_loyalty.wire.seals import (
    key_id,
    new_seed,
    public_key,
    sign_reply,
    sign_request,
    verify_reply,
    verify_request,
)

TILL, SERVER = bytes(range(32)), bytes(range(1, 33))
TILL_KEY, SERVER_KEY = public_key(TILL), public_key(SERVER)
ASKED = sign_request(TILL, "/v1/push", b'{"batch_id":1}')
ANSWER = b'{"acknowledged_through":7}'
REPLY = sign_reply(SERVER, ASKED, ANSWER)


def test_a_till_is_believed_what_it_signed() -> None:
    assert verify_request(TILL_KEY, "/v1/push", b'{"batch_id":1}', ASKED)


@pytest.mark.parametrize(
    ("key", "path", "body"),
    [
        (TILL_KEY, "/v1/push", b'{"batch_id":2}'),
        (TILL_KEY, "/v1/pull", b'{"batch_id":1}'),
        (SERVER_KEY, "/v1/push", b'{"batch_id":1}'),
        (b"short", "/v1/push", b'{"batch_id":1}'),
    ],
)
def test_a_request_that_was_tampered_with_is_not_believed(
    key: bytes, path: str, body: bytes
) -> None:
    assert not verify_request(key, path, body, ASKED)


def test_an_answer_counts_for_its_own_question() -> None:
    assert verify_reply(SERVER_KEY, ASKED, ANSWER, REPLY)


def test_an_answer_to_another_question_acknowledges_nothing() -> None:
    other = sign_request(TILL, "/v1/push", b'{"batch_id":2}')

    assert not verify_reply(SERVER_KEY, other, ANSWER, REPLY)


def test_a_question_sent_back_is_no_answer() -> None:
    assert not verify_reply(TILL_KEY, ASKED, ANSWER, ASKED)


def test_nobody_but_the_server_answers() -> None:
    assert not verify_reply(SERVER_KEY, ASKED, ANSWER, sign_reply(TILL, ASKED, ANSWER))


@given(st.integers(0, 63), st.integers(1, 255))
def test_any_flipped_byte_of_a_signature_is_noticed(place: int, flip: int) -> None:
    forged = REPLY[:place] + bytes([REPLY[place] ^ flip]) + REPLY[place + 1 :]

    assert not verify_reply(SERVER_KEY, ASKED, ANSWER, forged)


@given(st.binary(max_size=80))
def test_no_bytes_whatsoever_pass_for_a_signature(forged: bytes) -> None:
    assert not verify_reply(SERVER_KEY, ASKED, ANSWER, forged)


def test_no_two_tills_have_one_key() -> None:
    assert len({key_id(public_key(new_seed())) for _ in range(4)}) == 4


def test_a_card_is_found_by_its_digest_under_the_same_key_only() -> None:
    key, other = b"k" * 32, b"o" * 32

    assert card_digest("2912345678906", key) == card_digest("2912345678906", key)
    assert card_digest("2912345678906", key) != card_digest("2912345678906", other)
    assert card_digest("2912345678906", key) != card_digest("2912345678913", key)
    assert len(card_digest("", key)) == DIGEST_BYTES == 12


def test_the_digest_of_a_card_is_what_it_always_was() -> None:
    digest = card_digest("2912345678906", bytes(32))

    assert digest.hex() == "78ccdf59f97f043cca505018"
