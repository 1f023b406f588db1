"""A program as people write it (TOML) and as it travels (JSON), into the rules the engine runs."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pos_loyalty.domain.bodies import VERSION_MAX
from pos_loyalty.domain.conditions import Condition, MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, Effect, MultiplyCategory
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs import Program, Rule, Wording

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RULES_MAX = 100
DOCUMENT_CHARACTERS_MAX = 200_000
FOUND_CHARACTERS_MAX = 80
AMOUNT_MAX = 10**9


FACTOR_MAX = 100
FACTOR = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?|[0-9]{1,6}/[1-9][0-9]{0,5}")


def _factor(text: str) -> str:
    """Check a multiplier: a decimal or a fraction, as text."""
    if FACTOR.fullmatch(text) is None:
        raise ValueError('a number as text, as in "2", "1.5" or "4/3"')
    if not 1 <= Fraction(text) <= FACTOR_MAX:
        raise ValueError(f"a number from 1 to {FACTOR_MAX}")
    return text


def _day(value: object) -> object:
    """Let through a day of TOML, or a text with a day of ISO 8601."""
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("a day, as in 2026-01-31")


Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Category = Annotated[
    str, Field(pattern=r"^[^/\s\x00-\x1f]+( [^/\s]+)*(/[^/\s]+( [^/\s]+)*)*$", max_length=120)
]
Texts = dict[
    Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)*$")],
    Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f-\x9f]+$", max_length=200)],
]
Amount = Annotated[int, Field(ge=0, le=AMOUNT_MAX)]


class Part(BaseModel):
    """Any table of the document: nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MinimumAmountPart(Part):
    """The receipt comes to at least so much."""

    kind: Literal["minimum_amount"]
    amount_minor: Amount


class EarnPerStepPart(Part):
    """Points for every whole step of the receipt above a threshold; the rest is dropped."""

    kind: Literal["earn_per_step"]
    points: Annotated[int, Field(ge=1, le=1_000_000)]
    step_minor: Annotated[int, Field(ge=1, le=AMOUNT_MAX)]
    above_minor: Amount = 0


class MultiplyCategoryPart(Part):
    """Lines of a category earn so many times as much."""

    kind: Literal["multiply_category"]
    category: Category
    by: Annotated[str, AfterValidator(_factor)]


class RulePart(Part):
    """When all conditions hold, the effect happens."""

    id: Slug
    text: Texts = {}
    when: Annotated[tuple[MinimumAmountPart, ...], Field(max_length=10, strict=False)] = ()
    then: Annotated[EarnPerStepPart | MultiplyCategoryPart, Field(discriminator="kind")]


