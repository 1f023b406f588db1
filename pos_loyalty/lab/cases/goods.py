"""Lines, wishes and payments as a case tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from pos_loyalty.domain.basket import CODES_MAX, Line
from pos_loyalty.domain.programs.benefits import FreeItem
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.rewards import Reward
from pos_loyalty.domain.programs.settings import Prices
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.lab.cases.figures import count, minor, number, steps
from pos_loyalty.wire.wrong_parts import WrongPart, missing_word, unknown_word

TAXES = {"tax": None, "tax_incl": Prices.TAX_INCLUDED, "tax_excl": Prices.TAX_ON_TOP}
TEXTS = ("name", "category", "brand", "unit")
LINE_WORDS = (
    "product",
    "sku",
    "labels",
    "kind",
    "qty",
    "price",
    "discount",
    "line_discount",
    "cost",
    *TEXTS,
    *TAXES,
)
MOST = "most"
T = TypeVar("T")
Products = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class WishSaid:
    """A reward that is wished for."""

    reward: str
    times: int | None = 1  # None: as often as can be.
    choice: str = ""
    voucher: str = ""
    own_voucher: bool = False  # One that she holds for it.


@dataclass(frozen=True, slots=True)
class TenderSaid:
    """A payment. `amount_minor` None: what is left to pay."""

    kind: str
    amount_minor: int | None
    unit: str = ""


def line_of(found: object, products: Products, program: Program) -> Line | None:
    """Read a line, what is not said of it from its product. None: there are 0 of it.

    Raises WrongPart.
    """
    told = _with_product(found, products)
    for word in told:
        if word not in LINE_WORDS:
            raise unknown_word(word, LINE_WORDS)
    sku = _text(told, "sku") if "sku" in told else _text(told, "product")
    price = _read(told, "price", lambda value: minor(value, program.currency))
    if price is None:
        raise missing_word("price")
    quantity = _read(told, "qty", number)
    if quantity == 0:
        return None
    cost = _read(told, "cost", lambda value: minor(value, program.currency))
    try:
        line = Line(
            name=_text(told, "name") or sku,
            price_minor=price,
            quantity=Decimal(1) if quantity is None else quantity,
            sku=sku,
            labels=_labels(told),
            tax_rate=_tax(told, program),
            cost_minor=cost,
            category=_text(told, "category"),
            brand=_text(told, "brand"),
            unit=_text(told, "unit") or "piece",
        )
        return _discounted(line, told, program)
    except ValueError as error:
        raise WrongPart(found, str(error)) from error


def _with_product(found: object, products: Products) -> Mapping[str, object]:
    if isinstance(found, str):
        if found not in products:
            raise WrongPart(found, "a product of case.products: " + allowed_words(found, products))
        return {"product": found, **products[found]}
    if not isinstance(found, dict):
        raise WrongPart(found, "a line with " + ", ".join(LINE_WORDS))
    name = found.get("product", found.get("sku"))
    if "product" in found and found["product"] not in products:
        error = WrongPart(name, "a product of case.products: " + allowed_words(str(name), products))
        raise error.inside("product")
    return {**products.get(str(name), {}), **found}


def _text(told: Mapping[str, object], word: str) -> str:
    value = told.get(word, "")
    if isinstance(value, str):
        return str(value)
    if type(value) is int:
        return str(value)
    raise WrongPart(value, "a text").inside(word)


def _read(told: Mapping[str, object], word: str, reader: Callable[[object], T]) -> T | None:
    if told.get(word) is None:
        return None
    try:
        return reader(told[word])
    except WrongPart as error:
        raise error.inside(word) from None


def _labels(told: Mapping[str, object]) -> tuple[str, ...]:
    """Read labels: a list, or a table whose words go before, as in color:red."""
    found = told.get("labels", [])
    kind = (f"kind:{_text(told, 'kind')}",) if "kind" in told else ()
    if isinstance(found, dict):
        return (*(f"{word}:{value}" for word, value in found.items()), *kind)
    if isinstance(found, list):
        return (*(str(value) for value in found), *kind)
    raise WrongPart(found, "a list, or a table").inside("labels")


def _tax(told: Mapping[str, object], program: Program) -> Fraction:
    for word, prices in TAXES.items():
        rate = _read(told, word, number)
        if rate is None:
            continue
        if rate and prices not in (None, program.settings.prices):
            raise WrongPart(
                told[word], f"as the program's settings.prices: {program.settings.prices.value}"
            ).inside(word)
        return Fraction(rate)
    return Fraction(0)


def _discounted(line: Line, told: Mapping[str, object], program: Program) -> Line:
    off = _read(told, "discount", lambda value: minor(value, program.currency)) or 0
    share = _read(told, "line_discount", number)
    if share is not None:
        off += int(line.gross_minor * Fraction(share) + Fraction(1, 2))
    return replace(line, discount_minor=off) if off else line


WISH_WORDS = ("reward", "times", "points", "pieces", "choice", "voucher", "repeat")


def wishes_of(found: object, program: Program) -> tuple[WishSaid, ...]:
    """Read a wish: a reward's name, or a table. Several when it is to be repeated.

    `points`: as often as so many pay for; `pieces`: as often as it takes to have so many.
    """
    if isinstance(found, str):
        return (WishSaid(str(found)),)
    told = _table(found, WISH_WORDS, "reward")
    reward = _text(told, "reward")
    repeat = _read(told, "repeat", count)
    if repeat is not None and repeat > CODES_MAX:
        raise WrongPart(told["repeat"], f"at most {CODES_MAX}").inside("repeat")
    own = told.get("voucher") is True
    wish = WishSaid(
        reward,
        None if told.get("times") == MOST else _times(told, program.reward(reward), program),
        _text(told, "choice"),
        "" if own else _text(told, "voucher"),
        own,
    )
    return (wish,) * (1 if repeat is None else repeat)


def _times(told: Mapping[str, object], reward: Reward | None, program: Program) -> int:
    times = _read(told, "times", count)
    if times is not None:
        return times
    pieces = _read(told, "pieces", count)
    if pieces is not None:
        each = reward.gives.quantity if reward and isinstance(reward.gives, FreeItem) else 1
        return -(-pieces // each)
    if reward is None or told.get("points") is None:
        return 1
    unit = reward.unit
    points = _read(told, "points", lambda value: steps(value, unit, program)) or 0
    if not reward.cost:
        raise WrongPart(told["points"], "a reward that costs points").inside("points")
    return points // reward.cost


TENDER_WORDS = ("kind", "amount", "unit")


def tender_of(found: object, program: Program) -> TenderSaid:
    """Read a payment: its kind, or a table."""
    if isinstance(found, str):
        return TenderSaid(str(found), None)
    told = _table(found, TENDER_WORDS, "kind")
    amount = _read(told, "amount", lambda value: minor(value, program.currency))
    return TenderSaid(_text(told, "kind"), amount, _text(told, "unit"))


def _table(found: object, words: Sequence[str], needed: str) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise WrongPart(found, "a name, or a table with " + ", ".join(words))
    for word in found:
        if word not in words:
            raise unknown_word(word, words)
    if needed not in found:
        raise missing_word(needed)
    return found
