"""Work off the GUI thread, its result back on it, and late answers dropped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

Result = TypeVar("Result")
Deliver = Callable[[], None]


class Background(QObject):
    """Runs work on an executor and delivers on the thread that made this object.

    Each piece of work belongs to a question, as "quote" or "lookup"; when the same question is
    asked again, the answer to the older asking is dropped; what belongs to no question (None) is
    never overtaken. Work itself is never dropped: a sale is committed even when nobody waits to
    hear of it.
    """

    _delivered = Signal(object)

    def __init__(self, executor: Executor) -> None:
        super().__init__()
        self._executor = executor
        self._askings: dict[str, int] = {}
        self._closed = False
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        question: str | None,
        work: Callable[[], Result],
        answered: Callable[[Result], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work`, then call `answered` or `failed` here, unless asked again meanwhile."""
        asking = 0 if question is None else self._askings.get(question, 0) + 1
        if question is not None:
            self._askings[question] = asking

        def deliver(future: Future[Result]) -> None:
            overtaken = question is not None and self._askings[question] != asking
            if self._closed or overtaken or future.cancelled():
                return
            error = future.exception()
            if error is not None:
                failed(error)
            else:
                answered(future.result())

        work_done = self._executor.submit(work)
        # The callback runs on the executor's thread; the signal carries it over to ours.
        work_done.add_done_callback(lambda future: self._delivered.emit(partial(deliver, future)))

    def forget(self, question: str) -> None:
        """Drop the answer that is under way."""
        self._askings[question] = self._askings.get(question, 0) + 1

    def close(self) -> None:
        """Drop every answer from now on; the work under way runs to its end."""
        self._closed = True

    @Slot(object)
    def _deliver(self, delivery: Deliver) -> None:
        delivery()
