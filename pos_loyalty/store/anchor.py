"""The journal's last event, written down outside the journal: an older copy put back is noticed."""

from __future__ import annotations

from logging import getLogger
from pathlib import Path

from pos_loyalty.domain.events import HASH_BYTES, Head, Position

log = getLogger(__name__)

LINE_BYTES_MAX = 200


class Anchor:
    """A file of one line, of always the same length, that follows every commit.

    It is not synced: after a power cut it may be behind the journal, which does no harm, never
    ahead of it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Head | None:
        """Tell the last event ever written. None: nobody wrote one down, or not legibly."""
        try:
            raw = self._path.read_bytes()[:LINE_BYTES_MAX]
        except FileNotFoundError:
            return None
        try:
            epoch, seq, hash_ = raw.decode("ascii").split()
            head = Head(Position(int(epoch), int(seq)), bytes.fromhex(hash_))
        except ValueError:
            head = None
        if head is None or len(head.hash) != HASH_BYTES:
            log.warning("the journal's anchor cannot be read; it is written anew")
            return None
        return head

    def move(self, head: Head) -> None:
        """Follow the journal. A sale is done without it: what fails here is told, not raised."""
        line = f"{head.position.epoch:010d} {head.position.seq:020d} {head.hash.hex()}\n"
        try:
            with self._path.open("r+b" if self._path.exists() else "wb", buffering=0) as file:
                file.write(line.encode("ascii"))
        except OSError as error:
            log.warning("the journal's anchor was not written: %s", error.strerror)
