from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos_loyalty.domain.credentials import (
    Badge,
    CardRange,
    EnrolmentCode,
    MemberNumber,
    OurCard,
    OurPass,
    Phone,
    Product,
    Recognised,
    ShopTables,
    Unreadable,
    resolve,
)
from pos_loyalty.domain.gtin import check_digit
from pos_loyalty.domain.payment_cards import is_payment_card
from pos_loyalty.domain.scans import Scan, Symbology, read_aim

GSRN = "801234567890123458"
CARD = "2912345678906"
SMALL = "0400123456782"  # Of a range that begins with a zero.
LONG = "634012345678901092"
PRODUCT = "4006381333931"
GS = "\x1d"


def italian_phone(text: str) -> str | None:
    digits = re.sub(r"[ /-]", "", text).removeprefix("+39")
    return f"+39{digits}" if re.fullmatch(r"3[0-9]{8,9}", digits) else None


TABLES = ShopTables((CardRange("29"), CardRange("04"), CardRange("6340", 18)), italian_phone)


def read(text: str, symbology: Symbology | None = None, *, gs1: bool = False) -> Recognised:
    return resolve(Scan(text, symbology, gs1), TABLES)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("LY1:6BF", OurPass("LY1:6BF")),
        ("LB1:K7-carla", Badge("K7-carla")),
        ("LE1:https://shop.example#x", EnrolmentCode("LE1:https://shop.example#x")),
        (CARD, OurCard(CARD)),
        (SMALL, OurCard(SMALL)),
        (LONG, OurCard(LONG)),
        (GSRN, MemberNumber(GSRN)),
        (f"8018{GSRN}", MemberNumber(GSRN)),
        (f"(8018){GSRN}", MemberNumber(GSRN)),
        (f"(8018){GSRN}(8019)07", MemberNumber(GSRN)),
        (f"https://id.example.org/8018/{GSRN}", MemberNumber(GSRN)),
        (f"HTTPS://ID.EXAMPLE.ORG/8018/{GSRN}?x=1", MemberNumber(GSRN)),
        (PRODUCT, Product("04006381333931")),
        ("40170725", Product("00000040170725")),
        ("036000291452", Product("00036000291452")),
        ("10012345000017", Product("10012345000017")),
        ("(01)04006381333931(17)261231", Product("04006381333931")),
        ("https://shop.example/01/04006381333931/10/A", Product("04006381333931")),
        ("https://shop.example/01/4006381333931", Product("04006381333931")),
        ("333 123-4567", Phone("+393331234567")),
        ("+39 333 1234567", Phone("+393331234567")),
        ("4111 1111 1111 1111", Unreadable.PAYMENT_CARD),
        (";4111111111111111=28121010000000000?", Unreadable.PAYMENT_CARD),
        ("", Unreadable.EMPTY),
        ("   ", Unreadable.EMPTY),
        ("x" * 513, Unreadable.TOO_LONG),
        ("Anna\r", Unreadable.CONTROL_CHARACTERS),
        ("\x1b[A", Unreadable.CONTROL_CHARACTERS),
        ("a\x85", Unreadable.CONTROL_CHARACTERS),
        ("LB1:\ud800", Unreadable.CONTROL_CHARACTERS),
        (f"8018{GSRN}{GS}91x", Unreadable.CONTROL_CHARACTERS),  # Not announced as GS1.
        ("Anna Rossi", Unreadable.UNKNOWN),
        ("12345", Unreadable.UNKNOWN),
        ("x" * 512, Unreadable.UNKNOWN),
        ("٣٣٣١٢٣٤٥٦٧٨٩٠", Unreadable.UNKNOWN),
        ("²" * 13, Unreadable.UNKNOWN),
    ],
)
def test_a_text_is_what_the_table_says(text: str, meaning: Recognised) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (f"8018{GSRN}{GS}8019123", MemberNumber(GSRN)),
        (f"8018{GSRN}8019123", MemberNumber(GSRN)),
        (f"8018{GSRN}{GS}91anything", MemberNumber(GSRN)),
        (f"{GS}8018{GSRN}", MemberNumber(GSRN)),
        (f"01040063813339311726123110A{GS}21B", Product("04006381333931")),
        ("0104006381333932", Unreadable.WRONG_CHECK_DIGIT),
        (f"8018{GSRN[:-1]}9", Unreadable.WRONG_CHECK_DIGIT),
        (f"01040063813339311\r{GS}", Unreadable.CONTROL_CHARACTERS),
        ("01123", Unreadable.UNKNOWN),
    ],
)
def test_element_strings_of_gs1_are_split_by_their_separator(
    text: str, meaning: Recognised
) -> None:
    assert read(text, Symbology.DATA_MATRIX, gs1=True) == meaning


