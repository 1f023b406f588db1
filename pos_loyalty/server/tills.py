"""The tills: let in once by a code, known by their key, shut out in one call."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from pos_loyalty.domain.ids import StoreId, TerminalId, uuid7
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.tables import enrolment_codes, heads, stores, tills

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U.
CODE_LENGTH = 20  # 100 bits: nobody guesses it.
CODE_GROUP = 5
CODE_LASTS = timedelta(hours=48)
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class Till:
    """A till as the server knows it."""

    terminal: TerminalId
    store: StoreId
    name: str
    public_key: bytes
    revoked: bool


@dataclass(frozen=True, slots=True)
class TillLine:
    """One line of the list of tills. `terminal` is None while its code waits to be used."""

    store: str
    name: str
    state: str  # waiting, enrolled, revoked or expired
    terminal: UUID | None
    app_version: str
    heard_at: datetime | None
    events: int


def add_till(connection: Connection, store: str, name: str, now: datetime) -> str:
    """Make the one-time code by which a computer becomes till `name` of `store`.

    Raises Refusal when there is no such store or such a till is there already.
    """
    if connection.execute(select(stores.c.store).where(stores.c.store == store)).first() is None:
        raise Refusal("unknown_store", f"There is no store {store!r}. Add it with `store add`.")
    taken = (tills.c.store == store) & (tills.c.name == name) & tills.c.revoked_at.is_(None)
    if connection.execute(select(tills.c.terminal).where(taken)).first() is not None:
        raise Refusal(
            "till_exists",
            f"{store} has a till {name!r}. Revoke it first if this computer is to replace it.",
        )
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    row = {
        "digest": _digest(code),
        "store": store,
        "till": name,
        "expires_at": now + CODE_LASTS,
    }
    connection.execute(insert(enrolment_codes).values(row))
    return "-".join(code[i : i + CODE_GROUP] for i in range(0, CODE_LENGTH, CODE_GROUP))


def enrol_till(connection: Connection, code: str, public_key: bytes, now: datetime) -> Till:
    """Make the holder of `public_key` a till; the same holder may ask again with the same code.

    Raises Refusal when the code is unknown, used by another or too old.
    """
    query = select(enrolment_codes).where(enrolment_codes.c.digest == _digest(code))
    found = connection.execute(query.with_for_update()).first()
    if found is None:
        raise Refusal("unknown_code", "This enrolment code is not known. Type it again.")
    if found.used_by is not None:
        till = find_till(connection, found.used_by)
        if till is None or till.public_key != public_key:
            raise Refusal("code_used", "This enrolment code has been used. Make a new one.")
        return till
    if found.expires_at < now:
        raise Refusal("code_expired", "This enrolment code is too old. Make a new one.")
    till = Till(
        TerminalId(uuid7(now, secrets.token_bytes(10))),
        StoreId(found.store),
        found.till,
        public_key,
        revoked=False,
    )
    _let_in(connection, till, found.digest, now)
    return till


def find_till(connection: Connection, terminal: UUID) -> Till | None:
    """Find a till by its id. None: it was never enrolled here."""
    row = connection.execute(select(tills).where(tills.c.terminal == terminal)).first()
    if row is None:
        return None
    revoked = row.revoked_at is not None
    return Till(TerminalId(row.terminal), StoreId(row.store), row.name, row.public_key, revoked)


def revoke_till(connection: Connection, terminal: UUID, now: datetime) -> None:
    """Shut a till out; what it has sent stays. Raises Refusal when there is no such till."""
    known = tills.c.terminal == terminal
    changed = connection.execute(
        update(tills).where(known & tills.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    if changed.rowcount == 0 and find_till(connection, terminal) is None:
        raise Refusal("unknown_till", f"There is no till {terminal}. See `till list`.")


def list_tills(connection: Connection, now: datetime) -> tuple[TillLine, ...]:
    """List tills, and the codes that wait for a computer."""
    sent = select(heads.c.terminal, heads.c.seq)
    events: dict[UUID, int] = {}
    for terminal, seq in connection.execute(sent):
        events[terminal] = events.get(terminal, 0) + seq
    lines = [
        TillLine(
            store=row.store,
            name=row.name,
            state="enrolled" if row.revoked_at is None else "revoked",
            terminal=row.terminal,
            app_version=row.app_version,
            heard_at=row.heard_at,
            events=events.get(row.terminal, 0),
        )
        for row in connection.execute(select(tills))
    ]
    waiting = select(enrolment_codes).where(enrolment_codes.c.used_by.is_(None))
    for row in connection.execute(waiting):
        state = "waiting" if row.expires_at >= now else "expired"
        lines.append(TillLine(row.store, row.till, state, None, "", None, 0))
    return tuple(sorted(lines, key=lambda line: (line.store, line.name, line.state)))


def note_hello(
    connection: Connection, terminal: TerminalId, app_version: str, now: datetime
) -> None:
    """Note that a till is alive, and what it runs."""
    row = {"heard_at": now, "app_version": app_version.replace("\0", "")}
    connection.execute(update(tills).where(tills.c.terminal == terminal).values(row))


def _let_in(connection: Connection, till: Till, digest: bytes, now: datetime) -> None:
    row = {
        "terminal": till.terminal,
        "store": till.store,
        "name": till.name,
        "public_key": till.public_key,
        "enrolled_at": now,
    }
    connection.execute(insert(tills).values(row))
    used = update(enrolment_codes).where(enrolment_codes.c.digest == digest)
    connection.execute(used.values(used_by=till.terminal))


def _digest(code: str) -> bytes:
    return sha256(code.upper().translate(MISREAD).encode(errors="replace")).digest()
