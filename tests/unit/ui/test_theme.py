"""Everything can be read, by day, by night, and in any shop's colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.ui.theme import CONTRAST_TEXT_MIN, THEMES, Tokens, contrast, rgb_of, with_accent

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def readable(text: str, ground: str) -> bool:
    return contrast(rgb_of(text), rgb_of(ground)) >= CONTRAST_TEXT_MIN


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_stands_out_from_its_ground(theme: Tokens) -> None:
    pairs = (
        (theme.ink, theme.ground),
        (theme.ink_quiet, theme.ground),
        (theme.ink_quiet, theme.surface),
        (theme.ink_quiet, theme.sunken),
        (theme.accent, theme.surface),
        (theme.accent, theme.soft),
        (theme.accent_ink, theme.accent),
        (theme.amber, theme.amber_soft),
        (theme.red, theme.red_soft),
        (theme.blue, theme.blue_soft),
    )

    assert [pair for pair in pairs if not readable(*pair)] == []


@given(colours, st.sampled_from(sorted(THEMES)))
def test_any_colour_of_a_shop_becomes_one_that_can_be_read(colour: str, name: str) -> None:
    dressed = with_accent(THEMES[name], colour)

    assert readable(dressed.accent, dressed.surface)
    assert readable(dressed.accent_ink, dressed.accent)


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    dressed = with_accent(THEMES["light"], "#0B6E4F")

    assert dressed.accent == "#0B6E4F"


def test_a_colour_with_a_typo_is_refused_with_its_text() -> None:
    with pytest.raises(ValueError, match="#0B6E"):
        with_accent(THEMES["light"], "#0B6E")
