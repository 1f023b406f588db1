"""What the till says of lines, balances and receipts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_loyalty.i18n import load_words
from pos_loyalty.resources import resource
from pos_loyalty.ui import phrases
from pos_loyalty.ui.states.tone import Remark, Tone

ENGLISH = load_words("en", resource("locale"))
AT = datetime(2026, 11, 20, 13, 51, tzinfo=UTC)


def test_what_waits_for_the_server_is_counted_dated_and_safe() -> None:
    said = phrases.unsent(ENGLISH, count=6, oldest_minutes=16)

    assert said == "6 entries wait, the oldest 16 min — they are safe"


def test_one_entry_is_not_called_they() -> None:
    assert phrases.unsent(ENGLISH, count=1, oldest_minutes=3) == (
        "1 entry waits, for 3 min — it is safe"
    )


def test_what_has_only_just_been_written_has_no_age_yet() -> None:
    said = phrases.unsent(ENGLISH, count=2, oldest_minutes=0)

    assert said == "2 entries wait — they are safe"


def test_nothing_waits_when_all_is_sent() -> None:
    assert phrases.unsent(ENGLISH, count=0, oldest_minutes=0) == "All sent"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (59, "59 min"), (60, "1 hour"), (3000, "2 days")]
)
def test_an_age_is_told_in_its_largest_unit(minutes: int, said: str) -> None:
    assert phrases.age(ENGLISH, minutes) == said


def test_offline_says_since_when() -> None:
    assert phrases.offline(ENGLISH, AT, UTC) == Remark("Offline since 13:51", Tone.WAIT)
    assert phrases.offline(ENGLISH, None, UTC) == Remark("Offline", Tone.WAIT)


def test_a_till_that_never_heard_the_server_says_so() -> None:
    assert phrases.last_sync(ENGLISH, None, UTC) == "Never synchronised"


def test_a_balance_of_today_tells_the_hour_and_an_older_one_the_day() -> None:
    same_day = phrases.confirmed(ENGLISH, AT, UTC, date(2026, 11, 20))
    older = phrases.confirmed(ENGLISH, AT, UTC, date(2026, 11, 22))

    assert (same_day.text, older.text) == ("confirmed 13:51", "confirmed on Nov 20")


def test_points_that_expire_say_how_many_and_when() -> None:
    said = phrases.expiring(ENGLISH, "300 points", date(2026, 12, 31), date(2026, 11, 20))

    assert said.text == "Expires on Dec 31: 300 points"


def test_too_little_cash_is_told_and_enough_gives_change() -> None:
    little = phrases.change_line(ENGLISH, given_minor=3000, total_minor=3495, currency="EUR")
    enough = phrases.change_line(ENGLISH, given_minor=5000, total_minor=3495, currency="EUR")

    assert (little.text, little.tone) == ("€4.95 missing", Tone.WAIT)
    assert (enough.text, enough.tone) == ("€15.05 change", Tone.GOOD)


def test_a_member_without_a_name_is_greeted_all_the_same() -> None:
    assert phrases.greeting(ENGLISH, "") == "Hello"
