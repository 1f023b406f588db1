"""What the sale shows, pane by pane."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.basket import BasketState
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.done import DoneState
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState
from pos_loyalty.ui.states.member import MemberPlace
from pos_loyalty.ui.states.payment import PaymentState
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.rewards import RewardsState
from pos_loyalty.ui.states.status import DetailsState
from pos_loyalty.ui.states.why import WhyState

SideState = WhyState | EnrolState | FindState | CameraState | DetailsState | AskState


@dataclass(frozen=True, slots=True)
class SaleState:
    """One sale from the first scan to the change."""

    basket: BasketState
    payment: PaymentState
    member: MemberPlace
    rewards: RewardsState | None = None  # None: no member, or a program without rewards.
    done: DoneState | None = None  # In the place of basket and payment.
    side: SideState | None = None  # What is open below the member. None: the usual keys.
    question: QuestionState | None = None
