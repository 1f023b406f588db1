"""Values of the domain from the words of an object, and which word it is when they refuse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pos_loyalty.domain.texts import TEXT_CHARACTERS_MAX
from pos_loyalty.wire.wrong_parts import WrongPart

TEXT = f"a text of at most {TEXT_CHARACTERS_MAX} characters, none of them a control character"

T = TypeVar("T")


def build(make: Callable[..., T], told: dict[str, Any], found: object) -> T:
    """Make a value of what was read; what it refuses is told of the word it is about."""
    try:
        return make(**told)
    except ValueError as error:
        word, why = _culprit(make, told, error)
        allowed = TEXT if isinstance(told[word], str) else str(why)
        raw = found.get(word) if isinstance(found, dict) else told[word]
        raise WrongPart(raw, allowed).inside(word) from error


def _culprit(
    make: Callable[..., object], told: Mapping[str, Any], error: ValueError
) -> tuple[str, ValueError]:
    """Find the first word without which a value can be made; else with which it no longer can."""
    needed: list[str] = []
    for word in told:
        trouble = _trouble(make, {other: told[other] for other in told if other != word})
        if trouble is None:
            return word, error
        if isinstance(trouble, TypeError):
            needed.append(word)
    words = (*needed, *(word for word in told if word not in needed))
    upto = ({word: told[word] for word in words[:count]} for count in range(1, len(words) + 1))
    tried = ((list(some)[-1], _trouble(make, some)) for some in upto)
    return next((word, why) for word, why in tried if isinstance(why, ValueError))


def _trouble(make: Callable[..., object], told: Mapping[str, Any]) -> ValueError | TypeError | None:
    """Tell why no value can be made; a TypeError: a word that must be there is not."""
    try:
        make(**told)
    except (ValueError, TypeError) as error:
        return error
    return None
