"""What a till wrote comes out the same when it is worked out again from what it recorded (I10)."""

from __future__ import annotations

from datetime import date, timedelta

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Acted, Sold
from pos_loyalty.domain.engine.quoting import quote
from pos_loyalty.domain.past import Past
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.domain.programs.moments import MissingFact, Question
from pos_loyalty.domain.scored_sale import basket_of, same_score, scored_by
from pos_loyalty.lab.memory_journal import MemoryJournal
from pos_loyalty.usecases.counter import Counter, program_told
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.meet_offer import Met, answer_notice
from pos_loyalty.usecases.rate import Rating, rate
from pos_loyalty.usecases.sell import Checkout, sell
from pos_loyalty.usecases.tell_fact import Told, tell_fact
from pos_loyalty.wire.bodies import read_body
from pos_loyalty.wire.changes import FiguresChanged
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    ANNA,
    BORIS,
    ROSA,
    WORDS,
    a_counter,
    a_program,
    application,
    checkout,
    known,
    lot,
    new_id,
    tell,
)
from tests.usecases.test_due_at_recognition import JOINED, SECOND_VISIT
from tests.usecases.test_greet import BIRTHDAY
from tests.usecases.test_rate import FEEDBACK

EVERYTHING = (
    BIRTHDAY
    + SECOND_VISIT
    + JOINED
    + FEEDBACK
    + """
[[rules]]
id = "bread-price"
then = { kind = "member_price", price_minor = 280, lines = { skus = ["BREAD"] } }
[[rules]]
id = "eager"
when = [{ kind = "above_figure", figure = "points-30d-p80", window = "30d" }]
then = { kind = "give", points = 3 }
[[goals]]
id = "breads"
reach = { kind = "stamps", target = 2, lines = { skus = ["BREAD"] } }
then = { kind = "give", points = 20 }
[[questions]]
ask = "birthday"
points = 20
[[notices]]
id = "cake"
text = { en = "Which cake in June?" }
answers = [{ en = "Lemon" }, { en = "Apple" }]
points = 5
[ladder]
metric = "spend"
[[ladder.tiers]]
id = "silver"
at_least = 500
"""
)


def differences(counter: Counter) -> list[str]:
    """Work every scored event out again, and tell what comes out otherwise."""
    journal = counter.journal
    assert isinstance(journal, MemoryJournal)
    found = []
    for event in journal.everything():
        body = read_body(event.header.kind, event.header.version, event.body)
        if not isinstance(body, Sold | Acted) or body.scored is None:
            continue
        program = program_told(counter, body.scored.program)
        assert program is not None
        basket = basket_of(body, event.header.at, body.scored.figures)
        again = scored_by(quote(basket, body.scored.facts, program), program, event.header.event_id)
        found.append(same_score(body.scored, again))
    return found


def bread(counter: Counter, pieces: int = 1) -> Checkout:
    lines = (Line("Bread", 320, sku="BREAD"),) * pieces
    paid = (Tender(TenderKind.CASH, 1000),)
    return Checkout(new_id(counter), lines, paid, ANNA)


def test_a_day_of_everything_comes_out_the_same_again() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    tell(
        counter,
        a_program(2, more=EVERYTHING),
        known(ANNA, lot(300), past=Past(visits=1)),
        FiguresChanged(figures={"bottega/points-30d-p80": 1}),
    )
    asked = MissingFact(Question.BIRTHDAY, 20)
    tell_fact(counter, ROSA, WORDS, Told(new_id(counter), ANNA, asked, "4.3.1984"))
    done = sell(counter, ROSA, WORDS, bread(counter))
    rate(counter, ROSA, WORDS, Rating(done.sale, (("service", 5),)))
    answer_notice(
        counter, ROSA, WORDS, Met(new_id(counter), ANNA, "cake", Response.TAKEN, answer=0)
    )
    clock.go_on(timedelta(days=1))
    sell(counter, ROSA, WORDS, bread(counter, 2))
    carla = enrol(counter, ROSA, WORDS, application(counter, "Carla")).member
    sell(counter, ROSA, WORDS, checkout(counter, carla))
    sell(counter, ROSA, WORDS, checkout(counter, BORIS))  # Of another store.

    assert differences(counter) == [""] * 9


def test_a_birthday_is_recorded_as_a_stand_in_that_gives_the_same() -> None:
    counter = a_counter()
    tell(counter, a_program(2, more=BIRTHDAY), known(birthday=date(1984, 3, 4)))

    sell(counter, ROSA, WORDS, checkout(counter, ANNA))

    assert differences(counter) == ["", ""]
    sent = counter.journal.unsent(10, 10**6)
    assert not any(b"1984" in one.event.body for one in sent)
