"""Work beside the screen: its answer comes home, a late one is dropped, a failure is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytestqt.qtbot import QtBot

from pos_loyalty.ui.background import Background


def unexpected(error: BaseException) -> None:
    pytest.fail(f"no failure was to be told: {error}")


@pytest.fixture
def ledger() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


def test_an_answer_comes_home_to_the_thread_of_the_screen(
    qtbot: QtBot, ledger: ThreadPoolExecutor
) -> None:
    background = Background(ledger)
    answers: list[tuple[int, int]] = []

    background.ask(
        "quote",
        threading.get_ident,
        lambda worker: answers.append((worker, threading.get_ident())),
        unexpected,
    )

    qtbot.waitUntil(lambda: bool(answers))
    worker, home = answers[0]
    assert home == threading.get_ident() != worker


def test_the_answer_to_an_older_asking_is_dropped(qtbot: QtBot, ledger: ThreadPoolExecutor) -> None:
    background = Background(ledger)
    may_answer = threading.Event()
    answers: list[str] = []

    def slow() -> str:
        assert may_answer.wait(5)
        return "old"

    background.ask("lookup", slow, answers.append, unexpected)
    background.ask("lookup", lambda: "new", answers.append, unexpected)
    may_answer.set()

    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["new"]


def test_two_questions_do_not_disturb_each_other(qtbot: QtBot, ledger: ThreadPoolExecutor) -> None:
    background = Background(ledger)
    answers: list[str] = []

    background.ask("quote", lambda: "quote", answers.append, unexpected)
    background.ask("lookup", lambda: "lookup", answers.append, unexpected)

    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == ["quote", "lookup"]


def test_a_failure_is_told_with_its_cause(qtbot: QtBot, ledger: ThreadPoolExecutor) -> None:
    background = Background(ledger)
    failures: list[BaseException] = []

    def fail() -> None:
        raise OSError(28, "disk full")

    background.ask("sell", fail, lambda _none: pytest.fail("no answer"), failures.append)

    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], OSError)


def test_a_till_that_closes_hears_no_more_but_its_work_is_done(
    qtbot: QtBot, ledger: ThreadPoolExecutor
) -> None:
    background = Background(ledger)
    done: list[str] = []
    background.ask(
        "sell", lambda: done.append("sold"), lambda _none: pytest.fail("late"), unexpected
    )

    background.close()

    ledger.submit(lambda: None).result(5)
    qtbot.wait(1)
    assert done == ["sold"]
