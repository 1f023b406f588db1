from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.resources import resource
from pos_loyalty.wire.program_document import read_program
from pos_loyalty.wording.leaflet import leaflet
from pos_loyalty.wording.paragraphs import Paragraph
from pos_loyalty.wording.terms import terms
from tests.unit.wording.tongues import ENDS, ENGLISH, TONGUES, flaws

Tell = Callable[[Words, Program], tuple[Paragraph, ...]]
PROGRAMS = sorted(resource("programs").glob("*.toml"))
EVERYTHING = (Path(__file__).parent / "everything.toml").read_text(encoding="utf-8")


def program(text: str = EVERYTHING) -> Program:
    return read_program(text, "everything.toml")


def lines(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [line for part in paragraphs for line in part.lines]


def test_a_leaflet_begins_with_what_every_purchase_earns() -> None:
    opening = leaflet(ENGLISH, program())[0]

    assert opening == Paragraph(
        "Everything Club",
        (
            "1 point for every €1.00 spent on everything except tobacco.",
            "Valid from Jan 1, 2026 to Dec 31, 2027.",
            "Counts in the stores Milano and Roma and in the shop and online.",
        ),
    )


def test_a_leaflet_has_a_part_for_everything_there_is() -> None:
    titles = [part.title for part in leaflet(ENGLISH, program())]

    assert titles == [
        "Everything Club",
        "How you earn more",
        "Presents for you",
        "Where you pay less",
        "What you get",
        "Collect and win",
        "Your level",
        "Membership",
        "Our partners",
        "Good to know",
        "How the program ends",
        "Questions?",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Books: half as much again — 1 point for every €2.00 spent on books.",
        "50 points for joining, once for each member.",
        "What is your name? Your answer brings 5 points.",
        "Tell us your birthday: 20 points.",
        "Which cake? Your answer brings 5 points.",
        "A cup of tea on every 5th visit.",
        "Apples: €0.99.",
        "5% off with the membership “Plus”.",
        "1,000 points = €10.00 off.",
        "300 points + €4.90 = A mug.",
        "With a voucher: 20% off between 18:00 and 20:00.",
        "A stamp for each purchase; 10 stamps = 50 points; then it begins again.",
        "A whole week: a visit on 7 days in a row = a chance to win (1 in 20); once only.",
        "A stamp for each piece of tea; 5 stamps = 5 points; then it begins again.",
        "Chance to win 5% each time; prizes: 5 × A mug.",
        "Guest: from the first day on.",
        "Friend: from 10 visits this year.",
        "Goods marked “preview”: only for members at level Friend (until Jun 1, 2026).",
        "Plus: €29.00 for 12 months; with it: 5% off.",
        "Cards that are accepted too: Volo.",
        "At most 500 points a day.",
        "Status: count for the level only and cannot be spent.",
        "Each transfer costs 1 point.",
        "Your date of birth is asked for.",
        "The last day to collect is Dec 31, 2027, the last day to redeem Feb 29, 2028.",
        "What is left then goes over into the new program “Everything 2028”: 1 counts 0.5.",
        "At the counter.",
    ],
)
def test_a_leaflet_says_each_thing_in_a_sentence(line: str) -> None:
    assert line in lines(leaflet(ENGLISH, program()))


@pytest.mark.parametrize(
    "line",
    [
        "Document everything, version 7.",
        "Tobacco.",
        "Books: half as much again: Half a step and more is rounded up, less is rounded down.",
        "Where several of these hold, only the one that gives most counts.",
        "What counts is the price before discounts and rewards.",
        (
            "1,000 points = €10.00 off. Once on each receipt. "
            "The balance must be at least: 1,500 points. It pays at most 50% of the receipt. "
            "At least €1.00 is paid in money. It does not go together with other discounts. "
            "With a printed card at most 2,000 points; more with the pass. "
            "Your PIN is asked for. It is not to be had while the till is offline."
        ),
        (
            "300 points + €4.90 = A mug. There is 1 of it. "
            "When it is out of stock it is reserved for you. Your date of birth is asked for."
        ),
        "When a level is not reached again, you go down one level.",
        "A level is kept for 1 more day.",
        "What was used for them is not given back.",
        "From Jan 1, 2027 on amounts are in USD: 1.1 EUR = 1 USD. Points stay as they are.",
    ],
)
def test_terms_say_what_a_leaflet_leaves_out(line: str) -> None:
    assert line in lines(terms(ENGLISH, program()))


def test_terms_are_numbered_throughout() -> None:
    _, *parts = terms(ENGLISH, program())

    assert [part.title.partition(".")[0] for part in parts] == [
        str(number) for number in range(1, len(parts) + 1)
    ]


@pytest.mark.parametrize(
    ("ends", "line"),
    [
        ("", "The program has no end date; changes are announced beforehand."),
        ("valid_until = 2026-12-31", "The program ends on Dec 31, 2026."),
    ],
)
def test_terms_say_when_a_program_without_a_closing_ends(ends: str, line: str) -> None:
    plain = (
        f'id = "a"\nversion = 1\ncurrency = "EUR"\nvalid_from = 2026-01-01\n{ends}\nname.en = "A"'
    )

    assert line in lines(terms(ENGLISH, program(plain)))


def test_a_program_without_rules_is_told_all_the_same() -> None:
    plain = 'id = "a"\nversion = 1\ncurrency = "EUR"\nvalid_from = 2026-01-01\nname.en = "A"'

    assert leaflet(ENGLISH, program(plain)) == (Paragraph("A", ("Valid from Jan 1, 2026 on.",)),)


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("tell", [leaflet, terms])
def test_everything_is_told_in_every_language(language: str, tell: Tell) -> None:
    told = lines(tell(TONGUES[language], program()))

    assert [line for line in told if flaws(line) or not line.endswith(ENDS)] == []
    assert len(told) == len(lines(tell(ENGLISH, program())))


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
@pytest.mark.parametrize("language", TONGUES)
def test_every_program_that_comes_along_reads_well(file: Path, language: str) -> None:
    known = read_program(file.read_text(encoding="utf-8"), file.name)
    words = TONGUES[language]

    told = [*lines(leaflet(words, known)), *lines(terms(words, known))]

    assert [(line, flaws(line)) for line in told if flaws(line)] == []
    assert [line for line in told if line[0].islower()] == []
