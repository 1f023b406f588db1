"""The body of a call, read with limits before anything looks at it; the answer's safe headers."""

from __future__ import annotations

import asyncio
import zlib
from http import HTTPStatus

from fastapi import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos_loyalty.server.api.faults import fault
from pos_loyalty.wire.messages import INFLATED_BYTES_MAX, MEDIA_TYPE, REQUEST_BYTES_MAX

READ_S = 30.0  # For the whole body: a slow sender holds nobody up.
GZIP_WINDOW = 31  # zlib's code for gzip with the largest window.
SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",  # Heeded over TLS only (RFC 6797, 8.1).
}


class LimitedBody:
    """Reads and inflates the body of every POST into the call's state, or refuses it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        found = await _read(Headers(scope=scope), receive)
        if isinstance(found, Response):
            await found(scope, receive, send)
            return
        scope.setdefault("state", {})["body"] = found
        await self._app(scope, receive, send)


class SafeHeaders:
    """Adds the headers that keep browsers from doing anything with our answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SAFE_HEADERS)
            await send(message)

        await self._app(scope, receive, send_safely)


async def _read(headers: Headers, receive: Receive) -> bytes | Response:
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != MEDIA_TYPE:
        sentence = f"The body is to be {MEDIA_TYPE}, not {kind[:80] or 'nothing'}."
        return fault(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_media_type", sentence)
    try:
        async with asyncio.timeout(READ_S):
            raw = await _collect(receive)
    except TimeoutError:
        return fault(HTTPStatus.REQUEST_TIMEOUT, "too_slow", f"No whole body in {READ_S:.0f} s.")
    if raw is None:
        sentence = f"The body is larger than {REQUEST_BYTES_MAX} bytes. Send half of it."
        return fault(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", sentence)
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        return raw
    if encoding != "gzip":
        sentence = f"The body may be gzip or plain, not {encoding[:80]}."
        return fault(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_encoding", sentence)
    return _inflate(raw)


async def _collect(receive: Receive) -> bytes | None:
    """Read the body. None: it is too large."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > REQUEST_BYTES_MAX:
            return None
        more = message.get("more_body", False)
    return bytes(body)


def _inflate(raw: bytes) -> bytes | Response:
    inflater = zlib.decompressobj(GZIP_WINDOW)
    try:
        plain = inflater.decompress(raw, INFLATED_BYTES_MAX + 1)
    except zlib.error:
        return fault(HTTPStatus.BAD_REQUEST, "bad_gzip", "The body is no gzip.")
    if len(plain) > INFLATED_BYTES_MAX:
        sentence = f"The inflated body is larger than {INFLATED_BYTES_MAX} bytes. Send half of it."
        return fault(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", sentence)
    if not inflater.eof or inflater.unused_data:
        return fault(HTTPStatus.BAD_REQUEST, "bad_gzip", "The body is not one whole gzip.")
    return plain
