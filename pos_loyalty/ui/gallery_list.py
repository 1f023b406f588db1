"""The scenes of the gallery: empty, busy, filled, offline, refused, fault, long names."""

from __future__ import annotations

import math
from dataclasses import replace

from pos_loyalty.i18n import Words
from pos_loyalty.ports.devices import Frame
from pos_loyalty.ui import phrases
from pos_loyalty.ui.gallery_program import program_scenes
from pos_loyalty.ui.gallery_scenes import CURRENCY, LONG_NAME, TOTAL_MINOR, Props, Scene
from pos_loyalty.ui.states.basket import BasketState, LineState
from pos_loyalty.ui.states.camera import CameraState
from pos_loyalty.ui.states.enrol import EnrolState
from pos_loyalty.ui.states.find import FindState, FoundState
from pos_loyalty.ui.states.member import NobodyState
from pos_loyalty.ui.states.sale import SaleState, SideState
from pos_loyalty.ui.states.status import DetailsState, DetailState
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.states.why import RuleState, WhyState


def scenes(words: Words) -> tuple[Scene, ...]:
    """List every scene in one language."""
    props = Props(words)
    return (
        *_signing_in(props),
        *_selling(props),
        *_panels(props),
        *_closing(props),
        *_troubles(props),
        *program_scenes(props),
    )


def _signing_in(props: Props) -> tuple[Scene, ...]:
    words, rest = props.words, props.sign_in()
    wrong = Remark(words.gettext("This PIN is not known. Try again."), Tone.BAD)
    many = words.ngettext(
        "Too many wrong PINs. Wait {n} minute.", "Too many wrong PINs. Wait {n} minutes.", 5
    )
    offline = replace(rest, line=Remark(words.gettext("Offline: you can sell"), Tone.WAIT))
    return (
        Scene("sign-in", props.online(), props.top_bar(), rest),
        Scene("sign-in-offline", props.offline(), props.top_bar(), offline),
        Scene("sign-in-wrong", props.online(), props.top_bar(), replace(rest, answer=wrong)),
        Scene(
            "sign-in-locked",
            props.online(),
            props.top_bar(),
            replace(rest, answer=Remark(many, Tone.BAD), locked=True),
        ),
    )


def _sale(props: Props, name: str, sale: SaleState) -> Scene:
    return Scene(name, props.online(), props.top_bar(), sale=sale)


def _selling(props: Props) -> tuple[Scene, ...]:
    words, sale = props.words, props.selling()
    busy = NobodyState(
        words.gettext("One moment"), words.gettext("The card is looked up"), busy=True
    )
    typed = replace(
        props.entry(),
        text="12.50",
        meaning=Remark(words.gettext("Enter takes it as the amount; + adds another")),
    )
    amount = replace(props.empty(), basket=BasketState(typed), payment=sale.payment)
    suggestions = replace(sale.basket, entry=props.suggesting())
    return (
        _sale(props, "sale-empty", props.empty()),
        _sale(props, "sale-lookup", replace(sale, member=busy)),
        _sale(props, "sale", sale),
        _sale(props, "sale-amount", amount),
        _sale(props, "sale-suggestions", replace(sale, basket=suggestions)),
        _sale(props, "sale-cash-given", _giving(props)),
        _sale(props, "sale-busy", replace(sale, payment=replace(sale.payment, busy=True))),
        _sale(props, "sale-unconfirmed", replace(sale, member=props.unconfirmed())),
        _sale(props, "sale-stranger", replace(sale, member=props.stranger())),
        _sale(props, "sale-long-names", _long(props)),
    )


def _giving(props: Props) -> SaleState:
    words, sale = props.words, props.selling()
    change = phrases.change_line(
        words, given_minor=5000, total_minor=TOTAL_MINOR, currency=CURRENCY
    )
    notes = tuple(words.money(minor, CURRENCY) for minor in (3500, 4000, 5000, 10000))
    given = replace(props.entry(), label=words.gettext("Cash given"), text="50")
    return replace(
        sale,
        payment=replace(sale.payment, giving=True, change=change, notes=notes),
        basket=replace(sale.basket, entry=given),
    )


def _long(props: Props) -> SaleState:
    sale = props.selling()
    name = "Handgefertigte Ravioli mit Steinpilzen und Trüffelbutter, Familienpackung 1,25 kg"
    line = LineState(name, props.amount(123_456_789), "1,250", name)
    total = props.words.money(1_234_567_890, CURRENCY)
    return replace(
        sale,
        basket=replace(sale.basket, lines=(line,) * 30, current=29),
        payment=replace(sale.payment, total=total, cash=phrases.cash_key(props.words, total)),
        member=replace(
            props.unconfirmed(),
            greeting=phrases.greeting(props.words, LONG_NAME),
            balance=props.words.number(123_456_789),
            initial="M",
        ),
    )


