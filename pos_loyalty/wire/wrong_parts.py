"""What is wrong with a part of a document, told to whoever reads the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.wire.document_text import WHOLE, place, shown


@dataclass(frozen=True, slots=True)
class Odd:
    """Stands in a parsed document for what JSON lets pass and we do not."""

    found: str
    allowed: str
    word: str | None = None  # Of an object that it is about. None: all of it.


class WrongPart(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Something that cannot stand in a document; `path` leads to it, outermost first."""

    def __init__(self, found: object, allowed: str = "") -> None:
        self.path: list[str | int] = []
        if isinstance(found, Odd):
            self.found, self.allowed = found.found, found.allowed
            if found.word is not None:
                self.path.append(found.word)
        else:
            self.found, self.allowed = shown(found), allowed
        super().__init__(self.found, self.allowed)

    def inside(self, step: str | int) -> WrongPart:
        """Tell in what it was found: a word of an object, or a place in a list."""
        self.path.insert(0, step)
        return self

    def of(self, file: str, before: str = "") -> WrongDocument:
        """Make it a matter of the whole document. `before`: where in `file` that begins."""
        path = place(tuple(self.path)) or WHOLE
        path = f"{before}: {path}" if before else path
        return WrongDocument(file=file, path=path, found=self.found, allowed=self.allowed)


def missing_word(word: str) -> WrongPart:
    """Tell of a word that must be there."""
    return WrongPart(Odd("nothing", "it must be there", word))


def unknown_word(word: str, words: Iterable[str]) -> WrongPart:
    """Tell of a word that does not belong there."""
    return WrongPart(Odd(f"unknown word {shown(word)}", allowed_words(word, words), word))
