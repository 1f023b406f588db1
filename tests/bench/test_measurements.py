from __future__ import annotations

import time
from pathlib import Path

import pytest

from pos_loyalty.lab.bench.figures import Figure, Group
from pos_loyalty.lab.bench.plan import Bench, Plan
from pos_loyalty.lab.bench.run import GROUPS, run_groups
from pos_loyalty.lab.bench.running import RunningTill, run
from pos_loyalty.lab.bench.shop import till_in
from pos_loyalty.terminal.settings import Settings

TINY = Plan(members=300, sales=3, scans=6, events=30, starts=1, days=1, steps=60)


def measured(name: str) -> Group:
    (group,) = run_groups((name,), TINY)
    return group


def figure(group: Group, beginning: str) -> Figure:
    return next(f for f in group.figures if f.what.strip().startswith(beginning))


@pytest.mark.parametrize("name", list(GROUPS))
def test_every_group_can_be_measured_in_a_tiny_shop(name: str) -> None:
    group = measured(name)

    assert group.name == name
    for one in group.figures:
        assert 0 <= one.p50 <= one.p99 <= one.max, one
        assert one.samples > 0


def test_every_sale_and_the_bare_disk_are_measured_in_one_run() -> None:
    group = measured("sale")

    commit, bare = figure(group, "sale commit"), figure(group, "bare 4 KB write")
    assert commit.samples == bare.samples == TINY.sales
    assert bare.p50 < commit.p50
    assert any("longest ledger job sell" in one.what for one in group.figures)


def test_every_scan_ends_with_its_member_on_the_screen() -> None:
    group = measured("scan")

    assert figure(group, "scan → member painted").samples == TINY.scans


def test_a_window_that_was_held_up_is_found_out(tmp_path: Path) -> None:
    """Negative control: a bench that cannot see a block proves nothing by seeing none."""
    gaps: list[float] = []

    def script(till: RunningTill) -> None:
        till.sign_in()
        till.watch.listen()
        till.watch.do(lambda: time.sleep(0.15))
        gaps.extend(till.watch.gaps_ms())

    run(till_in(Bench(TINY, tmp_path), "till"), Settings(), script)

    assert max(gaps) >= 150
