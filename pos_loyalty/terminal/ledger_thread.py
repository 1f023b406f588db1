"""The one thread that owns the till's databases; jobs run in order, and long ones are noticed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from logging import getLogger
from typing import Any, ParamSpec, TypeVar

Answer = TypeVar("Answer")
Args = ParamSpec("Args")

LONG_MS = 50.0
log = getLogger(__name__)


class LedgerThread(Executor):
    """An executor with one thread. `longest_ms` is the longest job so far, by name."""

    def __init__(self) -> None:
        self._ident = 0
        self._pool = ThreadPoolExecutor(
            max_workers=1, thread_name_prefix="ledger", initializer=self._begin
        )
        self.longest_ms: dict[str, float] = {}

    def submit(
        self, work: Callable[Args, Answer], /, *args: Args.args, **kwargs: Args.kwargs
    ) -> Future[Answer]:
        """Queue a job; its future tells the result."""
        return self._pool.submit(self._timed, work, *args, **kwargs)

    @property
    def is_here(self) -> bool:
        """Whether whoever asks runs on the ledger thread."""
        return threading.get_ident() == self._ident

    def do(self, job: Callable[[], Answer], /) -> Answer:
        """Run a job and wait for it; on the ledger thread itself, at once."""
        return job() if self.is_here else self.submit(job).result()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class says so
        """Finish what is queued, and end."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _begin(self) -> None:
        self._ident = threading.get_ident()

    def _timed(
        self, work: Callable[Args, Answer], /, *args: Args.args, **kwargs: Args.kwargs
    ) -> Answer:
        began = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            took_ms = (time.perf_counter() - began) * 1000
            name = _name(work)
            self.longest_ms[name] = max(took_ms, self.longest_ms.get(name, 0.0))
            if took_ms > LONG_MS:
                log.info("a job took long", extra={"job": name, "took_ms": round(took_ms)})


def _name(work: Any) -> str:  # noqa: ANN401 - any callable
    inner = getattr(work, "func", work)
    return str(getattr(inner, "__qualname__", type(inner).__name__))
