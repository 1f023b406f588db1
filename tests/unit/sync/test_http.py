from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.sync.http import HttpCentral
from pos_loyalty.sync.push import push_all
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.sell import sell
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    SIGNATURE_HEADER,
    HeadTold,
    Hello,
)
from pos_loyalty.wire.seals import public_key
from tests.fakes.central_peer import (
    HTML,
    TILL_SEED,
    Answer,
    CentralPeer,
    Misbehaviour,
    foreign,
    ours,
    trouble_of,
)
from tests.fakes.clock import MORNING
from tests.fakes.counter import ROSA, STRANGER_SEED, a_counter, checkout, here, sold


def a_hello(counter: Counter, nonce: str = "0" * 16) -> Hello:
    head = HeadTold(epoch=1, seq=0, hash="0" * 64)
    terminal = counter.till.terminal
    return Hello(
        terminal=terminal, app_version="1", head=head, acknowledged=0, at=MORNING, nonce=nonce
    )


def test_what_is_sent_arrives_and_what_is_answered_counts(
    peer: CentralPeer, central: HttpCentral
) -> None:
    counter = sold()

    sent = push_all(counter, central, here)

    assert sent == 3
    assert counter.journal.progress().unsent == 0
    assert len(peer.central.events) == 3


def test_what_is_large_travels_packed(peer: CentralPeer, central: HttpCentral) -> None:
    central.hello(a_hello(sold()))
    push_all(sold(3), central, here)

    assert peer.encodings == ["", "gzip"]


def test_a_packed_answer_is_unpacked_before_its_signature_is_checked(
    peer: CentralPeer, central: HttpCentral
) -> None:
    def pack(answer: Answer) -> Answer:
        headers = answer.headers | {"Content-Encoding": "gzip"}
        return replace(answer, body=gzip.compress(answer.body), headers=headers)

    peer.faults.append(pack)

    assert push_all(counter := sold(), central, here) == 3
    assert counter.journal.progress().unsent == 0


def corrupt(answer: Answer) -> Answer:
    return replace(answer, body=answer.body.replace(b"applied", b"parked "))


def unsigned(answer: Answer) -> Answer:
    return replace(answer, headers={"Content-Type": MEDIA_TYPE})


def scribbled(answer: Answer) -> Answer:
    return replace(answer, headers=answer.headers | {SIGNATURE_HEADER: "not hexadecimal"})


def broken_gzip(answer: Answer) -> Answer:
    return replace(answer, headers=answer.headers | {"Content-Encoding": "gzip"})


def cut_at(share: float) -> Misbehaviour:
    return lambda answer: replace(answer, cut_at=int(len(answer.body) * share))


FAULTS: dict[str, tuple[Misbehaviour, Trouble]] = {
    "a portal's page": (foreign(200), Trouble.PORTAL),
    "a portal's redirect": (
        lambda _: Answer(302, b"", {"Location": "http://127.0.0.1:1/login"}),
        Trouble.PORTAL,
    ),
    "a redirect that claims to be ours": (ours(307, Location="/v1/push"), Trouble.PORTAL),
    "nothing at all": (foreign(204, b""), Trouble.PORTAL),
    "empty JSON": (foreign(200, b"{}", "application/json"), Trouble.PORTAL),
    "a portal that asks to log in": (foreign(511), Trouble.PORTAL),
    "a proxy that asks to log in": (foreign(407), Trouble.PORTAL),
    "a stranger's 401": (foreign(401), Trouble.PORTAL),
    "a stranger's 403": (foreign(403), Trouble.PORTAL),
    "a stranger's 404": (foreign(404), Trouble.PORTAL),
    "our type without a signature": (unsigned, Trouble.NOT_OURS),
    "a signature that is none": (scribbled, Trouble.NOT_OURS),
    "a changed answer": (corrupt, Trouble.NOT_OURS),
    "500": (ours(500), Trouble.UNREACHABLE),
    "502": (foreign(502), Trouble.UNREACHABLE),
    "503": (foreign(503), Trouble.BUSY),
    "504": (foreign(504), Trouble.UNREACHABLE),
    "408": (foreign(408), Trouble.UNREACHABLE),
    "425": (ours(425), Trouble.UNREACHABLE),
    "429": (ours(429), Trouble.BUSY),
    "a proxy's 429": (foreign(429), Trouble.BUSY),
    "401": (ours(401), Trouble.UNKNOWN_TILL),
    "403": (ours(403), Trouble.REVOKED),
    "418": (ours(418), Trouble.REFUSED),
    "426": (ours(426), Trouble.TOO_OLD),
    "cut before the body": (cut_at(0), Trouble.UNREACHABLE),
    "cut in the body": (cut_at(0.5), Trouble.UNREACHABLE),
    "cut near the end": (cut_at(0.99), Trouble.UNREACHABLE),
    "damaged packing": (broken_gzip, Trouble.UNREACHABLE),
}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_comes_over_the_line_nothing_is_dropped_and_the_same_events_go_next_time(
    peer: CentralPeer, central: HttpCentral, name: str
) -> None:
    fault, trouble = FAULTS[name]
    counter = sold()
    peer.faults.append(fault)

    met = trouble_of(central, counter)

    assert met.trouble is trouble
    assert counter.journal.progress().unsent == 3
    assert push_all(counter, central, here) == 3
    assert [e.header.position.seq for e in peer.central.events] == [1, 2, 3]
    assert peer.requests[0].count(b'"event_id"') == peer.requests[1].count(b'"event_id"') == 3


@pytest.mark.parametrize("byte", range(0, 400, 37))
def test_an_answer_cut_at_any_byte_acknowledges_nothing(
    peer: CentralPeer, central: HttpCentral, byte: int
) -> None:
    counter = sold(1)
    peer.faults.append(lambda answer: replace(answer, cut_at=min(byte, len(answer.body) - 1)))

    assert trouble_of(central, counter).trouble is Trouble.UNREACHABLE
    assert counter.journal.progress().unsent == 1


def test_the_answer_to_another_question_replayed_acknowledges_nothing(
    peer: CentralPeer, central: HttpCentral
) -> None:
    counter = sold(1)
    push_all(counter, central, here)
    (old,) = peer.answers
    sell(counter, ROSA, None, checkout(counter))
    peer.faults.append(lambda _: old)

    assert trouble_of(central, counter).trouble is Trouble.NOT_OURS
    assert counter.journal.progress().unsent == 1


def test_a_hello_recorded_once_cannot_be_played_again(
    peer: CentralPeer, central: HttpCentral
) -> None:
    counter = a_counter()
    central.hello(a_hello(counter, "1" * 16))
    (old,) = peer.answers
    peer.faults.append(lambda _: old)

    with pytest.raises(CentralTrouble) as met:
        central.hello(a_hello(counter, "2" * 16))

    assert met.value.trouble is Trouble.NOT_OURS


def test_another_server_that_signs_well_is_still_not_ours(peer: CentralPeer) -> None:
    central = HttpCentral(peer.url, TILL_SEED, public_key(STRANGER_SEED))

    assert trouble_of(central, sold(1)).trouble is Trouble.NOT_OURS
    central.close()


@pytest.mark.parametrize("kind", [MEDIA_TYPE, "text/html"])
def test_a_batch_too_large_for_server_or_proxy_goes_in_halves(
    peer: CentralPeer, central: HttpCentral, kind: str
) -> None:
    counter = sold(4)
    peer.instead.append(Answer(413, HTML, {"Content-Type": kind}))

    assert push_all(counter, central, here) == 4
    assert [request.count(b'"event_id"') for request in peer.requests] == [4, 2, 2]
