"""What becomes of a till's events on the books."""

from __future__ import annotations

from tests.server.shop import Shop


def test_a_sale_gives_its_member_the_points_on_her_receipt(shop: Shop) -> None:
    till = shop.till()
    (anna,) = till.blank()
    till.enrol(anna)
    till.sell(anna, 12)

    reply = till.push()

    assert [result.outcome for result in reply.results] == ["applied", "applied"]
    assert (reply.acknowledged_through, reply.head_hash) == (2, till.events[-1].hash.hex())
    assert shop.balances() == {anna: 12}
