"""All languages of the till, and what every told text keeps to in each."""

from __future__ import annotations

import re
from collections.abc import Callable

from pos_loyalty.i18n import LANGUAGES, Words, load_words
from pos_loyalty.resources import resource

TONGUES = {language: load_words(language, resource("locale")) for language in LANGUAGES}
ENGLISH = TONGUES["en"]
BROKEN = re.compile(r"[{}]|  | ,| \.|\.\.|,,|\(\)|None|\b1 (points|stars|days|visits|pieces)\b")
ENDS = (".", "!", "?", "。", "！", "？")  # noqa: RUF001 - Chinese ends so


def flaws(told: str) -> list[str]:
    """List what is wrong with a text: gaps, braces, double signs, a plural of one."""
    found = BROKEN.findall(told)
    if not told or told != told.strip():
        found.append(f"at its ends: {told!r}")
    return found


def everywhere(tell: Callable[[Words], str]) -> dict[str, str]:
    """Tell one thing in every language."""
    return {language: tell(words) for language, words in TONGUES.items()}
