"""Every Journal counts the prizes that were drawn, with the event that drew them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from pos_loyalty.domain.events import GENESIS, Head, Kind, Position
from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.ports.journal import Entry, Journal
from tests.fakes.told_events import event_after, sale

SPRING, SUMMER = LeaseId(UUID(int=1)), LeaseId(UUID(int=2))


def draw(journal: Journal, *draws: PrizeDraw) -> None:
    journal.append(replace(sale(journal.head()), draws=draws))


def test_before_the_first_draw_no_prize_is_given(journal: Journal) -> None:
    assert journal.prizes_given(SPRING) == {}


def test_prizes_are_counted_by_their_lease_and_reward(journal: Journal) -> None:
    draw(journal, PrizeDraw("spring", SPRING, "coffee"), PrizeDraw("spring", SPRING))
    draw(journal, PrizeDraw("spring", SPRING, "coffee"), PrizeDraw("spring", SPRING, "wash"))
    draw(journal, PrizeDraw("spring", SUMMER, "coffee"), PrizeDraw("spring"))

    assert journal.prizes_given(SPRING) == {"coffee": 2, "wash": 1}
    assert journal.prizes_given(SUMMER) == {"coffee": 1}


def test_prizes_given_before_a_new_epoch_stay_given(journal: Journal) -> None:
    draw(journal, PrizeDraw("spring", SPRING, "coffee"))
    again = replace(
        sale(Head(Position(2, 0), GENESIS)), draws=(PrizeDraw("spring", SPRING, "coffee"),)
    )

    journal.append(again)

    assert journal.prizes_given(SPRING) == {"coffee": 2}


def test_a_lease_is_given_back_by_an_event(journal: Journal) -> None:
    assert not journal.has_returned(SPRING)

    for _ in range(2):
        event = event_after(journal.head(), Kind.LEASE_RETURN, b"{}")
        journal.append(Entry(event, returned=SPRING))

    assert journal.has_returned(SPRING)
    assert not journal.has_returned(SUMMER)
