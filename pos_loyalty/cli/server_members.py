"""`pos-loyalty server member`: what the shop's own people know of a member."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from pos_loyalty.cli.server_database import (
    DatabaseOption,
    EmbeddedOption,
    JsonOption,
    Where,
    shop,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_loyalty.domain.ids import MemberId
    from pos_loyalty.server.database import Connection

members = typer.Typer(name="member", help="What programs know of a member.", no_args_is_help=True)
PARTS = (members,)

MemberArgument = Annotated[UUID | None, typer.Argument(help="The member's id.")]
CardOption = Annotated[str, typer.Option("--card", help="Her card's number, instead of the id.")]


@members.command("set")
def set_member(  # noqa: PLR0913 - one argument per option
    member: MemberArgument = None,
    *,
    card: CardOption = "",
    segment: Annotated[
        list[str] | None,
        typer.Option(help="All her segments; may be repeated. '' takes them away."),
    ] = None,
    attribute: Annotated[
        list[str] | None,
        typer.Option(help="As in vehicle=car; may be repeated. 'vehicle=' takes it away."),
    ] = None,
    favourite: Annotated[
        str | None, typer.Option(help="Her favourite category. '' takes it away.")
    ] = None,
    tier: Annotated[
        list[str] | None,
        typer.Option(help="She is not below it, as in bottega=gold. 'bottega=' takes it away."),
    ] = None,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is known of a member; the stores where she shops are told. Exit code 3: refused."""
    from pos_loyalty.server.member_facts import FactsSet, set_facts

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        found = _member(connection, member, card)
        facts = FactsSet(
            segments=None if segment is None else tuple(segment),
            attributes=_pairs("--attribute", attribute),
            favourite_category=favourite,
            tiers=_pairs("--tier", tier),
        )
        set_facts(connection, found, facts, datetime.now(UTC).date())
    tell(where, {"member": found}, f"{found}: noted.")


@members.command("show")
def show_member(
    member: MemberArgument = None,
    *,
    card: CardOption = "",
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what programs know of a member; nothing that names or reaches her."""
    from pos_loyalty.server.member_facts import read_member

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        line = asdict(read_member(connection, _member(connection, member, card)))
    past = line.pop("past")
    rows = [*line.items(), *past.items()]
    tell(where, {**line, "past": past}, "\n".join(f"{name}: {value}" for name, value in rows))


def _member(connection: Connection, member: UUID | None, card: str) -> MemberId:
    from pos_loyalty.domain.ids import MemberId
    from pos_loyalty.server.member_facts import member_with_card
    from pos_loyalty.server.refusals import Refusal

    if (member is None) == (not card):
        raise Refusal("which_member", "Give either the member's id or --card.")
    return member_with_card(connection, card) if member is None else MemberId(member)


def _pairs(option: str, words: Sequence[str] | None) -> dict[str, str]:
    """Read words such as name=value. Raises Refusal."""
    from pos_loyalty.server.refusals import Refusal

    pairs: dict[str, str] = {}
    for word in words or ():
        name, equals, value = word.partition("=")
        if not (name and equals):
            raise Refusal("wrong_pair", f"{option} {word!r}: give it as name=value.")
        pairs[name] = value
    return pairs
