"""The one-time code that makes a computer a till: made by the server, scanned at the till."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.domain.credentials import ENROLMENT_PREFIX
from pos_loyalty.wire.seals import key_id

PARTS = 3


@dataclass(frozen=True, slots=True)
class EnrolmentInvitation:
    """Where the server is, how to know that it is the right one, and the secret to say there."""

    secret: str
    server_key_id: bytes
    url: str


def write_code(secret: str, server_key: bytes, url: str) -> str:
    """Write the code down: LE1:<secret>.<key id>.<url>."""
    return f"{ENROLMENT_PREFIX}{secret}.{key_id(server_key).hex()}.{url.rstrip('/')}"


def read_code(text: str) -> EnrolmentInvitation:
    """Read a code. Raises ValueError when it is none."""
    parts = text.strip().removeprefix(ENROLMENT_PREFIX).split(".", PARTS - 1)
    if not text.strip().startswith(ENROLMENT_PREFIX) or len(parts) != PARTS:
        msg = f"an enrolment code looks like {ENROLMENT_PREFIX}secret.key.address"
        raise ValueError(msg)
    secret, name, url = parts
    if not url.startswith(("http://", "https://")):
        msg = f"{url!r} is no address of a server"
        raise ValueError(msg)
    return EnrolmentInvitation(secret, bytes.fromhex(name), url)
