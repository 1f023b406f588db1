"""What an answer is worth: rules that stand with the question, not in the list of rules."""

from __future__ import annotations

from pos_loyalty.domain.programs.effects import Give
from pos_loyalty.domain.programs.moments import Question
from pos_loyalty.domain.programs.program import Program, Rule


def told(question: Question) -> str:
    """Name the event of telling a missing fact, and its rule: "told-birthday"."""
    return f"told-{question.value}"


def answered(notice: str) -> str:
    """Name the event of answering the question of a notice, and its rule."""
    return f"answered-{notice}"[:64]


def answer_rules(program: Program) -> tuple[Rule, ...]:
    """Write the points for answers as rules; that nobody is asked twice is for the till to see."""
    worth = {told(one.ask): one.points for one in program.questions}
    worth |= {answered(one.id): one.points for one in program.notices if one.answers}
    own, main = {rule.id for rule in program.rules}, program.main_unit.id
    due = {name: points for name, points in worth.items() if points and name not in own}
    return tuple([Rule(name, Give(points, main), on=name) for name, points in due.items()])
