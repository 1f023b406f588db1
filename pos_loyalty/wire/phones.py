"""Telephone numbers as people type them, in E.164."""

from __future__ import annotations

CHARACTERS_MAX = 32


def e164(text: str, region: str) -> str | None:
    """Bring a number typed in `region` (ISO 3166) to E.164. None when it is no number there."""
    if len(text) > CHARACTERS_MAX or not any(character.isdigit() for character in text):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
