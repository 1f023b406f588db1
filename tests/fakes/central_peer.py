"""A small real HTTP server on loopback that answers as a till's server, or as badly as told."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import pytest

from pos_loyalty.ports.central import CentralTrouble
from pos_loyalty.sync.http import HttpCentral, Patience
from pos_loyalty.sync.push import push_all
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.fields import Message
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    SIGNATURE_HEADER,
    Hello,
    LeasePasses,
    Pull,
    Push,
    TillEnrolled,
)
from pos_loyalty.wire.seals import public_key, sign_reply, verify_request
from tests.fakes.central import FakeCentral
from tests.fakes.counter import SERVER_SEED, here

TILL_SEED = bytes(range(2, 34))


@dataclass(slots=True)
class Answer:
    """What goes back over the line.

    `cut_at` closes it after so many bytes of the body; `parts` come instead of a body, one by one.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    parts: Iterable[bytes] = ()


Misbehaviour = Callable[[Answer], Answer]


class CentralPeer:
    """Serves a FakeCentral. Each of `faults` spoils one answer, made after the work was done."""

    def __init__(self) -> None:
        self.central = FakeCentral()
        self.enrolled = TillEnrolled(
            terminal=UUID(int=1),
            till="Till 1",
            store="centro",
            server_key=public_key(SERVER_SEED).hex(),
            server_epoch=1,
            index_key="0" * 64,
        )
        self.faults: deque[Misbehaviour] = deque()
        self.instead: deque[Answer] = deque()  # Answers for which no work is done.
        self.requests: list[bytes] = []  # Bodies, as they were signed.
        self.encodings: list[str] = []
        self.answers: list[Answer] = []  # As they were before they were spoilt.
        self.release = threading.Event()  # Ends answers that drip or hang.
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._serve, name="peer")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.release.set()
        self._server.shutdown()
        for line in self._server.lines:
            with suppress(OSError):  # Most are closed already.
                line.shutdown(socket.SHUT_RDWR)
        self._server.server_close()  # Waits for those who still answer.
        self._thread.join(timeout=10)

    def answer(self, path: str, signature: bytes, body: bytes) -> Answer:
        """Answer as told, else as a good server does."""
        if self.instead:
            return self.instead.popleft()
        answer = self._work(path, signature, body)
        self.answers.append(answer)
        return self.faults.popleft()(answer) if self.faults else answer

    def _work(self, path: str, signature: bytes, body: bytes) -> Answer:
        """Do what was asked and sign the answer to it."""
        assert verify_request(public_key(TILL_SEED), path, body, signature)
        reply = self._reply(path, body).model_dump_json().encode()
        signed = sign_reply(SERVER_SEED, signature, reply).hex()
        return Answer(200, reply, {"Content-Type": MEDIA_TYPE, SIGNATURE_HEADER: signed})

    def _reply(self, path: str, body: bytes) -> Message:
        match path:
            case "/v1/hello":
                return self.central.hello(Hello.model_validate_json(body))
            case "/v1/push":
                return self.central.push(Push.model_validate_json(body))
            case "/v1/passes":
                return self.central.lease_passes(LeasePasses.model_validate_json(body))
            case "/v1/pull":
                return self.central.pull(Pull.model_validate_json(body))
            case _:  # Also to a question to which these are not the words.
                return self.enrolled

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.01)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # Waited for when the peer stops.

    def __init__(self, peer: CentralPeer) -> None:
        self.peer = peer
        self.lines: list[socket.socket] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        if not isinstance(sys.exception(), OSError):  # A line that was cut is no error here.
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.lines.append(self.connection)

    def do_POST(self) -> None:
        peer = self.server.peer
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        encoding = self.headers.get("Content-Encoding", "")
        body = gzip.decompress(raw) if encoding == "gzip" else raw
        peer.requests.append(body)
        peer.encodings.append(encoding)
        self._send(peer.answer(self.path, bytes.fromhex(self.headers[SIGNATURE_HEADER]), body))

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in ({"Content-Length": str(len(answer.body))} | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # The till may hang up, as it should.
            self.wfile.write(answer.body[: answer.cut_at])
            for part in answer.parts:
                self.wfile.write(part)
        if answer.cut_at is not None or answer.parts:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


HTML = b"<html><body>Please accept our terms</body></html>"


IMPATIENT = Patience(connect_s=1, read_s=0.2, answer_s=0.4)


def trouble_of(central: HttpCentral, counter: Counter) -> CentralTrouble:
    with pytest.raises(CentralTrouble) as met:
        push_all(counter, central, here)
    return met.value


def ours(status: int, **headers: str) -> Misbehaviour:
    """Give an answer of our own server that is not 200."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Answer(status, b"{}", {"Content-Type": MEDIA_TYPE} | told)


def foreign(status: int, body: bytes = HTML, kind: str = "text/html") -> Misbehaviour:
    """Answer as something between till and server does."""
    return lambda _: Answer(status, body, {"Content-Type": kind})
