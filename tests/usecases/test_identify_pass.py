from __future__ import annotations

from datetime import timedelta

from pos_loyalty.domain.recognition import Unrecognised
from pos_loyalty.domain.scans import Scan, Symbology
from pos_loyalty.usecases.identify import (
    identify,
)
from pos_loyalty.usecases.standing import MemberSeen
from tests.fakes.clock import FakeClock
from tests.fakes.counter import (
    SERVER_SEED,
    STRANGER_SEED,
    a_counter,
    a_pass,
    blank,
    known,
    tell,
)
from tests.fakes.seen import member_seen, why_nothing


def test_a_good_pass_names_its_member_also_where_nothing_is_known_of_her() -> None:
    counter = a_counter()

    seen = identify(counter, Scan(a_pass(1), Symbology.QR))

    assert member_seen(seen) == blank(1)
    assert isinstance(seen, MemberSeen)
    assert not seen.standing.known


def test_a_damaged_pass_names_nobody() -> None:
    assert why_nothing(a_counter(), a_pass(1)[:40]) is Unrecognised.DAMAGED_PASS


def test_a_pass_that_was_changed_names_nobody() -> None:
    good = a_pass(1)
    changed = good[:-1] + ("0" if good[-1] != "0" else "1")

    assert why_nothing(a_counter(), changed) in {
        Unrecognised.FORGED_PASS,
        Unrecognised.DAMAGED_PASS,
    }


def test_a_pass_with_another_pass_s_signature_is_forged() -> None:
    import base45

    one, other = (base45.b45decode(a_pass(n).removeprefix("LY1:")) for n in (1, 2))
    forged = "LY1:" + base45.b45encode(one[:-64] + other[-64:]).decode()

    assert why_nothing(a_counter(), forged) is Unrecognised.FORGED_PASS


def test_a_pass_of_another_company_is_foreign() -> None:
    foreign = a_pass(1, STRANGER_SEED)

    assert why_nothing(a_counter(), foreign) is Unrecognised.FOREIGN_PASS


def test_a_pass_names_nobody_from_its_last_moment_on() -> None:
    clock = FakeClock()
    counter = a_counter(clock=clock)
    short = a_pass(1, SERVER_SEED, timedelta(days=2))
    clock.go_on(timedelta(days=1) - timedelta(seconds=1))
    assert member_seen(identify(counter, Scan(short))) == blank(1)

    clock.go_on(timedelta(seconds=1))

    assert why_nothing(counter, short) is Unrecognised.EXPIRED_PASS


def test_a_pass_of_a_blocked_member_is_refused() -> None:
    counter = a_counter()
    tell(counter, known(blank(1), status="blocked"))

    assert why_nothing(counter, a_pass(1)) is Unrecognised.BLOCKED
