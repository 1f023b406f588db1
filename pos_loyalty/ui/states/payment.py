"""What the total, the points to earn and the pay keys show."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark, Tone


@dataclass(frozen=True, slots=True)
class PaymentState:
    """What to pay, what it brings, and how to pay."""

    total: str
    cash: str  # "Cash 34.95 €"
    earned: str = ""  # "+74 points". Empty: nothing to say.
    earned_note: str = ""  # "29 base · 15 own brand"
    earned_tone: Tone = Tone.GOOD
    saved: str = ""  # "€2.40 saved · member price". Empty: nothing.
    change: Remark | None = None  # "15.05 € change", or what is missing. None: no cash was typed.
    notes: tuple[str, ...] = ()  # Banknotes she may get, larger than the total.
    payable: bool = False
    busy: bool = False
    giving: bool = False  # The line for typing takes the cash given.
