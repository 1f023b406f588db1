"""`pos-loyalty program`: tools for whoever writes a shop's rules."""

from __future__ import annotations

import typer

from pos_loyalty.cli.program.case import case
from pos_loyalty.cli.program.check import check
from pos_loyalty.cli.program.diff import diff
from pos_loyalty.cli.program.explain import explain
from pos_loyalty.cli.program.quote import quote
from pos_loyalty.cli.program.schema import schema
from pos_loyalty.cli.program.simulate import simulate

app = typer.Typer(
    name="program", help="Loyalty programs: rules as documents.", no_args_is_help=True
)
app.command("check")(check)
app.command("schema")(schema)
app.command("diff")(diff)
app.command("quote")(quote)
app.command("explain")(explain)
app.command("case")(case)
app.command("simulate")(simulate)
