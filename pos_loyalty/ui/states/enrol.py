"""What the enrolment shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_loyalty.ui.states.tone import Remark


@dataclass(frozen=True, slots=True)
class EnrolState:
    """What was typed so far, whether it can be done, and who already has this phone."""

    consent_text: str  # As the member reads it.
    phone: str = ""
    name: str = ""
    consent: bool = False
    print_pass: bool = True
    card: str = ""  # The pre-printed card that was scanned, masked. Empty: none.
    answer: Remark | None = None  # What is missing, what went wrong, or that she is known already.
    known_member: str = ""  # The words on the key that takes her instead. Empty: nobody is known.
    ready: bool = False
    busy: bool = False
