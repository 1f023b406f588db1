"""A file is read in one sitting and a function on one screen."""

from __future__ import annotations

import ast

from tests.architecture.tree import CODE, parsed, python_files, relative

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40


def test_no_file_is_longer_than_one_sitting() -> None:
    files = python_files(*CODE, "tests", "stubs")

    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in files}

    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES_MAX} == {}


def test_no_function_is_longer_than_one_screen() -> None:
    files = python_files(*CODE, "tests")

    lengths = {
        f"{relative(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in files
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert len(lengths) > 200
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES_MAX} == {}
