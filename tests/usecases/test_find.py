from __future__ import annotations

import pytest

from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.enrol import enrol
from pos_loyalty.usecases.find import FOUND_MAX, find
from tests.fakes.counter import (
    ANNA,
    ANNAS_PHONE,
    BORIS,
    ROSA,
    WORDS,
    a_counter,
    application,
    blank,
    known,
    tell,
)


def a_store_of_two() -> Counter:
    counter = a_counter()
    tell(counter, known(), known(BORIS, name="Borís Müller", phone="+393407654321"))
    return counter


@pytest.mark.parametrize("text", ["anna", "BIANCHI", "na bi", " Anna ", "4567", "340 123 4567"])
def test_a_member_is_found_by_a_part_of_her_name_or_the_end_of_her_phone(text: str) -> None:
    assert [seen.member for seen in find(a_store_of_two(), text)] == [ANNA]


@pytest.mark.parametrize("text", ["", " ", "a", "7", "  a  ", "xyz", "1234", "\u0301\u0301"])
def test_too_little_or_something_else_finds_nobody(text: str) -> None:
    assert find(a_store_of_two(), text) == ()


@pytest.mark.parametrize("text", ["muller", "Boris", "borís mül", "4321", "765-4321"])
def test_a_member_enrolled_here_just_now_is_found_as_one_the_server_told(text: str) -> None:
    told = a_store_of_two()
    here = a_counter()
    enrol(here, ROSA, WORDS, application(here, "Borís Müller", "+393407654321"))

    assert [seen.member for seen in find(told, text)] == [BORIS]
    assert [seen.member for seen in find(here, text)] == [blank(100)]


def test_a_member_enrolled_here_and_told_by_the_server_is_found_once() -> None:
    counter = a_counter()
    seen = enrol(counter, ROSA, WORDS, application(counter, "Anna", ANNAS_PHONE))
    tell(counter, known(seen.member, name="Anna"))

    assert [found.member for found in find(counter, "Anna")] == [seen.member]


def test_a_whole_membership_is_not_read_off_a_till() -> None:
    counter = a_counter()
    tell(counter, *(known(blank(n), name=f"Anna {n}", phone="") for n in range(FOUND_MAX + 5)))

    assert len(find(counter, "Anna")) == FOUND_MAX