@pytest.mark.parametrize(
    ("text", "symbology"),
    [
        (CARD, Symbology.EAN13),
        (CARD, Symbology.QR),
        (f"0{CARD}", Symbology.ITF),
        (f"00000{CARD}", Symbology.CODE128),
        (CARD[:-1], Symbology.CODE39),
        (CARD[:-1], None),
        (f"0{CARD[:-1]}", Symbology.PDF417),
        (SMALL, Symbology.EAN13),
        (SMALL[1:], Symbology.UPC_A),
        (SMALL[1:], None),
        (f"0{SMALL}", Symbology.ITF),
        (SMALL[:-1], Symbology.AZTEC),
        (SMALL[:-1], None),
        (SMALL[1:-1], Symbology.CODE128),
    ],
)
def test_a_card_that_a_wallet_drew_again_is_the_same_card(
    text: str, symbology: Symbology | None
) -> None:
    assert read(text, symbology) == OurCard(CARD if "2912" in text else SMALL)


@given(st.text("0123456789", min_size=10, max_size=10), st.sampled_from(("29", "04")))
def test_every_card_of_the_shop_is_known_in_every_form(digits: str, prefix: str) -> None:
    number = prefix + digits + check_digit(prefix + digits)
    forms = (number, f"0{number}", number[:-1])

    assert {read(form) for form in forms} == {OurCard(number)}
    assert read(number.lstrip("0"), Symbology.UPC_A) == OurCard(number)


@given(st.text("0123456789", min_size=10, max_size=10), st.integers(0, 12), st.integers(1, 9))
def test_a_damaged_card_never_names_another_member(digits: str, place: int, more: int) -> None:
    number = "29" + digits + check_digit("29" + digits)
    misread = str((int(number[place]) + more) % 10)

    found = read(number[:place] + misread + number[place + 1 :], Symbology.EAN13)

    # With a 4 at its head it may look like a payment card of thirteen digits.
    assert found in {Unreadable.WRONG_CHECK_DIGIT, Unreadable.PAYMENT_CARD}


def test_a_telephone_is_no_card_that_lost_its_zero_and_its_check_digit() -> None:
    assert read("41446681800") is Unreadable.UNKNOWN


@pytest.mark.parametrize(
    ("text", "symbology"),
    [
        ("2912345678907", None),
        ("4006381333933", None),
        ("036000291453", Symbology.UPC_A),
        ("40170726", Symbology.EAN8),
        ("10012345000018", None),
        (f"8018{GSRN[:-1]}9", None),
        ("https://shop.example/01/04006381333932", None),
    ],
)
def test_a_number_with_a_misread_digit_is_called_damaged(
    text: str, symbology: Symbology | None
) -> None:
    assert read(text, symbology) is Unreadable.WRONG_CHECK_DIGIT


def test_a_small_pack_is_the_product_its_short_code_stands_for() -> None:
    assert read("04252614", Symbology.UPC_E) == Product("00042100005264")


def test_twelve_digits_with_a_check_digit_of_their_own_have_not_lost_one() -> None:
    product = "29123456789" + check_digit("29123456789")

    assert read(product, Symbology.UPC_A) == Product(product.zfill(14))
    assert isinstance(read(product, Symbology.CODE128), OurCard)


def test_a_number_in_a_range_of_the_shop_is_a_card_though_it_looks_like_a_payment_card() -> None:
    assert is_payment_card(LONG)
    assert read(LONG) == OurCard(LONG)


def test_two_ways_to_write_one_letter_are_one_text() -> None:
    assert read("LB1:Jose\u0301") == Badge("José")


@pytest.mark.parametrize(
    ("prefix", "length"), [("", 13), ("29", 2), ("2x", 13), ("٢٩", 13), ("29", 33)]
)
def test_a_range_of_cards_that_takes_everything_or_nothing_is_refused(
    prefix: str, length: int
) -> None:
    with pytest.raises(ValueError, match="no range of cards"):
        CardRange(prefix, length)


PREFIXES = ("LY1:", "LB1:", "8018", "(8018)", "01", "(01)", "]C1", "0", "https://x/01/", "/8018/")
ODDITIES = ("%B", "^", ";", "=", "+39", "\u0663", "²", " ", "\x00", "\ud800", GS)
near_misses = st.lists(
    st.sampled_from((*PREFIXES, *ODDITIES, GSRN, CARD, SMALL, PRODUCT)), max_size=8
).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=600) | near_misses
symbologies = st.none() | st.sampled_from(Symbology)


@settings(max_examples=500)
@given(anything, symbologies, st.booleans())
@example("\u0958" * 512, None, False)  # noqa: FBT003 - NFC makes it longer.
def test_every_text_whatsoever_has_an_answer(
    text: str,
    symbology: Symbology | None,
    gs1: bool,  # noqa: FBT001 - drawn
) -> None:
    answer = resolve(Scan(text, symbology, gs1), TABLES)

    assert isinstance(answer, Recognised)


@settings(max_examples=300)
@given(anything)
def test_every_line_a_scanner_sends_is_some_scan(raw: str) -> None:
    scan = read_aim(raw)

    assert raw.endswith(scan.text)


def test_twenty_thousand_texts_that_almost_mean_something_have_an_answer() -> None:
    random = Random(20_000)  # noqa: S311 - the same texts every time
    parts = (*PREFIXES, *ODDITIES, GSRN, CARD, SMALL, PRODUCT, "4111111111111111", "A", "é")

    for _ in range(20_000):
        text = "".join(random.choices(parts, k=random.randrange(8)))
        scan = Scan(text, random.choice((None, *Symbology)), gs1=random.random() < 0.5)
        assert isinstance(resolve(scan, TABLES), Recognised)
