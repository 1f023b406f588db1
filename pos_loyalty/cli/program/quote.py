"""`pos-loyalty program quote`: what a basket comes to under a program, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos_loyalty.cli.program.reading import program_in, text_in, told_if_wrong

if TYPE_CHECKING:
    from pos_loyalty.domain.basket import Basket
    from pos_loyalty.domain.engine.answer import Quote
    from pos_loyalty.domain.facts import MemberFacts
    from pos_loyalty.domain.programs.program import Program
    from pos_loyalty.domain.refusals import Refusal
    from pos_loyalty.i18n import Words

REFUSED = 3  # The exit code.
STANDARD_INPUT = Path("-")


def words_in(language: str) -> Words:
    """Read the words of a language that was asked for on the command line."""
    from pos_loyalty.i18n import load_words
    from pos_loyalty.resources import resource

    try:
        return load_words(language, resource("locale"))
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error


def quote(
    file: Annotated[Path, typer.Argument(help="A program document, TOML or JSON.")],
    basket: Annotated[
        Path,
        typer.Argument(help="A basket document, JSON; - reads it from the standard input."),
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    language: Annotated[
        str, typer.Option(help="The language of the sentences: en, it, ru, bg, zh-Hans.")
    ] = "en",
) -> None:
    """Tell what a basket comes to, what it earns and redeems, with a reason for every rule.

    Exit codes: 0 answered, 2 one of the documents cannot be accepted, 3 the program refuses what
    is to be redeemed.
    """
    from pos_loyalty.domain.refusals import Refused

    words = words_in(language)
    with told_if_wrong(file, as_json=as_json):
        program = program_in(file)
    try:
        with told_if_wrong(basket, as_json=as_json):
            bought, facts = _basket_in(basket)
            answer = _quote(bought, facts, program, basket)
    except Refused as error:
        _tell_refusal(words, error.refusal, program, as_json=as_json)
        raise typer.Exit(REFUSED) from error
    if as_json:
        typer.echo(_document(words, answer, program))
    else:
        from pos_loyalty.cli.program.quote_table import print_quote

        print_quote(words, bought, program, answer)


def _basket_in(file: Path) -> tuple[Basket, MemberFacts | None]:
    """Read a basket document. Raises WrongDocument."""
    from pos_loyalty.wire.basket_document import read_basket
    from pos_loyalty.wire.document_text import BYTES_MAX, decode_document

    if file != STANDARD_INPUT:
        return read_basket(text_in(file), file.name)
    raw = typer.get_binary_stream("stdin").read(BYTES_MAX + 1)
    return read_basket(decode_document(raw, "-"), "-")


def _quote(basket: Basket, facts: MemberFacts | None, program: Program, file: Path) -> Quote:
    """Ask the engine. Raises Refused, and WrongDocument for a basket of another currency."""
    from pos_loyalty.domain.engine.quoting import quote as answer_to
    from pos_loyalty.domain.errors import CurrencyMismatch, WrongDocument

    try:
        return answer_to(basket, facts, program)
    except CurrencyMismatch as error:
        raise WrongDocument(
            file=file.name, path="currency", found=repr(error.found), allowed=error.expected
        ) from error


def _document(words: Words, answer: Quote, program: Program) -> str:
    from pos_loyalty.wire.quote_document import write_quote
    from pos_loyalty.wording.reasons import why

    document = write_quote(
        answer, program, lambda reason: why(words, reason, program), words.language
    )
    return json.dumps(document, ensure_ascii=False)


def _tell_refusal(words: Words, refusal: Refusal, program: Program, *, as_json: bool) -> None:
    from pos_loyalty.wire.quote_document import write_refusal
    from pos_loyalty.wording.refusals import refusal_told

    text = refusal_told(words, refusal, program)
    if as_json:
        typer.echo(json.dumps(write_refusal(refusal, text), ensure_ascii=False))
    else:
        typer.echo(text, err=True)
