"""The application: each call of the protocol, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware

from pos_loyalty import __version__
from pos_loyalty.domain.events import Head
from pos_loyalty.server.accept import Acceptance, accept, head_of
from pos_loyalty.server.api.body import LimitedBody, SafeHeaders
from pos_loyalty.server.api.calls import (
    Central,
    answer,
    central_of,
    check_signature,
    hear,
    hear_trusted,
    read_message,
)
from pos_loyalty.server.api.faults import CallRefused, add_fault_answers
from pos_loyalty.server.database import in_snapshot, in_transaction
from pos_loyalty.server.figures import keep_figures
from pos_loyalty.server.identity import read_identity
from pos_loyalty.server.passes import lease_passes
from pos_loyalty.server.pull import pull
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.snapshot import snapshot
from pos_loyalty.server.standing import find_channel, read_standing
from pos_loyalty.server.tills import enrol_till, note_hello
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    PROTOCOL,
    EnrolTill,
    HeadTold,
    Hello,
    HelloReply,
    LeasePasses,
    PassesLeased,
    Pull,
    Push,
    Snapshot,
    TillEnrolled,
)

GZIP_FROM_BYTES = 1024
GZIP_LEVEL = 6

calls = APIRouter(prefix="/v1")


def utc_now() -> datetime:
    """Read the server's clock."""
    return datetime.now(UTC)


def create_app(engine: Engine, now: Callable[[], datetime] = utc_now) -> FastAPI:
    """Put the application together over a migrated database."""
    app = FastAPI(
        title="POS Loyalty", version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.central = open_central(engine, now)
    app.include_router(calls)
    add_fault_answers(app)
    app.add_middleware(LimitedBody)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM_BYTES, compresslevel=GZIP_LEVEL)
    app.add_middleware(SafeHeaders)
    return app


def open_central(engine: Engine, now: Callable[[], datetime] = utc_now) -> Central:
    """Read from a migrated database what every call works with."""
    return Central(engine, in_transaction(engine, read_identity), Shelf(), now)


@calls.get("/health")
def get_health() -> Response:
    """Tell that the server is up."""
    return Response('{"status":"up"}', media_type=MEDIA_TYPE)


@calls.post("/enrol")
def post_enrol(request: Request) -> Response:
    """Make the holder of a one-time code a till."""
    message = read_message(request, EnrolTill)
    key = bytes.fromhex(message.public_key)
    check_signature(request, key)
    central = central_of(request)
    till = in_transaction(central.engine, lambda c: enrol_till(c, message.code, key, central.now()))
    identity = central.identity
    enrolled = TillEnrolled(
        terminal=till.terminal,
        till=till.name,
        store=till.store,
        server_key=identity.server_key.hex(),
        server_epoch=identity.server_epoch,
        index_key=identity.index_key.hex(),
    )
    return answer(request, enrolled)


@calls.post("/hello")
def post_hello(request: Request) -> Response:
    """Compare where a till's journal ends."""
    message, till = hear_trusted(request, Hello)
    if not message.protocol_min <= PROTOCOL <= message.protocol_max:
        sentence = f"This server speaks protocol {PROTOCOL}. Install the program of its version."
        raise CallRefused(HTTPStatus.UPGRADE_REQUIRED, "other_protocol", sentence)
    central = central_of(request)
    now = central.now()
    epoch = message.head.epoch
    head = in_transaction(central.engine, lambda c: head_of(c, till.terminal, epoch))
    in_transaction(central.engine, lambda c: note_hello(c, till.terminal, message.app_version, now))
    keep_figures(central.engine, central.shelf, now)
    server_epoch = central.identity.server_epoch
    told = HelloReply(protocol=PROTOCOL, server_epoch=server_epoch, head=_told(head), at=now)
    return answer(request, told)


@calls.post("/push")
def post_push(request: Request) -> Response:
    """Take a batch; it is committed before this answers (I6)."""
    message, till = hear(request, Push)
    central = central_of(request)
    means = Acceptance(central.shelf, central.identity.index_key, central.now())
    reply = in_transaction(central.engine, lambda c: accept(c, till, message, means))
    return answer(request, reply)


@calls.post("/pull")
def post_pull(request: Request) -> Response:
    """Tell what has changed."""
    message, till = hear_trusted(request, Pull)
    central = central_of(request)
    epoch, now = central.identity.server_epoch, central.now()
    return answer(
        request, in_snapshot(central.engine, lambda c: pull(c, till, message, epoch, now))
    )


@calls.post("/snapshot")
def post_snapshot(request: Request) -> Response:
    """Give a page of the compact index."""
    message, _ = hear_trusted(request, Snapshot)
    central = central_of(request)
    epoch = central.identity.server_epoch
    return answer(request, in_snapshot(central.engine, lambda c: snapshot(c, message, epoch)))


@calls.post("/passes")
def post_passes(request: Request) -> Response:
    """Give blank passes."""
    message, till = hear_trusted(request, LeasePasses)
    central = central_of(request)
    seed, now = central.identity.seed, central.now()
    leased = in_transaction(
        central.engine, lambda c: lease_passes(c, till.terminal, message.count, seed, now)
    )
    return answer(request, PassesLeased(passes=leased))


@calls.get("/members/{member}/standing")
def get_standing(member: UUID, request: Request) -> Response:
    """Tell a channel what a member has."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    central = central_of(request)
    channel = in_transaction(central.engine, lambda c: find_channel(c, key.strip()))
    if scheme.lower() != "bearer" or channel is None:
        sentence = "This needs the key of a channel: `pos-loyalty server channel add`."
        raise CallRefused(HTTPStatus.UNAUTHORIZED, "unknown_channel", sentence)
    standing = in_snapshot(central.engine, lambda c: read_standing(c, member, central.now()))
    if standing is None:
        sentence = "There is no such member."
        raise CallRefused(HTTPStatus.NOT_FOUND, "unknown_member", sentence)
    return Response(standing.model_dump_json(), media_type=MEDIA_TYPE)


def _told(head: Head) -> HeadTold:
    return HeadTold(epoch=head.position.epoch, seq=head.position.seq, hash=head.hash.hex())
