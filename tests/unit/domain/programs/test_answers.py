from __future__ import annotations

from pos_loyalty.domain.programs.answers import answer_rules, answered, told
from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.moments import Question
from pos_loyalty.wire.program_document import read_program

HEAD = """
id = "bottega"
version = 1
name = { en = "Bottega Club" }
currency = "EUR"
valid_from = 2026-01-01
units = [{ id = "stars" }]
"""


def rules(text: str) -> dict[str, object]:
    program = read_program(HEAD + text, "bottega.toml")
    return {rule.on: rule.then for rule in answer_rules(program)}


def test_a_fact_told_is_worth_the_points_of_its_question() -> None:
    asked = '[[questions]]\nask = "birthday"\npoints = 20\n[[questions]]\nask = "name"\n'

    assert rules(asked) == {"told-birthday": Give(20, "stars")}


def test_only_a_notice_that_asks_something_is_worth_points() -> None:
    notices = """
[[notices]]
id = "cake"
text = { en = "Which cake?" }
answers = [{ en = "Lemon" }]
points = 5
[[notices]]
id = "news"
text = { en = "Baby food" }
points = 5
"""

    assert rules(notices) == {"answered-cake": Give(5, "stars")}


def test_a_shop_s_own_rule_for_an_answer_goes_before_ours() -> None:
    own = """
[[questions]]
ask = "birthday"
points = 20
[[rules]]
id = "told-birthday"
on = "told-birthday"
then = { kind = "give", points = 7, unit = "stars" }
"""

    assert rules(own) == {}


def test_events_of_answers_are_named_after_what_was_asked() -> None:
    assert told(Question.FAVOURITE_CATEGORY) == "told-favourite_category"
    assert answered("cake") == "answered-cake"
    assert len(answered("c" * 64)) == 64
