from __future__ import annotations

import pytest

from pos_loyalty.ports.documents import PrintDocument
from pos_loyalty.receipts.activity import ActivitySlip, activity_slip
from tests.fakes.counter import WORDS
from tests.unit.receipts.paper import (
    LETTERHEAD,
    figure,
    flowing,
    points_of,
    program,
    scored,
    text_of,
)

CLUB = program(
    """
[[rules]]
id = "welcome"
on = "joined"
text = { en = "welcome gift" }
then = { kind = "give", points = 25 }
"""
)


def slip(activity: str) -> PrintDocument:
    quoted = scored(CLUB, lines=(), event=activity)
    return activity_slip(WORDS, LETTERHEAD, ActivitySlip(activity, quoted, points_of(CLUB)))


def test_what_joining_gives_is_on_a_slip_with_before_and_after() -> None:
    document = slip("joined")

    assert figure(document, "Balance before") == "100 points"
    assert figure(document, "welcome gift") == "+25 points"
    assert figure(document, "Balance after") == "125 points"


@pytest.mark.parametrize(
    ("activity", "title"),
    [
        ("joined", "For joining"),
        ("feedback", "For feedback"),
        ("recognised", "For you today"),
        ("told-birthday", "For telling us"),
        ("answered-market", "For an answer to our question"),
    ],
)
def test_the_slip_says_what_it_is_for(activity: str, title: str) -> None:
    assert title in text_of(slip(activity))


def test_the_slip_is_no_fiscal_document_either() -> None:
    assert "Loyalty slip, not a fiscal document" in flowing(slip("joined"))
