from __future__ import annotations

import pytest

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.wording.scans import NOTHING_SEEN, nothing_seen
from tests.unit.wording.tongues import ENGLISH

WHATS_TO_DO = (
    "scan again",
    "scan the other",
    "press",
    "ask",
    "find",
    "enrol",
    "type",
    "sign in",
    "sell on",
    "keep the code",
)


@pytest.mark.parametrize("what", [*Unreadable, *Unrecognised])
def test_whatever_is_wrong_with_a_scan_has_a_sentence_that_says_what_to_do(
    what: Unreadable | Unrecognised,
) -> None:
    said = nothing_seen(ENGLISH, what)

    assert any(word in said.lower() for word in WHATS_TO_DO), said
    assert said.endswith(".")
    assert "{" not in said


def test_no_two_things_that_can_be_wrong_are_said_alike() -> None:
    assert len(set(NOTHING_SEEN.values())) == len(Unreadable) + len(Unrecognised)


def test_a_code_that_is_too_long_says_how_long_ours_are() -> None:
    assert "512" in nothing_seen(ENGLISH, Unreadable.TOO_LONG)
