"""What tills draw is drawn again at the server, and can be proved by everybody."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from pos_loyalty.domain.bodies import LeaseReturned
from pos_loyalty.domain.ids import LeaseId, MemberId
from pos_loyalty.domain.scoring import PrizeDraw
from pos_loyalty.wire.changes import PoolCommitted
from tests.server.lucky import LuckyTill, lease, lines, proof_of, publish
from tests.server.shop import Shop


@pytest.fixture
def lucky(shop: Shop) -> LuckyTill:
    return LuckyTill(shop.till(), publish(shop))


def test_prizes_that_the_draw_gives_are_booked_and_proved(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till, {"mug": 2, "car": 1})
    (member,) = lucky.till.blank()
    lucky.hear()
    drawn = [lucky.sell(member) for _ in range(5)]

    assert lucky.answers() == [("applied", "")] * 5

    assert [draws[0].lease for draws in drawn] == [line.lease] * 3 + [None] * 2
    assert lines(shop) == [({"mug": 2, "car": 1}, {"mug": 2, "car": 1}, "in use")]
    proof = proof_of(shop, line)
    assert proof.right
    assert [one.reward for one in proof.draws] == [draws[0].reward for draws in drawn[:3]]
    assert sha256(bytes.fromhex(proof.secret)).hexdigest() == line.commitment
    committed = [one for one in lucky.till.pull_all()[0] if isinstance(one, PoolCommitted)]
    assert [one.secret for one in committed] == [proof.secret]


def test_a_draw_without_luck_is_proved_too(shop: Shop, lucky: LuckyTill) -> None:
    lucky.program = publish(shop, version=2, odds="1/1000000")
    line = lease(shop, lucky.till)
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))

    assert lucky.answers() == [("applied", "")] * 2
    proof = proof_of(shop, line)

    assert proof.right
    assert [(one.reward, one.again) for one in proof.draws] == [(None, None)]


def test_a_prize_that_the_draw_does_not_give_is_disputed(shop: Shop, lucky: LuckyTill) -> None:
    lucky.program = publish(shop, version=2, odds="1/1000000")
    line = lease(shop, lucky.till)
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member, PrizeDraw("spring", LeaseId(line.lease), "car"))

    assert lucky.answers() == [("disputed", "prize_differs")]

    assert lines(shop)[0][1] == {"car": 1}  # It was given all the same.
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))
    lucky.till.push(2)
    assert not proof_of(shop, line).right


def test_a_prize_beyond_the_lease_is_disputed(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till, {"mug": 1})
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    lucky.sell(member, PrizeDraw("spring", LeaseId(line.lease), "mug"))

    assert lucky.answers() == [("applied", ""), ("disputed", "pool_exceeded")]
    assert not proof_of(shop, line).right


def test_a_prize_from_another_tills_lease_is_disputed(shop: Shop, lucky: LuckyTill) -> None:
    second = shop.till(name="Till 2")
    line = lease(shop, second, {"mug": 1})
    (member,) = lucky.till.blank()
    lucky.sell(member, PrizeDraw("spring", LeaseId(line.lease), "mug"))
    lucky.sell(member, PrizeDraw("spring", LeaseId(uuid4()), "mug"))

    assert lucky.answers() == [("disputed", "prize_differs")] * 2
    assert lines(shop)[0][1] == {}


def test_a_prize_in_a_parked_sale_is_gone_from_the_lease(shop: Shop, lucky: LuckyTill) -> None:
    lease(shop, lucky.till, {"mug": 2})
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(MemberId(uuid4()))
    lucky.sell(member)

    assert lucky.answers() == [("parked", "unknown_member"), ("applied", "")]
    assert lines(shop)[0][1] == {"mug": 2}


def test_a_batch_that_comes_again_draws_nothing_again(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till, {"mug": 2})
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    lucky.sell(member)
    lucky.till.push(1, 1)

    assert lucky.answers() == lucky.answers() == [("applied", "")] * 2
    lucky.till.restart(2)
    assert lucky.answers() == [("duplicate", "")] * 2

    assert len(proof_of(shop, line).draws) == 2


def test_after_a_return_nothing_can_be_drawn_any_more(shop: Shop, lucky: LuckyTill) -> None:
    line = lease(shop, lucky.till, {"mug": 4})
    (member,) = lucky.till.blank()
    lucky.till.add(LeaseReturned(LeaseId(line.lease)))
    lucky.sell(member, PrizeDraw("spring", LeaseId(line.lease), "mug"))
    lucky.sell(member, PrizeDraw("spring", LeaseId(line.lease), "mug"))

    assert lucky.till.push(1, 2).results[1].code == "pool_exceeded"
    assert lucky.answers(3) == [("disputed", "pool_exceeded")]


def test_what_was_drawn_is_never_changed_on_the_server(shop: Shop, lucky: LuckyTill) -> None:
    lease(shop, lucky.till, {"mug": 1})
    (member,) = lucky.till.blank()
    lucky.hear()
    lucky.sell(member)
    lucky.till.push()

    with pytest.raises(IntegrityError), shop.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE pool_draws SET reward = 'car'")
