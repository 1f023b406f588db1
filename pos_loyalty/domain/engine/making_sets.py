"""Sets at one price, made of the dearest pieces that fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm

from pos_loyalty.domain.engine.pieces import Pieces, pieces_of
from pos_loyalty.domain.engine.scene import Scene
from pos_loyalty.domain.programs.benefits import SetPrice
from pos_loyalty.domain.programs.selection import ALL_LINES
from pos_loyalty.domain.programs.settings import Prices

ALL_SETS = 10**9


def sets_off(benefit: SetPrice, scene: Scene, times: int | None) -> Sequence[int]:
    """Tell what so many sets take off each line; `times` None: all there are."""
    off = [0] * len(scene.lines)
    pieces = pieces_of(ALL_LINES, scene)
    counts = {i: count for _, count, i in pieces}
    for made, picked in _sets(benefit, scene, ALL_SETS if times is None else times):
        # What the pieces cost, as whole numbers of one over `unit`.
        unit = lcm(*[counts[i] for i in picked])
        weights = [0] * len(off)
        for i, taken in picked.items():
            weights[i] = scene.remaining[i] * taken * made * (unit // counts[i])
        price = _price(benefit, scene, picked, counts)
        saved = int(Fraction(sum(weights), unit) - price * made)
        for i, part in enumerate(scene.share(saved, weights)):
            # Parts of cents of one line, rounded for sets of several makes, may add up to one.
            off[i] = min(off[i] + part, scene.remaining[i])
    return off


def sets_made(benefit: SetPrice, scene: Scene) -> int:
    """Tell how many sets there are that cost more than their price."""
    return sum([made for made, _ in _sets(benefit, scene, ALL_SETS)])


def _sets(benefit: SetPrice, scene: Scene, most: int) -> Sequence[tuple[int, Mapping[int, int]]]:
    """List how many sets of one make there are, with the pieces each takes of which line."""
    fitting = [frozenset(scene.chosen(one)) for one in benefit.sets]
    pieces = [one for one in pieces_of(ALL_LINES, scene) if any(one[2] in fit for fit in fitting)]
    costs = {i: price for price, _, i in pieces}
    counts = {i: count for _, count, i in pieces}
    left = dict(counts)
    sets: list[tuple[int, Mapping[int, int]]] = []
    while most > 0 and (picked := _pick(pieces, fitting, left)):
        whole = sum([costs[i] * taken for i, taken in picked.items()])
        if whole <= _price(benefit, scene, picked, counts):
            break
        # As many alike as the scarcest of its pieces allows: each round uses a line up.
        made = min(most, *[left[i] // taken for i, taken in picked.items()])
        for i, taken in picked.items():
            left[i] -= taken * made
        pieces = [one for one in pieces if left[one[2]]]
        sets.append((made, picked))
        most -= made
    return sets


def _pick(
    pieces: Pieces, fitting: Sequence[Collection[int]], left: Mapping[int, int]
) -> Mapping[int, int]:
    """Choose the dearest pieces that fill every place of a set; nothing when some stay empty.

    A piece may push another one to a place that is free, so that no set is missed. Source: the
    augmenting path of Kuhn's method; that the dearest first is best, Edmonds 1971.
    """
    places: list[int | None] = [None] * len(fitting)

    def put(line: int, tried: set[int]) -> bool:
        for place, fit in enumerate(fitting):
            if line not in fit or place in tried:
                continue
            tried.add(place)
            there = places[place]
            if there is None or put(there, tried):
                places[place] = line
                return True
        return False

    for _, _, i in pieces:
        for _ in range(min(left[i], len(places))):
            if not put(i, set()):
                break
    filled = [line for line in places if line is not None]
    return Counter(filled) if len(filled) == len(places) else {}


def _price(
    benefit: SetPrice, scene: Scene, picked: Mapping[int, int], counts: Mapping[int, int]
) -> Fraction | int:
    """Tell what a set costs the buyer; its price is like the lines': with tax, or without."""
    price = scene.in_basket_money(benefit.price_minor)
    if scene.program.settings.prices is Prices.TAX_INCLUDED:
        return price
    with_tax = without = Fraction(0)
    for i, taken in picked.items():
        cost = Fraction(scene.remaining[i] * taken, counts[i])
        with_tax += cost
        without += cost / (1 + scene.lines[i].tax_rate)
    return price * with_tax / without
