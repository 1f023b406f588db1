"""One missing fact, or one notice, is asked on a visit: answered, skipped, or never again."""

from __future__ import annotations

from datetime import date

import pytest

from pos_loyalty.domain.bodies import OfferMet, ProfileChanged
from pos_loyalty.domain.past import Past
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.ui.presenters.ask import AskPresenter
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.usecases.standing import see
from tests.fakes.counter import ANNA, POINTS
from tests.presenters.rig import ANNAS_CARD, EAN, Rig
from tests.presenters.shops import a_till_of
from tests.usecases.deeds import activities, events

QUESTIONS = """
[[questions]]
ask = "birthday"
points = 20
[[questions]]
ask = "favourite_category"
text = { en = "What shall we keep for you?" }
"""
NOTICE = """
[[notices]]
id = "cake"
text = { en = "Which cake in June?" }
answers = [{ en = "Lemon" }, { en = "Apple" }]
points = 5
"""
TODAY = date(2026, 3, 2)


def open_question(till: Rig) -> AskPresenter:
    till.scan(ANNAS_CARD)
    till.till.open_panel(Panel.ASK)
    assert till.till.ask is not None
    return till.till.ask


def shown(till: Rig) -> AskState:
    assert isinstance(till.side, AskState)
    return till.side


def key(till: Rig) -> str:
    """What stands on the key that asks her."""
    return till.shown.member.ask if isinstance(till.shown.member, MemberState) else ""


@pytest.fixture
def till() -> Rig:
    return a_till_of(QUESTIONS)


def test_the_key_says_what_an_answer_is_worth(till: Rig) -> None:
    till.scan(ANNAS_CARD)

    assert key(till) == "Ask her something · +20 points"


def test_a_birthday_is_typed_and_points_are_hers_at_once(till: Rig) -> None:
    ask = open_question(till)
    assert (shown(till).question, shown(till).worth) == ("When is your birthday?", "+20 points")
    assert not shown(till).ready
    ask.typed("4.3.1984")
    ask.confirm()
    ask.confirm()
    till.asks.work()

    assert till.side is None
    assert activities(till.counter) == ["told-birthday"]
    assert isinstance(till.shown.member, MemberState)
    assert till.shown.member.balance == "320"
    assert [chip.text for chip in till.shown.member.chips] == ["Birthday in 2 days"]


def test_a_second_question_is_not_asked_on_the_same_visit(till: Rig) -> None:
    ask = open_question(till)
    ask.typed("4.3.1984")
    ask.confirm()
    till.asks.work()

    assert key(till) == ""
    till.till.open_panel(Panel.ASK)
    assert till.side is None
    till.scan(EAN)
    till.enter()
    till.scan(ANNAS_CARD)
    assert key(till) == "Ask her something"


def test_what_is_no_birthday_stays_for_mending(till: Rig) -> None:
    ask = open_question(till)
    ask.typed("31.2.1984")
    ask.confirm()
    till.asks.work()

    answer = shown(till).answer
    assert answer is not None
    assert answer.text.startswith("That is no birthday.")
    assert (shown(till).text, shown(till).ready) == ("31.2.1984", True)


def test_a_favourite_is_chosen_from_the_catalogue_by_arrow_or_finger() -> None:
    till = a_till_of(QUESTIONS, birthday=date(1984, 3, 4))
    ask = open_question(till)
    assert shown(till).question == "What shall we keep for you?"
    assert shown(till).choices == ("Coffee",)
    ask.moved(1)
    ask.choose(7)
    ask.choose(0)
    till.asks.work()

    past = see(till.counter, ANNA).past
    assert past is not None
    assert past.favourite_category == "grocery/coffee"


def test_who_never_wants_to_be_asked_is_not(till: Rig) -> None:
    ask = open_question(till)
    ask.never()
    ask.never()
    till.asks.work()

    (change,) = events(till.counter, ProfileChanged)
    assert change.do_not_ask == "birthday"
    assert key(till) == ""


def test_closing_the_panel_leaves_the_question_for_later(till: Rig) -> None:
    open_question(till)
    till.till.close_panel()

    assert events(till.counter, ProfileChanged) == []
    assert key(till) == "Ask her something · +20 points"


def test_without_a_member_there_is_nothing_to_ask(till: Rig) -> None:
    till.till.open_panel(Panel.ASK)

    assert till.side is None


def test_an_answer_to_a_notice_is_one_key_and_is_worth_points() -> None:
    till = a_till_of(NOTICE)
    ask = open_question(till)
    assert (shown(till).question, shown(till).choices) == (
        "Which cake in June?",
        ("Lemon", "Apple"),
    )
    ask.moved(1)
    ask.confirm()
    till.asks.work()

    (met,) = events(till.counter, OfferMet)
    assert (met.offer, met.response, met.answer) == ("cake", Response.TAKEN, 1)
    assert see(till.counter, ANNA).standing.balance(POINTS, TODAY) == 305


def test_a_notice_that_is_not_wanted_is_declined_for_good() -> None:
    till = a_till_of(NOTICE)
    open_question(till).never()
    till.asks.work()

    assert [met.response for met in events(till.counter, OfferMet)] == [Response.DECLINED]
    till.scan(EAN)
    till.enter()
    till.scan(ANNAS_CARD)
    assert key(till) == ""


def test_a_scan_while_she_is_asked_is_sold(till: Rig) -> None:
    open_question(till)

    till.scan(EAN)

    assert till.side is None
    assert [line.name for line in till.shown.basket.lines] == ["Coffee 250 g"]


def test_another_member_may_be_asked_although_the_first_was() -> None:
    till = a_till_of(QUESTIONS, Past(visits=1))
    open_question(till).never()
    till.asks.work()
    till.sale.remove_member()
    till.asks.work()
    till.scan(ANNAS_CARD)

    assert key(till) == "Ask her something"
