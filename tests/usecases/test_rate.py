from __future__ import annotations

import pytest

from pos_loyalty.domain.bodies import Acted
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.rate import CannotRate, Rating, rate
from pos_loyalty.usecases.sell import sell
from tests.fakes.counter import (
    ANNA,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    checkout,
    known,
    lot,
    new_id,
    tell,
)
from tests.usecases.deeds import events, slips

FEEDBACK = """
[[rules]]
id = "told-us"
on = "feedback"
text = { en = "thank you for telling us" }
limits = [{ times = 1, per = "day" }]
then = { kind = "give", points = 20 }
"""


@pytest.fixture
def counter() -> Counter:
    counter = a_counter()
    tell(counter, a_program(2, more=FEEDBACK), known(ANNA, lot(100)))
    return counter


def a_rating(counter: Counter, score: int = 4) -> Rating:
    """Anna buys something and says what she thinks of it."""
    return Rating(sell(counter, ROSA, None, checkout(counter, ANNA)).sale, (("service", score),))


def test_a_rating_is_written_with_its_receipt_and_is_worth_points(counter: Counter) -> None:
    rating = a_rating(counter)

    done = rate(counter, ROSA, WORDS, rating)

    (acted,) = events(counter, Acted)
    assert (acted.activity, acted.of, acted.scores) == ("feedback", rating.sale, (("service", 4),))
    assert done.earned == 20
    assert "thank you for telling us +20 points" in slips(counter)[0]


def test_a_receipt_is_rated_once(counter: Counter) -> None:
    rating = a_rating(counter)

    first = rate(counter, ROSA, WORDS, rating)
    second = rate(counter, ROSA, WORDS, Rating(rating.sale, (("service", 1),)))

    assert first == second
    (acted,) = events(counter, Acted)
    assert acted.scores == (("service", 4),)


def test_a_second_rating_of_the_day_is_kept_and_gives_nothing_more(counter: Counter) -> None:
    rate(counter, ROSA, WORDS, a_rating(counter))

    done = rate(counter, ROSA, WORDS, a_rating(counter, 5))

    assert done.earned == 0
    assert [acted.scores for acted in events(counter, Acted)] == [
        (("service", 4),),
        (("service", 5),),
    ]
    assert len(slips(counter)) == 1


def test_an_anonymous_receipt_cannot_be_rated_at_the_counter(counter: Counter) -> None:
    sale = sell(counter, ROSA, None, checkout(counter)).sale

    with pytest.raises(CannotRate, match="no-member"):
        rate(counter, ROSA, WORDS, Rating(sale, (("service", 4),)))


def test_what_is_no_sale_cannot_be_rated(counter: Counter) -> None:
    with pytest.raises(CannotRate, match="no-sale"):
        rate(counter, ROSA, WORDS, Rating(new_id(counter), (("service", 4),)))


@pytest.mark.parametrize("score", [0, 6])
def test_marks_are_given_from_1_to_5(counter: Counter, score: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        rate(counter, ROSA, WORDS, a_rating(counter, score))
