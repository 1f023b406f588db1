"""Running the server in this process: on which address, over TLS or not, until told to stop."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

PORT = 8310
STOP_S = 10
READY_S = 20.0
CALLS_MAX = 200  # At once; more are told to come again (503).
WAITING_MAX = 256  # Connections that the system holds for us.


class CannotServe(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The server cannot be started so; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens. Port 0 is any free one."""

    host: str = "127.0.0.1"
    port: int = PORT
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def scheme(self) -> str:
        """How it is spoken to."""
        return "https" if self.tls_cert is not None else "http"


def check_address(address: Address) -> None:
    """Raise CannotServe for plain HTTP off this machine, or for half a certificate."""
    if (address.tls_cert is None) is not (address.tls_key is None):
        raise CannotServe("TLS needs both --tls-cert and --tls-key.")
    for file in (address.tls_cert, address.tls_key):
        if file is not None and not file.is_file():
            raise CannotServe(f"There is no file {file}.")
    if address.tls_cert is None and not _is_loopback(address.host):
        raise CannotServe(
            f"Plain HTTP is not served on {address.host}: members' names would be readable on the "
            "way. Give --tls-cert and --tls-key, or listen on 127.0.0.1 behind a TLS proxy."
        )


def serve(app: FastAPI, address: Address, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; calls in progress are finished first.

    `ready` is told the URL when calls are taken. SIGTERM then ends in SystemExit(0), so that what
    callers have opened is closed. Raises CannotServe.
    """
    check_address(address)
    listener = _listen(address)
    end_on_sigterm()
    server = _server(app, address)
    watcher = threading.Thread(
        target=_tell_when_ready, args=(server, _url(address, listener), ready), daemon=True
    )
    watcher.start()
    try:
        server.run(sockets=[listener])
    finally:
        listener.close()


def end_on_sigterm() -> None:
    """Let SIGTERM end this process by SystemExit(0) instead of on the spot."""
    signal.signal(signal.SIGTERM, _exit)


@contextmanager
def served(app: FastAPI, address: Address) -> Iterator[str]:
    """Serve on a thread of this process meanwhile, and give the URL."""
    check_address(address)
    listener = _listen(address)
    server = _server(app, address)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="server")
    thread.start()
    try:
        if not _wait_until_started(server):
            raise CannotServe("The server did not start.")
        yield _url(address, listener)
    finally:
        server.should_exit = True
        thread.join(STOP_S + READY_S)
        listener.close()


def _server(app: FastAPI, address: Address) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        log_config=None,  # The caller's logging is used.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        limit_concurrency=CALLS_MAX,
        ssl_certfile=address.tls_cert,
        ssl_keyfile=address.tls_key,
        lifespan="off",
        http="h11",
        ws="none",
    )
    return uvicorn.Server(config)


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
        listener.listen(WAITING_MAX)
    except OSError as error:
        listener.close()
        raise CannotServe(
            f"{address.host} port {address.port} cannot be listened on: {error.strerror}. "
            "Stop what uses it, or choose another --port."
        ) from error
    return listener


def _url(address: Address, listener: socket.socket) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{address.scheme}://{host}:{listener.getsockname()[1]}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wait_until_started(server: uvicorn.Server) -> bool:
    tick = threading.Event()
    for _ in range(int(READY_S / 0.02)):
        if server.started:
            return True
        tick.wait(0.02)
    return False


def _tell_when_ready(server: uvicorn.Server, url: str, ready: Callable[[str], None]) -> None:
    if _wait_until_started(server):
        ready(url)


def _exit(_: int, __: FrameType | None) -> None:
    sys.exit(0)
