"""Whether everything agrees in the end: tills, server, and what is on paper."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.booking import lots_of
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.lab.demo.processes import HOST
from pos_loyalty.lab.demo.stage import Stage
from pos_loyalty.sync.loop import talk
from pos_loyalty.terminal.back_room import open_back_room
from pos_loyalty.usecases.counter import Counter, program_in_force, store_of, today
from pos_loyalty.usecases.open_sale import resume_sale
from pos_loyalty.usecases.standing import BEFORE_EVERYTHING, see
from pos_loyalty.wire.bodies import read_body

HTTP_S = 10.0
OK = 200
SALES = 5


@dataclass(frozen=True, slots=True)
class Books:
    """What a closed till holds for true. `at_the_counter` is the member of its open sale."""

    sales: tuple[Sold, ...]
    balances: dict[MemberId, int | None]
    enrolled: tuple[MemberId, ...]
    at_the_counter: MemberId | None
    unsent: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of the day. `differences` is empty when everything agrees."""

    sales: int
    receipts: tuple[str, ...]
    balances: dict[MemberId, tuple[int | None, int | None]]  # Till's, server's.
    unsent: int
    pids: tuple[int, ...]
    enrolled_at_a: MemberId | None
    recognised_at_b: MemberId | None
    differences: tuple[str, ...]

    def told(self, seconds: float) -> dict[str, object]:
        """Tell it for JSON."""
        return {
            "sales": self.sales,
            "receipts": list(self.receipts),
            "balances": {
                str(member): {"till": till, "server": server}
                for member, (till, server) in self.balances.items()
            },
            "unsent": self.unsent,
            "pids": list(self.pids),
            "seconds": round(seconds, 1),
            "enrolled_offline": {
                "enrolled_at_a": str(self.enrolled_at_a),
                "recognised_at_b": str(self.recognised_at_b),
            },
            "differences": list(self.differences),
        }


def ask_server(stage: Stage, members: Iterable[MemberId]) -> dict[MemberId, int | None]:
    """Ask the server for balances, as a web shop does. None: it has never heard of her."""
    line = http.client.HTTPConnection(HOST, stage.server.port, timeout=HTTP_S)
    try:
        return {member: _ask(line, member, stage.shop.channel_key) for member in members}
    finally:
        line.close()


def _ask(line: http.client.HTTPConnection, member: MemberId, key: str) -> int | None:
    line.request(
        "GET", f"/v1/members/{member}/standing", headers={"Authorization": f"Bearer {key}"}
    )
    answer = line.getresponse()
    told = json.loads(answer.read())
    if answer.status != OK:
        return None
    return sum(int(points) for points in told["balances"].values())  # There is one unit.


def judge(stage: Stage, before: dict[MemberId, int | None]) -> Verdict:
    """Compare the books of both closed tills, the server's, and the paper.

    `before` is what the server said of the members who came, before they did.
    """
    a = read_books(stage.a.folder, tuple(before))
    members = (*before, *a.enrolled)
    hear_once_more(stage.b.folder)  # It may have asked before till A had sent everything.
    b = read_books(stage.b.folder, members)
    server = ask_server(stage, members)
    receipts = tuple(slip.text for slip in stage.printer.slips() if not slip.qr_texts)
    expected = {member: (before.get(member) or 0) + _earned(a.sales, member) for member in members}
    everybody = {"till A": a.balances, "till B": b.balances, "the server": server}
    waiting = {"till A": a.unsent, "till B": b.unsent}
    differences = (
        *on_paper([sold.number for sold in a.sales], receipts),
        *(d for who, told in everybody.items() for d in in_points(who, told, expected)),
        *in_people(a, b),
        *(f"{n} entries wait at {who}" for who, n in waiting.items() if n),
    )
    return Verdict(
        sales=len(a.sales),
        receipts=receipts,
        balances={member: (a.balances[member], server[member]) for member in members},
        unsent=a.unsent + b.unsent,
        pids=stage.pids,
        enrolled_at_a=a.enrolled[0] if a.enrolled else None,
        recognised_at_b=b.at_the_counter,
        differences=differences,
    )


def hear_once_more(till: Path) -> None:
    """Let a closed till talk to the server once. Raises CentralTrouble."""
    with open_back_room(till) as back_room:
        talk(back_room.line(), lambda _loaded, _total: None)


def read_books(till: Path, members: Sequence[MemberId]) -> Books:
    """Open a closed till, and read what it holds for true of `members` and whom it enrolled."""
    with open_back_room(till) as back_room:
        return back_room.ledger.do(lambda: _read(back_room.counter, members))


def _read(counter: Counter, members: Sequence[MemberId]) -> Books:
    store = store_of(counter)
    on = today(counter, store)
    program = program_in_force(counter, store, on)
    enrolled = tuple(member for member, _ in counter.journal.enrolled_here())
    seen = {member: see(counter, member).standing for member in (*members, *enrolled)}
    lots = (
        lot
        for member in seen
        for lot in lots_of(counter.journal.postings_of(member, BEFORE_EVERYTHING))
    )
    events = (counter.journal.event(lot.event_id) for lot in lots)
    bodies = (
        read_body(event.header.kind, event.header.version, event.body)
        for event in events
        if event is not None
    )
    return Books(
        sales=tuple(body for body in bodies if isinstance(body, Sold)),
        balances={
            member: None if program is None else standing.balance(program.unit, on)
            for member, standing in seen.items()
        },
        enrolled=enrolled,
        at_the_counter=resume_sale(counter).member,
        unsent=counter.journal.progress().unsent,
    )


def _earned(sales: Iterable[Sold], member: MemberId) -> int:
    scored = (sold.scored for sold in sales if sold.member == member)
    return sum(lot.points for one in scored if one is not None for lot in one.earned)


def on_paper(numbers: Sequence[str], receipts: Sequence[str]) -> Iterator[str]:
    """Tell what is wrong with the receipts of the sales with these numbers."""
    if len(numbers) != SALES:
        yield f"till A holds {len(numbers)} sales, not {SALES}"
    if len(receipts) != SALES:
        yield f"{len(receipts)} receipts were printed, not {SALES}"
    for number in numbers:
        times = sum(_is_of(receipt, number) for receipt in receipts)
        if times != 1:
            yield f"the receipt of sale {number} was printed {times} times"


def _is_of(receipt: str, number: str) -> bool:
    return any(line.split()[1:] == [number] for line in receipt.splitlines())


def in_points(
    who: str, told: Mapping[MemberId, int | None], expected: Mapping[MemberId, int]
) -> Iterator[str]:
    """Tell whose balance by `who` is not what it should be."""
    for member, points in expected.items():
        if told[member] != points:
            yield f"{member} has {told[member]} points by {who}, and should have {points}"


def in_people(a: Books, b: Books) -> Iterator[str]:
    """Tell what is wrong with the member enrolled at till A and shown to till B."""
    if len(a.enrolled) != 1:
        yield f"{len(a.enrolled)} members were enrolled at till A, not 1"
    if b.at_the_counter not in a.enrolled:
        yield f"till B recognised {b.at_the_counter} in the pass of {a.enrolled}"
