"""The sale screen, put together from its panes. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_loyalty.ui.presenters.basket_state import basket_state
from pos_loyalty.ui.presenters.desk import Teller
from pos_loyalty.ui.presenters.done_state import done_state
from pos_loyalty.ui.presenters.member_place import place_state
from pos_loyalty.ui.presenters.payment_state import payment_state
from pos_loyalty.ui.presenters.rewards_state import rewards_state
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.sale import SaleState, SideState


def sale_state(
    teller: Teller,
    model: SaleModel,
    today: date,
    side: SideState | None = None,
    question: QuestionState | None = None,
) -> SaleState:
    """Draw the sale; while a question about paper stands there, no suggestion shares its keys."""
    basket = basket_state(teller, model)
    if question is not None:
        basket = replace(basket, proposal=None)
    return SaleState(
        basket=basket,
        payment=payment_state(teller, model),
        member=place_state(teller, model, today),
        rewards=rewards_state(teller, model),
        done=None if model.closed is None else done_state(teller, model.closed),
        side=side,
        question=question,
    )
