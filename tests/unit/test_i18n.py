"""Every language says everything, and counts and writes figures as its people do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog

import pos_loyalty
from pos_loyalty.i18n import DOMAIN, LANGUAGES, SOURCE_LANGUAGE, Words, load_words
from pos_loyalty.resources import resource
from workshop.words import Sentence, empty, first_form, read, spoken, up_to_date

SAID_AT_LEAST = 100  # Fewer: the source was not read.
FILLED_IN = re.compile(r"\{\w+\}")
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)


@pytest.fixture(scope="module")
def said() -> dict[Sentence, tuple[str, ...]]:
    return spoken(Path(pos_loyalty.__file__).parent)


def catalogue(language: str) -> Catalog:
    return read(resource("locale", language, f"{DOMAIN}.po"))


def words(language: str) -> Words:
    return load_words(language, resource("locale"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_of_the_till_is_missing_in_any_language(
    language: str, said: dict[Sentence, tuple[str, ...]]
) -> None:
    missing = empty(up_to_date(catalogue(language), said))

    assert len(said) > SAID_AT_LEAST
    assert missing == ()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_says_nothing_that_is_never_said(
    language: str, said: dict[Sentence, tuple[str, ...]]
) -> None:
    keys = {first_form(sentence) for sentence in said}

    left_over = {first_form(entry.id) for entry in catalogue(language) if entry.id} - keys

    assert left_over == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_every_place_that_is_filled_in(language: str) -> None:
    wrong = []
    for entry in catalogue(language):
        source = entry.id if isinstance(entry.id, str) else entry.id[-1]
        told = entry.string or ""
        forms = (told,) if isinstance(told, str) else tuple(told)
        wanted = sorted(FILLED_IN.findall(source))
        wrong += [form for form in forms if entry.id and sorted(FILLED_IN.findall(form)) != wanted]

    assert wrong == []


def test_russian_counts_points_in_three_forms() -> None:
    russian = words("ru")

    said = [russian.points(count) for count in (1, 3, 5, 21)]

    assert said == ["1 балл", "3 балла", "5 баллов", "21 балл"]


@pytest.mark.parametrize(
    ("language", "money"),
    [
        ("en", "€1,234.50"),
        ("it", "1.234,50\N{NO-BREAK SPACE}€"),
        ("ru", "1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"),
        ("zh-Hans", "€1,234.50"),
    ],
)
def test_money_is_written_as_the_language_writes_it(language: str, money: str) -> None:
    assert words(language).money(123_450, "EUR") == money


def test_a_currency_without_cents_has_none() -> None:
    english = words("en")

    assert (english.money(1234, "JPY"), english.amount(1234, "JPY")) == ("¥1,234", "1,234")


def test_an_amount_stands_in_a_column_without_its_currency() -> None:
    assert words("it").amount(123_456, "EUR") == "1.234,56"


def test_points_that_go_away_have_a_minus() -> None:
    assert (words("en").gained(74), words("en").gained(-1)) == ("+74 points", "−1 point")


def test_the_clock_is_the_shops() -> None:
    at = datetime(2026, 7, 1, 12, 5, tzinfo=UTC)

    assert words("en").time(at, ZoneInfo("Europe/Rome")) == "14:05"


def test_a_day_of_this_year_needs_no_year() -> None:
    english = words("en")

    near = english.day(date(2026, 12, 31), date(2026, 11, 20))

    assert (near, english.day(date(2026, 12, 31))) == ("Dec 31", "Dec 31, 2026")


def test_things_are_joined_as_in_a_sentence() -> None:
    assert words("it").listed(("pane", "olio", "sale")) == "pane, olio e sale"
    assert words("it").listed(()) == ""


def test_a_language_nobody_speaks_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(LookupError, match=r"'xx'.*zh-Hans"):
        load_words("xx", resource("locale"))
