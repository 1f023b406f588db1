"""Every answer that is not 200: a status, a code for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from logging import getLogger

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from pos_loyalty.server.refusals import Refusal
from pos_loyalty.wire.messages import MEDIA_TYPE, Fault

log = getLogger(__name__)

RETRY_DATABASE_S = "5"
REFUSED = {"unknown_code": 401, "code_used": 401, "code_expired": 401, "too_many_passes": 429}


class CallRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A call that is answered with a fault."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence


def fault(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """Make the answer."""
    body = Fault(error=code, text=sentence, at=datetime.now(UTC)).model_dump_json()
    return Response(body, status, headers, media_type=MEDIA_TYPE)


def add_fault_answers(app: FastAPI) -> None:
    """Answer every failure of a call with a fault; what we did not expect is logged with it."""
    for kind, answer in ANSWERS.items():
        app.add_exception_handler(kind, answer)


async def _call_refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, CallRefused):
        raise TypeError(f"{error!r} is no CallRefused")
    return fault(error.status, error.code, error.sentence)


async def _refusal(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise TypeError(f"{error!r} is no Refusal")
    return fault(REFUSED.get(error.code, HTTPStatus.CONFLICT), error.code, error.sentence)


async def _of_http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise TypeError(f"{error!r} is no HTTPException")
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    return fault(status, status.name.lower(), f"{status.phrase}: no such call.", headers)


async def _no_database(_: Request, error: Exception) -> Response:
    log.error("the database does not answer: %s", type(error).__name__)
    sentence = "The server's database does not answer. Try again in a moment; nothing is lost."
    headers = {"Retry-After": RETRY_DATABASE_S}
    return fault(HTTPStatus.SERVICE_UNAVAILABLE, "no_database", sentence, headers)


async def _wrong_address(_: Request, __: Exception) -> Response:
    return fault(HTTPStatus.BAD_REQUEST, "bad_address", "A part of the address is not its kind.")


async def _bug(_: Request, __: Exception) -> Response:  # The web server logs it with its trace.
    sentence = "The server failed. It is noted in its log; the same call may be made again."
    return fault(HTTPStatus.INTERNAL_SERVER_ERROR, "server_fault", sentence)


ANSWERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    CallRefused: _call_refused,
    Refusal: _refusal,
    HTTPException: _of_http,
    RequestValidationError: _wrong_address,
    OperationalError: _no_database,
    NoConnection: _no_database,
    Exception: _bug,
}
