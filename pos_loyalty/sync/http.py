"""The central server over HTTP: every request and every answer signed, every status classed."""

from __future__ import annotations

import gzip
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from pos_loyalty.ports.central import CentralTrouble, Trouble
from pos_loyalty.wire.fields import Message
from pos_loyalty.wire.messages import (
    INFLATED_BYTES_MAX,
    MEDIA_TYPE,
    SIGNATURE_HEADER,
    EnrolTill,
    Hello,
    HelloReply,
    LeasePasses,
    PassesLeased,
    Pull,
    PullReply,
    Push,
    PushReply,
    Snapshot,
    SnapshotReply,
    TillEnrolled,
)
from pos_loyalty.wire.seals import key_id, sign_request, verify_reply

if TYPE_CHECKING:
    import requests

CHUNK_BYTES = 64 * 1024
GZIP_FROM_BYTES = 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")

Reply = TypeVar("Reply", bound=Message)

OK = 200
FAULT = 500
SECONDS_DIGITS_MAX = 9
# What only our own server can say of this till.
TOLD_BY_US = {
    401: Trouble.UNKNOWN_TILL,
    403: Trouble.REVOKED,
    426: Trouble.TOO_OLD,
}
# What a proxy before the server may say as well, in its own words.
TOLD_BY_ANYBODY = {
    408: Trouble.UNREACHABLE,
    413: Trouble.TOO_LARGE,
    425: Trouble.UNREACHABLE,
    429: Trouble.BUSY,
    503: Trouble.BUSY,
    511: Trouble.PORTAL,  # RFC 6585, 6: network authentication required.
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait: for a connection, for the next bytes, for the whole answer."""

    connect_s: float = 3.05
    read_s: float = 30
    answer_s: float = 300  # A page of the index over the slowest line of a shop.


PATIENCE = Patience()


class HttpCentral:
    """The server at `url`.

    `seed` signs what is asked; answers count if the holder of `server_key` signed them.
    """

    def __init__(
        self, url: str, seed: bytes, server_key: bytes, patience: Patience = PATIENCE
    ) -> None:
        self._url = url.rstrip("/")
        self._seed = seed
        self._server_key = server_key
        self._patience = patience
        address = urlsplit(url)
        loopback = address.hostname in LOOPBACK
        self._is_safe = loopback or address.scheme == "https"
        self._trusts_environment = not loopback  # No proxy to ourselves.
        self._session: requests.Session | None = None

    def hello(self, message: Hello) -> HelloReply:
        """Tell where the journal ends, hear where the server believes it does."""
        return self._call("/v1/hello", message, HelloReply)

    def push(self, message: Push) -> PushReply:
        """Send consecutive events."""
        return self._call("/v1/push", message, PushReply)

    def pull(self, message: Pull) -> PullReply:
        """Ask for changes."""
        return self._call("/v1/pull", message, PullReply)

    def snapshot(self, message: Snapshot) -> SnapshotReply:
        """Ask for a page of the compact index."""
        return self._call("/v1/snapshot", message, SnapshotReply)

    def lease_passes(self, message: LeasePasses) -> PassesLeased:
        """Ask for blank passes."""
        return self._call("/v1/passes", message, PassesLeased)

    def enrol(self, message: EnrolTill, expected_key_id: bytes) -> TillEnrolled:
        """Become a till. The server's key is the one whose id stands in the enrolment code."""
        signature, body, reply_signature = self._ask("/v1/enrol", message)
        told = _read(TillEnrolled, body)
        key = bytes.fromhex(told.server_key)
        if key_id(key) != expected_key_id or not verify_reply(
            key, signature, body, reply_signature
        ):
            raise CentralTrouble(Trouble.NOT_OURS, "not the server that printed the code")
        return told

    def close(self) -> None:
        """Let go of the line."""
        if self._session is not None:
            self._session.close()

    def _open(self) -> requests.Session:
        import requests  # Late: 0.1 s that nobody waits for who wants to sign in.

        if self._session is None:
            self._session = requests.Session()
            self._session.trust_env = self._trusts_environment
        return self._session

    def _call(self, path: str, message: Message, reply: type[Reply]) -> Reply:
        signature, body, reply_signature = self._ask(path, message)
        if not verify_reply(self._server_key, signature, body, reply_signature):
            raise CentralTrouble(Trouble.NOT_OURS, "the answer's signature does not hold")
        return _read(reply, body)

    def _ask(self, path: str, message: Message) -> tuple[bytes, bytes, bytes]:
        """Ask; answer with the request's signature, the reply's body and the reply's signature."""
        from requests.exceptions import BaseHTTPError  # type: ignore[attr-defined] # Not in stubs.

        if not self._is_safe:
            raise CentralTrouble(Trouble.REFUSED, "plain HTTP to another computer")
        body = message.model_dump_json().encode()
        signature = sign_request(self._seed, path, body)
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Accept": MEDIA_TYPE,
            SIGNATURE_HEADER: signature.hex(),
        }
        if len(body) >= GZIP_FROM_BYTES:
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, compresslevel=6)
        try:
            with self._open().post(
                self._url + path,
                data=body,
                headers=headers,
                timeout=(self._patience.connect_s, self._patience.read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                _check(response)
                content = _content(response, time.monotonic() + self._patience.answer_s)
                told = response.headers.get(SIGNATURE_HEADER, "")
        except (BaseHTTPError, OSError) as error:  # A RequestException is an OSError.
            raise CentralTrouble(Trouble.UNREACHABLE, type(error).__name__) from error
        return signature, content, _hex(told)


def _check(response: requests.Response) -> None:
    """Let only a 200 of our own media type pass. Raises CentralTrouble."""
    status = response.status_code
    ours = response.headers.get("Content-Type", "").split(";")[0].strip() == MEDIA_TYPE
    if status == OK and ours:
        return
    raise CentralTrouble(_trouble(status, ours=ours), f"status {status}", _retry_after(response))


def _trouble(status: int, *, ours: bool) -> Trouble:
    if status in TOLD_BY_ANYBODY:
        return TOLD_BY_ANYBODY[status]
    if status >= FAULT:
        return Trouble.UNREACHABLE
    if not ours or status < 400:  # noqa: PLR2004 - below are success, redirection and nonsense
        return Trouble.PORTAL
    return TOLD_BY_US.get(status, Trouble.REFUSED)


def _retry_after(response: requests.Response) -> int | None:
    """Read Retry-After as seconds or as a date, which counts from the server's own Date."""
    told = response.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return int(told[:SECONDS_DIGITS_MAX])
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(response.headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0, int(wait.total_seconds()))


def _content(response: requests.Response, until: float) -> bytes:
    """Read what arrives as it arrives: a server that drips or never ends is left in time."""
    content = bytearray()
    while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
        content += chunk
        if len(content) > INFLATED_BYTES_MAX:
            raise CentralTrouble(Trouble.PORTAL, "an endless answer")
        if time.monotonic() > until:
            raise CentralTrouble(Trouble.UNREACHABLE, "an answer too slow")
    return bytes(content)


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _read(reply: type[Reply], body: bytes) -> Reply:
    try:
        return reply.model_validate_json(body)
    except ValidationError as error:
        raise CentralTrouble(Trouble.TOO_OLD, "an answer this version cannot read") from error
