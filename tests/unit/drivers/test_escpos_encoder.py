from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos_printer.encoder import DRAWER_KICK, encode
from drivers.escpos_printer.model import MODELS_BY_PAPER_MM, PrinterModel, known_model
from drivers.escpos_printer.raster import BAND_LINES_MAX, centred, raster
from pos_loyalty.lab.drawn_paper import draw
from pos_loyalty.lab.paper import Align as PaperAlign
from pos_loyalty.lab.paper import Picture, Qr, Slip, Words, read_paper
from pos_loyalty.ports.documents import (
    Align,
    Bitmap,
    Block,
    Columns,
    Cut,
    Gap,
    PrintDocument,
    QrCode,
    Rule,
    Text,
)
from tests.fakes.typesetter import Cv2Typesetter

WIDE = MODELS_BY_PAPER_MM["80"]
NARROW = MODELS_BY_PAPER_MM["58"]


def printed(*blocks: Block, model: PrinterModel = WIDE, paper_mm: int = 80) -> Slip:
    return read_paper(encode(PrintDocument("en", blocks), model, Cv2Typesetter()), paper_mm)


def codes_in(slip: Slip) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(draw(slip))]


def test_a_line_prints_as_it_is_written() -> None:
    assert printed(Columns("Milk", "1.20")).text == "Milk" + " " * 40 + "1.20"


def test_narrow_paper_has_32_columns() -> None:
    assert printed(Columns("Milk", "1.20"), model=NARROW, paper_mm=58).text == (
        "Milk" + " " * 24 + "1.20"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Caffè è già pronto: 1,20 €",
        "Итого: 5 баллов, Ёжик",
        "Общо точки: 12",
        "Åse & Ørn",
    ],
)
def test_a_code_page_prints_what_it_covers(text: str) -> None:
    assert printed(Text(text)).text == text


@pytest.mark.parametrize("text", ["你好 会员", "Общо: 12,50 €", "ѝ", "₽ 100", "★ Gold"])
def test_what_no_code_page_covers_is_set_in_real_type(text: str) -> None:
    typesetter = Cv2Typesetter()

    slip = read_paper(
        encode(PrintDocument("zh-CN", (Text(text), Text("ok"))), WIDE, typesetter), 80
    )

    assert typesetter.lines == [(text, "")]
    assert slip.text == "[picture 576×30]\nok"


def test_typographic_signs_do_not_drive_a_line_into_the_raster() -> None:
    assert printed(Text("“1\u202f000”\u2009–\u2009it’s")).text == '"1 000" - it\'s'
    assert printed(Text("1\u00a0000,50")).text == "1 000,50"
    assert printed(Text("«Привет» – да")).text == '"Привет" - да'


def test_code_pages_change_only_where_the_words_need_it() -> None:
    raw = encode(
        PrintDocument("ru", (Text("Итого"), Text("Total"), Text("5 €"), Text("È"))),
        WIDE,
        Cv2Typesetter(),
    )

    assert raw.count(b"\x1bt") == 2


def test_bold_and_large_and_centre_hold_for_their_line_only() -> None:
    slip = printed(Text("SHOP", bold=True, large=True, align=Align.CENTRE), Text("milk"))

    assert slip.printed == (
        Words("SHOP", PaperAlign.CENTRE, bold=True, large=True),
        Words("milk"),
    )


def test_large_print_fits_half_as_many_letters() -> None:
    lines = printed(Text("x" * 25, large=True)).text.splitlines()

    assert lines == ["x" * 24, "x"]


def test_a_rule_crosses_the_whole_paper() -> None:
    assert printed(Rule()).text == "─" * 48


def test_gaps_and_the_cut_come_where_they_stand() -> None:
    slip = printed(Text("a"), Gap(3), Text("b"), Cut(), Text("second slip"), Cut())

    assert slip.text == "a\n\n\n\nb\n[cut]\nsecond slip\n[cut]"
    assert slip.cuts == 2


def test_the_printer_draws_a_qr_code_that_a_camera_reads() -> None:
    slip = printed(QrCode("LY1:6BF+70790T9WJWG", "your pass"))

    assert slip.qr_texts == ("LY1:6BF+70790T9WJWG",)
    assert slip.text == "[QR LY1:6BF+70790T9WJWG]\nyour pass"
    assert codes_in(slip) == ["LY1:6BF+70790T9WJWG"]


