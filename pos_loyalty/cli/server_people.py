"""`pos-loyalty server store | till | staff | channel`: where, by what and by whom is sold."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
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

stores = typer.Typer(name="store", help="The shop's stores.", no_args_is_help=True)
tills = typer.Typer(name="till", help="The tills of the stores.", no_args_is_help=True)
staff = typer.Typer(name="staff", help="Who works at which store.", no_args_is_help=True)
channels = typer.Typer(name="channel", help="Doors for a web shop or an app.", no_args_is_help=True)
PARTS = (stores, tills, staff, channels)

StoreArgument = Annotated[str, typer.Argument(help="The store's short name, as in bologna-1.")]


@stores.command("add")
def add_store(  # noqa: PLR0913 - one argument per option
    store: StoreArgument,
    *,
    name: Annotated[str, typer.Option(help="As it stands on the receipt.")],
    zone: Annotated[str, typer.Option(help="Time zone, as in Europe/Rome.")],
    currency: Annotated[str, typer.Option(help="As in EUR.")],
    region: Annotated[str, typer.Option(help="Country of telephone numbers, as in IT.")],
    language: Annotated[str, typer.Option(help="Of the receipts, as in it.")] = "en",
    address: Annotated[str, typer.Option(help="As it stands on the receipt.")] = "",
    card_prefix: Annotated[
        list[str] | None, typer.Option(help="First digits of the shop's cards; may be repeated.")
    ] = None,
    accent: Annotated[str, typer.Option(help="The shop's colour, as in 0B6E4F.")] = "",
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a store, or change one. Exit code 3: refused."""
    from pos_loyalty.server.admin import put_store
    from pos_loyalty.wire.changes import (
        StoreChanged,
    )

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        told = StoreChanged(
            store=store,
            name=name,
            address=address,
            zone=zone,
            currency=currency,
            language=language,
            region=region,
            card_prefixes=tuple(card_prefix or ()),
            accent=accent,
        )
        put_store(connection, told)
    tell(where, {"store": store}, f"{store}: {name}.")


@stores.command("list")
def list_stores(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the stores."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [store.model_dump(exclude={"change"}) for store in admin.list_stores(connection)]
    tell_list(where, rows, ("store", "name", "zone", "currency", "language", "region"))


@tills.command("add")
def add_till(
    store: StoreArgument,
    name: Annotated[str, typer.Argument(help="What people call the till, as in 'Till 2'.")],
    *,
    url: Annotated[
        str, typer.Option(help="Where the till finds this server.")
    ] = "http://127.0.0.1:8310",
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the one-time code that lets a computer become a till within 48 hours."""
    from pos_loyalty.server import tills as till_keeping
    from pos_loyalty.server.identity import read_identity
    from pos_loyalty.wire.enrolment_code import write_code

    where = Where(embedded, database_url, as_json)
    now = datetime.now(UTC)
    with shop(where) as connection:
        secret = till_keeping.add_till(connection, store, name, now)
        code = write_code(secret, read_identity(connection).server_key, url)
    expires_at = now + till_keeping.CODE_LASTS
    answer = {"code": code, "expires_at": expires_at.isoformat()}
    tell(
        where, answer, f"{code}\nType or scan this at {name}, once, before {expires_at:%F %R} UTC."
    )


@tills.command("list")
def list_tills(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the tills, and the codes that wait for a computer."""
    from pos_loyalty.server import tills as till_keeping

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [asdict(line) for line in till_keeping.list_tills(connection, datetime.now(UTC))]
    tell_list(where, rows, ("store", "name", "state", "terminal", "heard_at", "events"))


@tills.command("revoke")
def revoke_till(
    terminal: Annotated[UUID, typer.Argument(help="The till's id, from `till list`.")],
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Shut a till out at once. What it has sent stays."""
    from pos_loyalty.server import tills as till_keeping

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        till_keeping.revoke_till(connection, terminal, datetime.now(UTC))
    tell(where, {"revoked": terminal}, f"{terminal} is revoked.")


@staff.command("add")
def add_staff(  # noqa: PLR0913 - one argument per option
    store: StoreArgument,
    name: Annotated[str, typer.Argument(help="Short name to sign in with, as in anna.")],
    *,
    full_name: Annotated[str, typer.Option(help="As it stands on the receipt.")],
    role: Annotated[str, typer.Option(help="cashier or manager.")] = "cashier",
    pin: Annotated[
        str, typer.Option(prompt=True, hide_input=True, help="4 to 12 digits; asked when left out.")
    ],
    badge: Annotated[str, typer.Option(help="Code of her badge. Without: PIN only.")] = "",
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add somebody who works at a store, or change her name, role, PIN and badge."""
    from pos_loyalty.server.admin import NewStaff, put_staff

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        put_staff(connection, NewStaff(store, name, full_name, role, pin, badge))
    tell(where, {"store": store, "staff": name}, f"{full_name} may sign in at {store}.")


@staff.command("list")
def list_staff(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who works, or worked, where."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [asdict(line) for line in admin.list_staff(connection)]
    tell_list(where, rows, ("store", "staff", "name", "role", "active"))


@staff.command("revoke")
def revoke_staff(
    store: StoreArgument,
    name: Annotated[str, typer.Argument(help="The short name.")],
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let somebody sign in no more."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        admin.revoke_staff(connection, store, name)
    tell(where, {"store": store, "revoked": name}, f"{name} signs in at {store} no more.")


@channels.command("add")
def add_channel(
    name: Annotated[str, typer.Argument(help="As in web-shop.")],
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open a door and show its key, which is shown only now."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        key = admin.add_channel(connection, name)
    tell(where, {"channel": name, "key": key}, f"{key}\nKeep this key: it is not shown again.")


@channels.command("list")
def list_channels(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the channels."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [asdict(line) for line in admin.list_channels(connection)]
    tell_list(where, rows, ("channel", "revoked"))


@channels.command("revoke")
def revoke_channel(
    name: Annotated[str, typer.Argument(help="From `channel list`.")],
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Shut a channel's door at once."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        admin.revoke_channel(connection, name, datetime.now(UTC))
    tell(where, {"revoked": name}, f"{name} is shut out.")
