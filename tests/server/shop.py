"""A shop with a running server, and tills that talk to it as tills do: over HTTP, signed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import requests
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine, text

from pos_loyalty.domain.bodies import KIND_OF, Body, Enrolled, ProfileChanged
from pos_loyalty.domain.events import (
    GENESIS,
    Event,
    Header,
    Position,
    record_digest,
    seal,
)
from pos_loyalty.domain.ids import (
    EventId,
    MemberId,
    StaffId,
    StoreId,
    TerminalId,
    uuid7,
)
from pos_loyalty.domain.members import Consent, PersonalRecord
from pos_loyalty.server.admin import publish_program, put_store
from pos_loyalty.server.api.app import open_central
from pos_loyalty.server.identity import Identity
from pos_loyalty.server.tills import add_till
from pos_loyalty.wire.bodies import write_body
from pos_loyalty.wire.changes import (
    Change,
    StoreChanged,
)
from pos_loyalty.wire.events import event_sent
from pos_loyalty.wire.messages import (
    MEDIA_TYPE,
    SIGNATURE_HEADER,
    EnrolTill,
    LeasePasses,
    PassesLeased,
    Pull,
    PullReply,
    Push,
    PushReply,
    RecordSent,
    TillEnrolled,
)
from pos_loyalty.wire.passes import read_pass
from pos_loyalty.wire.records import write_record
from pos_loyalty.wire.seals import key_id, new_seed, public_key, sign_request, verify_reply
from tests.server.sales import sold

OPENING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Reply = TypeVar("Reply", bound=BaseModel)
PROGRAM = """
id = "bottega"
version = {version}
name = {{ en = "Bottega club" }}
currency = "EUR"
valid_from = 2026-01-01
units = [{{ lasts = {{ kind = "months", months = 12 }} }}]

[[rules]]
id = "base"
then = {{ kind = "earn", points = {points}, step = 100 }}
"""


@dataclass
class Shop:
    """A shop's server and what is needed to look behind its counter."""

    engine: Engine
    url: str
    identity: Identity
    now: list[datetime]  # The server's clock.

    def program(self, version: int = 1, points: int = 1) -> None:
        document = PROGRAM.format(version=version, points=points)
        with self.engine.begin() as connection:
            publish_program(connection, document, "bottega.toml", self.now[0])

    def store(self, name: str) -> None:
        told = StoreChanged(
            store=name,
            name=name.title(),
            zone="Europe/Rome",
            currency="EUR",
            language="it",
            region="IT",
            card_prefixes=("24",),
        )
        with self.engine.begin() as connection:
            put_store(connection, told)

    def code(self, store: str = "bologna", till: str = "Till 1") -> str:
        with self.engine.begin() as connection:
            return add_till(connection, store, till, self.now[0])

    def till(self, store: str = "bologna", name: str = "Till 1") -> ShopTill:
        seed = new_seed()
        asked = EnrolTill(
            code=self.code(store, name),
            public_key=public_key(seed).hex(),
            nonce=secrets.token_hex(8),
        )
        told = ask(self, seed, "/v1/enrol", asked, TillEnrolled)
        return ShopTill(self, seed, TerminalId(told.terminal))

    def rows(self, query: str, **values: object) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(query), values))

    def balances(self) -> dict[UUID, int]:
        return {row.member: row.balance for row in self.rows("SELECT * FROM accounts")}

    def alarms(self) -> dict[str, int]:
        rows = self.rows("SELECT kind, sum(times)::int AS times FROM alarms GROUP BY kind")
        return {row.kind: row.times for row in rows}