@pytest.mark.parametrize("length", [1, 100, 500, 1200])
@pytest.mark.parametrize(("model", "paper_mm"), [(WIDE, 80), (NARROW, 58)])
def test_a_qr_code_fits_the_paper_and_is_readable(
    length: int, model: PrinterModel, paper_mm: int
) -> None:
    text = ("LR1:" + "A7B-9" * 300)[:length]

    for way in (model, replace(model, native_qr=False)):
        slip = printed(QrCode(text), model=way, paper_mm=paper_mm)
        assert codes_in(slip) == [text]


def test_a_printer_without_qr_codes_gets_a_picture() -> None:
    slip = printed(QrCode("LY1:ABC"), model=replace(WIDE, native_qr=False))

    assert slip.qr_texts == ()
    assert codes_in(slip) == ["LY1:ABC"]


def test_a_printer_without_code_pages_gets_everything_in_real_type() -> None:
    slip = printed(Text("Total"), Rule(), model=replace(WIDE, code_pages=()))

    assert [type(item) for item in slip.printed] == [Picture, Picture]


def test_centred_real_type_stands_in_the_middle() -> None:
    slip = printed(Text("你好", align=Align.CENTRE))
    dark = np.flatnonzero((draw(slip) < 128).any(axis=0))

    assert abs((dark[0] + dark[-1]) / 2 - 576 / 2) <= 1


def test_right_aligned_real_type_stands_at_the_right_edge() -> None:
    slip = printed(Text("你好", align=Align.RIGHT))
    dark = np.flatnonzero((draw(slip) < 128).any(axis=0))

    assert dark[0] > 400


def test_a_figure_beside_a_chinese_label_stands_at_the_right_edge() -> None:
    typesetter = Cv2Typesetter()

    encode(PrintDocument("zh-CN", (Columns("余额", "120"),)), WIDE, typesetter)

    assert typesetter.lines == [("余额", "120")]


def test_a_tall_picture_goes_out_in_bands() -> None:
    tall = Bitmap(16, 600, bytes(range(1, 241)) * 5)

    slip = read_paper(raster(tall), 80)

    pictures = [item for item in slip.printed if isinstance(item, Picture)]
    assert [band.height_px for band in pictures] == [BAND_LINES_MAX, BAND_LINES_MAX, 88]
    assert (
        sum(a != b for a, b in zip(b"".join(p.bits for p in pictures), tall.bits, strict=True)) == 0
    )


def test_a_picture_never_holds_a_command_the_printer_would_obey_at_once() -> None:
    picture = Bitmap(40, 3, b"\x10\x14\x01\x00\x05" + b"\x10\x04\x01\x10\x05" + bytes(5))

    sent = raster(picture)

    assert not any(command in sent for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@given(
    st.integers(1, 60).flatmap(
        lambda width: st.tuples(st.just(width), st.integers(0, 2**width - 1))
    )
)
def test_centring_keeps_every_dot(picture: tuple[int, int]) -> None:
    width, row = picture
    row_bytes = (width + 7) // 8
    bits = (row << (row_bytes * 8 - width)).to_bytes(row_bytes, "big")

    moved = int.from_bytes(centred(Bitmap(row_bytes * 8, 1, bits)).bits, "big")

    assert moved.bit_count() == row.bit_count()
    if moved:
        blank_left = row_bytes * 8 - moved.bit_length()
        blank_right = (moved & -moved).bit_length() - 1
        assert abs(blank_left - blank_right) <= 1


anything = st.text(
    st.one_of(st.characters(max_codepoint=0xFF), st.characters(codec="utf-8")), max_size=60
)


@given(anything, anything, anything)
def test_no_text_can_give_the_printer_a_command(left: str, right: str, code: str) -> None:
    document = PrintDocument("en", (Text(left), Columns(left, right), QrCode(code or "x", right)))

    slip = read_paper(encode(document, WIDE, Cv2Typesetter()), 80)

    assert slip.drawer_kicks == slip.cuts == 0
    assert all(isinstance(item, Words | Picture | Qr) for item in slip.printed)
    assert not any(
        ord(c) < 0x20 for item in slip.printed if isinstance(item, Words) for c in item.text
    )


def test_the_drawer_is_kicked_once() -> None:
    assert read_paper(DRAWER_KICK, 80).drawer_kicks == 1


def test_a_known_printer_brings_its_width_and_code_pages() -> None:
    model = known_model("TM-T88V", WIDE)

    assert (model.columns, model.dots, model.native_qr) == (42, 512, True)
    assert {page.codec: page.slot for page in model.code_pages} == {"cp858": 19, "cp866": 17}


def test_a_known_printer_of_unknown_width_keeps_the_width_of_its_paper() -> None:
    assert known_model("RP326", WIDE).dots == WIDE.dots
