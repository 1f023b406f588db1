"""The results of a replay as a picture: what each day cost, and who wins and who loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.lab.replay.canvas import (
    BLUE,
    BOLD,
    GREY,
    INK,
    ORANGE,
    PALE,
    Canvas,
    Colour,
    Side,
)
from pos_loyalty.lab.replay.results import Bar, Results

WIDTH_PX, HEIGHT_PX = 1280, 960
MARGIN_PX, GAP_PX = 40, 110
LABEL_PX, TITLE_PX = 16, 24
TICKS = 4
DAYS_MAX = 35  # More days are told by the week.
WEEKS_MAX = 120  # Bars; more are told by the month.
BARS_GAP = 0.25
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Panel:
    """Where a diagram lies, without its labels, and its figures' scale."""

    left: int
    top: int
    right: int
    bottom: int
    least: int
    most: int

    def y(self, value: int) -> int:
        """Tell the height of a figure."""
        span = self.most - self.least
        return self.bottom - (value - self.least) * (self.bottom - self.top) // span


def draw_results(results: Results, words: Words, file: Path) -> None:
    """Draw the two diagrams into a PNG file. Raises OSError."""
    canvas = Canvas(WIDTH_PX, HEIGHT_PX)
    _costs(canvas, results, words)
    _changes(canvas, results, words)
    canvas.save(file)


def _costs(canvas: Canvas, results: Results, words: Words) -> None:
    spans, title = _spans(results, words)
    figures = [figure for _, costs in spans for figure in costs]
    ticks = _ticks(min(0, *figures, 0), max(0, *figures, 1))
    currency = results.crowd.currency
    labels = [words.money(tick, currency) for tick in ticks]
    left = MARGIN_PX + max(canvas.width_px(label, LABEL_PX) for label in labels) + 10
    panel = Panel(left, 110, WIDTH_PX - MARGIN_PX, 430, ticks[0], ticks[-1])
    canvas.text((MARGIN_PX, 52), title, size_px=TITLE_PX, weight=BOLD)
    _legend(canvas, results, words)
    _grid(canvas, panel, ticks, labels)
    wide = (panel.right - panel.left) / max(1, len(spans))
    sides = len(results.programs)
    bar_px = max(1, int(wide * (1 - BARS_GAP) / sides))
    names = [words.day(on, results.crowd.last) for on, _ in spans]
    shown = _every(canvas, names, wide)
    for place, (_, costs) in enumerate(spans):
        middle = panel.left + int(wide * (place + 0.5))
        for side, cost in enumerate(costs):
            x = middle - bar_px * sides // 2 + bar_px * side
            top, bottom = sorted((panel.y(cost), panel.y(0)))
            _fill(canvas, (x, top, x + max(1, bar_px - 1), bottom), side)
        if place % shown == 0:
            below = (middle, panel.bottom + 26)
            canvas.text(below, names[place], Side.MIDDLE, size_px=LABEL_PX, colour=GREY)


def _fill(canvas: Canvas, box: tuple[int, int, int, int], side: int) -> None:
    if side == 0:
        canvas.box(*box, BLUE)
    else:
        canvas.hatch(*box, ORANGE)


def _legend(canvas: Canvas, results: Results, words: Words) -> None:
    x = MARGIN_PX
    for side, one in enumerate(results.programs):
        _fill(canvas, (x, 70, x + 26, 88), side)
        name = in_language(one.program.name, words.language)
        share = words.gettext("{name}, version {version}").format(
            name=name, version=one.program.version
        )
        canvas.text((x + 36, 86), share, size_px=LABEL_PX)
        x += 36 + canvas.width_px(share, LABEL_PX) + 40


def _spans(results: Results, words: Words) -> tuple[list[tuple[date, list[int]]], str]:
    """Add up days into days, weeks or months, each with every program's cost."""
    crowd = results.crowd
    if crowd.first is None or crowd.last is None:
        return [], words.gettext("What each day cost")
    days = (crowd.last - crowd.first).days + 1
    weeks = days > DAYS_MAX
    months = days > WEEKS_MAX * 7
    spans: dict[date, list[int]] = {}
    on = crowd.first
    while not weeks and on <= crowd.last:  # Days without receipts are there, too.
        spans[on] = [0] * len(results.programs)
        on += timedelta(days=1)
    for day in results.days:
        begin = day.on.replace(day=1) if months else day.on
        if weeks and not months:
            begin = day.on - timedelta(days=day.on.weekday())
        had = spans.get(begin, [0] * len(results.programs))
        spans[begin] = [a + b for a, b in zip(had, day.costs_minor, strict=True)]
    told = words.gettext("What each day cost")
    if weeks:
        told = words.gettext("What each week cost")
    if months:
        told = words.gettext("What each month cost")
    return sorted(spans.items()), told


