from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.main import app
from pos_loyalty.lab.bench import run
from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed
from pos_loyalty.lab.bench.plan import Bench


def slow_shop(bench: Bench) -> Group:
    group = Group("sale")
    group.add("sale commit", (float(bench.plan.sales),), Limit(10))
    return group


def broken_shop(_bench: Bench) -> Group:
    raise MeasurementFailed("the till's window never showed what it was to show")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setitem(run.GROUPS, "sale", slow_shop)
    monkeypatch.setitem(run.GROUPS, "scan", broken_shop)
    return CliRunner()


def test_a_missed_limit_is_told_and_is_no_failure(bench: CliRunner) -> None:
    result = bench.invoke(app, ["bench", "sale", "--sales", "11"])

    assert result.exit_code == 0
    assert result.stdout.split() == [
        *("sale", "sale", "commit", "11.00", "11.00", "11.00", "ms", "p99", "≤", "10", "MISSED"),
    ]


def test_a_missed_limit_fails_where_it_is_asked_to(bench: CliRunner) -> None:
    missed = bench.invoke(app, ["bench", "sale", "--sales", "11", "--strict"])
    held = bench.invoke(app, ["bench", "sale", "--sales", "10", "--strict"])

    assert (missed.exit_code, held.exit_code) == (1, 0)


def test_the_figures_can_be_read_by_a_machine(bench: CliRunner) -> None:
    result = bench.invoke(app, ["bench", "sale", "--sales", "7", "--json"])

    (told,) = json.loads(result.stdout)
    assert (told["what"], told["p99"], told["limit"], told["held"]) == (
        *("sale commit", 7.0, "p99 ≤ 10", True),
    )


def test_a_measurement_that_is_none_is_named_with_those_that_are(bench: CliRunner) -> None:
    result = bench.invoke(app, ["bench", "coffee"])

    assert result.exit_code == 2
    assert "coffee is no measurement; there are start, memory" in result.stderr


def test_what_could_not_be_measured_is_said_in_a_sentence(bench: CliRunner) -> None:
    result = bench.invoke(app, ["bench", "scan"])

    assert result.exit_code == 2
    assert "never showed what it was to show" in result.stderr
    assert "Traceback" not in result.output
