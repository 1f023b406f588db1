"""A scanner that types is told from a person by its rhythm."""

from __future__ import annotations

from pos_loyalty.ui.wedge_rhythm import CHARACTERS_MAX, Burst, Stroke, WedgeRhythm

CARD = "2900000012346"


def typed(text: str, *, gap_ms: int, start_ms: int = 1000) -> tuple[WedgeRhythm, int]:
    rhythm = WedgeRhythm()
    at_ms = start_ms
    for sign in text:
        at_ms += gap_ms
        rhythm.typed(Stroke(sign, place=0, shifted=False, at_ms=at_ms))
    return rhythm, at_ms


def test_a_card_typed_in_a_burst_is_a_scan() -> None:
    rhythm, at_ms = typed(CARD, gap_ms=8)

    assert rhythm.ended(at_ms + 8) == Burst(CARD, CARD)


def test_an_amount_typed_by_a_person_is_no_scan() -> None:
    rhythm, at_ms = typed("1234.50", gap_ms=80)

    assert rhythm.ended(at_ms + 80) is None


def test_a_short_burst_is_no_scan() -> None:
    rhythm, at_ms = typed("12345", gap_ms=8)

    assert rhythm.ended(at_ms + 8) is None


def test_enter_after_a_pause_ends_no_scan() -> None:
    rhythm, at_ms = typed(CARD, gap_ms=8)

    assert rhythm.ended(at_ms + 400) is None


def test_what_a_person_typed_before_the_scan_is_not_part_of_it() -> None:
    rhythm, at_ms = typed("50", gap_ms=90)
    for place, sign in enumerate(CARD):
        at_ms += 5 if place else 40
        rhythm.typed(Stroke(sign, place=0, shifted=False, at_ms=at_ms))

    assert rhythm.ended(at_ms + 5) == Burst(CARD, CARD)


def test_a_scanner_under_a_russian_layout_is_read_by_the_places_of_its_keys() -> None:
    rhythm = WedgeRhythm()
    strokes = (("Д", 38, True), ("Ы", 31, True), ("1", 2, False), ("Ж", 39, True), ("Ф", 30, True))
    for at_ms, (shown, place, shifted) in enumerate((*strokes, ("7", 8, False)), start=1):
        rhythm.typed(Stroke(shown, place=place, shifted=shifted, at_ms=at_ms))

    burst = rhythm.ended(8)

    assert burst == Burst("LS1:A7", "ДЫ1ЖФ7")


def test_a_key_that_no_scanner_types_begins_anew() -> None:
    rhythm, at_ms = typed(CARD, gap_ms=8)

    rhythm.forget()

    assert rhythm.ended(at_ms + 8) is None


def test_a_scanner_gone_mad_fills_no_memory() -> None:
    rhythm, at_ms = typed("7" * (CHARACTERS_MAX + 10), gap_ms=1)

    burst = rhythm.ended(at_ms + 1)

    assert burst is not None
    assert len(burst.text) == 10
