"""Instant win that is fair without a line, and provable afterwards.

The server commits itself to a secret by its SHA-256 before anything is drawn. Whether an event
wins, and what, follows from the secret and the event's id alone, by HMAC-SHA256: who does not know
the secret cannot foresee it, and once it is told everybody can draw again. Prizes are those of a
lease that one till holds, so no two tills give the same prize.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pos_loyalty.domain.ids import EventId
from pos_loyalty.domain.programs.schemes import PoolPrize

SECRET_BYTES = 32
NUMBERS = 2**256  # So many values has a digest.
ODDS_DIVISOR_MAX = 10**9
PRIZES_MAX = 10**12
TRIES_MAX = 4  # Each fails less often than once in 2^216.


@dataclass(frozen=True, slots=True)
class Lease:
    """Prizes of a pool that one till alone may give, as they are left, in the document's order."""

    pool: str
    odds: Fraction
    left: tuple[PoolPrize, ...]

    def __post_init__(self) -> None:
        part, whole = self.odds.as_integer_ratio()
        if not 0 < part <= whole <= ODDS_DIVISOR_MAX:
            raise ValueError(f"odds lie between 0 and 1, not {self.odds}")
        if self.prizes > PRIZES_MAX:
            raise ValueError(f"a lease holds at most {PRIZES_MAX} prizes, not {self.prizes}")

    @property
    def prizes(self) -> int:
        """How many are left."""
        return sum([prize.count for prize in self.left])

    def without(self, reward: str) -> Lease:
        """Tell what is left once one prize is given. Raises ValueError when there is none."""
        if all(prize.reward != reward for prize in self.left):
            raise ValueError(f"no {reward} is left in {self.pool}")
        fewer = [
            replace(prize, count=prize.count - 1) if prize.reward == reward else prize
            for prize in self.left
            if prize.reward != reward or prize.count > 1
        ]
        return replace(self, left=tuple(fewer))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw as it was recorded. `number`: which of the event's draws, from 0. None: no prize."""

    event_id: EventId
    number: int
    reward: str | None


def commitment(secret: bytes) -> bytes:
    """Tell what is published before the first draw. Raises ValueError for a short secret."""
    if len(secret) < SECRET_BYTES:
        raise ValueError(f"a secret has at least {SECRET_BYTES} bytes, not {len(secret)}")
    return hashlib.sha256(secret).digest()


def draw(secret: bytes, event_id: EventId, number: int, lease: Lease) -> str | None:
    """Draw for an event; `number` tells its draws apart. None: nothing is won, or nothing is left.

    Every prize that is left is equally likely.
    """
    part, whole = lease.odds.as_integer_ratio()
    lot = _Lot(secret, f"{lease.pool}/{event_id}/{number}")
    if not lease.left or lot.below(whole, "wins") >= part:
        return None
    place = lot.below(lease.prizes, "which")
    for prize in lease.left[:-1]:
        place -= prize.count
        if place < 0:
            return prize.reward
    return lease.left[-1].reward


def verify(secret: bytes, committed: bytes, lease: Lease, draws: Sequence[Drawn]) -> int | None:
    """Draw again, in their order, all that was drawn from a lease as it was granted.

    Tells the place of the first draw that did not come out so. None: every one did.
    Raises ValueError when the secret is not the one that was committed to.
    """
    if not hmac.compare_digest(commitment(secret), committed):
        raise ValueError("this is not the secret that was committed to")
    for place, drawn in enumerate(draws):
        if draw(secret, drawn.event_id, drawn.number, lease) != drawn.reward:
            return place
        if drawn.reward is not None:
            lease = lease.without(drawn.reward)
    return None


@dataclass(frozen=True, slots=True)
class _Lot:
    """Numbers that follow from the secret and one name."""

    secret: bytes
    name: str

    def below(self, end: int, what: str) -> int:
        """Draw a number from 0 to just below `end`, each equally likely.

        Values of the uneven rest at the top are drawn again: a remainder would favour low numbers.
        """
        even = NUMBERS - NUMBERS % end
        for attempt in range(TRIES_MAX):
            told = f"{self.name}/{what}/{attempt}".encode()
            value = int.from_bytes(hmac.digest(self.secret, told, "sha256"), "big")
            if value < even:
                return value % end
        raise ValueError(f"{self.name} drew out of range {TRIES_MAX} times")
