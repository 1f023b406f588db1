from __future__ import annotations

import pytest

from pos_loyalty.domain.programs.spelling import allowed_words, nearest

WORDS = ("earn", "multiply", "give", "USD")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("earm", "earn"), ("Earn", "earn"), ("usd", "USD"), ("zzz", None), ("earn" * 20, None)],
)
def test_a_typo_is_told_with_the_word_that_was_meant(word: str, meant: str | None) -> None:
    assert nearest(word, WORDS) == meant


def test_what_is_allowed_begins_with_what_was_probably_meant() -> None:
    assert allowed_words("giv", WORDS) == "did you mean 'give'? earn, multiply, give, USD"
    assert allowed_words("zzz", WORDS) == "earn, multiply, give, USD"
    assert allowed_words("zzz", ()) == "there is none"
