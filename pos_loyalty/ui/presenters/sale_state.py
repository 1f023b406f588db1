"""The sale screen, put together from its panes. Pure."""

from __future__ import annotations

from dataclasses import replace

from pos_loyalty.ui.presenters.basket_state import basket_state
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.done_state import done_state
from pos_loyalty.ui.presenters.member_place import place_state
from pos_loyalty.ui.presenters.payment_state import payment_state
from pos_loyalty.ui.presenters.rewards_state import rewards_state
from pos_loyalty.ui.presenters.sale_model import SaleModel
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.sale import SaleState, SideState
from pos_loyalty.usecases.counter import today


def sale_state(
    desk: Desk, model: SaleModel, side: SideState | None, question: QuestionState | None
) -> SaleState:
    """Draw the sale; while a question about paper stands there, no suggestion shares its keys."""
    basket = basket_state(desk, model)
    if question is not None:
        basket = replace(basket, proposal=None)
    return SaleState(
        basket=basket,
        payment=payment_state(desk, model),
        member=place_state(desk, model, today(desk.counter, desk.store)),
        rewards=rewards_state(desk, model),
        done=None if model.closed is None else done_state(desk, model.closed),
        side=side,
        question=question,
    )
