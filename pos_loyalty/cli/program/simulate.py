"""`pos-loyalty program simulate`: what a month would have been under a program."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.program.quote import STANDARD_INPUT, words_in
from pos_loyalty.cli.program.reading import WRONG_DOCUMENT, program_in, tell_wrong, told_if_wrong

if TYPE_CHECKING:
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.domain.programs.program import Program
    from pos_loyalty.i18n import Words
    from pos_loyalty.lab.replay.replaying import Numbered, Replay, Terms, Wrong
    from pos_loyalty.lab.replay.source import ReceiptFile

STOPPED = 130  # The exit code.
PROGRESS_EVERY = 500  # Receipts.
WRONG_TOLD_MAX = 10


class Redeem(StrEnum):
    """What members redeem in the replay."""

    TOLD = "told"
    GREEDY = "greedy"
    NOTHING = "nothing"


class Begin(StrEnum):
    """How members begin of whom a receipt does not tell."""

    UNKNOWN = "unknown"
    EMPTY = "empty"


FileArgument = Annotated[Path, typer.Argument(help="A program document, TOML or JSON.")]
ReceiptsArgument = Annotated[
    Path,
    typer.Argument(
        help="Basket documents, one a line, or a table (CSV); gzip, too. - reads them from the "
        "standard input."
    ),
]
BesideOption = Annotated[
    Path | None, typer.Option(help="The present program. Left out: beside no program.")
]
RedeemOption = Annotated[
    Redeem,
    typer.Option(
        help="What members redeem: what their receipts wish for; greedy: besides, the best they "
        "can have; or nothing."
    ),
]
BeginOption = Annotated[
    Begin,
    typer.Option(
        help="What is so of a member where her first receipt is silent: unknown, or empty: she "
        "begins with it."
    ),
]
AnyDayOption = Annotated[
    bool, typer.Option("--any-day", help="As if the programs were in force on every day.")
]
SkipWrongOption = Annotated[
    bool, typer.Option("--skip-wrong", help="Leave wrong receipts out, and count them.")
]
PictureOption = Annotated[Path | None, typer.Option(help="Draw the results into a PNG file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
LanguageOption = Annotated[
    str, typer.Option(help="The language of the sentences: en, it, ru, bg, zh-Hans.")
]


def simulate(  # noqa: PLR0913 - one argument per option
    file: FileArgument,
    receipts: ReceiptsArgument,
    *,
    beside: BesideOption = None,
    redeem: RedeemOption = Redeem.TOLD,
    begin: BeginOption = Begin.UNKNOWN,
    any_day: AnyDayOption = False,
    skip_wrong: SkipWrongOption = False,
    picture: PictureOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Replay past receipts under a program: what it costs, who wins, who loses.

    Receipts are replayed in the order of their instants; every member keeps her own standing under
    each program. Exit codes: 0 told, 2 a document or a receipt cannot be accepted, with its place,
    130 stopped from the keyboard.
    """
    from pos_loyalty.lab.replay.replaying import Terms
    from pos_loyalty.lab.replay.wishing import Redeem as Redeeming

    words = words_in(language)
    programs = []
    for path in (file, *(() if beside is None else (beside,))):
        with told_if_wrong(path, as_json=as_json):
            program = program_in(path)
            programs.append(_on_any_day(program) if any_day else program)
    terms = Terms(Redeeming(redeem.value), from_nothing=begin is Begin.EMPTY)
    skipped = _Skipped(receipts)
    began = time.perf_counter()
    with told_if_wrong(receipts, as_json=as_json):
        try:
            replay = _replayed(programs, terms, receipts, skipped if skip_wrong else None)
        except KeyboardInterrupt:
            typer.echo("Stopped.", err=True)
            raise typer.Exit(STOPPED) from None
    _tell(replay, skipped.count, words.language, picture, as_json=as_json)
    _tell_speed(words, replay, time.perf_counter() - began, as_json=as_json)


class _Skipped:
    """Receipts that are left out: the first ones are named, all are counted."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.count = 0

    def __call__(self, error: WrongDocument) -> None:
        """Hear of one."""
        self.count += 1
        if self.count <= WRONG_TOLD_MAX:
            tell_wrong(error, self.file, as_json=False)
        if self.count == WRONG_TOLD_MAX:
            typer.echo("Further ones are counted only.", err=True)


def _on_any_day(program: Program) -> Program:
    """Let a program hold always: last month's receipts lie before the first day of a new one."""
    return replace(program, valid_from=date(1900, 1, 1), valid_until=None, closing=None)


def _replayed(programs: list[Program], terms: Terms, path: Path, wrong: Wrong | None) -> Replay:
    """Replay a file; a second time, sorted on the disk, where it is too far out of order."""
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.lab.replay.ordering import NotInOrder, TooMany, in_order, sorted_on_disk
    from pos_loyalty.lab.replay.replaying import Replay
    from pos_loyalty.lab.replay.source import kept_receipts, opened_receipts

    stdin = path == STANDARD_INPUT
    with (
        kept_receipts(typer.get_binary_stream("stdin")) if stdin else opened_receipts(path) as file
    ):
        for order in (in_order, sorted_on_disk):
            replay = Replay(programs, terms)
            try:
                found = file.receipts(programs[0].currency, wrong)
                replay.play(order(_shown(found, file)), file.name, wrong, file.place)
            except NotInOrder:
                typer.echo("The receipts are far out of order: they are sorted first.", err=True)
                wrong = None if wrong is None else _again(wrong)
                continue
            except TooMany as error:
                raise WrongDocument(
                    file=file.name, path="(whole)", found=str(error), allowed="receipts in order"
                ) from error
            return replay
    raise AssertionError("what is sorted is in order")


def _again(wrong: Wrong) -> Wrong:
    """Begin counting again; what was named stays named."""
    if isinstance(wrong, _Skipped):
        wrong.count = 0
    return wrong


def _shown(receipts: Iterator[Numbered], file: ReceiptFile) -> Iterator[Numbered]:
    """Show how far it is, on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from receipts
        return
    columns = (BarColumn(bar_width=None), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=file.size_bytes)
        for count, numbered in enumerate(receipts):
            if count % PROGRESS_EVERY == 0:
                progress.update(task, completed=file.read_bytes())
            yield numbered


def _tell(
    replay: Replay, skipped: int, language: str, picture: Path | None, *, as_json: bool
) -> None:
    from pos_loyalty.lab.replay.summing import sum_up

    results, words = sum_up(replay, skipped), words_in(language)
    if as_json:
        from pos_loyalty.lab.replay.document import write_results

        typer.echo(json.dumps(write_results(results), ensure_ascii=False))
    else:
        from pos_loyalty.cli.program.simulate_table import print_results

        print_results(words, results)
    if picture is not None:
        from pos_loyalty.lab.replay.picture import draw_results

        try:
            draw_results(results, words, picture)
        except OSError as error:
            typer.echo(f"{picture} cannot be written: {error.strerror or error}", err=True)
            raise typer.Exit(WRONG_DOCUMENT) from error


def _tell_speed(words: Words, replay: Replay, seconds: float, *, as_json: bool) -> None:
    """Say how fast it was; a machine is told the same thing every time, without it."""
    count = replay.crowd.sales + replay.crowd.events
    rate = int(count / seconds) if seconds else 0
    told = words.gettext("{receipts} receipts in {seconds} s: {rate} receipts per second").format(
        receipts=words.number(count),
        seconds=words.number(Decimal(f"{seconds:.1f}")),
        rate=words.number(rate),
    )
    typer.echo(told, err=as_json)
