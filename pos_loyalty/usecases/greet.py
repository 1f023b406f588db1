"""What there is to say of a member at the counter: decided from her own facts, offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pos_loyalty.domain.basket import Basket
from pos_loyalty.domain.engine.answer import Quote
from pos_loyalty.domain.engine.levels import past, way_to
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.facts import STRANGER, MemberFacts, Unknown
from pos_loyalty.domain.programs.moments import MissingFact, Notice, Question
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.usecases.act import gives_something
from pos_loyalty.usecases.counter import Counter, store_of
from pos_loyalty.usecases.quote import Asked, Offer, offer
from pos_loyalty.usecases.standing import MemberSeen

RECOGNISED = "recognised"
CATEGORIES_MAX = 12


@dataclass(frozen=True, slots=True)
class TierAhead:
    """The way to the next tier: `word` is amount_minor (the store's money), visits, or a unit."""

    tier: str
    word: str
    missing: int
    done: int  # In what the ladder counts.
    target: int


@dataclass(frozen=True, slots=True)
class Greeting:
    """A member, and what there is to say of her before anything is sold."""

    seen: MemberSeen
    program: Program | None
    facts: MemberFacts
    quote: Quote  # Of her being recognised.
    gives: bool  # Whether that gives her something, written down with her next purchase.
    on: date
    ahead: TierAhead | None = None
    question: MissingFact | None = None
    notice: Notice | None = None  # One with a question she has not answered.
    categories: tuple[str, ...] = ()  # To choose her favourite from.


def greet(counter: Counter, seen: MemberSeen) -> Greeting:
    """Decide what depends on her own facts alone, and write nothing. Raises NotSetUp."""
    offered = offer(counter, Asked((), seen, event=RECOGNISED))
    store = store_of(counter)
    return greeting_of(
        offered, seen, store, lambda: tuple(counter.members.categories(CATEGORIES_MAX))
    )


def greeting_of(
    offered: Offer, seen: MemberSeen, store: StoreTold, categories: Callable[[], tuple[str, ...]]
) -> Greeting:
    """Decide it from what her being recognised gives; `categories` are asked for when needed."""
    at = offered.at.astimezone(ZoneInfo(store.zone))
    program, facts = offered.program, offered.facts
    if program is None or facts is None:
        return Greeting(seen, None, STRANGER, offered.quote, gives=False, on=at.date())
    basket = Basket(at, store.store, store.currency, (), event=RECOGNISED)
    question = missing_fact(seen, program)
    chooses = question is not None and question.ask is Question.FAVOURITE_CATEGORY
    return Greeting(
        seen=seen,
        program=program,
        facts=facts,
        quote=offered.quote,
        gives=gives_something(offered),
        on=at.date(),
        ahead=_ahead(Scene(basket, facts, program), facts),
        question=question,
        notice=_notice(program, facts, offered.quote),
        categories=categories() if chooses else (),
    )


def missing_fact(seen: MemberSeen, program: Program) -> MissingFact | None:
    """Choose the one fact to ask for. None: all is told, or it is not known here what she told."""
    record, past_ = seen.record, seen.past
    if record is None or past_ is None:
        return None
    told = {
        Question.BIRTHDAY: record.birthday is not None,
        Question.CONTACT: bool(record.phone),
        Question.NAME: bool(record.name),
        Question.FAVOURITE_CATEGORY: past_.favourite_category is not None,
    }
    open_ones = (
        one
        for one in program.questions
        if not told[one.ask] and one.ask.value not in past_.do_not_ask
    )
    return next(open_ones, None)


def _notice(program: Program, facts: MemberFacts, quoted: Quote) -> Notice | None:
    """Find a notice of today that asks her something; answered or declined it is asked no more."""
    taken, declined = facts.offers.taken, facts.offers.declined
    if isinstance(taken, Unknown) or isinstance(declined, Unknown):
        return None
    due = {said.id for said in quoted.messages}
    asking = (
        one
        for one in program.notices
        if one.answers and one.id in due and one.id not in taken and one.id not in declined
    )
    return next(asking, None)


def _ahead(scene: Scene, facts: MemberFacts) -> TierAhead | None:
    """Find the next tier above hers. None: there is none, or the way to it is not known here."""
    ladder = scene.program.ladder
    if ladder is None:
        return None
    done = past(ladder, facts, scene)
    own = [tier.id for tier in ladder.tiers]
    above = ladder.tiers[own.index(facts.tier) + 1 if facts.tier in own else 0 :]
    following = next((one for one in above if done is not None and one.at_least > done), None)
    if following is None or done is None:
        return None
    way = way_to((following.id,), scene, facts)
    return None if way is None else TierAhead(following.id, *way, done, following.at_least)
