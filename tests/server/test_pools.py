"""Prizes are leased to tills, never more than there are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from uuid import UUID

import pytest

from pos_loyalty.domain.bodies import LeaseReturned
from pos_loyalty.domain.ids import LeaseId
from pos_loyalty.server.pools import (
    Wanted,
    lease_prizes,
    want_back,
)
from pos_loyalty.server.tills import revoke_till
from pos_loyalty.wire.changes import PoolCommitted, PoolLeased
from tests.server.lucky import LuckyTill, change, lease, lines, proof_of, publish, refused
from tests.server.shop import OPENING, Shop


@pytest.fixture
def lucky(shop: Shop) -> LuckyTill:
    return LuckyTill(shop.till(), publish(shop))


def test_a_secret_goes_only_to_the_till_and_its_commitment_to_all(
    shop: Shop, lucky: LuckyTill
) -> None:
    other = shop.till(name="Till 2")

    line = lease(shop, lucky.till, {"mug": 1})

    own, _ = lucky.till.pull_all()
    others, _ = other.pull_all()
    (told,) = [one for one in own if isinstance(one, PoolLeased)]
    assert (told.lease, told.odds, told.wanted_back) == (line.lease, "1", False)
    assert [one for one in others if isinstance(one, PoolLeased)] == []
    for changes in (own, others):
        (committed,) = [one for one in changes if isinstance(one, PoolCommitted)]
        assert committed.commitment == sha256(bytes.fromhex(told.secret)).hexdigest()
        assert committed.secret is None


def test_all_tills_together_never_hold_more_than_the_pool_has(shop: Shop, lucky: LuckyTill) -> None:
    second = shop.till(name="Till 2")
    publish(shop, version=2)

    half = lease(shop, lucky.till, share=Fraction(1, 2))
    rest = lease(shop, second)

    assert (half.prizes, rest.prizes) == ({"mug": 2, "car": 1}, {"mug": 2, "car": 1})
    assert refused(lambda: lease(shop, second)) == "no_prizes"
    assert refused(lambda: lease(shop, second, {"mug": 1})) == "too_many_prizes"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted("unknown", "spring"), "unknown_program"),
        (Wanted("lucky", "winter"), "unknown_pool"),
        (Wanted("lucky", "spring", {"boat": 1}), "too_many_prizes"),
        (Wanted("lucky", "spring", {"mug": 5}), "too_many_prizes"),
        (Wanted("lucky", "spring", {"mug": 0}), "no_prizes"),
        (Wanted("lucky", "spring", share=Fraction(1, 100)), "no_prizes"),
    ],
)
def test_what_is_not_there_is_not_leased(
    shop: Shop, lucky: LuckyTill, wanted: Wanted, code: str
) -> None:
    terminal = lucky.till.terminal

    assert refused(lambda: change(shop, lambda c: lease_prizes(c, terminal, wanted, OPENING))) == (
        code
    )


def test_nothing_is_leased_to_a_till_that_is_shut_out(shop: Shop, lucky: LuckyTill) -> None:
    change(shop, lambda c: revoke_till(c, lucky.till.terminal, OPENING))

    assert refused(lambda: lease(shop, lucky.till)) == "unknown_till"


def test_what_is_left_comes_back_once_the_till_has_said_what_it_gave(
    shop: Shop, lucky: LuckyTill
) -> None:
    line = lease(shop, lucky.till, {"mug": 4})
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    second = shop.till(name="Till 2")

    asked = change(shop, lambda c: want_back(c, lucky.till.terminal, line.lease, OPENING))
    assert asked.state == "wanted back"
    assert refused(lambda: lease(shop, second, {"mug": 1})) == "too_many_prizes"
    lucky.hear()
    assert lucky.held == []
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))
    lucky.till.push()

    assert lines(shop) == [({"mug": 4}, {"mug": 1}, "returned")]
    assert refused(lambda: lease(shop, second, {"mug": 4})) == "too_many_prizes"
    assert lease(shop, second, {"mug": 3}).prizes == {"mug": 3}


def test_a_till_cannot_give_back_what_another_holds(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, shop.till(name="Till 2"), {"mug": 4})
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))

    lucky.till.push()

    assert lines(shop)[0][2] == "in use"
    lost = lucky.till.terminal
    assert refused(lambda: change(shop, lambda c: want_back(c, lost, line.lease, OPENING))) == (
        "unknown_lease"
    )


def test_what_a_till_held_that_began_a_new_epoch_is_lost(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till)
    lucky.till.epoch = 2
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))

    lucky.till.push()

    assert lines(shop)[0][2] == "lost"
    assert refused(lambda: lease(shop, lucky.till)) == "no_prizes"


def test_what_a_lost_till_held_is_never_leased_again(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till)
    change(shop, lambda c: revoke_till(c, lucky.till.terminal, OPENING))

    for _ in range(2):
        asked = change(shop, lambda c: want_back(c, lucky.till.terminal, line.lease, OPENING))
        assert asked.state == "lost"

    assert refused(lambda: lease(shop, shop.till(name="Till 2"))) == "no_prizes"


def test_no_secret_is_told_while_it_decides_what_is_won(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till)
    nothing = replace(line, lease=UUID(int=9))

    assert refused(lambda: proof_of(shop, line)) == "lease_in_use"
    assert refused(lambda: proof_of(shop, nothing)) == "unknown_lease"
