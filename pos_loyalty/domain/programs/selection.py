"""Which lines of a basket something is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos_loyalty.domain.programs.checks import at_most


class Price(Enum):
    """Whether a line was sold at its own price."""

    ANY = "any"
    REGULAR = "regular"
    REDUCED = "reduced"  # A discount was given on the line before the program saw it.


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines that fit every list that is filled, and nothing that is excluded; empty: all lines.

    A category holds what lies below it: "grocery" holds "grocery/coffee".
    """

    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # Of quantity: piece, kg, litre …
    price: Price = Price.ANY
    favourite: bool = False  # Lines of the category the member chose.
    except_skus: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()
    except_brands: tuple[str, ...] = ()
    except_labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        at_most("skus", self.skus)
        at_most("categories", self.categories)
        at_most("brands", self.brands)
        at_most("labels", self.labels)
        at_most("except_skus", self.except_skus)
        at_most("except_categories", self.except_categories)


ALL_LINES = Selection()
