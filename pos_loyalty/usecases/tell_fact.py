"""A fact a member tells of herself at the counter: at most one on a visit, worth points."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from pos_loyalty.domain.bodies import ProfileChanged
from pos_loyalty.domain.events import record_digest
from pos_loyalty.domain.ids import EventId, MemberId
from pos_loyalty.domain.members import PersonalRecord
from pos_loyalty.domain.programs.answers import told
from pos_loyalty.domain.programs.moments import MissingFact, Question
from pos_loyalty.i18n import Words
from pos_loyalty.ports.journal import SaltedRecord
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.usecases.act import ActDone, Deed, act
from pos_loyalty.usecases.counter import Counter, SignedIn, store_of, today
from pos_loyalty.usecases.enrol import CannotEnrol, one_line
from pos_loyalty.usecases.record import Beside, Companion, companion_id, record
from pos_loyalty.usecases.standing import see
from pos_loyalty.wire.phones import e164
from pos_loyalty.wire.records import write_record

DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})|(\d{2})(\d{2})(\d{4})")
YEAR_MONTH_DAY = re.compile(r"(\d{4})[ ./-]+(\d{1,2})[ ./-]+(\d{1,2})")
OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as typed or chosen. `event` is older than the key: two presses are one answer."""

    event: EventId
    member: MemberId
    asked: MissingFact
    text: str


class CannotTell(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The answer is not good.

    `reason` is wrong-date, wrong-phone, wrong-name, or not-known-here: this till does not know what
    she told before, and must not write over it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def tell_fact(counter: Counter, who: SignedIn, words: Words | None, answer: Told) -> ActDone | None:
    """Write down what she told, and what that is worth. None: it is worth nothing.

    Raises CannotTell, NotSetUp, Refused, or JournalFault.
    """
    if counter.journal.event(answer.event) is None:
        store = store_of(counter)
        had = _record(counter, answer.member)
        text, ask = answer.text.strip(), answer.asked.ask
        favourite = text if ask is Question.FAVOURITE_CATEGORY else None
        new = _with_fact(had, ask, text, store, today(counter, store))
        _change(counter, who, answer, new, favourite=favourite)
    if not answer.asked.points:
        return None
    event = companion_id(answer.event, Companion.TOLD)
    return act(counter, who, words, Deed(event, answer.member, told(answer.asked.ask)))


def ask_no_more(counter: Counter, who: SignedIn, answer: Told) -> None:
    """Write down that she does not want to be asked this again. Raises as `tell_fact`."""
    if counter.journal.event(answer.event) is None:
        had = _record(counter, answer.member)
        _change(counter, who, answer, had, do_not_ask=answer.asked.ask.value)


def birthday_of(text: str, on: date) -> date | None:
    """Read a day as people type it: day, month, year; or the year first. None: it is none."""
    spoken, sorted_ = DAY_MONTH_YEAR.fullmatch(text), YEAR_MONTH_DAY.fullmatch(text)
    if spoken is not None:
        day, month, year = (int(part) for part in spoken.groups() if part is not None)
    elif sorted_ is not None:
        year, month, day = (int(part) for part in sorted_.groups())
    else:
        return None
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return born if on.year - OLDEST_YEARS <= born.year and born <= on else None


def _record(counter: Counter, member: MemberId) -> PersonalRecord:
    had = see(counter, member).record
    if had is None:
        raise CannotTell("not-known-here")
    return had


def _with_fact(
    had: PersonalRecord, ask: Question, text: str, store: StoreTold, on: date
) -> PersonalRecord:
    match ask:
        case Question.BIRTHDAY:
            born = birthday_of(text, on)
            if born is None:
                raise CannotTell("wrong-date")
            return replace(had, birthday=born)
        case Question.CONTACT:
            number = e164(text, store.region)
            if number is None:
                raise CannotTell("wrong-phone")
            return replace(had, phone=number)
        case Question.NAME:
            return replace(had, name=_name(text))
        case Question.FAVOURITE_CATEGORY:
            return had


def _name(text: str) -> str:
    try:
        name = one_line(text)
    except CannotEnrol as error:
        raise CannotTell("wrong-name") from error
    if not name:
        raise CannotTell("wrong-name")
    return name


def _change(
    counter: Counter,
    who: SignedIn,
    answer: Told,
    new: PersonalRecord,
    *,
    favourite: str | None = None,
    do_not_ask: str | None = None,
) -> None:
    raw, salt = write_record(new), counter.ids.salt()
    body = ProfileChanged(
        answer.member,
        store_of(counter).store,
        record_digest(raw, salt).hex(),
        favourite_category=favourite,
        do_not_ask=do_not_ask,
    )
    beside = Beside(answer.member, SaltedRecord(answer.member, raw, salt))
    record(counter, who, answer.event, body, beside)
