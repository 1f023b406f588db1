from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.ports.documents import (
    Align,
    Bitmap,
    Columns,
    Cut,
    Gap,
    PrintDocument,
    QrCode,
    Rule,
    Text,
)
from pos_loyalty.ports.layout import cells, lay_out, plain_text, printable, wrapped


def text_of(*blocks: Text | Columns | Rule | Gap | QrCode | Cut, columns: int = 12) -> list[str]:
    return plain_text(PrintDocument("en", blocks), columns).splitlines()


def test_a_figure_stands_at_the_right_edge() -> None:
    assert text_of(Columns("Total", "9.50")) == ["Total   9.50"]


def test_a_long_label_wraps_and_its_figure_stays_whole_on_the_last_line() -> None:
    assert text_of(Columns("Organic oat milk", "3.20")) == ["Organic", "oat", "milk    3.20"]


def test_a_label_that_leaves_no_room_gives_its_figure_a_line_of_its_own() -> None:
    assert text_of(Columns("Milk", "123456789.00")) == ["Milk", "123456789.00"]


def test_a_figure_without_a_label_needs_one_line_even_when_it_fills_the_paper() -> None:
    assert text_of(Columns("", "123456789.00")) == ["123456789.00"]


def test_a_word_longer_than_the_paper_is_cut() -> None:
    assert text_of(Text("ABCDEFGHIJKLMNOP")) == ["ABCDEFGHIJKL", "MNOP"]


def test_large_print_has_half_the_columns() -> None:
    assert text_of(Text("eight letters", large=True)) == ["eight", "letter", "s"]


def test_a_chinese_character_is_two_cells_wide() -> None:
    assert text_of(Text("你好你好你好你")) == ["你好你好你好", "你"]


def test_centred_and_right_lines_are_padded_in_the_text_twin() -> None:
    lines = text_of(Text("ab", align=Align.CENTRE), Text("ab", align=Align.RIGHT))

    assert lines == ["     ab", "          ab"]


def test_a_code_is_shown_in_brackets_with_its_caption_below() -> None:
    lines = text_of(Rule(), QrCode("LY1:ABC", "your pass"), Gap(2), Cut())

    assert lines == ["---", "[QR LY1:ABC]", " your pass", "", "", "[cut]"]


def test_control_characters_never_reach_the_paper() -> None:
    assert printable("a\x1b\x1d\x10\x00\x9b\x85b\tc") == "ab c"


@given(st.text(max_size=80), st.text(max_size=40), st.integers(4, 48))
def test_no_line_is_wider_than_the_paper(left: str, right: str, columns: int) -> None:
    document = PrintDocument("en", (Columns(left, right), Text(left)))

    lines = plain_text(document, columns).split("\n")

    assert all(cells(line) <= columns for line in lines)


@given(st.text(max_size=80), st.integers(2, 48))
def test_wrapping_loses_no_letter(text: str, columns: int) -> None:
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(
        printable(text.replace("\n", " ")).split()
    )


def test_laying_out_keeps_the_order_of_the_blocks() -> None:
    document = PrintDocument("en", (Rule(), Gap(), Cut()))

    assert tuple(lay_out(document, 32)) == document.blocks


def test_a_bitmap_has_as_many_bytes_as_its_rows_need() -> None:
    assert Bitmap(9, 2, bytes(4)).height_px == 2
    with pytest.raises(ValueError, match="9×2"):
        Bitmap(9, 2, bytes(3))


def test_an_indented_line_keeps_its_indent_on_paper() -> None:
    assert wrapped("  2 × 1.19", 20) == ["  2 × 1.19"]