class ProgramPart(Part):
    """One version of a loyalty program."""

    id: Slug
    version: Annotated[int, Field(ge=1, le=VERSION_MAX)]
    name: Annotated[Texts, Field(min_length=1)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    valid_from: Day
    valid_until: Day | None = None
    points_name: Texts = {"en": "points"}
    points_last_months: Annotated[int, Field(ge=1, le=240)] | None = None
    rules: Annotated[tuple[RulePart, ...], Field(max_length=RULES_MAX, strict=False)]


def read_program(text: str, file: str) -> Program:
    """Read a program document, JSON when `file` ends in .json, else TOML.

    Raises WrongDocument with the file, the path in it, what was found and what is allowed.
    """
    if len(text) > DOCUMENT_CHARACTERS_MAX:
        allowed = f"at most {DOCUMENT_CHARACTERS_MAX} characters"
        raise WrongDocument(file=file, path="(whole)", found=f"{len(text)}", allowed=allowed)
    try:
        tree = json.loads(text) if file.endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        kind = "JSON" if file.endswith(".json") else "TOML"
        raise WrongDocument(file=file, path="(whole)", found=str(error), allowed=kind) from error
    try:
        part = ProgramPart.model_validate(tree)
    except ValidationError as error:
        raise _wrong(file, error) from error
    _check_sense(part, file)
    return _program(part)


def write_program(program: Program) -> str:
    """Write a program as the JSON document that travels."""
    rules = tuple(
        RulePart(
            id=rule.id,
            text=dict(rule.text),
            when=tuple(
                MinimumAmountPart(kind="minimum_amount", amount_minor=condition.amount_minor)
                for condition in rule.when
            ),
            then=_effect_part(rule.then),
        )
        for rule in program.rules
    )
    part = ProgramPart(
        id=program.id,
        version=program.version,
        name=dict(program.name),
        currency=program.currency,
        valid_from=program.valid_from,
        valid_until=program.valid_until,
        points_name=dict(program.points_name),
        points_last_months=program.points_last_months,
        rules=rules,
    )
    return part.model_dump_json(exclude_defaults=True)


def _check_sense(part: ProgramPart, file: str) -> None:
    """Find what no single field can tell: names used twice, days the wrong way round."""
    seen: set[str] = set()
    for number, rule in enumerate(part.rules):
        if rule.id in seen:
            path = f"rules[{number}].id"
            raise WrongDocument(
                file=file, path=path, found=repr(rule.id), allowed="an id no other rule has"
            )
        seen.add(rule.id)
    if part.valid_until is not None and part.valid_until < part.valid_from:
        found = part.valid_until.isoformat()
        allowed = f"a day not before valid_from ({part.valid_from.isoformat()})"
        raise WrongDocument(file=file, path="valid_until", found=found, allowed=allowed)


def _program(part: ProgramPart) -> Program:
    return Program(
        id=ProgramId(part.id),
        version=part.version,
        name=_wording(part.name),
        currency=part.currency,
        valid_from=part.valid_from,
        valid_until=part.valid_until,
        points_name=_wording(part.points_name),
        points_last_months=part.points_last_months,
        rules=tuple(_rule(rule) for rule in part.rules),
    )


def _wording(texts: dict[str, str]) -> Wording:
    return tuple(texts.items())


def _rule(part: RulePart) -> Rule:
    when: tuple[Condition, ...] = tuple(MinimumAmount(c.amount_minor) for c in part.when)
    return Rule(part.id, _effect(part.then), when, _wording(part.text))


def _effect(part: EarnPerStepPart | MultiplyCategoryPart) -> Effect:
    if isinstance(part, EarnPerStepPart):
        return EarnPerStep(part.points, part.step_minor, part.above_minor)
    return MultiplyCategory(part.category, Fraction(part.by))


def _effect_part(effect: Effect) -> EarnPerStepPart | MultiplyCategoryPart:
    if isinstance(effect, EarnPerStep):
        return EarnPerStepPart(
            kind="earn_per_step",
            points=effect.points,
            step_minor=effect.step_minor,
            above_minor=effect.above_minor,
        )
    return MultiplyCategoryPart(
        kind="multiply_category", category=effect.category, by=str(effect.by)
    )


def _wrong(file: str, error: ValidationError) -> WrongDocument:
    """Say one thing that is wrong: a misspelt word before the gap it leaves."""
    found_wrong = error.errors(include_url=False)
    first = next((e for e in found_wrong if e["type"] == "extra_forbidden"), found_wrong[0])
    location, found, allowed = _facts(first)
    return WrongDocument(file=file, path=_path(location), found=found, allowed=allowed)


TABLES: dict[str, type[Part]] = {
    "earn_per_step": EarnPerStepPart,
    "multiply_category": MultiplyCategoryPart,
    "when": MinimumAmountPart,
    "rules": RulePart,
}
EFFECTS = ("earn_per_step", "multiply_category")


def _facts(error: ErrorDetails) -> tuple[tuple[int | str, ...], str, str]:
    """Tell where it is, what was found, what is allowed."""
    location = error["loc"]
    match error["type"]:
        case "extra_forbidden":
            word = str(location[-1])
            table = next((TABLES[p] for p in reversed(location[:-1]) if p in TABLES), ProgramPart)
            return location, f"unknown word {word!r}", _nearest(word, tuple(table.model_fields))
        case "missing":
            return location, "nothing", "it must be there"
        case "union_tag_not_found":
            return (*location, "kind"), "nothing", ", ".join(EFFECTS)
        case "union_tag_invalid":
            kind = error["ctx"]["tag"]
            return (*location, "kind"), repr(kind)[:FOUND_CHARACTERS_MAX], _nearest(kind, EFFECTS)
        case "model_type":
            allowed = "a table"
        case _:
            allowed = error["msg"].removeprefix("Value error, ")
    return location, repr(error["input"])[:FOUND_CHARACTERS_MAX], allowed


def _nearest(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return hint + ", ".join(words)


def _path(location: tuple[int | str, ...]) -> str:
    """Write pydantic's location as people do: rules[0].then.points."""
    text = ""
    for part in location:
        if part in EFFECTS or part == "[key]":
            continue  # The tag of a union, the mark of a key: no places in the document.
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "(whole)"
