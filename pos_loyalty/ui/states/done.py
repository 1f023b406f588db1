"""What the sale that was just closed shows, until the next one begins."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is."""

    label: str
    value: str
    gained: bool = False


@dataclass(frozen=True, slots=True)
class DoneState:
    """What was paid, what to give back, what the member has now, and where the receipt is."""

    title: str  # "Sale 5 is done"
    paid: str  # "34.95 € in cash"
    receipt: Remark
    change_label: str = ""  # "Change", with what was given. Empty: nothing to give back.
    change: str = ""
    figures: tuple[Figure, ...] = ()  # Before, earned, after. Empty: no member.
    also: str = ""  # What else she got: "+1 stamp · Gold · a voucher".
    state: Remark | None = None  # What state the balance is in.
    rate: str = ""  # The words on the key that rates. Empty: it cannot be rated.
    rating: bool = False  # Whether a mark is being given.
    rated: Remark | None = None  # What became of it.
    print_again: str = ""  # The words on the key. Empty: nothing to print again.
