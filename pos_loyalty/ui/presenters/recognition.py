"""Scans on their way to an answer: each counts, in the order in which they came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.members import ProductTold
from pos_loyalty.ui.presenters.desk import Desk
from pos_loyalty.ui.presenters.refusals import refusal
from pos_loyalty.ui.states.toast import ToastState
from pos_loyalty.ui.states.tone import Tone
from pos_loyalty.usecases.identify import (
    BadgeSeen,
    Identified,
    NothingSeen,
    ProductSeen,
    SeveralSeen,
    identify,
)
from pos_loyalty.usecases.standing import MemberSeen, see
from pos_loyalty.wording.scans import nothing_seen

# What somebody who is not a member yet has in her hand.
ENROLLABLE = frozenset({Unrecognised.UNKNOWN_CARD, Unrecognised.UNKNOWN_PHONE})


class Takes(Protocol):
    """Who gets what was recognised."""

    def member_seen(self, seen: MemberSeen) -> None:
        """Take a member."""

    def product_seen(self, product: ProductTold) -> None:
        """Take a product."""

    def several_seen(self, several: SeveralSeen) -> None:
        """Take members of whom one is meant."""

    def nothing_seen(self, reason: Unreadable | Unrecognised) -> None:
        """Hear that a scan was nothing; the cashier is told already."""

    def settled(self) -> None:
        """Hear that every scan is answered."""


class Recognition:
    """Finds out what was scanned. `unknown` is the last scan that nobody has yet."""

    def __init__(self, desk: Desk, takes: Takes) -> None:
        self._desk = desk
        self._takes = takes
        self._under_way = 0
        self.unknown: Scan | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._under_way > 0

    def scanned(self, scan: Scan) -> None:
        """Find out what it is."""
        counter = self._desk.counter
        self._ask(scan, lambda: identify(counter, scan))

    def chosen(self, member: MemberId) -> None:
        """See how a member stands who was chosen from a list."""
        counter = self._desk.counter
        self._ask(None, lambda: see(counter, member))

    def _ask(self, scan: Scan | None, work: Callable[[], Identified]) -> None:
        self._under_way += 1
        # No answer is dropped for a newer one: it may be a product, and that has to be paid.
        self._desk.asks.ask(None, work, partial(self._answered, scan), self._failed)

    def _answered(self, scan: Scan | None, found: Identified) -> None:
        self._under_way -= 1
        self._desk.toasts.gone()  # What it said was of the scan before.
        self._take(scan, found)
        if not self.busy:
            self._takes.settled()

    def _take(self, scan: Scan | None, found: Identified) -> None:
        if not isinstance(found, ProductSeen):
            self.unknown = None
        match found:
            case ProductSeen(product):
                self._takes.product_seen(product)
            case MemberSeen() as seen if seen.standing.status is MemberStatus.BLOCKED:
                self._nothing(Unrecognised.BLOCKED)
            case MemberSeen() as seen:
                self._takes.member_seen(seen)
            case SeveralSeen() as several:
                self._takes.several_seen(several)
            case BadgeSeen():
                text = self._desk.words.gettext("That is a cashier's badge. Sign out first (F12).")
                self._desk.toasts.say(ToastState(text, Tone.WAIT))
            case NothingSeen(reason):
                if reason in ENROLLABLE:
                    self.unknown = scan
                self._nothing(reason)

    def _nothing(self, reason: Unreadable | Unrecognised) -> None:
        self._desk.toasts.say(ToastState(nothing_seen(self._desk.words, reason), Tone.BAD))
        self._takes.nothing_seen(reason)

    def _failed(self, error: BaseException) -> None:
        self._under_way -= 1
        if not self.busy:
            self._takes.settled()
        self._desk.toasts.say(refusal(self._desk.words, error))
