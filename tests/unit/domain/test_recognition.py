from __future__ import annotations

from pos_loyalty.domain.recognition import Unrecognised


def test_every_reason_why_nobody_is_recognised_has_a_code_of_its_own() -> None:
    codes = [reason.value for reason in Unrecognised]

    assert len(set(codes)) == len(codes)
    assert all(code == code.lower() and " " not in code for code in codes)
