from __future__ import annotations

import pytest

from pos_loyalty.wire.pins import badge_digest, hash_pin, pin_matches


def test_only_the_right_pin_signs_in() -> None:
    told = hash_pin("2580")

    assert pin_matches(told, "2580")
    assert not pin_matches(told, "2581")


def test_two_people_with_one_pin_have_two_hashes() -> None:
    assert hash_pin("2580") != hash_pin("2580")


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "١٢٣٤"])
def test_a_pin_is_four_to_twelve_plain_digits(pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        hash_pin(pin)


@pytest.mark.parametrize("told", ["", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_a_hash_that_is_none_lets_nobody_in(told: str) -> None:
    assert not pin_matches(told, "2580")


def test_a_badge_is_known_by_its_digest() -> None:
    assert badge_digest("K7-carla") == badge_digest("K7-carla") != badge_digest("K7-mario")
