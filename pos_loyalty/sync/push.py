"""Sending the journal's tail: what lies behind the acknowledged sequence is unsent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pos_loyalty.domain.events import Position
from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
from pos_loyalty.ports.journal import EventAnswer, Journal, Outgoing
from pos_loyalty.ports.line import Alarm
from pos_loyalty.sync.thread import OnLedger
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.wire.events import event_sent
from pos_loyalty.wire.messages import EVENTS_MAX, HelloReply, Push, PushReply, RecordSent

BATCH_BYTES_MAX = 512 * 1024
STALLS_MAX = 3


class NeedsPerson(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The two sides disagree about the chain; nothing is sent until somebody looks."""

    def __init__(self, alarm: Alarm) -> None:
        super().__init__(alarm.value)
        self.alarm = alarm


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive events and the message that carries them."""

    outgoing: Sequence[Outgoing]
    push: Push


def compare_heads(journal: Journal, reply: HelloReply) -> None:
    """Bring both sides to one view of how far sending has come. Raises NeedsPerson.

    A server that was restored knows less than it once acknowledged: the rest is sent again.
    """
    own = journal.head()
    told = Position(reply.head.epoch, reply.head.seq)
    if told.epoch != own.position.epoch or told.seq > own.position.seq:
        raise NeedsPerson(Alarm.BEHIND)
    if journal.hash_at(told) != bytes.fromhex(reply.head.hash):
        raise NeedsPerson(Alarm.FORK)
    acknowledged = journal.progress().acknowledged
    epoch_began = told.seq == 0 and acknowledged.epoch < told.epoch  # The one before goes first.
    if acknowledged != told and not epoch_began:
        journal.acknowledge(told, ())


def push_all(counter: Counter, central: Central, on_ledger: OnLedger) -> int:
    """Send until nothing is left; answers with how many events went.

    Raises CentralTrouble, NeedsPerson.
    """
    sent, events_max, stalls = 0, EVENTS_MAX, 0
    while stalls < STALLS_MAX:
        batch = on_ledger(partial(next_batch, counter, events_max))
        if batch is None:
            return sent
        try:
            reply = central.push(batch.push)
        except CentralTrouble as error:
            if error.trouble is not Trouble.TOO_LARGE or events_max == 1:
                raise
            events_max = max(1, len(batch.outgoing) // 2)
            continue
        on_ledger(partial(settle, counter, batch, reply))
        came = reply.acknowledged_through - batch.push.first_seq + 1
        sent += max(0, came)
        stalls += came <= 0  # A restored server goes back once; more is no progress.
    raise CentralTrouble(Trouble.REFUSED, "the server takes nothing")


def next_batch(counter: Counter, events_max: int) -> Batch | None:
    """Read the oldest unsent events into one message. None: everything is sent."""
    outgoing = counter.journal.unsent(events_max, BATCH_BYTES_MAX)
    if not outgoing:
        return None
    first, last = outgoing[0].event, outgoing[-1].event
    push = Push(
        batch_id=counter.ids.new(counter.clock.now()),
        terminal=counter.till.terminal,
        epoch=first.header.position.epoch,
        first_seq=first.header.position.seq,
        prev_hash=first.prev_hash.hex(),
        head_hash=last.hash.hex(),
        events=tuple(event_sent(item.event, _beside(item)) for item in outgoing),
    )
    return Batch(outgoing, push)


def _beside(item: Outgoing) -> RecordSent | None:
    if item.record is None:
        return None
    return RecordSent(record=item.record.record.decode(), salt=item.record.salt.hex())


def settle(counter: Counter, batch: Batch, reply: PushReply) -> None:
    """Believe an acknowledgement only if it speaks of this batch and of our own chain.

    Raises CentralTrouble, NeedsPerson.
    """
    if reply.batch_id != batch.push.batch_id or reply.epoch != batch.push.epoch:
        raise CentralTrouble(Trouble.NOT_OURS, "an answer to another batch")
    if reply.refused is not None and reply.refused.kind in ALARMS:
        raise NeedsPerson(ALARMS[reply.refused.kind])
    through = Position(reply.epoch, reply.acknowledged_through)
    if counter.journal.hash_at(through) != bytes.fromhex(reply.head_hash):
        raise NeedsPerson(Alarm.FORK)
    answers = tuple(EventAnswer(r.seq, r.outcome, r.code) for r in reply.results)
    counter.journal.acknowledge(through, answers)


ALARMS = {"fork": Alarm.FORK, "broken": Alarm.BROKEN, "revoked": Alarm.REVOKED}
