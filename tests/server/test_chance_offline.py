"""Chances to win at a till that is offline and gets killed: fair, enough, provable."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.resources import resource
from pos_loyalty.server.admin import publish_program
from pos_loyalty.server.pools import Wanted, lease_prizes, list_leases
from pos_loyalty.server.proofs import prove
from tests.server.lone_till import at_the_counter, main
from tests.server.shop import Shop, ShopTill

KILLS = 4
SALES_BEFORE_A_KILL = 5
BATCH = 200
MUCH = 10**7
PRIZES = {"coffee": 3, "car-wash": 1}


def test_a_till_that_is_killed_between_sales_never_gives_more_than_it_holds(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.now[0] = datetime(2025, 1, 1, 8, tzinfo=UTC)
    with shop.engine.begin() as connection:
        text = resource("programs", "eni.toml").read_text("utf-8")
        publish_program(connection, text, "eni.toml", shop.now[0])
    till, member = shop.till(), a_member(shop)
    wanted = Wanted("eni", "instant-win", PRIZES)
    with shop.engine.begin() as connection:
        lease = lease_prizes(connection, till.terminal, wanted, shop.now[0]).lease
    hear(till, tmp_path)

    for _ in range(KILLS):
        kill_while_it_sells(tmp_path, till, member)
    main(str(tmp_path), str(till.terminal), str(member))
    capsys.readouterr()

    send_all(till, tmp_path)
    with shop.engine.begin() as connection:
        (line,) = list_leases(connection)
        proof = prove(connection, lease, shop.now[0])
    assert line.given == PRIZES
    assert proof.right
    assert Counter(one.reward for one in proof.draws if one.reward) == PRIZES
    assert len(proof.draws) == len(till.events) - 1  # The last sale found the lease used up.


def a_member(shop: Shop) -> MemberId:
    """Somebody who joined at another till of the store, and is known here."""
    other = shop.till(name="Till 2")
    (member,) = other.blank()
    other.enrol(member)
    other.push()
    return member


def hear(till: ShopTill, folder: Path) -> None:
    """Let the till's own files take over what the server tells; it is the last time for long."""
    with at_the_counter(folder, till.terminal) as counter:
        reply = till.pull()
        assert not reply.more
        counter.members.apply(reply.changes, reply, complete=True)
        assert len(counter.members.leases()) == 1


def kill_while_it_sells(folder: Path, till: ShopTill, member: UUID) -> None:
    """Start the till as a process of its own and pull its plug after some sales."""
    command = (sys.executable, "-m", "tests.server.lone_till")
    arguments = (str(folder), str(till.terminal), str(member))
    with subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        for _ in range(SALES_BEFORE_A_KILL):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)


def send_all(till: ShopTill, folder: Path) -> None:
    """Send the whole journal, and see that all of it is booked as it was printed."""
    with at_the_counter(folder, till.terminal) as counter:
        till.events = [one.event for one in counter.journal.unsent(MUCH, MUCH)]
    for first in range(1, len(till.events) + 1, BATCH):
        reply = till.push(first, first + BATCH - 1)
        assert {(one.outcome, one.code) for one in reply.results} == {("applied", "")}
