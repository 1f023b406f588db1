from __future__ import annotations

import re
from pathlib import Path

import pytest

from pos_loyalty.domain.programs.conditions import Condition
from pos_loyalty.domain.programs.effects import Effect
from pos_loyalty.domain.programs.kinds import kinds_of
from pos_loyalty.domain.programs.rewards import Gift
from pos_loyalty.domain.programs.tiers import Course, Prize
from pos_loyalty.domain.programs.units import Expiry
from pos_loyalty.resources import resource

ROOT = Path(__file__).resolve().parents[2]
IN_CODE = re.compile(r"`([^`\n]+)`")
THERE = {file.stem for file in resource("programs").glob("*.toml")}


def test_every_program_to_start_from_is_there() -> None:
    table = (ROOT / "docs/why.md").read_text("utf-8").partition("| you want | start from |")[2]

    named = set(IN_CODE.findall(table)) - {"resources/programs/"}

    assert named
    assert named <= THERE


def test_every_program_that_is_named_by_its_file_is_there() -> None:
    pages = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))

    named = {
        name
        for page in pages
        for name in re.findall(r"resources/programs/([\w-]+)", page.read_text("utf-8"))
    }

    assert named
    assert named <= THERE


@pytest.mark.parametrize("union", [Condition, Effect, Gift, Course, Prize, Expiry])
def test_every_kind_of_the_vocabulary_is_in_the_manual(union: object) -> None:
    named = set(IN_CODE.findall((ROOT / "docs/programs.md").read_text("utf-8")))

    assert set(kinds_of(union)) <= named
