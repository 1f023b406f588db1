"""The words, numbers, money and times of one language, for screen, receipt and server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_currency_precision

SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "it", "ru", "bg", "zh-Hans")
DAYS_WITHOUT_YEAR = 180
DOMAIN = "till"  # The name of the catalogues: resources/locale/<language>/till.po.


@dataclass(frozen=True, slots=True)
class Words:
    """What a language says: `gettext` and `ngettext` for sentences, the rest for figures."""

    language: str  # A BCP 47 tag.
    locale: Locale
    translations: NullTranslations

    def gettext(self, message: str) -> str:
        """Translate a sentence."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Translate a sentence in the plural form of `count`, and put the count in for `{n}`."""
        return self.translations.ngettext(one, many, count).format(n=self.number(count))

    def number(self, value: int | Decimal) -> str:
        """Write a number with the separators of the language."""
        return format_decimal(value, locale=self.locale)

    def points(self, points: int) -> str:
        """Write points with their unit."""
        return self.ngettext("{n} point", "{n} points", points)

    def gained(self, points: int) -> str:
        """Write points with their unit and their sign."""
        sign = "−" if points < 0 else "+"
        return sign + self.points(abs(points))

    def money(self, amount_minor: int, currency: str) -> str:
        """Write an amount with its currency. `currency` is an ISO 4217 code."""
        amount = in_major_units(amount_minor, currency)
        return format_currency(amount, currency, locale=self.locale)

    def amount(self, amount_minor: int, currency: str) -> str:
        """Write an amount without its currency, as in a column of amounts."""
        pattern = "#,##0" + f".{'0' * digits}" if (digits := minor_digits(currency)) else "#,##0"
        amount = in_major_units(amount_minor, currency)
        return format_decimal(amount, format=pattern, locale=self.locale)

    def time(self, at: datetime, zone: tzinfo) -> str:
        """Write the hour and minute of an instant on the shop's clock, of 24 hours everywhere."""
        return format_time(at.astimezone(zone), format="HH:mm", locale=self.locale)

    def day(self, on: date, today: date | None = None) -> str:
        """Write a day; without its year when `today` leaves no doubt of it."""
        if today is not None and abs((on - today).days) < DAYS_WITHOUT_YEAR:
            return format_skeleton("MMMd", on, locale=self.locale)
        return format_date(on, format="medium", locale=self.locale)

    def listed(self, things: tuple[str, ...]) -> str:
        """Join things as a sentence does: a, b and c."""
        return format_list(things, locale=self.locale) if things else ""


def load_words(language: str, folder: Path) -> Words:
    """Read the catalogue of `language` from `folder`/<language>/till.po.

    Raises LookupError for a language that is not one of LANGUAGES.
    """
    if language not in LANGUAGES:
        msg = f"there is no language {language!r}; there are {', '.join(LANGUAGES)}"
        raise LookupError(msg)
    locale = Locale.parse(language, sep="-")
    if language == SOURCE_LANGUAGE:
        return Words(language, locale, NullTranslations())
    with (folder / language / f"{DOMAIN}.po").open("rb") as lines:
        catalogue = read_po(lines, locale=locale, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, locale, GNUTranslations(compiled))


def minor_digits(currency: str) -> int:
    """How many digits the currency has after the point."""
    return get_currency_precision(currency)


def in_major_units(amount_minor: int, currency: str) -> Decimal:
    """Turn cents into euros, exactly."""
    return Decimal(amount_minor).scaleb(-minor_digits(currency))
