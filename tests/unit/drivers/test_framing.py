from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.serial_scanner.framing import SCAN_BYTES_MAX, Framing


def scans_in(*received: bytes) -> tuple[bytes, ...]:
    framing = Framing()
    complete: tuple[bytes, ...] = ()
    for part in received:
        framing, found = framing.feed(part)
        complete += found
    return complete


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03"])
def test_a_scan_ends_with_whatever_the_scanner_is_set_to(end: bytes) -> None:
    assert scans_in(b"4006381333931" + end + b"CARD" + end) == (b"4006381333931", b"CARD")


def test_start_marks_and_padding_are_no_part_of_a_scan() -> None:
    assert scans_in(b"\x00\x00\x02CA\x00RD\x03") == (b"CARD",)


def test_a_group_separator_stays_in_a_scan() -> None:
    assert scans_in(b"]C110ABC\x1d217\r") == (b"]C110ABC\x1d217",)


def test_other_control_characters_stay_for_the_resolver_to_refuse() -> None:
    assert scans_in(b"CA\x1bRD\x07\r") == (b"CA\x1bRD\x07",)


def test_silence_ends_a_scan_that_has_no_terminator() -> None:
    framing, complete = Framing().feed(b"CARD")
    assert complete == ()

    framing, complete = framing.silence()

    assert (framing, complete) == (Framing(), (b"CARD",))


def test_silence_between_scans_is_no_scan() -> None:
    assert Framing().silence() == (Framing(), ())


def test_an_endless_scan_is_cut_and_its_rest_is_not_taken_for_another() -> None:
    complete = scans_in(b"A" * 3000, b"B" * 3000, b"C" * 3000 + b"\rCARD\r")

    assert complete == (b"A" * 3000 + b"B" * (SCAN_BYTES_MAX - 3000), b"CARD")


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_how_the_bytes_arrive_does_not_matter(parts: list[bytes]) -> None:
    assert scans_in(*parts) == scans_in(b"".join(parts))


@given(st.lists(st.text("0123456789ABC:]\x1d", min_size=1, max_size=60), max_size=10))
def test_every_scan_that_was_sent_arrives_whole(sent: list[str]) -> None:
    raw = b"".join(text.encode() + b"\r\n" for text in sent)

    assert scans_in(raw) == tuple(text.encode() for text in sent)


@given(st.lists(st.binary(max_size=3000), max_size=10))
def test_a_scan_is_never_longer_than_the_limit(parts: list[bytes]) -> None:
    framing = Framing()
    for part in parts:
        framing, complete = framing.feed(part)
        assert all(0 < len(scan) <= SCAN_BYTES_MAX for scan in complete)
        assert len(framing.held) <= SCAN_BYTES_MAX
