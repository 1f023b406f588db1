"""What a call may carry, and what is refused with a sentence before it can do harm."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from pos_loyalty.wire.messages import (
    INFLATED_BYTES_MAX,
    MEDIA_TYPE,
    REQUEST_BYTES_MAX,
    SIGNATURE_HEADER,
    HelloReply,
)
from pos_loyalty.wire.seals import sign_request
from tests.server.calls import fault, hello
from tests.server.shop import Shop, ShopTill, ask, post


def test_a_body_may_come_as_gzip(shop: Shop, till: ShopTill) -> None:
    body = hello(till).model_dump_json().encode()
    signature = sign_request(till.seed, "/v1/hello", body).hex()  # Of what is said, unpacked.
    headers = {SIGNATURE_HEADER: signature, "Content-Encoding": "gzip"}

    response = post(shop, till.seed, "/v1/hello", gzip.compress(body), headers)

    assert response.status_code == 200


BAD_BODIES: dict[str, tuple[Callable[[], bytes], dict[str, str], tuple[int, str]]] = {
    "not JSON": (lambda: b"nonsense", {}, (400, "bad_message")),
    "nothing": (lambda: b"", {}, (400, "bad_message")),
    "no object": (lambda: b"[]", {}, (400, "bad_message")),
    "deep": (lambda: b'{"terminal":' + b"[" * 50_000, {}, (400, "bad_message")),
    "not a number": (lambda: b'{"acknowledged": NaN}', {}, (400, "bad_message")),
    "half a letter": (lambda: b'{"app_version": "\\ud800"}', {}, (400, "bad_message")),
    "no UTF-8": (lambda: b'{"app_version": "\xff"}', {}, (400, "bad_message")),
    "large": (lambda: b" " * (REQUEST_BYTES_MAX + 1), {}, (413, "too_large")),
    "no gzip": (lambda: b"nonsense", {"Content-Encoding": "gzip"}, (400, "bad_gzip")),
    "half a gzip": (
        lambda: gzip.compress(b" " * 10_000)[:-9],
        {"Content-Encoding": "gzip"},
        (400, "bad_gzip"),
    ),
    "two gzips": (
        lambda: gzip.compress(b" ") + gzip.compress(b" "),
        {"Content-Encoding": "gzip"},
        (400, "bad_gzip"),
    ),
    "zip bomb": (
        lambda: gzip.compress(b" " * (INFLATED_BYTES_MAX * 8)),
        {"Content-Encoding": "gzip"},
        (413, "too_large"),
    ),
    "unknown packing": (lambda: b"{}", {"Content-Encoding": "br"}, (415, "wrong_encoding")),
    "plain JSON": (
        lambda: b"{}",
        {"Content-Type": "application/json"},
        (415, "wrong_media_type"),
    ),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_body_that_cannot_be_is_refused_with_a_sentence(
    shop: Shop, till: ShopTill, name: str
) -> None:
    make, headers, expected = BAD_BODIES[name]

    assert fault(post(shop, till.seed, "/v1/hello", make(), headers)) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"first_seq": 0},
        {"first_seq": 2**63},
        {"first_seq": "1"},
        {"epoch": 0},
        {"epoch": 2**32},
        {"events": []},
        {"prev_hash": "00"},
        {"head_hash": "g" * 64},
        {"terminal": "nobody"},
        {"batch_id": None},
    ],
)
def test_a_batch_with_an_impossible_figure_is_refused(
    shop: Shop, till: ShopTill, change: dict[str, object]
) -> None:
    till.sell(None, 1)
    body = json.dumps(json.loads(till.batch().model_dump_json()) | change).encode()

    status, code = fault(post(shop, till.seed, "/v1/push", body))

    assert (status, code) == (400, "bad_message")


def test_more_events_than_a_batch_holds_are_refused(shop: Shop, till: ShopTill) -> None:
    till.sell(None, 1)
    batch = json.loads(till.batch().model_dump_json())
    batch["events"] *= 501

    assert fault(post(shop, till.seed, "/v1/push", json.dumps(batch).encode()))[0] == 400


def test_fields_of_a_newer_version_are_ignored(shop: Shop, till: ShopTill) -> None:
    said = json.loads(hello(till).model_dump_json()) | {"mood": "good"}

    assert post(shop, till.seed, "/v1/hello", json.dumps(said).encode()).status_code == 200


def test_a_caller_that_stops_in_the_middle_holds_nobody_up(shop: Shop, till: ShopTill) -> None:
    address = urlsplit(shop.url)
    with socket.create_connection((address.hostname or "", address.port or 0), 5) as line:
        head = f"POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Type: {MEDIA_TYPE}\r\n"
        line.sendall(f"{head}Content-Length: 1000\r\n\r\n{{".encode())

        assert ask(shop, till.seed, "/v1/hello", hello(till), HelloReply).head.seq == 0
