"""Which of a printer's code pages can say a line."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.escpos_printer.model import CodePage

# What looks the same on paper, or nearly, and lets a line stay out of the raster.
_PLAIN = str.maketrans(
    {
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
    }
)


def say(text: str, code_pages: Sequence[CodePage]) -> tuple[CodePage, bytes] | None:
    """Encode `text` in the first of the code pages that has all of it; None when none has."""
    spaced = text.replace("\u00a0", " ")  # Some printers have no blank at its place.
    for form in (spaced, spaced.translate(_PLAIN)):
        for page in code_pages:
            try:
                return page, form.encode(page.codec)
            except UnicodeEncodeError:
                continue
    return None
