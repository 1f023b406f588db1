from __future__ import annotations

import pytest

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.bodies import OfferMet
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.meet_offer import Met, answer_notice, meet_offer
from pos_loyalty.usecases.quote import Asked, offer
from pos_loyalty.usecases.standing import see
from tests.fakes.counter import (
    ANNA,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    known,
    new_id,
    tell,
)
from tests.usecases.deeds import activities, events, slips

OFFERS = """
[[suggestions]]
id = "croissant"
text = { en = "A croissant with the coffee" }
[[notices]]
id = "cake"
text = { en = "Which cake in June?" }
answers = [{ en = "Lemon" }, { en = "Apple" }]
points = 5
[[notices]]
id = "news"
text = { en = "Do you read our news?" }
answers = [{ en = "yes" }, { en = "no" }]
"""


@pytest.fixture
def counter() -> Counter:
    counter = a_counter()
    tell(counter, a_program(2, more=OFFERS), known())
    return counter


def met(counter: Counter, name: str = "croissant", response: Response = Response.DECLINED) -> Met:
    return Met(new_id(counter), ANNA, name, response)


def suggested(counter: Counter) -> str | None:
    quoted = offer(counter, Asked((Line("", 1000),), see(counter, ANNA))).quote
    return None if quoted.suggestion is None else quoted.suggestion.id


def test_an_offer_declined_twice_is_not_made_again(counter: Counter) -> None:
    made = []
    for _ in range(3):
        made.append(suggested(counter))
        meet_offer(counter, ROSA, met(counter))

    assert made == ["croissant", "croissant", None]


def test_an_offer_only_shown_may_be_made_again(counter: Counter) -> None:
    for _ in range(3):
        meet_offer(counter, ROSA, met(counter, response=Response.SHOWN))

    assert suggested(counter) == "croissant"
    past = see(counter, ANNA).past
    assert past is not None
    assert past.shown == {"croissant": 3}


def test_the_same_key_pressed_twice_declines_once(counter: Counter) -> None:
    declined = met(counter)

    meet_offer(counter, ROSA, declined)
    meet_offer(counter, ROSA, declined)

    assert len(events(counter, OfferMet)) == 1


def test_the_answer_to_a_notice_is_kept_and_is_worth_its_points(counter: Counter) -> None:
    answer = Met(new_id(counter), ANNA, "cake", Response.TAKEN, answer=1)

    done = answer_notice(counter, ROSA, WORDS, answer)
    again = answer_notice(counter, ROSA, WORDS, answer)

    assert done == again
    assert done is not None
    assert done.earned == 5
    assert [one.answer for one in events(counter, OfferMet)] == [1]
    assert activities(counter) == ["answered-cake"]
    assert "+5 points" in slips(counter)[0]


@pytest.mark.parametrize(
    ("notice", "response"), [("news", Response.TAKEN), ("cake", Response.DECLINED)]
)
def test_an_answer_worth_nothing_and_a_refusal_give_nothing(
    counter: Counter, notice: str, response: Response
) -> None:
    assert answer_notice(counter, ROSA, WORDS, met(counter, notice, response)) is None
    assert activities(counter) == []
