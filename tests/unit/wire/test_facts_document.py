from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.facts import (
    STRANGER,
    UNKNOWN,
    Activity,
    History,
    MemberFacts,
    Offers,
    OwnLot,
    PaidMembership,
    Voucher,
)
from pos_loyalty.wire.facts_document import read_member
from pos_loyalty.wire.reading import DOCUMENT_CHARACTERS_MAX, ENTRIES_MAX, parse_json
from pos_loyalty.wire.writing import write_record
from pos_loyalty.wire.wrong_parts import WrongPart
from tests.unit.wire.documents import members

# As the contract has it, word by word.
CONTRACT: dict[str, Any] = {
    "joined_on": "2018-11-20",
    "birthday": "1984-03-04",
    "attributes": {"vehicle": "car"},
    "segments": [],
    "favourite_category": None,
    "tier": None,
    "membership": None,
    "balances": {"points": 3120},
    "lots": [{"unit": "points", "points": 3120, "expires_on": None}],
    "carried": {"points": "0"},
    "visits": 7,
    "last_purchase_on": "2019-02-20",
    "history": {
        "spend_minor": {"30d": 8200, "year": 45100, "ever": 45100},
        "earned": {"points": {"30d": 82}},
    },
    "usage": {"rule-or-reward-id": {"day": 0, "week": 1, "period": 2}},
    "goals": {"coffee-stamps": 4},
    "vouchers_held": [],
    "offers": {"shown": {}, "declined": {}},
    "activity": [],
}


def read_facts(found: object, file: str = "member") -> MemberFacts:
    """Read a member alone, as she is read within a basket: JSON as text, or what it parses to."""
    try:
        return read_member(parse_json(found, file) if isinstance(found, str) else found)
    except WrongPart as error:
        raise error.of(file) from error


def test_a_member_is_read_as_the_contract_has_her() -> None:
    facts = read_facts(CONTRACT)

    assert facts == MemberFacts(
        joined_on=date(2018, 11, 20),
        birthday=date(1984, 3, 4),
        attributes={"vehicle": "car"},
        segments=(),
        favourite_category=None,
        tier=None,
        membership=None,
        balances={"points": 3120},
        lots=(OwnLot("points", 3120),),
        carried={"points": Fraction(0)},
        visits=7,
        last_purchase_on=date(2019, 2, 20),
        history=History({"30d": 8200, "year": 45100, "ever": 45100}, {"points": {"30d": 82}}),
        usage={"rule-or-reward-id": {"day": 0, "week": 1, "period": 2}},
        goals={"coffee-stamps": 4},
        vouchers_held=(),
        offers=Offers(shown={}, taken=UNKNOWN, declined={}),
        activity=(),
    )


def test_what_the_contract_has_is_written_in_its_order() -> None:
    assert list(write_record(read_facts(CONTRACT))) == list(CONTRACT)
    assert write_record(read_facts(CONTRACT)) == CONTRACT


def test_what_is_left_out_is_not_known() -> None:
    assert read_facts({}) == STRANGER
    assert write_record(STRANGER) == {}


def test_null_says_that_there_is_none() -> None:
    facts = read_facts(dict.fromkeys(CONTRACT))

    assert facts.joined_on is None
    assert facts.birthday is None
    assert facts.membership is None
    assert facts.last_purchase_on is None
    assert facts.attributes == facts.balances == facts.usage == {}
    assert facts.lots == facts.segments == facts.activity == ()
    assert facts.visits == 0
    assert facts.history == History({}, {})
    assert facts.offers == Offers({}, {}, {})


def test_everything_a_member_may_hold_is_read() -> None:
    facts = read_facts(
        """{"membership": {"id": "club", "until": "2026-12-31"},
            "lots": [{"unit": "points", "points": 5, "expires_on": "2027-01-01",
                      "usable_on": "2026-02-01"}],
            "vouchers_held": [{"code": "A1", "reward": "coffee", "first": "2026-01-01",
                               "last": null}],
            "carried": {"stamps": "1/3", "points": "0.125"},
            "activity": [{"activity": "rated", "on": "2026-01-31"}]}"""
    )

    assert facts.membership == PaidMembership("club", date(2026, 12, 31))
    assert facts.lots == (OwnLot("points", 5, date(2027, 1, 1), date(2026, 2, 1)),)
    assert facts.vouchers_held == (Voucher("A1", "coffee", date(2026, 1, 1)),)
    assert facts.carried == {"stamps": Fraction(1, 3), "points": Fraction(1, 8)}
    assert facts.activity == (Activity("rated", date(2026, 1, 31)),)


