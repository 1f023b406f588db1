"""The cases of other systems, as they stand in the vectors."""

from __future__ import annotations

from pathlib import Path

from pos_loyalty.lab.cases.case_file import CaseFile, read_cases

ROOT = Path(__file__).resolve().parents[4]
FOLDER = ROOT / "tests/vectors/peer_cases"
CASES = FOLDER / "cases.yaml"
TEXT = CASES.read_text("utf-8")


def document_of(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def read(text: str = TEXT) -> CaseFile:
    return read_cases(text, CASES.name)


ORIGINAL = read()
ALL = {case.id: case for case in ORIGINAL.cases}
