"""`pos-loyalty server pool`: prizes that tills may give without a line, and their proof."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from fractions import Fraction
from typing import Annotated
from uuid import UUID

import typer

from pos_loyalty.cli.server_database import (
    DatabaseOption,
    EmbeddedOption,
    JsonOption,
    Where,
    shop,
    tell,
    tell_list,
)

pools = typer.Typer(name="pool", help="Prizes to be won at the tills.", no_args_is_help=True)
PARTS = (pools,)
DIGITS = re.compile("[0-9]{1,12}")

TillArgument = Annotated[UUID, typer.Argument(help="The till's id, from `till list`.")]
LeaseArgument = Annotated[UUID, typer.Argument(help="From `pool list`.")]


@pools.command("lease")
def lease_prizes(  # noqa: PLR0913 - one argument per option
    till: TillArgument,
    program: Annotated[str, typer.Argument(help="The program's id.")],
    pool: Annotated[str, typer.Argument(help="The pool's id in the program.")],
    *,
    share: Annotated[
        str | None, typer.Option(help="A part of all its prizes, as in 1/4, rounded down.")
    ] = None,
    prize: Annotated[
        list[str] | None, typer.Option(help="So many of one, as in coffee=20; several times.")
    ] = None,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lease prizes of a pool to a till; without --share or --prize all that no till holds.

    Tills never hold more together than the pool has. Exit code 3: refused, with what is left.
    """
    from pos_loyalty.server.pools import Wanted
    from pos_loyalty.server.pools import lease_prizes as lease

    if share is not None and prize:
        raise typer.BadParameter("Give either --share or --prize.")
    wanted = Wanted(program, pool, _prizes(prize or ()), _share(share))
    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        line = lease(connection, till, wanted, datetime.now(UTC))
    told = ", ".join(f"{count} × {reward}" for reward, count in line.prizes.items())
    sentence = f"{line.till} may give {told}. Lease {line.lease}, commitment {line.commitment}"
    tell(where, asdict(line), sentence)


@pools.command("list")
def list_leases(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what is leased to which till, and what was given of it."""
    from pos_loyalty.server import pools as pool_keeping

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [asdict(line) for line in pool_keeping.list_leases(connection)]
    columns = ("lease", "till", "program", "pool", "odds", "prizes", "given", "state")
    tell_list(where, rows, columns)


@pools.command("return")
def want_back(
    till: TillArgument,
    lease: LeaseArgument,
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a lease back. The till gives back what is left once it hears of it.

    Until then it counts as held. What a revoked till held stays counted: it may have given it.
    """
    from pos_loyalty.server import pools as pool_keeping

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        line = pool_keeping.want_back(connection, till, lease, datetime.now(UTC))
    tell(where, asdict(line), f"Lease {lease} of {line.till}: {line.state}.")


@pools.command("prove")
def prove(
    lease: LeaseArgument,
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Reveal a lease's secret to everybody, and make every draw from it again.

    For a lease that is used up or returned. Exit codes: 1 a draw came out otherwise, 3 refused.
    """
    from pos_loyalty.server import proofs

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        found = proofs.prove(connection, lease, datetime.now(UTC))
    right = sum(one.right for one in found.draws)
    sentence = (
        f"SHA-256 of the secret {found.secret} is the commitment {found.commitment}.\n"
        f"{right} of {len(found.draws)} draws came out as they were made. --json tells each."
    )
    tell(where, asdict(found), sentence)
    if not found.right:
        raise typer.Exit(1)


def _prizes(told: list[str] | tuple[str, ...]) -> dict[str, int] | None:
    prizes: dict[str, int] = {}
    for text in told:
        reward, _, count = text.partition("=")
        if not (reward and DIGITS.fullmatch(count)):
            raise typer.BadParameter(f"{text!r} is no prize: write it as coffee=20.")
        prizes[reward] = prizes.get(reward, 0) + int(count)
    return prizes or None


def _share(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise typer.BadParameter(f"{text!r} is no share: write it as 1/4.") from error
    if not 0 < share <= 1:
        raise typer.BadParameter(f"A share lies between 0 and 1, not {text}.")
    return share
