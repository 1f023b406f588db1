from __future__ import annotations

import pytest

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.lab.cases.case_file import read_cases
from pos_loyalty.lab.cases.yaml_text import parse_yaml
from pos_loyalty.wire.document_text import BYTES_MAX, Figure


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("cases: [", "line 1, column 9"),
        ("cases:\n- id: a\n  id: b\n", "cases[0].id"),
        ("cases:\n- {steps: []}\n", "cases[0].id"),
        ("cases:\n- {id: ../a, steps: []}\n", "cases[0].id"),
        ("cases:\n- {id: a}\n- {id: a}\n", "cases[1].id"),
        ("cases:\n- {id: a, steps: [1]}\n", "cases[0].steps[0]"),
        ("cases:\n- {id: a, steps: [{do: x}], colour: red}\n", "cases[0].colour"),
        ("cases: !!python/object:os.system {}\n", "cases"),
        ("cases: 3\n", "cases"),
        ("- 1\n", "(whole)"),
        ("", "(whole)"),
        ("a: \x07", "(whole)"),
        ("[" * 40 + "]" * 40, "[0]" * 33),
        ("[" * 4000 + "]" * 4000, "(whole)"),
        ("a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n", "cases"),
        ("{[1]: 2}", "(whole)"),
    ],
)
def test_a_file_of_cases_that_cannot_be_read_is_told_where(text: str, path: str) -> None:
    with pytest.raises(WrongDocument) as caught:
        read_cases(text, "mine.yaml")

    assert caught.value.path == path


def test_references_cannot_make_a_short_file_endless() -> None:
    doubled = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))

    with pytest.raises(WrongDocument, match="too many parts"):
        parse_yaml("a0: &a0 [1, 1]\n" + doubled, "mine.yaml")


def test_a_file_of_cases_has_a_limit() -> None:
    with pytest.raises(WrongDocument, match="bytes"):
        parse_yaml("#" * (BYTES_MAX + 1), "mine.yaml")


def test_figures_and_texts_of_a_case_stay_as_they_are_written() -> None:
    text = "[0.10, '000', 000, 1e3, yes, true, null, 2024-12-20, today-2, !!str 7]"

    read = parse_yaml(text, "mine.yaml")

    assert read == ["0.10", "000", "000", "1e3", "yes", True, None, "2024-12-20", "today-2", "7"]
    assert isinstance(read, list)
    assert [isinstance(one, Figure) for one in read] == [True, False, True] + [False] * 7
