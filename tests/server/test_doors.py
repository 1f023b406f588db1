"""Who is let in, and what is refused with a sentence before it can do harm."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import requests

from pos_loyalty.server.admin import add_channel, revoke_channel
from pos_loyalty.server.tills import CODE_LASTS, list_tills, revoke_till
from pos_loyalty.wire.messages import (
    SIGNATURE_HEADER,
    EnrolTill,
    HelloReply,
    TillEnrolled,
)
from pos_loyalty.wire.seals import new_seed, public_key, sign_request
from tests.server.calls import fault, hello
from tests.server.shop import OPENING, Shop, ShopTill, ask, post

CALLS = ("/v1/hello", "/v1/push", "/v1/pull", "/v1/snapshot", "/v1/passes")


def get(shop: Shop, path: str, headers: dict[str, str] | None = None) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(shop.url + path, headers=headers, timeout=20)


def enrolment(code: str, seed: bytes) -> EnrolTill:
    return EnrolTill(code=code, public_key=public_key(seed).hex(), nonce=secrets.token_hex(8))


def test_hello_tells_where_the_journal_ends(shop: Shop, till: ShopTill) -> None:
    till.sell(None, 1)
    till.sell(None, 2)
    before = ask(shop, till.seed, "/v1/hello", hello(till), HelloReply)
    till.push()

    after = ask(shop, till.seed, "/v1/hello", hello(till), HelloReply)

    assert (before.head.seq, before.head.hash) == (0, "0" * 64)
    assert (after.head.seq, after.head.hash) == (2, till.events[-1].hash.hex())
    assert (after.at, after.server_epoch) == (OPENING, 1)


def test_a_till_that_said_hello_is_seen_in_the_list(shop: Shop, till: ShopTill) -> None:
    ask(shop, till.seed, "/v1/hello", hello(till), HelloReply)

    with shop.engine.begin() as connection:
        (line,) = list_tills(connection, OPENING)

    assert (line.store, line.name, line.state) == ("bologna", "Till 1", "enrolled")
    assert (line.app_version, line.heard_at) == ("0.1.0", OPENING)


def test_a_till_of_another_protocol_is_asked_to_upgrade(shop: Shop, till: ShopTill) -> None:
    body = hello(till, protocol_min=7, protocol_max=9).model_dump_json().encode()

    assert fault(post(shop, till.seed, "/v1/hello", body)) == (426, "other_protocol")


def test_a_code_works_once_and_for_one_computer(shop: Shop) -> None:
    code, seed, thief = shop.code(), new_seed(), new_seed()
    first = ask(shop, seed, "/v1/enrol", enrolment(code, seed), TillEnrolled)

    again = ask(shop, seed, "/v1/enrol", enrolment(code.lower(), seed), TillEnrolled)
    body = enrolment(code, thief).model_dump_json().encode()

    assert again == first, "an answer that was lost is given again"
    assert (first.store, first.till) == ("bologna", "Till 1")
    assert first.server_key == shop.identity.server_key.hex()
    assert fault(post(shop, thief, "/v1/enrol", body)) == (401, "code_used")


def test_a_code_that_nobody_made_or_that_is_too_old_lets_nobody_in(shop: Shop) -> None:
    code, seed = shop.code(), new_seed()
    wrong = enrolment("0" * 20, seed).model_dump_json().encode()
    right = enrolment(code, seed).model_dump_json().encode()

    assert fault(post(shop, seed, "/v1/enrol", wrong)) == (401, "unknown_code")
    shop.now[0] = OPENING + CODE_LASTS + timedelta(seconds=1)
    assert fault(post(shop, seed, "/v1/enrol", right)) == (401, "code_expired")


def test_a_key_that_somebody_else_holds_cannot_be_enrolled(shop: Shop) -> None:
    seed = new_seed()
    body = enrolment(shop.code(), new_seed()).model_dump_json().encode()

    assert fault(post(shop, seed, "/v1/enrol", body)) == (401, "bad_signature")


@pytest.mark.parametrize("path", CALLS)
def test_every_call_needs_the_tills_own_signature(shop: Shop, till: ShopTill, path: str) -> None:
    body = message_for(till)[path]

    assert post(shop, till.seed, path, body).status_code == 200
    assert fault(post(shop, new_seed(), path, body)) == (401, "bad_signature")
    unsigned = post(shop, till.seed, path, body, {SIGNATURE_HEADER: "no signature"})
    assert fault(unsigned) == (401, "not_signed")
    elsewhere = {SIGNATURE_HEADER: sign_request(till.seed, "/v1/elsewhere", body).hex()}
    assert fault(post(shop, till.seed, path, body, elsewhere)) == (401, "bad_signature")


def message_for(till: ShopTill) -> dict[str, bytes]:
    till.sell(None, 1)
    nonce, terminal = secrets.token_hex(8), str(till.terminal)
    common = {"terminal": terminal, "nonce": nonce}
    return {
        "/v1/hello": hello(till).model_dump_json().encode(),
        "/v1/push": till.batch().model_dump_json().encode(),
        "/v1/pull": json.dumps(common | {"server_epoch": 1, "cursor": ""}).encode(),
        "/v1/snapshot": json.dumps(common | {"after": ""}).encode(),
        "/v1/passes": json.dumps(common | {"count": 1}).encode(),
    }


@pytest.mark.parametrize("path", CALLS)
def test_a_till_nobody_knows_is_asked_to_enrol(shop: Shop, till: ShopTill, path: str) -> None:
    body = message_for(till)[path].replace(str(till.terminal).encode(), str(uuid4()).encode())

    assert fault(post(shop, till.seed, path, body)) == (401, "unknown_till")


@pytest.mark.parametrize("path", [path for path in CALLS if path != "/v1/push"])
def test_a_revoked_till_hears_nothing_more(shop: Shop, till: ShopTill, path: str) -> None:
    body = message_for(till)[path]
    with shop.engine.begin() as connection:
        revoke_till(connection, till.terminal, OPENING)

    assert fault(post(shop, till.seed, path, body)) == (403, "revoked")


def test_what_is_not_there_is_said_in_a_sentence(shop: Shop) -> None:
    assert fault(get(shop, "/")) == (404, "not_found")
    assert fault(get(shop, "/v1/push")) == (405, "method_not_allowed")
    assert fault(get(shop, "/openapi.json")) == (404, "not_found")


def test_every_answer_forbids_keeping_it_and_guessing_its_kind(shop: Shop) -> None:
    for path in ("/v1/health", "/", "/v1/members/x/standing"):
        headers = get(shop, path).headers

        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Server" not in headers


def test_a_channel_asks_for_a_standing_with_its_key(shop: Shop, till: ShopTill) -> None:
    (anna,) = till.blank()
    till.sell(anna, 12)
    till.push()
    with shop.engine.begin() as connection:
        key = add_channel(connection, "web-shop")

    response = get(shop, f"/v1/members/{anna}/standing", {"Authorization": f"Bearer {key}"})

    told = response.json()
    assert (told["member"], told["status"]) == (str(anna), "blank")
    assert told["balances"] == {"bottega/points": 12}
    assert [lot["points"] for lot in told["lots"]] == [12]


def test_without_a_channels_key_nobody_hears_a_standing(shop: Shop) -> None:
    path = f"/v1/members/{uuid4()}/standing"
    with shop.engine.begin() as connection:
        key = add_channel(connection, "web-shop")
    known = {"Authorization": f"Bearer {key}"}

    assert fault(get(shop, path)) == (401, "unknown_channel")
    assert fault(get(shop, path, {"Authorization": "Bearer x"})) == (401, "unknown_channel")
    assert fault(get(shop, path, {"Authorization": f"Basic {key}"})) == (401, "unknown_channel")
    assert fault(get(shop, path, known)) == (404, "unknown_member")
    assert fault(get(shop, "/v1/members/x/standing", known)) == (400, "bad_address")
    with shop.engine.begin() as connection:
        revoke_channel(connection, "web-shop", OPENING)
    assert fault(get(shop, path, known)) == (401, "unknown_channel")


def test_passes_are_signed_different_and_not_without_end(shop: Shop, till: ShopTill) -> None:
    members = till.blank(200)
    body = json.dumps({"terminal": str(till.terminal), "nonce": "0" * 16, "count": 201}).encode()

    assert len(set(members)) == 200
    assert all(isinstance(member, UUID) for member in members)
    assert fault(post(shop, till.seed, "/v1/passes", body)) == (400, "bad_message")
    assert shop.rows("SELECT DISTINCT status FROM members") == [("blank",)]
