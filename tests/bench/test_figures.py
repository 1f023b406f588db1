from __future__ import annotations

import pytest

from pos_loyalty.lab.bench.figures import Group, Limit, MeasurementFailed, Stat, times_ms

HUNDRED = [float(number) for number in range(100, 0, -1)]


def test_the_median_and_the_99th_percentile_are_samples_that_were_seen() -> None:
    figure = Group("sale").add("commit", HUNDRED)

    assert (figure.samples, figure.p50, figure.p99, figure.max) == (100, 50.0, 99.0, 100.0)


def test_a_single_sample_is_its_own_median_and_worst() -> None:
    figure = Group("start").add("start", (1.5,), unit="s")

    assert (figure.p50, figure.p99, figure.max) == (1.5, 1.5, 1.5)


@pytest.mark.parametrize(
    ("limit", "held"),
    [
        (Limit(99), True),
        (Limit(98.9), False),
        (Limit(99, Stat.MAX), False),
        (Limit(50, Stat.P50), True),
        (Limit(100, Stat.MAX, at_least=True), True),
        (Limit(101, Stat.MAX, at_least=True), False),
    ],
)
def test_a_limit_is_held_by_the_figure_it_speaks_of(limit: Limit, *, held: bool) -> None:
    assert Group("sale").add("commit", HUNDRED, limit).held is held


def test_a_figure_without_a_limit_is_told_and_not_judged() -> None:
    assert Group("sale").add("commit", HUNDRED).held is None


def test_a_limit_reads_as_in_the_table() -> None:
    assert str(Limit(50)) == "p99 ≤ 50"
    assert str(Limit(5000, Stat.P50, at_least=True)) == "p50 ≥ 5000"


def test_what_was_never_measured_is_no_good_figure() -> None:
    with pytest.raises(MeasurementFailed, match="commit"):
        Group("sale").add("commit", ())


def test_a_ratio_tells_how_many_times_dearer_something_is() -> None:
    group = Group("sale")
    commit, bare = group.add("commit", (8.0,)), group.add("bare write", (2.0,))

    group.compare("commit ÷ bare write", commit, bare, Stat.P50)

    assert (group.figures[-1].p50, group.figures[-1].unit) == (4.0, "×")


def test_short_work_is_done_often_and_the_first_time_does_not_count() -> None:
    done = []

    samples = times_ms(lambda: done.append(1), enough_s=0.0)

    assert len(done) == len(samples) + 1
    assert len(samples) >= 20


def test_a_ratio_can_have_a_limit_as_well() -> None:
    group = Group("quote")
    once, twice = group.add("once", (2.0,)), group.add("twice", (8.0,))

    group.compare("twice ÷ once", twice, once, Stat.P50, Limit(2.5, Stat.P50))

    assert group.figures[-1].held is False
