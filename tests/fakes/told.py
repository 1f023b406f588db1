"""What other threads told, waited for without sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Told(Generic[T]):
    """A callback that keeps what it was given."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._values: list[T] = []

    def __call__(self, value: T) -> None:
        with self._changed:
            self._values.append(value)
            self._changed.notify_all()

    @property
    def values(self) -> list[T]:
        with self._changed:
            return list(self._values)

    def wait_until(self, reached: Callable[[list[T]], bool], timeout_s: float = 10) -> list[T]:
        """Wait for the values to satisfy `reached`. Raises AssertionError with what came."""
        with self._changed:
            came = self._changed.wait_for(lambda: reached(self._values), timeout_s)
            assert came, self._values
            return list(self._values)
