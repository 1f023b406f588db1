"""Texts of a program in the languages its shop speaks."""

from __future__ import annotations

from collections.abc import Mapping

Wording = Mapping[str, str]  # Language (BCP 47) → text; the program's own language first.


def in_language(wording: Wording, language: str) -> str:
    """Choose the text in `language`, else in the program's own; empty when there is none."""
    return wording.get(language) or next(iter(wording.values()), "")