@dataclass
class ShopTill:
    """A till with a journal in memory."""

    shop: Shop
    seed: bytes
    terminal: TerminalId
    epoch: int = 1
    events: list[Event] = field(default_factory=list)
    records: dict[EventId, RecordSent] = field(default_factory=dict)

    def add(self, body: Body, event_id: EventId | None = None) -> Event:
        kind = KIND_OF[type(body)]
        return self.add_bytes(kind.value, write_body(kind, body), event_id)

    def add_bytes(self, kind: str, body: bytes, event_id: EventId | None = None) -> Event:
        seq = len(self.events) + 1
        at = OPENING + timedelta(minutes=seq)
        header = Header(
            terminal=self.terminal,
            position=Position(self.epoch, seq),
            event_id=event_id or EventId(uuid7(at, secrets.token_bytes(10))),
            kind=kind,
            version=1,
            at=at,
            monotonic_ns=seq * 10**9,
            boot_id="boot",
            server_offset_ms=None,
            actor=StaffId("rosa"),
            role="cashier",
            shift=None,
            approver=None,
        )
        return self.add_header(header, body)

    def add_header(self, header: Header, body: bytes) -> Event:
        event = seal(header, body, self.events[-1].hash if self.events else GENESIS)
        self.events.append(event)
        return event

    def sell(self, member: MemberId | None, euros: int) -> Event:
        return self.add(sold(member, euros))

    def enrol(self, member: MemberId, record: PersonalRecord | None = None) -> Event:
        raw, salt = write_record(record or PersonalRecord(name="Anna")), secrets.token_bytes(16)
        body = Enrolled(
            member=member,
            store=StoreId("bologna"),
            on=OPENING.date(),
            record_digest=record_digest(raw, salt).hex(),
            consent=Consent("loyalty-1", given=True),
            pass_id="",
        )
        event = self.add(body)
        self.records[event.header.event_id] = RecordSent(record=raw.decode(), salt=salt.hex())
        return event

    def change_profile(
        self, member: MemberId, record: PersonalRecord, favourite: str | None = None
    ) -> Event:
        raw, salt = write_record(record), secrets.token_bytes(16)
        digest = record_digest(raw, salt).hex()
        event = self.add(ProfileChanged(member, StoreId("bologna"), digest, favourite))
        self.records[event.header.event_id] = RecordSent(record=raw.decode(), salt=salt.hex())
        return event

    def restart(self, epoch: int) -> None:
        """Begin a new epoch with the same facts, as after a restored disk."""
        facts, self.events, self.epoch = self.events, [], epoch
        for seq, event in enumerate(facts, 1):
            self.add_header(replace(event.header, position=Position(epoch, seq)), event.body)

    def batch(self, first: int = 1, last: int | None = None) -> Push:
        chosen = self.events[first - 1 : last]
        return Push(
            batch_id=uuid4(),
            terminal=self.terminal,
            epoch=self.epoch,
            first_seq=first,
            prev_hash=chosen[0].prev_hash.hex(),
            head_hash=chosen[-1].hash.hex(),
            events=tuple(event_sent(e, self.records.get(e.header.event_id)) for e in chosen),
        )

    def push(self, first: int = 1, last: int | None = None) -> PushReply:
        return self.send(self.batch(first, last))

    def send(self, batch: Push) -> PushReply:
        return ask(self.shop, self.seed, "/v1/push", batch, PushReply)

    def blank(self, count: int = 1) -> tuple[MemberId, ...]:
        nonce = secrets.token_hex(8)
        asked = LeasePasses(terminal=self.terminal, count=count, nonce=nonce)
        leased = ask(self.shop, self.seed, "/v1/passes", asked, PassesLeased)
        keys = {key_id(self.shop.identity.server_key): self.shop.identity.server_key}
        return tuple(read_pass(text, keys).member for text in leased.passes)

    def pull(self, cursor: str = "") -> PullReply:
        asked = Pull(
            terminal=self.terminal, server_epoch=1, cursor=cursor, nonce=secrets.token_hex(8)
        )
        return ask(self.shop, self.seed, "/v1/pull", asked, PullReply)

    def pull_all(self, cursor: str = "") -> tuple[list[Change], str]:
        changes: list[Change] = []
        for _ in range(1000):
            reply = self.pull(cursor)
            changes += reply.changes
            cursor = reply.cursor
            if not reply.more:
                return changes, cursor
        raise AssertionError("the server has no end of changes")


@dataclass
class Front:
    """A server that is started once for a run; what is behind it changes with every test."""

    app: FastAPI
    url: str


def open_shop(front: Front, engine: Engine) -> Shop:
    """Serve a shop with one store and one program over loopback."""
    now = [OPENING]
    central = open_central(engine, lambda: now[0])
    front.app.state.central = central
    shop = Shop(engine, front.url, central.identity, now)
    shop.store("bologna")
    shop.program()
    return shop


def post(
    shop: Shop, seed: bytes, path: str, body: bytes, headers: dict[str, str] | None = None
) -> requests.Response:
    """Send bytes signed by `seed`."""
    signature = sign_request(seed, path, body).hex()
    told = {"Content-Type": MEDIA_TYPE, SIGNATURE_HEADER: signature} | (headers or {})
    with requests.Session() as session:
        session.trust_env = False
        return session.post(shop.url + path, data=body, headers=told, timeout=20)


def ask(shop: Shop, seed: bytes, path: str, message: BaseModel, reply: type[Reply]) -> Reply:
    """Ask and believe only a signed answer."""
    body = message.model_dump_json().encode()
    response = post(shop, seed, path, body)
    assert response.status_code == 200, response.text
    signature = bytes.fromhex(response.headers[SIGNATURE_HEADER])
    asked = sign_request(seed, path, body)
    assert verify_reply(shop.identity.server_key, asked, response.content, signature)
    return reply.model_validate_json(response.content)
