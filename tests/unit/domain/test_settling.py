"""Settling with partners: exact, and the same figure in both companies' books."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.domain.programs.schemes import Partner
from pos_loyalty.domain.settling import PartnerMovement, Settlement, settle

BANK = Partner("bank", "The Bank", settle_minor=Fraction(1, 3))
FUEL = Partner("fuel", "The Fuel", settle_minor=Fraction(9, 10))
MAY = date(2026, 5, 17)


def test_a_month_is_added_up_for_every_partner() -> None:
    movements = (
        PartnerMovement("bank", date(2026, 5, 1), issued=100),
        PartnerMovement("bank", date(2026, 5, 31), issued=50, redeemed=20),
        PartnerMovement("bank", date(2026, 6, 1), issued=999),
        PartnerMovement("bank", date(2025, 5, 9), issued=999),
    )

    settled = settle(MAY, movements, (BANK, FUEL))

    assert settled == (Settlement("bank", 150, 20, 43), Settlement("fuel", 0, 0, 0))


@pytest.mark.parametrize(
    ("issued", "redeemed", "owed"),
    [(5, 0, 5), (0, 5, -5), (10, 5, 5), (1, 0, 1), (0, 1, -1), (-5, 0, -5)],
)
def test_halves_are_rounded_away_from_nothing_on_the_sum(
    issued: int, redeemed: int, owed: int
) -> None:
    move = PartnerMovement("fuel", MAY, issued, redeemed)

    assert settle(MAY, (move,), (FUEL,))[0].owed_minor == owed


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_partners_own_books_show_the_same_with_the_other_sign(
    issued: int, redeemed: int
) -> None:
    ours = settle(MAY, (PartnerMovement("bank", MAY, issued, redeemed),), (BANK,))
    theirs = settle(MAY, (PartnerMovement("bank", MAY, redeemed, issued),), (BANK,))

    assert ours[0].owed_minor == -theirs[0].owed_minor


def test_a_company_that_is_no_partner_is_not_settled_with() -> None:
    with pytest.raises(ValueError, match="no partner"):
        settle(MAY, (PartnerMovement("else", MAY, 1),), (BANK,))
