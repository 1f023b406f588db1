"""PINs and badges of staff as hashes; both sides know only these (argon2id)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PIN_DIGITS_MIN = 4
PIN_DIGITS_MAX = 12


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # OWASP's smaller setting: a till's processor checks a PIN in about 30 ms.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_pin(pin: str) -> str:
    """Hash a PIN with a salt of its own. Raises ValueError unless it is 4 to 12 digits."""
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS_MIN <= len(pin) <= PIN_DIGITS_MAX):
        raise ValueError(f"a PIN has {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits")
    return _hasher().hash(pin)


def pin_matches(pin_hash: str, pin: str) -> bool:
    """Whether `pin` is the one that was hashed."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def badge_digest(code: str) -> str:
    """Hash a badge's code; it is long and random, so that a plain SHA-256 hides it."""
    return sha256(code.encode()).hexdigest()
