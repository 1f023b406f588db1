"""Why nobody and nothing was recognised behind a text that could be read."""

from __future__ import annotations

from enum import Enum


class Unrecognised(Enum):
    """What was wrong with a credential, a product or a badge."""

    DAMAGED_PASS = "damaged-pass"  # noqa: S105 - a code, no password
    FORGED_PASS = "forged-pass"  # noqa: S105 - a code, no password
    # Signed by a key this till does not know.
    FOREIGN_PASS = "foreign-pass"  # noqa: S105 - a code, no password
    EXPIRED_PASS = "expired-pass"  # noqa: S105 - a code, no password
    BLOCKED = "blocked"
    UNKNOWN_CARD = "unknown-card"
    UNKNOWN_PHONE = "unknown-phone"
    UNKNOWN_PRODUCT = "unknown-product"
    UNKNOWN_BADGE = "unknown-badge"
    ENROLMENT_CODE = "enrolment-code"  # It makes a till; it names nobody.
