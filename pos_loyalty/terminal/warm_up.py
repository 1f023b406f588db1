"""What the first scan and the first sale need, loaded while nobody waits for it."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pos_loyalty.i18n import Words
from pos_loyalty.ports.members import StoreTold
from pos_loyalty.wire.passes import BadPass, read_pass
from pos_loyalty.wire.phones import e164

AFTER_MS = 300  # The sign-in is on the screen by then, and nobody has typed a PIN yet.
ANY_NUMBER = "0000000000"


def warm_up(words: Words, store: StoreTold) -> None:
    """Begin, on a thread of its own: 0.2 s in all, mostly of three libraries."""
    threading.Thread(target=_load, args=(words, store), name="warm-up", daemon=True).start()


def _load(words: Words, store: StoreTold) -> None:
    now = datetime.now(UTC)
    words.time(now, ZoneInfo(store.zone))
    words.day(now.date())
    words.money(0, store.currency)
    words.amount(0, store.currency)
    with suppress(BadPass):
        read_pass("", {})
    e164(ANY_NUMBER, store.region)
