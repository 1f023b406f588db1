"""`python3 run.py words`: bring the catalogues in resources/locale up to date with the source."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pos_loyalty"
LOCALES = ROOT / "resources" / "locale"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "_": None}
WIDTH = 100
# Babel's own header holds the day it was written, which would change every file at every run.
HEADER = """\
# Words of the till. One sentence per entry; {{…}} is filled in by the program.
msgid ""
msgstr ""
"Project-Id-Version: POS Loyalty\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Sentence = str | tuple[str, ...]  # With a count: its forms for one and for many.
Forms = str | list[str] | tuple[str, ...]  # What Babel gives back for one.


def main() -> int:
    """Rewrite every catalogue, and tell what is left to translate."""
    said = spoken(PACKAGE)
    for path in sorted(LOCALES.glob("*/till.po")):
        catalogue = up_to_date(read(path), said)
        path.write_bytes(written(catalogue))
        print(f"{path.relative_to(ROOT)}: {len(empty(catalogue))} of {len(said)} to translate")
        for sentence in empty(catalogue):
            print(f"    {sentence}")
    return 0


def spoken(package: Path) -> dict[Sentence, tuple[str, ...]]:
    """Find what is said below `package`, each sentence with its files, by file and wording."""
    files: defaultdict[Sentence, set[str]] = defaultdict(set)
    found = extract_from_dir(package, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _, sentence, _, _ in found:
        files[sentence].add(file)
    by_file = sorted(files, key=lambda sentence: (min(files[sentence]), first_form(sentence)))
    return {sentence: tuple(sorted(files[sentence])) for sentence in by_file}


def first_form(sentence: Forms) -> str:
    """Give the wording that a catalogue knows a sentence by."""
    return sentence if isinstance(sentence, str) else sentence[0]


def read(path: Path) -> Catalog:
    """Read the catalogue of the language that its folder is named for."""
    locale = Locale.parse(path.parent.name, sep="-")
    with path.open("rb") as lines:
        return read_po(lines, locale=locale, abort_invalid=True)


def up_to_date(old: Catalog, said: Mapping[Sentence, tuple[str, ...]]) -> Catalog:
    """Keep the translations of what is said; what is new or reworded is empty."""
    fresh = Catalog(locale=old.locale, fuzzy=False)
    for sentence, files in said.items():
        known = old.get(sentence)
        kept = known if known is not None and known.id == sentence else None
        fresh.add(
            sentence,
            kept.string if kept else None,
            locations=[(file, 0) for file in files],
            flags=kept.flags if kept else (),
            user_comments=kept.user_comments if kept else (),
        )
    return fresh


def empty(catalogue: Catalog) -> tuple[str, ...]:
    """List the sentences that lack a form, or whose translation is marked as doubtful."""
    return tuple(
        first_form(entry.id)
        for entry in catalogue
        if entry.id and (entry.fuzzy or not _whole(entry.string, catalogue.num_plurals))
    )


def _whole(translation: Forms | None, plurals: int) -> bool:
    if translation is None or isinstance(translation, str):
        return bool(translation)
    return len(translation) == plurals and all(translation)


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue as its file: the same words give the same bytes."""
    entries = BytesIO()
    write_po(entries, catalogue, width=WIDTH, omit_header=True, include_lineno=False)
    header = HEADER.format(
        language=str(catalogue.locale_identifier).replace("_", "-"), plurals=catalogue.plural_forms
    )
    return header.encode() + entries.getvalue()


if __name__ == "__main__":
    sys.exit(main())
