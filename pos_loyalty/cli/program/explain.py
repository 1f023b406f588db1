"""`pos-loyalty program explain`: a program as a leaflet or as its terms, in any language."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import east_asian_width

import typer

from pos_loyalty.cli.program.reading import WRONG_DOCUMENT, program_in, tell_wrong

if TYPE_CHECKING:
    from pos_loyalty.domain.programs.program import Program
    from pos_loyalty.i18n import Words
    from pos_loyalty.wording.paragraphs import Paragraph

EVERY = "all"


class Form(StrEnum):
    """For what a program is told."""

    LEAFLET = "leaflet"
    TERMS = "terms"


def explain(
    file: Annotated[Path, typer.Argument(help="A program document, TOML or JSON.")],
    *,
    language: Annotated[
        str, typer.Option("--language", help="en, it, ru, bg, zh-Hans, or all of them.")
    ] = "en",
    form: Annotated[
        Form, typer.Option("--form", help="What hangs in the shop, or the members' conditions.")
    ] = Form.LEAFLET,
    as_json: Annotated[
        bool, typer.Option("--json", help="Answer in JSON: the texts by language.")
    ] = False,
) -> None:
    """Tell a program in plain words, as it would be read by members.

    Exit codes: 0 told, 2 the document cannot be accepted, with the place in it.
    """
    from pos_loyalty.domain.errors import WrongDocument
    from pos_loyalty.i18n import LANGUAGES, load_words
    from pos_loyalty.resources import resource

    if language not in {EVERY, *LANGUAGES}:
        raise typer.BadParameter(
            f"there is no language {language!r}; there are {', '.join(LANGUAGES)} and {EVERY}",
            param_hint="--language",
        )
    try:
        program = program_in(file)
    except WrongDocument as error:
        tell_wrong(error, file, as_json=as_json)
        raise typer.Exit(WRONG_DOCUMENT) from error
    chosen = LANGUAGES if language == EVERY else (language,)
    told = {one: _told(load_words(one, resource("locale")), program, form) for one in chosen}
    if as_json:
        typer.echo(json.dumps(_facts(program, form, told), ensure_ascii=False))
        return
    typer.echo("\n\n\n".join(_page(paragraphs) for paragraphs in told.values()))


def _told(words: Words, program: Program, form: Form) -> tuple[Paragraph, ...]:
    from pos_loyalty.wording.leaflet import leaflet
    from pos_loyalty.wording.terms import terms

    return leaflet(words, program) if form is Form.LEAFLET else terms(words, program)


def _page(paragraphs: tuple[Paragraph, ...]) -> str:
    """Set paragraphs as text: the first title underlined, one line for each sentence."""
    first, *rest = paragraphs
    parts = ["\n".join((first.title, "=" * _width(first.title), *first.lines))]
    parts += ["\n".join((part.title, *(f"  {line}" for line in part.lines))) for part in rest]
    return "\n\n".join(parts)


def _width(text: str) -> int:
    """How many columns a text takes; Chinese takes two for each sign."""
    return sum(2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in text)


def _facts(
    program: Program, form: Form, told: dict[str, tuple[Paragraph, ...]]
) -> dict[str, object]:
    texts = {
        language: [{"title": part.title, "lines": list(part.lines)} for part in paragraphs]
        for language, paragraphs in told.items()
    }
    return {
        "program": program.id,
        "version": program.version,
        "form": form.value,
        "languages": texts,
    }
