from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.devices.agreement import Agreement
from pos_loyalty.devices.backoff import retry_after_s
from pos_loyalty.devices.cascade import Cascade
from pos_loyalty.devices.repeats import Repeats
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.ports.devices import Frame

CARD = Scan("CARD-17", Symbology.CODE128)
MISREAD = Scan("CARD-77", Symbology.CODE128)
FRAME = Frame(1, 1, b"\x00")


def never(_: Scan) -> bool:
    return False


def test_a_code_seen_once_is_not_believed_yet() -> None:
    assert Agreement(never).see([CARD]) == ()


def test_a_code_seen_in_two_frames_is_believed() -> None:
    agreement = Agreement(never)
    agreement.see([CARD])

    assert agreement.see([CARD]) == (CARD,)


def test_a_code_may_be_missed_in_one_of_three_frames() -> None:
    agreement = Agreement(never)
    agreement.see([CARD])
    agreement.see([])

    assert agreement.see([CARD]) == (CARD,)


def test_two_sightings_too_far_apart_are_not_believed() -> None:
    agreement = Agreement(never)
    agreement.see([CARD])
    agreement.see([])
    agreement.see([])

    assert agreement.see([CARD]) == ()


def test_a_misread_code_does_not_hide_the_right_one() -> None:
    agreement = Agreement(never)
    agreement.see([CARD])
    agreement.see([MISREAD])

    assert agreement.see([CARD]) == (CARD,)


def test_a_code_that_proves_itself_is_believed_at_once() -> None:
    assert Agreement(lambda scan: scan == CARD).see([MISREAD, CARD]) == (CARD,)


def test_the_same_code_by_two_decoders_is_one_sighting() -> None:
    agreement = Agreement(never)

    assert agreement.see([CARD, Scan("CARD-17")]) == ()


def test_a_code_held_in_view_is_one_scan() -> None:
    repeats = Repeats(held_s=2)

    seen = [repeats.is_new("CARD", tenth / 10) for tenth in range(100)]

    assert seen == [True] + [False] * 99


def test_a_code_shown_again_after_a_pause_is_another_scan() -> None:
    repeats = Repeats(held_s=2)
    repeats.is_new("CARD", 10)

    assert not repeats.is_new("CARD", 11.9)
    assert repeats.is_new("CARD", 13.9)


def test_two_codes_held_together_are_one_scan_each() -> None:
    repeats = Repeats(held_s=3)

    seen = [repeats.is_new(text, at) for at, text in enumerate("ABABAB")]

    assert seen == [True, True, False, False, False, False]


@given(st.lists(st.text(max_size=3), max_size=100))
def test_only_so_many_codes_are_remembered(texts: list[str]) -> None:
    repeats = Repeats(held_s=1000)
    for text in texts:
        repeats.is_new(text, 0)

    assert len(repeats._seen_at) <= 16  # noqa: SLF001 - the limit is the fact


class Efforts:
    """A decoder of which only some efforts find the code; it remembers which were made."""

    def __init__(self, *finds: bool) -> None:
        self.finds = list(finds)
        self.made: list[int] = []

    def steps(self) -> int:
        return len(self.finds)

    def decode(self, frame: Frame, step: int) -> tuple[Scan, ...]:
        assert frame is FRAME
        self.made.append(step)
        return (CARD,) if self.finds[step] else ()


def test_a_code_held_well_costs_one_cheap_effort() -> None:
    decoder = Efforts(True, True)  # noqa: FBT003 - one for each effort

    assert Cascade([decoder]).look(FRAME) == (CARD,)
    assert decoder.made == [0]


def test_dearer_efforts_take_turns_over_the_frames() -> None:
    decoder = Efforts(False, False, False)  # noqa: FBT003 - one for each effort
    cascade = Cascade([decoder])

    for _ in range(4):
        cascade.look(FRAME)

    assert decoder.made == [0, 1, 0, 2, 0, 1, 0, 2]


def test_an_effort_that_found_something_is_made_again_so_that_frames_agree() -> None:
    first, second = Efforts(False, False), Efforts(True)  # noqa: FBT003 - one for each effort
    cascade = Cascade([first, second])

    found = [bool(cascade.look(FRAME)) for _ in range(4)]

    assert found == [False, True, True, True]


def test_a_frame_missed_now_and_then_does_not_start_the_round_again() -> None:
    decoder = Efforts(False, False, True)  # noqa: FBT003 - one for each effort
    cascade = Cascade([decoder])
    cascade.look(FRAME)
    cascade.look(FRAME)

    decoder.finds[2] = False
    cascade.look(FRAME)
    decoder.finds[2] = True

    assert cascade.look(FRAME) == (CARD,)


def test_one_decoder_with_one_effort_is_a_cascade_too() -> None:
    assert Cascade([Efforts(False)]).look(FRAME) == ()  # noqa: FBT003 - its only effort


def test_waiting_grows_from_a_quarter_second_to_five() -> None:
    waits = [retry_after_s(failures, 0) for failures in range(7)]

    assert waits == [0.25, 0.5, 1, 2, 4, 5, 5]


@given(st.integers(0, 10**9), st.floats(0, 1))
def test_jitter_shortens_a_wait_by_no_more_than_half(failures: int, jitter: float) -> None:
    longest_s = retry_after_s(failures, 0)

    assert longest_s / 2 <= retry_after_s(failures, jitter) <= longest_s <= 5
