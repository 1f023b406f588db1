"""The catalogues follow the source: what is new is empty, what is gone is gone, the rest stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.words import Sentence, empty, read, spoken, up_to_date, written

ITALIAN = """\
msgid ""
msgstr ""
"Language: it\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Thank you"
msgstr "Grazie"

msgid "Fax"
msgstr "Fax"

msgid "{n} point"
msgid_plural "{n} points"
msgstr[0] "{n} punto"
msgstr[1] "{n} punti"
"""
POINTS: Sentence = ("{n} point", "{n} points")


@pytest.fixture
def italian(tmp_path: Path) -> Path:
    path = tmp_path / "it" / "till.po"
    path.parent.mkdir()
    path.write_text(ITALIAN, "utf-8")
    return path


def test_a_sentence_is_found_where_it_is_said_and_where_it_is_marked(tmp_path: Path) -> None:
    lines = ('_("Paper out")', 'words.gettext("Total")', 'words.ngettext("{n} day", "{n} days", 2)')
    (tmp_path / "status.py").write_text("\n".join(lines), "utf-8")

    said = spoken(tmp_path)

    assert list(said) == ["Paper out", "Total", ("{n} day", "{n} days")]
    assert said["Paper out"] == ("status.py",)


def test_a_new_sentence_waits_for_its_translator(italian: Path) -> None:
    fresh = up_to_date(read(italian), {"Thank you": ("sale.py",), "Change": ("sale.py",)})

    assert empty(fresh) == ("Change",)


def test_a_sentence_that_is_said_no_more_is_dropped(italian: Path) -> None:
    fresh = up_to_date(read(italian), {"Thank you": ("sale.py",)})

    assert [entry.string for entry in fresh if entry.id] == ["Grazie"]


def test_a_sentence_that_learns_to_count_is_translated_anew(italian: Path) -> None:
    fresh = up_to_date(read(italian), {("Thank you", "Thank you all"): ("sale.py",)})

    assert empty(fresh) == ("Thank you",)


def test_every_form_of_a_count_is_kept(italian: Path) -> None:
    fresh = up_to_date(read(italian), {POINTS: ("i18n.py",)})

    assert [entry.string for entry in fresh if entry.id] == [("{n} punto", "{n} punti")]


def test_a_second_run_changes_nothing(italian: Path) -> None:
    said: dict[Sentence, tuple[str, ...]] = {POINTS: ("i18n.py",), "Change": ("a.py", "b.py")}
    first = written(up_to_date(read(italian), said))
    italian.write_bytes(first)

    second = written(up_to_date(read(italian), said))

    assert second == first