def _panels(props: Props) -> tuple[Scene, ...]:
    words, sale = props.words, props.selling()
    consent = words.gettext("She wants to be a member, and we may keep her points and visits.")
    enrol = EnrolState(consent, "+39 333 123 4471", "Anna", consent=True, ready=True)
    known = replace(
        enrol,
        answer=Remark(words.gettext("This phone belongs to a member already."), Tone.WAIT),
        known_member=words.gettext("Take {name}").format(name="A••• R•••"),
        ready=False,
    )
    found = tuple(
        FoundState(name, note)
        for name, note in (
            ("A••• R•••", "•• 4471"),
            ("A••• B•••", "•• 4471 · •• 0932"),
            ("M••• C•••", "•• 4471"),
        )
    )
    nobody = Remark(words.gettext("Nobody is found. Try more digits, or enrol her with F4."))
    return (
        _panel(props, "why", _why(words)),
        _panel(props, "enrol-empty", EnrolState(consent)),
        _panel(props, "enrol", enrol),
        _panel(props, "enrol-known", known),
        _panel(props, "find-empty", FindState()),
        _panel(props, "find", FindState("4471", found)),
        _panel(props, "find-nobody", FindState("0000", answer=nobody)),
        _sale(props, "camera", replace(sale, side=_camera(words))),
        _panel(props, "details", _details(words)),
    )


def _panel(props: Props, name: str, side: SideState) -> Scene:
    member = props.member() if name in {"why", "details"} else props.nobody()
    return _sale(props, name, replace(props.selling(), member=member, side=side))


def _why(words: Words) -> WhyState:
    return WhyState(
        words.gettext("Why these points?"),
        (
            RuleState("1 € = 1", "+" + words.points(29), "29.00 € × 1", applied=True),
            RuleState("× 2", "+" + words.points(15), "Caffè in grani 500 g, 15.00 €", applied=True),
            RuleState(
                "> 50 €",
                words.gettext("not now"),
                words.gettext("{amount} missing").format(amount=words.money(1505, CURRENCY)),
                applied=False,
            ),
        ),
    )


def _camera(words: Words) -> CameraState:
    width, height = 320, 240
    grey = bytes(
        int(120 + 60 * math.sin(x / 37) * math.cos(y / 29))
        for y in range(height)
        for x in range(width)
    )
    frame = Frame(width, height, grey)
    corners = ((110, 70), (214, 82), (204, 180), (100, 168))
    return CameraState(Remark(words.gettext("Hold still"), Tone.GOOD), frame, corners)


def _details(words: Words) -> DetailsState:
    return DetailsState(
        (
            DetailState(
                words.gettext("Central server"),
                phrases.online(words),
                words.gettext("Everything is sent. Balances are confirmed as you sell."),
            ),
            DetailState(
                words.gettext("Scanner"),
                Remark(words.gettext("unplugged"), Tone.BAD),
                words.gettext("The scanner was there and is gone."),
                words.gettext("Plug it in again: it is found by itself. Typing works meanwhile."),
            ),
            DetailState(
                words.gettext("Printer"),
                Remark(words.gettext("no paper"), Tone.WAIT),
                words.gettext("Receipts wait and print when there is paper."),
                words.gettext("Open the lid, put in a roll, close the lid."),
            ),
        )
    )


def _closing(props: Props) -> tuple[Scene, ...]:
    words, sale = props.words, props.selling()
    trouble = replace(
        props.done(phrases.receipt_waits(words)), print_again=words.gettext("Print again")
    )
    after = replace(props.unconfirmed(), balance=words.number(1314))
    plain = replace(
        props.done(phrases.receipt_printing(words)),
        change="",
        change_label="",
        figures=(),
        state=None,
        paid=words.gettext("{total} by card").format(total=words.money(TOTAL_MINOR, CURRENCY)),
    )
    return (
        _sale(
            props,
            "done",
            replace(sale, member=after, done=props.done(phrases.receipt_printed(words))),
        ),
        _sale(props, "done-no-member", replace(sale, member=props.nobody(), done=plain)),
        _sale(props, "done-printer-trouble", replace(sale, member=after, done=trouble)),
        _sale(props, "question", replace(sale, question=props.question())),
    )


def _troubles(props: Props) -> tuple[Scene, ...]:
    words, sale = props.words, props.selling()
    refused = ToastState(
        words.gettext("This looks like a payment card. It was not kept. Pay with the terminal."),
        Tone.BAD,
    )
    unknown = ToastState(
        words.gettext("Card •• {digits} is not known here.").format(digits="0932"),
        Tone.WAIT,
        words.gettext("Enrol with it"),
    )
    offline = replace(sale, member=props.unconfirmed())
    top = props.top_bar()
    return (
        Scene("offline", props.offline(), top, sale=offline),
        Scene("fault", props.faulty(), top, sale=sale),
        Scene("toast-refused", props.online(), top, sale=sale, toast=refused),
        Scene("toast-unknown", props.offline(), top, sale=props.empty(), toast=unknown),
    )
