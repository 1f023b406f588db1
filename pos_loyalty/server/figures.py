"""Figures about all members together, worked out at most once an hour and told to every till."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from logging import getLogger

from sqlalchemy import Connection, Engine, delete, func, select, text
from sqlalchemy.exc import DBAPIError

from pos_loyalty.domain.programs.limits import Per
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.scoring import Left
from pos_loyalty.server.database import in_transaction, insert_rows
from pos_loyalty.server.feed import EVERYWHERE, announce
from pos_loyalty.server.shelf import Shelf
from pos_loyalty.server.tables import earned_days, figures, figures_worked_out, used_totals
from pos_loyalty.wire.changes import FIGURES_MAX

FIGURES = "figures"
ALL = "all"  # They are told together.
EVERY = timedelta(hours=1)
DAYS = 30
PERCENT = 80
FIGURE_MAX = 10**12  # Millions of them still fit into a column.
TAKE_TURN = """
INSERT INTO figures_worked_out (at) VALUES (:now)
ON CONFLICT (one) DO UPDATE SET at = excluded.at WHERE figures_worked_out.at <= :due
RETURNING one
"""

log = getLogger(__name__)


def uses_in_total(left: Left, program: Program) -> Mapping[str, int]:
    """Tell what an event used of what all members together may have so many times."""
    limited = limited_in_total(program)
    used = dict.fromkeys(left.uses, 1) | dict(left.capped)
    return {
        f"{program.id}/{name}": min(times, FIGURE_MAX)
        for name, times in used.items()
        if name in limited
    }


def limited_in_total(program: Program) -> frozenset[str]:
    """Name the rules, rewards and caps whose limit counts all members together."""
    limits = [(rule.id, [limit.per for limit in rule.limits]) for rule in program.rules]
    limits += [(reward.id, [limit.per for limit in reward.limits]) for reward in program.rewards]
    limits += [(cap.id, [cap.per]) for cap in program.caps]
    return frozenset(name for name, spans in limits if Per.TOTAL in spans)


def keep_figures(engine: Engine, shelf: Shelf, now: datetime) -> None:
    """Work the figures out again if an hour has passed; whoever comes meanwhile does not wait.

    What fails is tried again after an hour: no till's call depends on it.
    """
    if not in_transaction(engine, lambda connection: _is_due(connection, now)):
        return
    try:
        in_transaction(engine, lambda connection: work_figures_out(connection, shelf, now.date()))
    except DBAPIError as error:
        log.warning("the figures were not worked out: %s", type(error.orig).__name__)


def _is_due(connection: Connection, now: datetime) -> bool:
    """Take the turn, if it is time; whoever finds that it is not locks nothing."""
    last = connection.execute(select(figures_worked_out.c.at)).scalar()
    if last is not None and last > now - EVERY:
        return False
    turn = text(TAKE_TURN), {"now": now, "due": now - EVERY}
    return connection.execute(*turn).first() is not None


def work_figures_out(connection: Connection, shelf: Shelf, today: date) -> None:
    """Work the figures out, and tell the tills if they have changed."""
    found = _work_out(connection, shelf.newest(connection), today)
    if found == read_figures(connection):
        return
    connection.execute(delete(figures))
    rows = [{"name": name, "figure": figure} for name, figure in found.items()]
    insert_rows(connection, figures, rows)
    announce(connection, FIGURES, [ALL], EVERYWHERE)


def read_figures(connection: Connection) -> dict[str, int]:
    """Read the figures as they were published last."""
    rows = connection.execute(select(figures.c.name, figures.c.figure).order_by(figures.c.name))
    return {row.name: row.figure for row in rows}


def _work_out(connection: Connection, programs: tuple[Program, ...], today: date) -> dict[str, int]:
    since = today - timedelta(days=DAYS - 1)
    connection.execute(delete(earned_days).where(earned_days.c.day < since))
    earned = _earned_by_most(connection, since, today + timedelta(days=1))
    used = _used(connection)
    found: dict[str, int] = {}
    for program in programs:
        for unit in program.units:
            name = program.account_unit(unit.id)
            found[f"{name}-{DAYS}d-p{PERCENT}"] = earned.get(name, 0)
        for rule in sorted(limited_in_total(program)):
            found[f"{program.id}/used-{rule}"] = used.get(f"{program.id}/{rule}", 0)
    return dict(sorted(found.items())[:FIGURES_MAX])


def _earned_by_most(connection: Connection, since: date, until: date) -> dict[str, int]:
    """Tell for each unit what 80 of 100 members, of those who earned any, did not exceed."""
    sums = (
        select(earned_days.c.unit, func.sum(earned_days.c.points).label("points"))
        .where(earned_days.c.day.between(since, until))
        .group_by(earned_days.c.unit, earned_days.c.member)
        .subquery()
    )
    percentile = func.percentile_disc(PERCENT / 100).within_group(sums.c.points)
    query = select(sums.c.unit, percentile.label("figure")).group_by(sums.c.unit)
    return {row.unit: min(int(row.figure), FIGURE_MAX) for row in connection.execute(query)}


def _used(connection: Connection) -> dict[str, int]:
    times = func.sum(used_totals.c.times).label("times")
    query = select(used_totals.c.name, times).group_by(used_totals.c.name)
    return {row.name: min(int(row.times), FIGURE_MAX) for row in connection.execute(query)}
