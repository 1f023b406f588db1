"""Tests are sentences, and files speak of the shop only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.tree import ROOT, parsed, python_files, relative, text_files

WORDS_MIN = 4
HOME = re.compile(r"(?:/home/|/Users/|/root/|C:\\Users\\)\w")
LEFT_OPEN = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def lines_with(pattern: re.Pattern[str], files: tuple[Path, ...]) -> list[str]:
    return [
        f"{relative(path)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line) and path != Path(__file__)
    ]


def test_the_name_of_every_test_is_a_sentence() -> None:
    names = [
        node.name.removeprefix("test_")
        for path in python_files("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]

    assert len(names) > 100
    assert [name for name in names if len(name.split("_")) < WORDS_MIN] == []


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    here = re.compile(re.escape(str(ROOT)) + r"(?![\w-])")

    assert lines_with(HOME, text_files()) == []
    assert lines_with(here, text_files()) == []


def test_no_file_leaves_something_for_later() -> None:
    assert lines_with(LEFT_OPEN, python_files(".")) == []
