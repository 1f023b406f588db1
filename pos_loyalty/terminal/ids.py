"""New names, from the system's randomness."""

from __future__ import annotations

import os
from datetime import datetime
from uuid import UUID

from pos_loyalty.domain.ids import UUID7_RANDOM_BYTES, uuid7

SALT_BYTES = 16


class SystemIds:
    """Ids and salts nobody can guess."""

    def new(self, at: datetime) -> UUID:
        """Make a version 7 id."""
        return uuid7(at, os.urandom(UUID7_RANDOM_BYTES))

    def salt(self) -> bytes:
        """Make 16 random bytes."""
        return os.urandom(SALT_BYTES)
