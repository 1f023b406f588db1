"""Which lines of a basket something is about, in words."""

from __future__ import annotations

from collections.abc import Sequence

from pos_loyalty.domain.programs.selection import Price, Selection
from pos_loyalty.i18n import Words
from pos_loyalty.wording.figures import all_of, capital, one_of
from pos_loyalty.wording.wares import is_known, plain

FLUIDS = {"fuel", "petrol", "diesel"}
NAMED_MAX = 6  # More articles are counted, not listed.


def selection_told(words: Words, selection: Selection) -> str:
    """Name the lines: "coffee (only Coop products), except gift cards"."""
    parts = _parts(words, selection)
    told = parts[0] if parts else words.gettext("everything")
    if parts[1:]:
        told = words.gettext("{lines} (only {others})").format(
            lines=told, others=all_of(words, parts[1:])
        )
    without = left_out(words, selection)
    if without:
        told = words.gettext("{lines} except {others}").format(
            lines=told, others=all_of(words, without)
        )
    return told


def counted_in(selection: Selection) -> tuple[str, ...]:
    """Tell the unit a quantity of the lines has, where the document leaves it out: fuel flows."""
    named = {name.partition("/")[0] for name in selection.categories}
    return ("litre",) if not selection.units and named and named <= FLUIDS else selection.units


def _parts(words: Words, selection: Selection) -> list[str]:
    """Name every list that is filled, the most telling first."""
    parts = [
        *_articles(words, selection.skus),
        *_any(words, [category(words, name) for name in selection.categories]),
    ]
    if selection.favourite:
        parts.append(words.gettext("the favourite category"))
    if selection.brands:
        brands = one_of(words, [capital(brand) for brand in selection.brands])
        parts.append(words.gettext("{brands} products").format(brands=brands))
    if selection.labels:
        labels = one_of(words, [plain(words, label) for label in selection.labels])
        parts.append(words.gettext("goods marked “{labels}”").format(labels=labels))
    if selection.units:
        units = one_of(words, selection.units)
        parts.append(words.gettext("goods sold by {units}").format(units=units))
    match selection.price:
        case Price.REGULAR:
            parts.append(words.gettext("goods that are not reduced"))
        case Price.REDUCED:
            parts.append(words.gettext("reduced goods"))
        case Price.ANY:
            pass
    return parts


def left_out(words: Words, selection: Selection) -> list[str]:
    """Name what is excluded."""
    marked = [
        words.gettext("goods marked “{labels}”").format(labels=plain(words, label))
        for label in selection.except_labels
    ]
    made = [
        words.gettext("{brands} products").format(brands=capital(brand))
        for brand in selection.except_brands
    ]
    sorts = [category(words, name) for name in selection.except_categories]
    return [*sorts, *made, *marked, *_articles(words, selection.except_skus)]


def category(words: Words, name: str) -> str:
    """Name a category as it stands in a sentence; one we have no word for may be quoted."""
    told = plain(words, name)
    return told if is_known(name) else words.gettext("{category}").format(category=told)


def _articles(words: Words, skus: Sequence[str]) -> list[str]:
    """Name articles by their numbers; many are only counted."""
    if not skus:
        return []
    if len(skus) > NAMED_MAX:
        return [words.ngettext("{n} chosen article", "{n} chosen articles", len(skus))]
    told = words.ngettext("article {{numbers}}", "articles {{numbers}}", len(skus))
    return [told.format(numbers=one_of(words, skus))]


def _any(words: Words, names: Sequence[str]) -> list[str]:
    return [one_of(words, names)] if names else []
