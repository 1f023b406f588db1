"""`pos-loyalty server program | catalogue`: what is sold, and by which rules it earns."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

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

programs = typer.Typer(name="program", help="Loyalty programs.", no_args_is_help=True)
catalogue = typer.Typer(name="catalogue", help="Products and prices.", no_args_is_help=True)
PARTS = (programs, catalogue)
PRODUCT_COLUMNS = (
    "sku", "name", "price_minor", "category", "tax_rate", "brand", "labels", "unit", "cost_minor",
    "sold",
)  # fmt: skip

FileArgument = Annotated[Path, typer.Argument(dir_okay=False)]


@programs.command("publish")
def publish_program(
    file: FileArgument,
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish a version of a program (TOML or JSON), for ever.

    Exit code 2: the document cannot be accepted; 3: this version says something else already.
    """
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        text = file.read_text(encoding="utf-8")
        program = admin.publish_program(connection, text, str(file), datetime.now(UTC))
    answer = {"program": program.id, "version": program.version}
    tell(where, answer, f"{program.id} version {program.version} is published.")


@programs.command("list")
def list_programs(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the published versions."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [asdict(line) for line in admin.list_programs(connection)]
    tell_list(where, rows, ("program", "version", "published_at"))


@catalogue.command("publish")
def publish_catalogue(
    file: FileArgument,
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add or change the products of a CSV file with a heading line.

    Columns: sku, name, price_minor; and, if wanted, category, tax_rate, brand, labels (with ;
    between them), unit (piece, kg, litre …) and cost_minor.
    """
    from pos_loyalty.server import admin
    from pos_loyalty.server.catalogue import read_catalogue

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        products = read_catalogue(file.read_text(encoding="utf-8"), str(file))
        count = admin.put_products(connection, products)
    tell(where, {"products": count}, f"{count} products are published.")


@catalogue.command("add")
def add_product(  # noqa: PLR0913 - one argument per option
    sku: Annotated[str, typer.Argument(help="GTIN, or the shop's own number.")],
    name: Annotated[str, typer.Argument(help="As it stands on the receipt.")],
    price_minor: Annotated[int, typer.Argument(min=0, help="In cents, tax included.")],
    *,
    category: Annotated[str, typer.Option(help="A path, as in grocery/coffee.")] = "",
    tax_rate: Annotated[str, typer.Option(help="A part of one, as in 0.22.")] = "0",
    brand: Annotated[str, typer.Option(help="Whose product it is.")] = "",
    label: Annotated[list[str] | None, typer.Option(help="As in organic; several times.")] = None,
    unit: Annotated[str, typer.Option(help="What is counted: piece, kg, litre.")] = "piece",
    cost_minor: Annotated[
        int | None, typer.Option(min=0, help="What one costs the shop, in cents.")
    ] = None,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add one product, or change it."""
    from pos_loyalty.server import admin
    from pos_loyalty.server.catalogue import read_product

    where = Where(embedded, database_url, as_json)
    fields = {
        "sku": sku,
        "name": name,
        "price_minor": str(price_minor),
        "category": category,
        "tax_rate": tax_rate,
        "brand": brand,
        "labels": ";".join(label or ()),
        "unit": unit,
        "cost_minor": "" if cost_minor is None else str(cost_minor),
    }
    with shop(where) as connection:
        product = read_product(fields)
        admin.put_products(connection, [product])
    tell(where, {"sku": product.sku}, f"{product.sku}: {product.name}.")


@catalogue.command("list")
def list_products(
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the products, also what is not sold any more."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        rows = [p.model_dump(exclude={"change"}) for p in admin.list_products(connection)]
    tell_list(where, rows, PRODUCT_COLUMNS)


@catalogue.command("revoke")
def revoke_product(
    sku: Annotated[str, typer.Argument(help="From `catalogue list`.")],
    *,
    embedded: EmbeddedOption = None,
    database_url: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a product out of the catalogue."""
    from pos_loyalty.server import admin

    where = Where(embedded, database_url, as_json)
    with shop(where) as connection:
        admin.revoke_product(connection, sku)
    tell(where, {"revoked": sku}, f"{sku} is not sold any more.")
