"""What the server refuses a person or a till, with a code and a sentence."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - "refusal" is the word of the house
    """Something asked for that cannot be done; the text says what, which, why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
