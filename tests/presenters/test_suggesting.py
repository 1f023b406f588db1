"""One suggestion a sale: shown once, taken or not, and remembered."""

from __future__ import annotations

import pytest

from pos_loyalty.domain.bodies import OfferMet
from pos_loyalty.domain.past import Past, PastDay
from pos_loyalty.domain.programs.deeds import Response
from pos_loyalty.ports.journal import JournalFault, PrintState
from pos_loyalty.ui.presenters.sale_model import Paper
from tests.presenters.rig import ANNAS_CARD, EAN, Rig, a_till
from tests.presenters.shops import PLUS, SUGGESTION, a_till_of
from tests.usecases.deeds import events
from tests.usecases.test_greet import TODAY

RICH_YEAR = Past(
    visits=12, spend_minor=68400, days=(PastDay(TODAY, 12, 68400),), last_purchase_on=TODAY
)


@pytest.fixture
def till() -> Rig:
    return a_till_of(SUGGESTION)


def met(till: Rig) -> list[Response]:
    return [one.response for one in events(till.counter, OfferMet)]


def proposed(till: Rig) -> str | None:
    shown = till.shown.basket.proposal
    return None if shown is None else shown.text


def test_a_suggestion_is_shown_when_its_time_comes_and_written_down_once(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    assert proposed(till) is None

    till.scan("BREAD")
    till.scan(EAN)

    assert proposed(till) == "A bun with the bread."
    assert met(till) == [Response.SHOWN]


def test_not_now_takes_it_away_for_this_sale(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    till.sale.proposals.decline()
    till.sale.proposals.decline()
    till.asks.work()
    till.scan(EAN)

    assert proposed(till) is None
    assert met(till) == [Response.SHOWN, Response.DECLINED]


def test_declined_in_two_sales_it_is_not_shown_in_the_third(till: Rig) -> None:
    seen = []
    for _ in range(3):
        till.scan(ANNAS_CARD)
        till.scan("BREAD")
        seen.append(proposed(till))
        till.sale.proposals.decline()
        till.enter()

    assert seen == ["A bun with the bread.", "A bun with the bread.", None]


def test_what_she_takes_is_remembered_as_taken(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    till.sale.proposals.take()
    till.asks.work()

    assert met(till) == [Response.SHOWN, Response.TAKEN]
    assert [line.name for line in till.shown.basket.lines] == ["Bread"]


def test_nobody_is_proposed_anything_to_who_is_not_there(till: Rig) -> None:
    till.scan("BREAD")
    till.sale.proposals.take()
    till.asks.work()

    assert (proposed(till), met(till)) == (None, [])


def test_a_membership_is_offered_when_it_would_have_paid_and_goes_into_the_basket() -> None:
    till = a_till_of(PLUS, RICH_YEAR)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    assert proposed(till) == ("Bottega Plus. It would have saved €34.20 in the last 12 months.")

    till.sale.proposals.take()
    till.asks.work()

    assert [line.name for line in till.shown.basket.lines] == ["Bread", "Bottega Plus, one year"]
    till.enter()
    till.scan(ANNAS_CARD)
    texts = [fact.text for fact in getattr(till.shown.member, "facts", ())]
    assert "Bottega Plus until Mar 1, 2027" in texts


def test_a_membership_that_would_not_pay_is_not_offered() -> None:
    poor = Past(visits=2, spend_minor=19900, days=(PastDay(TODAY, 2, 19900),))
    till = a_till_of(PLUS, poor)
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    assert proposed(till) is None


def test_a_suggestion_made_is_still_the_one_after_a_restart(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")

    restarted = a_till(till.counter)

    assert proposed(restarted) == "A bun with the bread."
    assert met(restarted) == [Response.SHOWN]


def test_a_question_about_paper_goes_before_a_suggestion(till: Rig) -> None:
    till.scan(EAN)
    till.enter()
    sale = till.sales()[0]
    assert sale.number
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    slip = till.journal.waiting_slips()[0]
    till.journal.mark_slip(slip.event_id, PrintState.UNKNOWN)
    till.paper(slip.event_id, Paper.DOUBTFUL)

    assert till.shown.question is not None
    assert proposed(till) is None
    till.till.papers.no()
    till.asks.work()
    assert proposed(till) is not None


def test_a_full_disk_while_an_answer_is_written_is_said(till: Rig) -> None:
    till.scan(ANNAS_CARD)
    till.scan("BREAD")
    till.journal.refuses = JournalFault("disk-full")
    till.sale.proposals.decline()
    till.asks.work()

    assert till.toast.startswith("The disk of this till is full")
