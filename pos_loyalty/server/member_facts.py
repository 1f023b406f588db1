"""What a shop's own people know of a member, and programs may ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.past import NO_PAST, Past
from pos_loyalty.domain.texts import check_text
from pos_loyalty.server.feed import announce_members
from pos_loyalty.server.identity import read_identity
from pos_loyalty.server.pasts import read_pasts, write_pasts
from pos_loyalty.server.refusals import Refusal
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.tables import credentials, members, records
from pos_loyalty.wire.index import card_digest
from pos_loyalty.wire.pasts import write_past

FACTS_MAX = 100  # Attributes, or segments, of one member.


@dataclass(frozen=True, slots=True)
class FactsSet:
    """What is said of a member now; an empty value takes a fact away. None: it stays as it is."""

    segments: tuple[str, ...] | None = None  # All of them.
    attributes: Mapping[str, str] = field(default_factory=dict)
    favourite_category: str | None = None
    tiers: Mapping[str, str] = field(default_factory=dict)  # By program; she is not below it.


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member without anything that names or reaches her."""

    member: UUID
    status: str
    home_store: str | None
    has_record: bool
    past: Mapping[str, object]  # As the document that tills are told.


def member_with_card(connection: Connection, number: str) -> MemberId:
    """Find a member by the number on her card. Raises Refusal."""
    digest = card_digest(number, read_identity(connection).index_key)
    query = select(credentials.c.member).where(credentials.c.digest == digest)
    found = connection.execute(query).scalar()
    if found is None:
        raise Refusal("unknown_card", "Nobody has a card with this number.")
    return MemberId(found)


def set_facts(connection: Connection, member: MemberId, facts: FactsSet, today: date) -> Past:
    """Change what is known of a member, and let the stores where she shops pull it.

    Raises Refusal.
    """
    _check(connection, facts)
    locked = select(members.c.member).where(members.c.member == member).with_for_update()
    if connection.execute(locked).first() is None:
        raise _unknown(member)
    past = _changed(read_pasts(connection, [member]).get(member, NO_PAST), facts)
    if max(len(past.segments), len(past.attributes)) > FACTS_MAX:
        sentence = f"A member has at most {FACTS_MAX} segments and {FACTS_MAX} attributes."
        raise Refusal("too_many_facts", sentence)
    write_pasts(connection, {member: past})
    announce_members(connection, [member], today)
    return past


def read_member(connection: Connection, member: MemberId) -> MemberLine:
    """Read what programs know of a member. Raises Refusal."""
    query = (
        select(members.c.status, members.c.home_store, records.c.member.label("told"))
        .outerjoin(records, records.c.member == members.c.member)
        .where(members.c.member == member)
    )
    row = connection.execute(query).first()
    if row is None:
        raise _unknown(member)
    past = read_pasts(connection, [member]).get(member, NO_PAST)
    tree = json.loads(write_past(past))
    return MemberLine(member, row.status, row.home_store, row.told is not None, tree)


def _unknown(member: MemberId) -> Refusal:
    return Refusal("unknown_member", f"There is no member {member}.")


def _changed(past: Past, facts: FactsSet) -> Past:
    favourite = facts.favourite_category
    return replace(
        past,
        segments=past.segments if facts.segments is None else _once_each(facts.segments),
        attributes=_merged(past.attributes, facts.attributes),
        favourite_category=past.favourite_category if favourite is None else favourite or None,
        tiers=_merged(past.tiers, facts.tiers),
    )


def _once_each(segments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({segment for segment in segments if segment}))


def _merged(had: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**had, **said}.items() if value}


def _check(connection: Connection, facts: FactsSet) -> None:
    texts = (*(facts.segments or ()), facts.favourite_category or "")
    pairs = (text for pair in facts.attributes.items() for text in pair)
    try:
        for text in (*texts, *pairs):
            check_text(text)
    except ValueError as error:
        raise Refusal("wrong_fact", f"This cannot be kept: {error}.") from error
    newest = Shelf().newest(connection) if facts.tiers else ()
    for name, tier in facts.tiers.items():
        program = next((one for one in newest if one.id == name), None)
        if program is None:
            raise Refusal("unknown_program", f"There is no program {name!r}. See `program list`.")
        tiers = () if program.ladder is None else program.ladder.tiers
        if tier and tier not in [one.id for one in tiers]:
            known = ", ".join(one.id for one in tiers) or "none"
            raise Refusal("unknown_tier", f"{name} has no tier {tier!r}. Its tiers: {known}.")
