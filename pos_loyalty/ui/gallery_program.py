"""The scenes of what a program does at the counter: offers, levels, rewards, questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_loyalty.i18n import Words
from pos_loyalty.ui import phrases
from pos_loyalty.ui.gallery_scenes import CURRENCY, NOW, TOTAL_MINOR, Props, Scene
from pos_loyalty.ui.states.ask import AskState
from pos_loyalty.ui.states.basket import LineState
from pos_loyalty.ui.states.member import MemberState, TierState
from pos_loyalty.ui.states.question import QuestionState
from pos_loyalty.ui.states.rewards import RewardLine, RewardsState
from pos_loyalty.ui.states.sale import SaleState
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.ui.states.why import RuleState, WhyState
from pos_loyalty.wording.figures import ordinal


def program_scenes(props: Props) -> tuple[Scene, ...]:
    """List the scenes in one language."""
    words, sale = props.words, props.selling()
    rich = replace(sale, member=full_member(props), rewards=rewards(words))
    hinted = replace(rich, basket=replace(sale.basket, hint=_hint(words)))
    proposed = replace(rich, basket=replace(sale.basket, proposal=proposal(words)))
    return (
        _scene(props, "program", rich),
        _scene(props, "program-hint", hinted),
        _scene(props, "program-suggestion", proposed),
        _scene(props, "program-discount", _discounted(props)),
        _scene(props, "program-birthday", replace(sale, member=birthday_member(props))),
        _scene(props, "program-unknown", _unknown(props)),
        _scene(props, "program-none", _none(props)),
        _scene(props, "program-ask-date", replace(rich, side=_ask_date(words))),
        _scene(props, "program-ask-choice", replace(rich, side=_ask_choice(words))),
        _scene(props, "program-why", replace(rich, side=_why(words))),
        _scene(props, "program-done", _done(props)),
        _scene(props, "program-rating", _rating(props)),
    )


def _scene(props: Props, name: str, sale: SaleState) -> Scene:
    return Scene(name, props.online(), props.top_bar(), sale=sale)


def full_member(props: Props) -> MemberState:
    """Show: several units, a level with its way, a stamp card, a membership, a question."""
    words, member = props.words, props.member()
    way = words.gettext("{amount} more to {tier}").format(amount=words.points(760), tier="Gold")
    stamps = words.gettext("{done} of {all}").format(done=8, all=10)
    facts = (
        *member.facts,
        Remark(words.gettext("{label}: {text}").format(label="Caffè", text=stamps)),
        Remark(
            words.gettext("{name} until {day}").format(
                name="Bottega Plus", day=words.day(date(2027, 3, 1))
            )
        ),
    )
    visit = words.gettext("Visit {n}").format(n=8)
    last = words.gettext("last on {day}").format(day=words.day(date(2026, 11, 14), NOW.date()))
    return replace(
        member,
        note=f"{visit} · {last}",
        more=" · ".join((words.ngettext("{n} stamp", "{n} stamps", 8), words.money(240, CURRENCY))),
        tier=TierState("Silver", way, 1240, 2000),
        facts=facts,
        ask=f"{words.gettext('Ask her something')} · +{words.points(20)}",
    )


def birthday_member(props: Props) -> MemberState:
    """Show: a birthday, a second visit, and what she gets for it."""
    words = props.words
    second = words.gettext("{nth} visit: glad to see her again").format(nth=ordinal(words, 2))
    gift = words.gettext("With her purchase: {gift}").format(gift="−10 %")
    return replace(
        props.member(),
        chips=(
            Remark(words.ngettext("Birthday in {n} day", "Birthday in {n} days", 2), Tone.WAIT),
            Remark(second, Tone.NEWS),
            Remark(gift, Tone.GOOD),
        ),
    )


def rewards(words: Words) -> RewardsState:
    """Show: two that can be had now, two that are near."""
    missing = words.gettext("{points} missing")
    return RewardsState(
        words.gettext("Rewards: can be had now"),
        (
            RewardLine(
                words.gettext("{amount} off").format(amount=words.money(500, CURRENCY)),
                words.points(500),
                words.ngettext("{n} can be had now", "{n} can be had now", 2),
                usable=True,
            ),
            RewardLine(
                "Moka per tre", words.points(1200), words.gettext("can be had now"), usable=True
            ),
            RewardLine("Buono 27 €", words.points(3000), missing.format(points=words.points(1760))),
            RewardLine(
                "Set di sei bicchieri da degustazione in vetro soffiato",
                f"{words.points(1500)} + {words.money(990, CURRENCY)}",
                missing.format(points=words.points(260)),
            ),
        ),
    )


def proposal(words: Words) -> QuestionState:
    """Show: the one suggestion of the sale."""
    gains = words.gettext("{missing} → {gain}").format(
        missing=words.gettext("{amount} more").format(amount=words.number(1)),
        gain=words.points(50),
    )
    text = f"Caffè + cornetto: {gains}"
    return QuestionState(text, words.gettext("She takes it"), words.gettext("Not now"))


def _hint(words: Words) -> Remark:
    more = words.gettext("{amount} more and it counts").format(amount=words.money(320, CURRENCY))
    hint = words.gettext("{label}: {text}").format(label="Fresco × 1,5", text=more)
    return Remark(hint, Tone.GOOD)


def _discounted(props: Props) -> SaleState:
    """Show: prices of members, and what they save."""
    words, sale = props.words, props.selling()
    oil = LineState("Olio extravergine 1 l", props.amount(840), "1", "", props.amount(990))
    coffee = LineState("Caffè in grani 500 g", props.amount(1275), "2", "", props.amount(1500))
    saved = words.gettext("{amount} saved").format(amount=words.money(375, CURRENCY))
    label = words.gettext("member price")
    return replace(
        sale,
        basket=replace(sale.basket, lines=(coffee, *sale.basket.lines[1:2], oil), current=2),
        payment=replace(sale.payment, saved=f"{saved} · {label} · Caffè −15 %"),
        member=full_member(props),
        rewards=rewards(words),
    )


def _unknown(props: Props) -> SaleState:
    """Show: a member of another store, of whom nothing is known here."""
    words, sale = props.words, props.selling()
    note = f"{words.gettext('anything more follows')} · 29 Acquisto"
    stranger = replace(props.stranger(), balance="", unit="")
    return replace(sale, member=stranger, payment=replace(sale.payment, earned_note=note))


def _none(props: Props) -> SaleState:
    """Show: no program is in force."""
    words, sale = props.words, props.selling()
    chip = Remark(words.gettext("No program is in force today"), Tone.WAIT)
    member = replace(props.member(), balance="", unit="", facts=(), chips=(chip,))
    return replace(sale, member=member, payment=replace(sale.payment, earned="", earned_note=""))


def _ask_date(words: Words) -> AskState:
    wrong = words.gettext("That is no birthday. Type day, month and year: 4.3.1984.")
    return AskState(
        words.gettext("When is your birthday?"),
        worth=f"+{words.points(20)}",
        label=words.gettext("Birthday"),
        hint=words.gettext("day, month, year"),
        text="31.2.1984",
        answer=Remark(wrong, Tone.BAD),
        ready=True,
    )


def _ask_choice(words: Words) -> AskState:
    shelf = ("coffee", "bakery", "wine", "cheese", "fresh produce", "household goods")
    return AskState(
        words.gettext("What do you like best here?"),
        worth=f"+{words.points(10)}",
        choices=tuple(words.gettext(one) for one in shelf),
        chosen=1,
        ready=True,
    )


def _why(words: Words) -> WhyState:
    unknown = words.gettext("not known at this till: {fact}")
    return WhyState(
        words.gettext("Why these points?"),
        (
            RuleState("Acquisto", "+" + words.points(29), "1 € = 1", applied=True),
            RuleState("Silver × 2", "+" + words.points(30), "Silver", applied=True),
            RuleState(
                "Compleanno",
                words.gettext("not known here"),
                unknown.format(fact=words.gettext("the birthday")),
                applied=False,
            ),
            RuleState(
                "Limite",
                words.gettext("limited"),
                words.gettext("it was had as often as it may be"),
                applied=False,
            ),
        ),
        rewards=rewards(words),
    )


def _done(props: Props) -> SaleState:
    """Show: a sale with several units, a level reached and a voucher; it can be rated."""
    words, sale = props.words, props.selling()
    also = (
        "+" + words.ngettext("{n} stamp", "{n} stamps", 1),
        words.gettext("level {tier} reached").format(tier="Gold"),
        words.ngettext("{n} voucher", "{n} vouchers", 1),
    )
    done = replace(
        props.done(phrases.receipt_printed(words)),
        also=" · ".join(also),
        rate=words.gettext("How was it?"),
        print_again=words.gettext("Print again (COPY)"),
    )
    return replace(sale, member=props.nobody(), done=done)


def _rating(props: Props) -> SaleState:
    """Show: a mark is being given."""
    sale = _done(props)
    if sale.done is None:
        return sale
    paid = props.words.gettext("{total} by card")
    told = paid.format(total=props.words.money(TOTAL_MINOR, CURRENCY))
    done = replace(sale.done, rating=True, change="", change_label="", paid=told)
    return replace(sale, done=done)
