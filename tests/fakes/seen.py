"""What came of a scan, asked of a counter."""

from __future__ import annotations

from pos_loyalty.domain.credentials import Unreadable
from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan
from pos_loyalty.ports.documents import PrintDocument, QrCode
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.identify import (
    Identified,
    NothingSeen,
    identify,
)
from pos_loyalty.usecases.standing import MemberSeen


def member_seen(seen: Identified) -> MemberId:
    assert isinstance(seen, MemberSeen), seen
    return seen.member


def why_nothing(counter: Counter, text: str) -> Unreadable | Unrecognised:
    seen = identify(counter, Scan(text))
    assert isinstance(seen, NothingSeen), seen
    return seen.reason


def printed_pass(document: PrintDocument) -> str:
    (code,) = (block for block in document.blocks if isinstance(block, QrCode))
    return code.text
