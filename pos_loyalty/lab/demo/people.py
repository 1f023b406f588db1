"""The invented people of the demo shop."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.resources import resource

CASHIER, CASHIER_PIN, CASHIER_BADGE = "Marta", "1234", "MARTA"
MANAGER, MANAGER_PIN, MANAGER_BADGE = "Giulia", "4321", "GIULIA"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who will enrol. Her telephone number belongs to no operator."""

    name: str
    phone: str  # E.164.
    card: str
    language: str


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A person who is enrolled, and the pass that names her."""

    person: Person
    member: MemberId
    pass_text: str


def read_people() -> tuple[Person, ...]:
    """Read resources/demo/members.csv."""
    with resource("demo", "members.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Person(**row) for row in csv.DictReader(lines))
