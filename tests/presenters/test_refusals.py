from __future__ import annotations

import logging

import pytest

from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.states.tone import Tone
from tests.fakes.counter import WORDS


def test_a_defect_of_the_till_is_told_to_the_cashier_and_written_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        toast = refusal(WORDS, KeyError("x"))

    assert "Press the key again" in toast.text
    assert toast.tone is Tone.BAD
    assert caplog.records[0].exc_info is not None
