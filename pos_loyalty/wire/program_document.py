"""A program as people write it (TOML) and as it travels (JSON), into the rules the engine runs."""

from __future__ import annotations

import difflib
import json
import tomllib
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pos_loyalty.domain.conditions import Condition, MinimumAmount
from pos_loyalty.domain.effects import EarnPerStep, Effect, MultiplyCategory
from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs import Program, Rule, Wording

RULES_MAX = 100
DOCUMENT_CHARACTERS_MAX = 200_000
AMOUNT_MAX = 10**9


def _factor(text: str) -> str:
    """Check a multiplier: a decimal or a fraction from 1 to 100, as text."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError('a number as text, as in "2" or "1.5"') from error
    if not 1 <= value <= 100:  # noqa: PLR2004 - a limit, said in the message
        raise ValueError("a number from 1 to 100")
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Category = Annotated[str, Field(pattern=r"^[^/\s][^/]*(/[^/]+)*$", max_length=120)]
Texts = dict[
    Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)*$")],
    Annotated[str, Field(min_length=1, max_length=200)],
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
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    name: Annotated[Texts, Field(min_length=1)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    valid_from: Annotated[date, Field(strict=False)]
    valid_until: Annotated[date | None, Field(strict=False)] = None
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
    match effect:
        case EarnPerStep(points, step_minor, above_minor):
            return EarnPerStepPart(
                kind="earn_per_step", points=points, step_minor=step_minor, above_minor=above_minor
            )
        case MultiplyCategory(category, by):
            return MultiplyCategoryPart(kind="multiply_category", category=category, by=str(by))


def _wrong(file: str, error: ValidationError) -> WrongDocument:
    """Say one thing that is wrong: a misspelt word before the gap it leaves."""
    found_wrong = error.errors(include_url=False)
    first = next((e for e in found_wrong if e["type"] == "extra_forbidden"), found_wrong[0])
    path = _path(first["loc"])
    if first["type"] == "extra_forbidden":
        word = str(first["loc"][-1])
        return WrongDocument(
            file=file, path=path, found=f"unknown word {word!r}", allowed=_allowed(first, word)
        )
    if first["type"] == "missing":
        return WrongDocument(file=file, path=path, found="nothing", allowed="it must be there")
    found = repr(first["input"])[:80]
    return WrongDocument(
        file=file, path=path, found=found, allowed=first["msg"].removeprefix("Value error, ")
    )


TABLES: dict[str, type[Part]] = {
    "earn_per_step": EarnPerStepPart,
    "multiply_category": MultiplyCategoryPart,
    "when": MinimumAmountPart,
    "rules": RulePart,
}


def _allowed(error: Any, word: str) -> str:  # noqa: ANN401 - pydantic's own dict of details
    table = next((TABLES[p] for p in reversed(error["loc"][:-1]) if p in TABLES), ProgramPart)
    words = list(table.model_fields)
    near = difflib.get_close_matches(word, words, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return hint + ", ".join(words)


def _path(location: tuple[int | str, ...]) -> str:
    """Write pydantic's location as people do: rules[0].then.points."""
    text = ""
    for part in location:
        if part in ("earn_per_step", "multiply_category"):
            continue  # The tag of a union is no place in the document.
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
