"""Which lines of a basket a selection is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pos_loyalty.domain.basket import Line
from pos_loyalty.domain.programs.selection import Price, Selection


def selected(selection: Selection, lines: Sequence[Line], favourite: str) -> Sequence[int]:
    """Tell the places of the lines that fit every list which is filled, and no exclusion.

    `favourite` is the category the member chose. Empty: none.
    """
    found: Sequence[int] = range(len(lines))
    if selection.skus:
        skus = frozenset(selection.skus)  # A week's offers are many: each line is looked up once.
        found = [i for i in found if lines[i].sku in skus]
    if selection.categories:
        fitting = _categories(lines, frozenset(selection.categories))
        found = [i for i in found if lines[i].category in fitting]
    if selection.brands:
        brands = frozenset(selection.brands)
        found = [i for i in found if lines[i].brand in brands]
    if selection.labels:
        labels = frozenset(selection.labels)
        found = [i for i in found if not labels.isdisjoint(lines[i].labels)]
    if selection.units:
        units = frozenset(selection.units)
        found = [i for i in found if lines[i].unit in units]
    if selection.price is not Price.ANY:
        reduced = selection.price is Price.REDUCED
        found = [i for i in found if (lines[i].discount_minor > 0) is reduced]
    if selection.favourite:
        fitting = _categories(lines, (favourite,) if favourite else ())
        found = [i for i in found if lines[i].category in fitting]
    return _not_excluded(selection, lines, found)


def _not_excluded(
    selection: Selection, lines: Sequence[Line], found: Sequence[int]
) -> Sequence[int]:
    if selection.except_skus:
        skus = frozenset(selection.except_skus)
        found = [i for i in found if lines[i].sku not in skus]
    if selection.except_categories:
        excluded = _categories(lines, frozenset(selection.except_categories))
        found = [i for i in found if lines[i].category not in excluded]
    if selection.except_brands:
        brands = frozenset(selection.except_brands)
        found = [i for i in found if lines[i].brand not in brands]
    if selection.except_labels:
        labels = frozenset(selection.except_labels)
        found = [i for i in found if labels.isdisjoint(lines[i].labels)]
    return found


def _categories(lines: Sequence[Line], wanted: Collection[str]) -> Collection[str]:
    """Tell which categories of the lines are wanted: there are fewer of them than lines."""
    there = {line.category for line in lines}
    return {category for category in there if in_categories(category, wanted)}


def in_categories(category: str, wanted: Collection[str]) -> bool:
    """Whether a category is one of those or lies below it ("grocery" holds "grocery/coffee")."""
    while category not in wanted:
        category, slash, _ = category.rpartition("/")
        if not slash:
            return False
    return True
