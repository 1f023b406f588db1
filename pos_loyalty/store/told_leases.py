"""Leases and commitments as the server tells them, and the values that use cases are given."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from logging import getLogger

from pos_loyalty.domain.chance import Lease
from pos_loyalty.domain.ids import LeaseId, ProgramId
from pos_loyalty.domain.prizes import PoolLease
from pos_loyalty.domain.programs.schemes import PoolPrize
from pos_loyalty.ports.members import CommitmentTold, LeaseTold
from pos_loyalty.wire.changes import PoolCommitted, PoolLeased

log = getLogger(__name__)


def lease_told(change: PoolLeased) -> LeaseTold:
    """Take a lease over."""
    prizes = tuple(PoolPrize(told.reward, told.count) for told in change.prizes)
    lease = PoolLease(
        LeaseId(change.lease),
        ProgramId(change.program),
        bytes.fromhex(change.secret),
        Lease(change.pool, Fraction(change.odds), prizes),
    )
    return LeaseTold(lease, change.epoch, change.wanted_back)


def can_be_drawn_from(change: PoolLeased) -> bool:
    """Whether this program understands a lease; one that it does not is not kept."""
    try:
        lease_told(change)
    except (ArithmeticError, ValueError) as error:
        log.warning("lease %s cannot be read: %s", change.lease, error)
        return False
    return True


def commitment_told(change: PoolCommitted) -> CommitmentTold:
    """Take a commitment over."""
    return CommitmentTold(
        LeaseId(change.lease),
        ProgramId(change.program),
        change.pool,
        bytes.fromhex(change.commitment),
        None if change.secret is None else bytes.fromhex(change.secret),
    )


def is_kept(told: PoolCommitted, before: PoolCommitted | None) -> bool:
    """Whether what is told of a lease agrees with itself and with what was told before.

    What does not is not kept: this till is a witness of what was told first.
    """
    first = told if before is None else before
    secret_fits = told.secret is None or _digest(told.secret) == told.commitment
    same = told.model_copy(update={"secret": first.secret}) == first
    if not (secret_fits and same):
        log.warning("another commitment was told of lease %s than at first", told.lease)
        return False
    return True


def _digest(secret: str) -> str:
    return sha256(bytes.fromhex(secret)).hexdigest()
