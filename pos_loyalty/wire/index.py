"""The compact index: how every till recognises every card without holding anybody's data."""

from __future__ import annotations

from hashlib import blake2b

DIGEST_BYTES = 12


def card_digest(number: str, key: bytes) -> bytes:
    """Hash a card number with the chain's key to 96 bits. Telephone numbers never come here."""
    return blake2b(number.encode(), digest_size=DIGEST_BYTES, key=key).digest()
