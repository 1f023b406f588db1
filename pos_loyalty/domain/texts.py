"""What any text that is stored, shown or printed keeps to."""

from __future__ import annotations

import re

TEXT_CHARACTERS_MAX = 255
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # And halves of characters: no UTF-8.


def check_text(text: str) -> None:
    """Raise ValueError for a text that is too long or holds control characters."""
    if len(text) > TEXT_CHARACTERS_MAX:
        raise ValueError(f"a text has at most {TEXT_CHARACTERS_MAX} characters, not {len(text)}")
    check_printable(text)


def check_printable(text: str) -> None:
    """Raise ValueError for a text that holds control characters."""
    if CONTROL.search(text):
        raise ValueError(f"{text!r} has control characters")
