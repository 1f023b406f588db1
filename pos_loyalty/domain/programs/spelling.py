"""What is allowed instead of a word that is none, the likeliest first."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pos_loyalty.domain.programs.checks import TEXT_MAX

LIKENESS = 0.6
WORD_MAX = 64  # Longer is no typo.


def allowed_words(word: str, words: Iterable[str]) -> str:
    """List the words there are, after the one that was probably meant."""
    known = tuple(dict.fromkeys(words))
    listed = ", ".join(known) or "there is none"
    near = nearest(word, known)
    told = listed if near is None else f"did you mean {near!r}? {listed}"
    return told if len(told) <= TEXT_MAX else told[: TEXT_MAX - 1] + "…"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Find the word that `word` is a typo of. None: it resembles none."""
    if len(word) > WORD_MAX:
        return None
    folded = {known.casefold(): known for known in words}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=LIKENESS)
    return folded[near[0]] if near else None
