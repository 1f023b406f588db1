from __future__ import annotations

import pytest

from pos_loyalty.domain.scans import Scan
from pos_loyalty.ui.presenters.enrol import EnrolPresenter
from pos_loyalty.ui.presenters.till import Panel
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.states.member import MemberState
from pos_loyalty.usecases.slips import slips_to_print
from tests.fakes.counter import ANNA, ANNAS_PHONE, BORIS, COFFEE, a_counter, card, known, tell
from tests.presenters.rig import Rig, a_till

CARD = card(7)


@pytest.fixture
def till() -> Rig:
    counter = a_counter()
    tell(counter, known(ANNA))
    return a_till(counter)


def panel(till: Rig) -> EnrolPresenter:
    assert till.till.enrol is not None
    return till.till.enrol


def shown(till: Rig) -> EnrolState:
    assert isinstance(till.side, EnrolState)
    return till.side


def open_enrolment(till: Rig) -> EnrolPresenter:
    till.till.open_panel(Panel.ENROL)
    till.asks.work()
    return panel(till)


def agree(enrol: EnrolPresenter) -> None:
    enrol.agree(True)  # noqa: FBT003 - as the tick box tells it


def test_a_yes_is_all_that_is_needed_and_the_pass_is_printed(till: Rig) -> None:
    enrol = open_enrolment(till)
    agree(enrol)
    enrol.confirm()
    till.asks.work()

    assert isinstance(till.shown.member, MemberState)
    assert till.side is None
    assert len(slips_to_print(till.counter)) == 1
    assert "committed" in till.done


def test_without_her_yes_nobody_is_enrolled(till: Rig) -> None:
    enrol = open_enrolment(till)
    enrol.confirm()
    till.asks.work()

    answer = shown(till).answer
    assert answer is not None
    assert answer.text.startswith("She has to agree first")
    assert "enrol" not in till.kinds()


def test_two_presses_are_one_member(till: Rig) -> None:
    enrol = open_enrolment(till)
    agree(enrol)
    enrol.confirm()
    enrol.confirm()
    till.asks.work()

    assert till.kinds().count("enrol") == 1


def test_the_sale_goes_on_with_the_new_member(till: Rig) -> None:
    till.scan(COFFEE.removeprefix("0"))
    enrol = open_enrolment(till)
    enrol.name_typed("Carla")
    agree(enrol)
    enrol.confirm()
    till.asks.work()
    till.enter()

    (sold,) = till.sales()
    assert sold.member is not None
    assert sold.scored is not None


def test_an_unknown_card_is_taken_over_by_f4(till: Rig) -> None:
    till.scan(CARD)
    open_enrolment(till)

    assert shown(till).card == f"•• {CARD[-4:]}"
    assert not shown(till).print_pass


def test_an_unknown_telephone_is_taken_over_by_f4(till: Rig) -> None:
    till.type("3405555555")
    till.enter()
    open_enrolment(till)

    assert shown(till).phone == "+393405555555"


def test_the_card_of_a_member_who_is_there_is_not_taken_over(till: Rig) -> None:
    till.scan(CARD)
    enrol = open_enrolment(till)
    agree(enrol)
    enrol.confirm()
    till.asks.work()
    till.scan(CARD)
    open_enrolment(till)

    assert shown(till).card == ""


def test_a_card_is_handed_over_while_enrolling(till: Rig) -> None:
    enrol = open_enrolment(till)
    till.scan(CARD)
    agree(enrol)
    enrol.confirm()
    till.asks.work()
    member = till.model.sale.member
    till.sale.remove_member()
    till.scan(CARD)

    assert till.model.sale.member == member


def test_a_phone_that_is_known_offers_its_member(till: Rig) -> None:
    enrol = open_enrolment(till)
    enrol.phone_typed(ANNAS_PHONE)
    agree(enrol)
    enrol.confirm()
    till.asks.work()

    assert shown(till).known_member == "Take Anna Bianchi"
    enrol.take_known()
    till.asks.work()
    assert till.model.sale.member == ANNA


def test_a_phone_that_several_have_lets_one_be_chosen(till: Rig) -> None:
    tell(till.counter, known(BORIS, name="Boris"))
    enrol = open_enrolment(till)
    enrol.phone_typed(ANNAS_PHONE)
    agree(enrol)
    enrol.confirm()
    till.asks.work()

    assert shown(till).known_member == "Choose among 2"
    enrol.take_known()
    till.asks.work()
    assert isinstance(till.side, FindState)
    assert len(till.side.found) == 2


@pytest.mark.parametrize(
    ("phone", "name", "said"),
    [
        ("12", "", "That is no telephone number here."),
        ("", "x" * 81, "The name is too long."),
    ],
)
def test_what_cannot_be_taken_stays_for_mending(
    till: Rig, phone: str, name: str, said: str
) -> None:
    enrol = open_enrolment(till)
    enrol.phone_typed(phone)
    enrol.name_typed(name)
    agree(enrol)
    enrol.confirm()
    till.asks.work()

    answer = shown(till).answer
    assert answer is not None
    assert answer.text.startswith(said)
    assert (shown(till).phone, shown(till).name) == (phone, name)


def test_a_till_without_blank_passes_says_what_to_do() -> None:
    till = a_till(a_counter(passes=0))
    enrol = open_enrolment(till)
    agree(enrol)
    enrol.confirm()
    till.asks.work()

    answer = shown(till).answer
    assert answer is not None
    assert answer.text.startswith("This till has no blank passes left.")


def test_several_with_one_phone_are_asked_about_masked(till: Rig) -> None:
    tell(till.counter, known(BORIS, name="Boris"))
    till.till.scanned(Scan(ANNAS_PHONE))
    till.asks.work()

    assert isinstance(till.side, FindState)
    assert sorted(one.name for one in till.side.found) == ["Anna B.", "Boris"]
    assert all(ANNAS_PHONE not in one.note for one in till.side.found)
    till.till.find.moved(1)
    till.till.find.confirm()
    till.asks.work()
    assert till.side is None
    assert till.model.sale.member in (ANNA, BORIS)


def test_a_member_is_found_by_a_part_of_her_name(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.typed("bian")
    till.asks.work()
    till.till.find.confirm()
    till.asks.work()

    assert till.model.sale.member == ANNA
    assert till.side is None


def test_enter_before_the_answer_takes_the_only_one_found(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.typed("bian")
    till.till.find.confirm()
    till.asks.work()

    assert till.model.sale.member == ANNA


def test_enter_before_the_answer_takes_none_of_several(till: Rig) -> None:
    tell(till.counter, known(BORIS, name="Bianca", phone="+393409999999"))
    till.till.open_panel(Panel.FIND)
    till.till.find.typed("bian")
    till.till.find.confirm()
    till.asks.work()

    assert isinstance(till.side, FindState)
    assert len(till.side.found) == 2
    assert till.model.sale.member is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a", "Type two letters of the name, or the last digits."),
        ("zz", "Nobody of this store. Enter looks for the whole number."),
    ],
)
def test_a_find_without_an_answer_says_what_to_do(till: Rig, typed: str, said: str) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.typed(typed)
    till.asks.work()

    assert isinstance(till.side, FindState)
    assert till.side.answer is not None
    assert till.side.answer.text == said


def test_enter_on_an_empty_find_does_nothing(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.find.confirm()
    till.asks.work()

    assert till.side == FindState()


def test_a_panels_own_key_closes_it_again(till: Rig) -> None:
    till.till.open_panel(Panel.FIND)
    till.till.open_panel(Panel.FIND)

    assert till.side is None
