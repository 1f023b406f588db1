"""How names are compared when somebody types a part of one."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s()+./-]+")


def folded(text: str) -> str:
    """Bring a text to the form that is searched: no case, no accents, single spaces.

    In all scripts: "ЁЛКИНА" and "елкина" are one name, "Müller" and "muller", too.
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def phone_ending(text: str) -> str:
    """Tell the digits of a text that can be the end of a telephone number; empty for any other."""
    bare = _SEPARATORS.sub("", text)
    return bare if bare.isascii() and bare.isdigit() else ""