def _changes(canvas: Canvas, results: Results, words: Words) -> None:
    comparison, currency = results.comparison, results.crowd.currency
    bars = _trimmed(comparison.bars)
    title = words.gettext("Members by what they win or lose")
    canvas.text((MARGIN_PX, 530), title, size_px=TITLE_PX, weight=BOLD)
    told = words.gettext("{losers} lose, {same} neither, {winners} win").format(
        losers=words.number(comparison.losers),
        same=words.number(comparison.same),
        winners=words.number(comparison.winners),
    )
    canvas.text((MARGIN_PX, 562), told, size_px=LABEL_PX, colour=INK)
    ticks = _ticks(0, max([1, *(bar.members for bar in bars)]))
    labels = [words.number(tick) for tick in ticks]
    left = MARGIN_PX + max(canvas.width_px(label, LABEL_PX) for label in labels) + 10
    panel = Panel(left, 590, WIDTH_PX - MARGIN_PX, 880, ticks[0], ticks[-1])
    _grid(canvas, panel, ticks, labels)
    wide = (panel.right - panel.left) / max(1, len(bars))
    names = [_bar_name(bar, words, currency) for bar in bars]
    shown = _every(canvas, names, wide)
    for place, bar in enumerate(bars):
        x = panel.left + int(wide * place)
        box = (x + 3, panel.y(bar.members), x + int(wide) - 3, panel.y(0))
        if bar.since_minor == 0:
            canvas.box(*box, GREY)
        else:
            _fill(canvas, box, int(bar.until_minor is not None and bar.until_minor <= 0))
        middle = x + int(wide / 2)
        if bar.members:
            count = words.number(bar.members)
            canvas.text((middle, box[1] - 6), count, Side.MIDDLE, size_px=LABEL_PX - 2)
        if place % shown == 0:
            below = (middle, panel.bottom + 26)
            canvas.text(below, names[place], Side.MIDDLE, size_px=LABEL_PX - 2, colour=GREY)


def _trimmed(bars: Sequence[Bar]) -> Sequence[Bar]:
    """Leave out empty bars at both ends."""
    full = [place for place, bar in enumerate(bars) if bar.members]
    return bars[full[0] : full[-1] + 1] if full else ()


def _bar_name(bar: Bar, words: Words, currency: str) -> str:
    """Name a bar by the end that is farther from 0; an open one by the other."""
    since, until = bar.since_minor, bar.until_minor
    if since == 0:
        return words.money(0, currency)
    if since is None:
        return "< " + words.money(until or 0, currency)
    if until is None:
        return "> +" + words.money(since - 1, currency)
    far = words.money(since, currency) if until <= 0 else "+" + words.money(until - 1, currency)
    return words.gettext("to {amount}").format(amount=far)


def _grid(canvas: Canvas, panel: Panel, ticks: Sequence[int], labels: Sequence[str]) -> None:
    for tick, label in zip(ticks, labels, strict=True):
        y = panel.y(tick)
        colour: Colour = GREY if tick == 0 else PALE
        canvas.box(panel.left, y, panel.right, y + 1, colour)
        at = (panel.left - 10, y + LABEL_PX // 3)
        canvas.text(at, label, Side.RIGHT, size_px=LABEL_PX, colour=GREY)


def _every(canvas: Canvas, names: Sequence[str], wide: float) -> int:
    """Tell every how many-th name is shown, so that none touches the next."""
    widest = max((canvas.width_px(name, LABEL_PX) for name in names), default=0) + 14
    return max(1, -int(-widest // max(1.0, wide)))


def _ticks(least: int, most: int) -> list[int]:
    """Choose round figures from below the least to above the most."""
    step = _round(Fraction(most - least, TICKS))
    first, last = least // step, -(-most // step)
    return [number * step for number in range(first, last + 1)]


def _round(wanted: Fraction) -> int:
    size = 1
    for _ in range(30):
        for step in STEPS:
            if step * size >= wanted:
                return step * size
        size *= 10
    return size
