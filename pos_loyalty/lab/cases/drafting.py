"""From a step's words to acts at the counter, by the companion's verbs and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.lab.cases.case_file import Case, CaseFile, Step, at, text_of
from pos_loyalty.lab.cases.companion import Companion, Part
from pos_loyalty.lab.cases.filling import Filler, holes
from pos_loyalty.wire.document_text import Place
from pos_loyalty.wire.wrong_parts import Odd, WrongPart

# What every case may say without a companion.
VERBS: Mapping[str, Mapping[str, object]] = {
    "sale": {},
    "quote": {"act": "quote"},
    "park": {"act": "quote"},
    "return": {"act": "return"},
    "refund": {"act": "return"},
    "cancel": {"act": "return"},
    "repost": {"act": "repost"},
    "joined": {"event": "joined"},
    "recognised": {"event": "recognised"},
}
WORDS: Mapping[str, Mapping[str, object]] = {
    "lines": {"lines": ["{lines}"]},
    "codes": {"codes": ["{codes}"]},
    "member": {"member": "{member}"},
    "receipt": {"receipt": "{receipt}"},
    "qty": {"quantity": "{qty}"},
    "basket": {"lines": ["{basket}"]},
    "note": {"unused": "for people"},
    "comment": {"unused": "for people"},
}
LISTS = ("lines", "codes", "redeem", "tenders")
TABLES = ("set", "has")


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and the document and place that say it."""

    file: str
    place: Place
    value: object


@dataclass(frozen=True, slots=True)
class Draft:
    """One act at the counter, as it was told. Lists and tables gather what all parts say."""

    said: Mapping[str, Said] = field(default_factory=dict)
    lists: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


@contextmanager
def told_in(said: Said) -> Iterator[None]:
    """Say where it stands when something about a value is wrong. Raises WrongDocument."""
    try:
        yield
    except WrongPart as error:
        raise at(error, said.place).of(said.file) from error


class Drafter:
    """Reads the steps of one case."""

    __slots__ = ("_baskets", "_companion", "_file", "_given", "_program", "_today")

    def __init__(
        self, companion: Companion, program: Program, cases: CaseFile, case: Case, today: date
    ) -> None:
        self._companion = companion
        self._file = cases.name
        self._baskets = cases.baskets
        self._given = {f"given.{word}": value for word, value in case.given.items()}
        self._program = program
        self._today = today

    def drafts(self, step: Step, verb: str) -> tuple[tuple[Draft, ...], Mapping[str, object]]:
        """Tell the acts of a step, and what is expected. Raises WrongDocument."""
        words = {
            word: value
            for word, value in step.words.items()
            if word != "do" and (value is not None or word == "member")
        }
        where = Said(self._file, step.place, None)
        with told_in(where):
            if isinstance(words.get("basket"), str):
                words["basket"] = self._basket(str(words["basket"]))
            verbs = self._verb(str(step.words.get("do") or verb), step)
            parts, late = self._meant(words, verbs, step.place)
        filler = Filler({**self._given, **words}, self._program, self._today)
        *before, last = [self._said(part, filler) for part in verbs]
        more = [self._said(part, filler) for part in parts]
        drafts = (*(_draft([one]) for one in before), _draft([last, *more]))
        return drafts, {**step.expected, **late}

    def _basket(self, name: str) -> object:
        if name not in self._baskets:
            raise WrongPart(name, allowed_words(name, self._baskets)).inside("basket")
        return self._baskets[name]

    def _verb(self, verb: str, step: Step) -> Sequence[Part]:
        found = self._companion.verbs.get(verb)
        if found is not None:
            return found
        if verb in VERBS:
            return (Part(step.place, VERBS[verb]),)
        known = allowed_words(verb, (*self._companion.verbs, *VERBS))
        raise WrongPart(Odd(f"the unknown verb {verb!r}", f"{known}, or one of case.verbs", "do"))

    def _meant(
        self, words: Mapping[str, object], verbs: Sequence[Part], place: Place
    ) -> tuple[Sequence[Part], Mapping[str, object]]:
        """Find what each word means; those of expect_… blocks that mean nothing are expected."""
        found = {word: self._part(word, value, place) for word, value in words.items()}
        skipped = {
            name
            for part in (*verbs, *found.values())
            if part is not None
            for name in _names(part.says.get("without", []))
        }
        used = {
            word
            for part in (*verbs, *(one for one in found.values() if one is not None))
            for word in holes(dict(part.says))
        }
        parts = [part for word, part in found.items() if part is not None and word not in skipped]
        late: dict[str, object] = {}
        for word, part in found.items():
            if part is not None or word in used or word in skipped:
                continue
            if word.startswith("expect_"):
                late[word] = words[word]
                continue
            known = allowed_words(word, (*self._companion.words, *WORDS))
            raise WrongPart(
                Odd(f"the unknown word {word!r}", f"{known}, or one of case.words", word)
            )
        return parts, late

    def _part(self, word: str, value: object, place: Place) -> Part | None:
        own = self._companion.words
        part = own.get(f"{word}={text_of(value)}") or own.get(word)
        if part is None and word in WORDS:
            return Part(place, WORDS[word])
        return part

    def _said(self, part: Part, filler: Filler) -> Mapping[str, Said]:
        """Fill a part in; what every case may say is told in the case's own file."""
        own = part.place[:1] == ("case",)
        file = self._companion.file if own else self._file
        said: dict[str, Said] = {}
        for word, template in part.says.items():
            place = (*part.place, word)
            with told_in(Said(file, place, template)):
                said[word] = Said(file, place, filler.fill(template))
        return said


def _names(found: object) -> Sequence[str]:
    return [str(name) for name in found] if isinstance(found, list) else []


def _draft(parts: Sequence[Mapping[str, Said]]) -> Draft:
    said: dict[str, Said] = {}
    lists: dict[str, tuple[Said, ...]] = {}
    tables: dict[str, tuple[Said, ...]] = {}
    for part in parts:
        for word, one in part.items():
            if word in LISTS:
                lists[word] = (*lists.get(word, ()), *_entries(one))
            elif word in TABLES:
                tables[word] = (*tables.get(word, ()), one)
            else:
                said[word] = one
    return Draft(said, lists, tables)


def _entries(said: Said) -> Iterator[Said]:
    with told_in(said):
        if not isinstance(said.value, list):
            raise WrongPart(said.value, "a list, in [ ]")
    for i, value in enumerate(said.value):
        yield Said(said.file, (*said.place, i), value)
