"""What the cashier did, from the window's signals to the presenters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos_loyalty.ui.presenters.ask import AskPresenter
from pos_loyalty.ui.presenters.enrol import EnrolPresenter
from pos_loyalty.ui.presenters.payment import Payment
from pos_loyalty.ui.presenters.sale import SalePresenter
from pos_loyalty.ui.presenters.till import Panel, TillPresenter
from pos_loyalty.ui.views.sale import SaleView
from pos_loyalty.ui.views.window import TillWindow


def wire(window: TillWindow, till: TillPresenter) -> None:
    """Connect every signal once. Between shifts there is no sale, and its signals do nothing."""
    window.sign_in.pin_entered.connect(till.sign_in.pin)
    window.top_bar.sign_out_asked.connect(till.end_shift)
    window.status_bar.details_asked.connect(partial(till.open_panel, Panel.DETAILS))
    window.toast.action_pressed.connect(till.toasts.pressed)
    window.toast.closed.connect(till.toasts.gone)
    _wire_sale(window, till)
    _wire_payment(window, till)
    _wire_side(window, till)
    _wire_enrol(window, till)
    _wire_ask(window, till)


def _sale(till: TillPresenter, act: Callable[..., None]) -> Callable[..., None]:
    """Do something with the sale, if there is one."""

    def do(*told: object) -> None:
        if till.sale is not None:
            act(till.sale, *told)

    return do


def _unless_typing_aside(view: SaleView, act: Callable[[], None]) -> Callable[[], None]:
    """Leave Enter to the panel in whose field somebody types: it must not take money, too."""

    def do() -> None:
        panels = (view.side.find_panel, view.side.enrol_panel, view.side.ask_panel)
        if not any(panel.isAncestorOf(view.focusWidget()) for panel in panels):
            act()

    return do


def _wire_sale(window: TillWindow, till: TillPresenter) -> None:
    view, sale = window.sale, partial(_sale, till)
    view.enter_pressed.connect(_unless_typing_aside(view, sale(SalePresenter.enter)))
    view.escape_pressed.connect(sale(SalePresenter.escape))
    view.delete_pressed.connect(sale(SalePresenter.remove))
    view.moved.connect(sale(SalePresenter.moved))
    view.basket.entry_changed.connect(sale(SalePresenter.typed))
    view.basket.suggestion_tapped.connect(sale(SalePresenter.take_suggestion))
    view.basket.line_chosen.connect(sale(SalePresenter.choose_line))
    view.basket.more_pressed.connect(sale(SalePresenter.more))
    view.basket.less_pressed.connect(sale(SalePresenter.less))
    view.basket.line_removed.connect(sale(SalePresenter.remove))
    view.member.member_removed.connect(sale(SalePresenter.remove_member))
    view.member.ask_asked.connect(partial(till.open_panel, Panel.ASK))
    view.basket.proposal.yes_pressed.connect(sale(lambda presenter: presenter.proposals.take()))
    view.basket.proposal.no_pressed.connect(sale(lambda presenter: presenter.proposals.decline()))
    view.done.rate_asked.connect(sale(lambda presenter: presenter.rating.begin()))
    view.done.mark_given.connect(sale(lambda presenter, mark: presenter.rating.give(mark)))


def _wire_payment(window: TillWindow, till: TillPresenter) -> None:
    payment, sale = window.sale.payment, partial(_sale, till)

    def pay(act: Callable[..., None]) -> Callable[..., None]:
        return sale(lambda presenter, *told: act(presenter.payment, *told))

    payment.cash_pressed.connect(pay(Payment.cash))
    payment.card_pressed.connect(pay(Payment.card))
    payment.cash_given_asked.connect(pay(Payment.give_cash))
    payment.note_given.connect(pay(Payment.give_note))
    payment.cancel_asked.connect(sale(SalePresenter.cancel))
    payment.why_asked.connect(partial(till.open_panel, Panel.WHY))
    window.sale.done.next_asked.connect(sale(SalePresenter.leave_done))
    window.sale.done.print_asked.connect(till.papers.again)
    window.sale.question.yes_pressed.connect(till.papers.yes)
    window.sale.question.no_pressed.connect(till.papers.no)


def _wire_side(window: TillWindow, till: TillPresenter) -> None:
    side = window.sale.side
    side.closed.connect(till.close_panel)
    side.keys.find_asked.connect(partial(till.open_panel, Panel.FIND))
    side.keys.enrol_asked.connect(partial(till.open_panel, Panel.ENROL))
    side.keys.camera_asked.connect(partial(till.open_panel, Panel.CAMERA))
    side.find_panel.text_changed.connect(till.find.typed)
    side.find_panel.choice_moved.connect(till.find.moved)
    side.find_panel.choice_confirmed.connect(till.find.confirm)
    side.find_panel.member_tapped.connect(till.find.take)


def _wire_enrol(window: TillWindow, till: TillPresenter) -> None:
    view = window.sale.side.enrol_panel

    def enrol(act: Callable[..., None]) -> Callable[..., None]:
        def do(*told: object) -> None:
            if till.enrol is not None:
                act(till.enrol, *told)

        return do

    view.phone_changed.connect(enrol(EnrolPresenter.phone_typed))
    view.name_changed.connect(enrol(EnrolPresenter.name_typed))
    view.consent_changed.connect(enrol(EnrolPresenter.agree))
    view.print_pass_changed.connect(enrol(EnrolPresenter.want_pass))
    view.enrol_pressed.connect(enrol(EnrolPresenter.confirm))
    view.known_member_taken.connect(enrol(EnrolPresenter.take_known))


def _wire_ask(window: TillWindow, till: TillPresenter) -> None:
    view = window.sale.side.ask_panel

    def ask(act: Callable[..., None]) -> Callable[..., None]:
        def do(*told: object) -> None:
            if till.ask is not None:
                act(till.ask, *told)

        return do

    view.text_changed.connect(ask(AskPresenter.typed))
    view.choice_moved.connect(ask(AskPresenter.moved))
    view.choice_tapped.connect(ask(AskPresenter.choose))
    view.confirmed.connect(ask(AskPresenter.confirm))
    view.never_pressed.connect(ask(AskPresenter.never))
