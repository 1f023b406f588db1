"""What every call of a till has in common: its message, its signature, and the signed answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy import Engine

from pos_loyalty.server.api.faults import CallRefused
from pos_loyalty.server.database import in_transaction
from pos_loyalty.server.identity import Identity
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.tills import Till, find_till
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    SIGNATURE_HEADER,
    Hello,
    LeasePasses,
    Pull,
    Push,
    Snapshot,
)
from pos_loyalty.wire.seals import SIGNATURE_BYTES, sign_reply, verify_request

M = TypeVar("M", bound=BaseModel)
TillMessage = TypeVar("TillMessage", Hello, Push, Pull, Snapshot, LeasePasses)


@dataclass(frozen=True, slots=True)
class Central:
    """What every call works with."""

    engine: Engine
    identity: Identity
    shelf: Shelf
    now: Callable[[], datetime]


def central_of(request: Request) -> Central:
    """Find the server's parts."""
    central = request.app.state.central
    if not isinstance(central, Central):
        raise TypeError("the application was not made by create_app")
    return central


def read_message(request: Request, kind: type[M]) -> M:
    """Read the body strictly. Raises CallRefused with the place of the first thing wrong."""
    try:
        return kind.model_validate_json(request.state.body, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the body"
        sentence = f"{kind.__name__}, {place}: {first['msg']}."
        raise CallRefused(HTTPStatus.BAD_REQUEST, "bad_message", sentence) from error


def signature_of(request: Request) -> bytes:
    """Read the signature's header. Raises CallRefused unless it is one by its form."""
    told = request.headers.get(SIGNATURE_HEADER, "")
    try:
        signature = bytes.fromhex(told)
    except ValueError:
        signature = b""
    if len(signature) != SIGNATURE_BYTES:
        sentence = f"The call is to be signed in the header {SIGNATURE_HEADER}."
        raise CallRefused(HTTPStatus.UNAUTHORIZED, "not_signed", sentence)
    return signature


def check_signature(request: Request, public_key: bytes) -> bytes:
    """Answer the signature. Raises CallRefused unless the holder of `public_key` made it."""
    signature = signature_of(request)
    if not verify_request(public_key, request.url.path, request.state.body, signature):
        sentence = "The signature is not that of this till. Enrol the till again."
        raise CallRefused(HTTPStatus.UNAUTHORIZED, "bad_signature", sentence)
    return signature


def hear(request: Request, kind: type[TillMessage]) -> tuple[TillMessage, Till]:
    """Read a till's message and make sure that it is its own. The till may be revoked."""
    message = read_message(request, kind)
    central = central_of(request)
    till = in_transaction(central.engine, lambda c: find_till(c, message.terminal))
    if till is None:
        sentence = "This till is not known here. Enrol it."
        raise CallRefused(HTTPStatus.UNAUTHORIZED, "unknown_till", sentence)
    check_signature(request, till.public_key)
    return message, till


def hear_trusted(request: Request, kind: type[TillMessage]) -> tuple[TillMessage, Till]:
    """Do as `hear`, and refuse a till that was revoked."""
    message, till = hear(request, kind)
    if till.revoked:
        sentence = f"{till.name} was revoked. It may go on selling; its sales stay in its journal."
        raise CallRefused(HTTPStatus.FORBIDDEN, "revoked", sentence)
    return message, till


def answer(request: Request, message: BaseModel) -> Response:
    """Sign an answer together with the question it belongs to."""
    body = message.model_dump_json().encode()
    seed = central_of(request).identity.seed
    signature = sign_reply(seed, signature_of(request), body)
    return Response(body, media_type=MEDIA_TYPE, headers={SIGNATURE_HEADER: signature.hex()})
