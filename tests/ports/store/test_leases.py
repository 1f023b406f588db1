"""Every Members keeps the prizes leased to the till, and what was told of everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from pos_loyalty.domain.chance import Lease
from pos_loyalty.domain.ids import LeaseId, ProgramId
from pos_loyalty.domain.prizes import PoolLease
from pos_loyalty.domain.programs.schemes import PoolPrize
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.members import CommitmentTold, LeaseTold, Members
from pos_loyalty.store.folder import open_members
from pos_loyalty.wire.changes import PoolCommitted, PoolLeased, PrizesTold
from tests.fakes.told_members import tell

SECRET, OTHER = "5e" * 32, "0f" * 32
PRIZES = (PrizesTold(reward="coffee", count=3), PrizesTold(reward="wash", count=1))
LEASED = PoolLeased(
    lease=UUID(int=2),
    epoch=1,
    program="bottega",
    pool="spring",
    odds="1/20",
    prizes=PRIZES,
    secret=SECRET,
)
COMMITTED = PoolCommitted(
    lease=UUID(int=2),
    program="bottega",
    pool="spring",
    odds="1/20",
    prizes=PRIZES,
    commitment=sha256(bytes.fromhex(SECRET)).hexdigest(),
)


@pytest.fixture(params=["memory", "sql"])
def members(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Members]:
    if request.param == "memory":
        yield MemoryMembers()
        return
    opened = open_members(tmp_path, b"k" * 32)
    yield opened
    opened.close()


def test_a_till_that_was_leased_nothing_has_no_prizes(members: Members) -> None:
    assert members.leases() == ()
    assert members.commitments() == ()


def test_leased_prizes_are_kept_as_they_were_granted(members: Members) -> None:
    tell(members, LEASED)

    granted = Lease("spring", Fraction(1, 20), (PoolPrize("coffee", 3), PoolPrize("wash", 1)))
    lease = PoolLease(LeaseId(UUID(int=2)), ProgramId("bottega"), bytes.fromhex(SECRET), granted)
    assert members.leases() == (LeaseTold(lease, 1, wanted_back=False),)


def test_the_oldest_lease_comes_first_and_says_when_it_is_wanted_back(members: Members) -> None:
    tell(members, LEASED, LEASED.model_copy(update={"lease": UUID(int=1)}))

    tell(members, LEASED.model_copy(update={"wanted_back": True}))

    told = [(one.lease.id.int, one.wanted_back) for one in members.leases()]
    assert told == [(1, False), (2, True)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"odds": "often"},
        {"odds": "1/0"},
        {"odds": "3/2"},
        {"prizes": (PrizesTold(reward="coffee", count=10**12),) * 2},
        {"prizes": (PrizesTold(reward="Caffè!", count=1),)},
    ],
)
def test_a_lease_that_is_not_understood_is_not_kept(
    members: Members, wrong: dict[str, object]
) -> None:
    tell(members, LEASED.model_copy(update=wrong))

    assert members.leases() == ()


def test_a_till_that_forgets_everything_forgets_its_leases(members: Members) -> None:
    tell(members, LEASED, COMMITTED)

    members.wipe()

    assert members.leases() == ()
    assert members.commitments() == ()


def test_a_secret_is_told_once_it_decides_nothing_any_more(members: Members) -> None:
    tell(members, COMMITTED)
    (before,) = members.commitments()
    assert before == CommitmentTold(
        LeaseId(UUID(int=2)),
        ProgramId("bottega"),
        "spring",
        bytes.fromhex(COMMITTED.commitment),
        None,
    )

    tell(members, COMMITTED.model_copy(update={"secret": SECRET}))

    assert [one.secret for one in members.commitments()] == [bytes.fromhex(SECRET)]


@pytest.mark.parametrize(
    "lie",
    [
        {"commitment": sha256(bytes.fromhex(OTHER)).hexdigest()},
        {"commitment": sha256(bytes.fromhex(OTHER)).hexdigest(), "secret": OTHER},
        {"secret": OTHER},
        {"odds": "1/40"},
        {"prizes": PRIZES[:1]},
    ],
)
def test_a_till_is_witness_of_what_was_told_first(
    members: Members, lie: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    tell(members, COMMITTED)
    before = members.commitments()

    tell(members, COMMITTED.model_copy(update=lie))

    assert members.commitments() == before
    assert "another commitment" in caplog.text
