from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.sync.push import push_all
from pos_loyalty.wire.messages import (
    INFLATED_BYTES_MAX,
    EnrolTill,
    LeasePasses,
    Pull,
    Snapshot,
    TillEnrolled,
)
from pos_loyalty.wire.seals import key_id, public_key
from tests.fakes.central_peer import (
    IMPATIENT,
    TILL_SEED,
    Answer,
    CentralPeer,
    ours,
    trouble_of,
)
from tests.fakes.counter import SERVER_SEED, STRANGER_SEED, a_counter, here, sold

WAITS = [
    ({"Retry_After": "120"}, 120),
    (
        {
            "Retry_After": "Mon, 02 Mar 2026 10:02:00 GMT",
            "Date": "Mon, 02 Mar 2026 10:00:00 GMT",
        },
        120,
    ),
    (
        {
            "Retry_After": "Mon, 02 Mar 2026 09:00:00 GMT",
            "Date": "Mon, 02 Mar 2026 10:00:00 GMT",
        },
        0,
    ),
    ({}, None),
    ({"Retry_After": "soon"}, None),
    ({"Retry_After": "-5"}, None),
    ({"Retry_After": "9" * 6000}, 999_999_999),
]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("headers", "wait_s"), WAITS, ids=lambda value: str(value)[:20])
def test_a_busy_server_may_say_in_seconds_or_by_date_when_to_come_back(
    peer: CentralPeer,
    central: HttpCentral,
    status: int,
    headers: dict[str, str],
    wait_s: int | None,
) -> None:
    peer.faults.append(ours(status, **headers))

    met = trouble_of(central, sold(1))

    assert (met.trouble, met.retry_after_s) == (Trouble.BUSY, wait_s)


def test_a_server_that_says_nothing_is_left_in_time(
    peer: CentralPeer, central: HttpCentral
) -> None:
    def hang(answer: Answer) -> Answer:
        peer.release.wait(10)
        return answer

    counter = sold(1)
    peer.faults.append(hang)

    assert trouble_of(central, counter).trouble is Trouble.UNREACHABLE
    assert counter.journal.progress().unsent == 1


def test_a_server_that_drips_is_left_in_time(peer: CentralPeer, central: HttpCentral) -> None:
    def drops() -> Iterator[bytes]:
        while not peer.release.wait(0.02):
            yield b" "

    def drip(answer: Answer) -> Answer:
        headers = answer.headers | {"Content-Length": "1000000"}
        return replace(answer, body=b"", headers=headers, parts=drops())

    counter = sold(1)
    peer.faults.append(drip)

    met = trouble_of(central, counter)

    assert (met.trouble, met.detail) == (Trouble.UNREACHABLE, "an answer too slow")
    assert counter.journal.progress().unsent == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_left(peer: CentralPeer, packed: bool) -> None:  # noqa: FBT001 - a parameter of a test
    block = b" " * 1024 * 1024
    length = str(INFLATED_BYTES_MAX * 4)

    def flood(answer: Answer) -> Answer:
        if packed:
            body = gzip.compress(block * 9)
            return replace(answer, body=body, headers=answer.headers | {"Content-Encoding": "gzip"})
        headers = answer.headers | {"Content-Length": length}
        return replace(answer, body=b"", headers=headers, parts=(block for _ in range(32)))

    peer.faults.append(flood)
    central = HttpCentral(peer.url, TILL_SEED, public_key(SERVER_SEED))
    counter = sold(1)

    met = trouble_of(central, counter)

    assert (met.trouble, met.detail) == (Trouble.PORTAL, "an endless answer")
    assert counter.journal.progress().unsent == 1
    central.close()


def test_an_answer_in_chunks_counts(peer: CentralPeer, central: HttpCentral) -> None:
    def chunked(answer: Answer) -> Answer:
        headers = answer.headers | {"Transfer-Encoding": "chunked"}
        half = len(answer.body) // 2
        parts = [
            b"%x\r\n%b\r\n" % (len(part), part) for part in (answer.body[:half], answer.body[half:])
        ]
        return replace(answer, body=b"", headers=headers, parts=[*parts, b"0\r\n\r\n"])

    peer.faults.append(chunked)

    assert push_all(sold(), central, here) == 3


def test_a_server_that_is_not_there_is_unreachable() -> None:
    gone = CentralPeer()
    url = gone.url
    gone.start()
    gone.stop()
    central = HttpCentral(url, TILL_SEED, public_key(SERVER_SEED), IMPATIENT)

    assert trouble_of(central, sold(1)).trouble is Trouble.UNREACHABLE
    central.close()


def test_plain_http_to_another_computer_is_never_spoken() -> None:
    central = HttpCentral("http://192.0.2.1", TILL_SEED, public_key(SERVER_SEED), IMPATIENT)

    met = trouble_of(central, sold(1))

    assert (met.trouble, met.detail) == (Trouble.REFUSED, "plain HTTP to another computer")
    central.close()


def an_enrolment(peer: CentralPeer, expected: bytes) -> TillEnrolled:
    central = HttpCentral(peer.url, TILL_SEED, b"", IMPATIENT)
    told = EnrolTill(code="secret", public_key=public_key(TILL_SEED).hex(), nonce="0" * 16)
    try:
        return central.enrol(told, key_id(expected))
    finally:
        central.close()


def test_a_computer_becomes_a_till_of_the_server_that_printed_the_code(peer: CentralPeer) -> None:
    assert an_enrolment(peer, public_key(SERVER_SEED)) == peer.enrolled


def test_a_computer_does_not_become_a_till_of_another_server(peer: CentralPeer) -> None:
    with pytest.raises(CentralTrouble) as met:
        an_enrolment(peer, public_key(STRANGER_SEED))

    assert met.value.trouble is Trouble.NOT_OURS


def test_a_changed_welcome_makes_no_till(peer: CentralPeer) -> None:
    peer.faults.append(lambda a: replace(a, body=a.body.replace(b"Till 1", b"Till 2")))

    with pytest.raises(CentralTrouble) as met:
        an_enrolment(peer, public_key(SERVER_SEED))

    assert met.value.trouble is Trouble.NOT_OURS


def test_an_answer_of_a_newer_server_that_cannot_be_read_asks_for_the_upgrade(
    central: HttpCentral,
) -> None:
    terminal = a_counter().till.terminal

    with pytest.raises(CentralTrouble) as met:
        central.snapshot(Snapshot(terminal=terminal, after="", nonce="0" * 16))

    assert met.value.trouble is Trouble.TOO_OLD


def test_pulls_and_leases_go_the_same_way(peer: CentralPeer, central: HttpCentral) -> None:
    terminal = a_counter().till.terminal

    reply = central.pull(Pull(terminal=terminal, server_epoch=1, cursor="5", nonce="0" * 16))
    leased = central.lease_passes(LeasePasses(terminal=terminal, count=2, nonce="0" * 16))

    assert reply.cursor == "5"
    assert len(leased.passes) == 2
    assert len(peer.requests) == 2
