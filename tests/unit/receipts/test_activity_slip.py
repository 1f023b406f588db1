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


def test_points_for_an_answer_are_named_in_words_not_by_an_id() -> None:
    asked = program('[[questions]]\nask = "birthday"\npoints = 20\n')
    quoted = scored(asked, lines=(), event="told-birthday")

    told = ActivitySlip("told-birthday", quoted, points_of(asked))
    document = activity_slip(WORDS, LETTERHEAD, told)

    assert figure(document, "For telling us") == "+20 points"


def test_a_shop_s_own_words_for_an_answer_are_kept() -> None:
    own = """
[[rules]]
id = "told-birthday"
on = "told-birthday"
text = { en = "a cake for the date" }
then = { kind = "give", points = 7 }
"""
    club = program(own)
    quoted = scored(club, lines=(), event="told-birthday")

    document = activity_slip(
        WORDS, LETTERHEAD, ActivitySlip("told-birthday", quoted, points_of(club))
    )

    assert figure(document, "a cake for the date") == "+7 points"
