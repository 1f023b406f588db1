from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.lab.drawn_paper import draw
from pos_loyalty.lab.paper import Mark, UnknownCommand, read_paper


def test_paper_shows_what_a_printer_of_that_code_page_would_show() -> None:
    assert read_paper(b"\x1b@\x1c.\x1bt\x13\xd5 5\n", 80).text == "€ 5"
    assert read_paper(b"\x1b@\x1c.\x1bt\x11\x88\xe2\xae\xa3\xae\n", 80).text == "Итого"


def test_a_printer_left_in_its_chinese_mode_garbles_cyrillic() -> None:
    assert read_paper(b"\x1b@\x1bt\x11\x88\xe2\xae\xa3\xae\n", 80).text != "Итого"


def test_starting_anew_forgets_the_code_page() -> None:
    assert read_paper(b"\x1c.\x1bt\x11\x1b@\x88\n", 80).text != "И"


def test_drawer_and_cut_leave_no_text() -> None:
    slip = read_paper(b"\x1bp\x00\x32\x32\x1dVB\x00", 58)

    assert slip.printed == (Mark.DRAWER, Mark.CUT)


def test_a_line_that_was_not_ended_is_printed_all_the_same() -> None:
    assert read_paper(b"milk", 80).text == "milk"


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1bZ",
        b"\x1bt\x63",
        b"\x1dv0\x00\x48\x00\x01\x00abc",
        b"\x1dv0\x00\x49\x00\x01\x00" + bytes(0x49),
        b"\x1d(k\x02\x001Z",
        b"\x07",
        b"\x1ba",
        b"\x1ba\x09",
    ],
    ids=["command", "page", "cut-off-picture", "too-wide", "symbol", "bell", "cut-off", "align"],
)
def test_bytes_no_printer_of_ours_understands_are_a_mistake(sent: bytes) -> None:
    with pytest.raises(UnknownCommand):
        read_paper(sent, 80)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=100))
def test_plain_letters_print_as_themselves(text: str) -> None:
    assert read_paper(text.encode(), 80).text == text


def test_an_empty_slip_is_blank_paper() -> None:
    assert draw(read_paper(b"", 58)).shape == (60, 384)


@given(st.binary(max_size=60))
def test_whatever_is_sent_is_paper_or_a_named_mistake(sent: bytes) -> None:
    with suppress(UnknownCommand):
        read_paper(b"\x1b@\x1c." + sent, 80)