@given(members)
def test_any_member_comes_back_from_her_document_as_she_was(facts: MemberFacts) -> None:
    document = json.dumps(write_record(facts))

    assert read_facts(document) == facts


def test_the_same_facts_are_the_same_document() -> None:
    one = MemberFacts(balances={"stars": 1, "points": 2})
    other = MemberFacts(balances={"points": 2, "stars": 1})

    assert json.dumps(write_record(one)) == json.dumps(write_record(other))


@pytest.mark.parametrize(
    ("text", "path", "found", "allowed"),
    [
        ('{"balance": {}}', "balance", "unknown word 'balance'", "did you mean 'balances'?"),
        ('{"balances": {"points": 1.5}}', "balances.points", "1.5", "a whole number"),
        ('{"balances": {"points": true}}', "balances.points", "true", "a whole number"),
        ('{"balances": {"points": NaN}}', "balances.points", "nan", "a whole number"),
        (f'{{"balances": {{"points": {2**63}}}}}', "balances.points", f"{2**63}", "a whole"),
        ('{"balances": {"a": 1, "a": 2}}', "balances.a", "the word twice", "once"),
        ('{"balances": []}', "balances", "a list of 0", "a table"),
        ('{"balances": {"": 1}}', 'balances.""', "''", "a text that is not empty"),
        ('{"tier": {}}', "tier", "a table", "a text"),
        ('{"tier": "a\\nb"}', "tier", "'a\\nb'", "a text"),
        ('{"tier": "\\ud800"}', "tier", "'\\ud800'", "a text"),
        ('{"visits": -1}', "visits", "-1", "a whole number from 0"),
        ('{"visits": 1, "visits": 2}', "visits", "the word twice", "once"),
        ('{"birthday": "2026-02-30"}', "birthday", "'2026-02-30'", "a day"),
        ('{"birthday": "2018-W01-1"}', "birthday", "'2018-W01-1'", "a day"),
        ('{"birthday": 20180101}', "birthday", "20180101", "a day"),
        ('{"birthday": "1492-10-12"}', "birthday", "'1492-10-12'", "a day from 1900 to 2199"),
        ('{"last_purchase_on": "9999-12-31"}', "last_purchase_on", "9999", "1900 to 2199"),
        ('{"lots": {}}', "lots", "a table", "a list"),
        ('{"lots": [1]}', "lots[0]", "1", "a table with unit, points"),
        ('{"lots": [{"unit": "points"}]}', "lots[0].points", "nothing", "it must be there"),
        ('{"carried": {"points": 0.5}}', "carried.points", "0.5", "a decimal number as text"),
        ('{"carried": {"points": "1e5"}}', "carried.points", "'1e5'", "a decimal number"),
        ('{"carried": {"points": "1/0"}}', "carried.points", "'1/0'", "a decimal number"),
        ('{"usage": {"gift": {"fortnight": 1}}}', "usage.gift.fortnight", "'fortnight'", "day"),
        ('{"history": {"spend_minor": {"d": 1}}}', "history.spend_minor.d", "'d'", "30d"),
        ('{"history": {"spent": {}}}', "history.spent", "unknown word 'spent'", "spend_minor"),
        ("[]", "(whole)", "a list of 0", "a table"),
        ("", "line 1, column 1", "an empty text", "JSON"),
        ("{", "line 1, column 2", "Expecting property name", "JSON"),
        ("[" * 100_000, "(whole)", "tables in tables", "levels"),
        ('{"visits": ' + "9" * 5000 + "}", "visits", "99999999", "fewer digits"),
        ('{"visits": 0, "goals": {"a": 1, "b": ' + "9" * 5000 + "}}", "goals.b", "9", "fewer"),
    ],
)
def test_what_is_wrong_with_a_member_is_told_with_its_place(
    text: str, path: str, found: str, allowed: str
) -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_facts(text, "member.json")

    assert wrong.value.file == "member.json"
    assert wrong.value.path == path
    assert found in wrong.value.found
    assert allowed in wrong.value.allowed


def test_a_member_of_ten_million_characters_is_refused() -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_facts(" " * 10_000_000)

    assert wrong.value.found == "10000000 characters"
    assert str(DOCUMENT_CHARACTERS_MAX) in wrong.value.allowed


@pytest.mark.parametrize(
    "many",
    [
        {"segments": ["a"] * (ENTRIES_MAX + 1)},
        {"goals": {f"{n}": 1 for n in range(ENTRIES_MAX + 1)}},
    ],
)
def test_more_entries_than_any_member_has_are_refused(many: dict[str, object]) -> None:
    with pytest.raises(WrongDocument) as wrong:
        read_facts(many)

    assert wrong.value.found == f"{ENTRIES_MAX + 1} entries"
