"""Sentences that presenters put into states: plain values in, words of one language out."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.i18n import Words
from pos_loyalty.ui.states.tone import Remark, Tone
from pos_loyalty.wording.units import unit_amount

MINUTES_OF_AN_HOUR = 60
MINUTES_OF_A_DAY = 24 * 60


def online(words: Words) -> Remark:
    """Say that the server answers."""
    return Remark(words.gettext("Online"), Tone.GOOD)


def offline(words: Words, since: datetime | None, zone: tzinfo) -> Remark:
    """Say that the server does not answer. None: it never did since the till was started."""
    if since is None:
        return Remark(words.gettext("Offline"), Tone.WAIT)
    text = words.gettext("Offline since {time}").format(time=words.time(since, zone))
    return Remark(text, Tone.WAIT)


def unsent(words: Words, *, count: int, oldest_minutes: int) -> str:
    """Say how much waits for the server, and that it is safe."""
    if count == 0:
        return words.gettext("All sent")
    if oldest_minutes < 1:
        return words.ngettext(
            "{n} entry waits — it is safe", "{n} entries wait — they are safe", count
        )
    return words.ngettext(
        "{n} entry waits, for {{age}} — it is safe",
        "{n} entries wait, the oldest {{age}} — they are safe",
        count,
    ).format(age=age(words, oldest_minutes))


def age(words: Words, minutes: int) -> str:
    """Say how long ago in the largest unit that fits."""
    if minutes >= MINUTES_OF_A_DAY:
        return words.ngettext("{n} day", "{n} days", minutes // MINUTES_OF_A_DAY)
    if minutes >= MINUTES_OF_AN_HOUR:
        return words.ngettext("{n} hour", "{n} hours", minutes // MINUTES_OF_AN_HOUR)
    return words.ngettext("{n} min", "{n} min", max(0, minutes))


def last_sync(words: Words, at: datetime | None, zone: tzinfo) -> str:
    """Say when the server was last heard."""
    if at is None:
        return words.gettext("Never synchronised")
    return words.gettext("Last sync {time}").format(time=words.time(at, zone))


def confirmed(words: Words, as_of: datetime, zone: tzinfo, today: date) -> Remark:
    """Say when the server last stood behind a balance."""
    local = as_of.astimezone(zone)
    if local.date() == today:
        return Remark(words.gettext("confirmed {time}").format(time=words.time(as_of, zone)))
    return Remark(words.gettext("confirmed on {day}").format(day=words.day(local.date(), today)))


def gained(words: Words, program: Program, unit: str, points: int) -> str:
    """Write what is gained of a unit with its sign; what is lost has its own."""
    told = unit_amount(words, program, unit, points)
    return told if points < 0 else f"+{told}"


def pending(words: Words, points: int) -> Remark:
    """Say how much of a balance the server has not confirmed yet."""
    return Remark(
        words.ngettext("{n} of it not yet confirmed", "{n} of it not yet confirmed", points),
        Tone.WAIT,
    )


def usable(words: Words, points: int) -> Remark:
    """Say that only a part of a balance may be spent now."""
    return Remark(words.ngettext("{n} of it usable now", "{n} of it usable now", points), Tone.WAIT)


def unknown_balance(words: Words) -> Remark:
    """Say that this till has never heard of the member's points."""
    return Remark(words.gettext("not known at this till until it is online"), Tone.WAIT)


def expiring(words: Words, points: str, on: date, today: date) -> Remark:
    """Say what expires next. `on` is the first day the points are gone."""
    text = words.gettext("Expires on {day}: {points}")
    return Remark(text.format(points=points, day=words.day(on, today)))


def greeting(words: Words, name: str) -> str:
    """Greet a member by the name she likes."""
    return words.gettext("Hello, {name}").format(name=name) if name else words.gettext("Hello")


def cashier_line(words: Words, name: str, since: datetime, zone: tzinfo) -> str:
    """Name the cashier and the beginning of her shift."""
    return words.gettext("{name} · shift since {time}").format(
        name=name, time=words.time(since, zone)
    )


def cash_key(words: Words, total: str) -> str:
    """Write the amount on the key that takes it."""
    return words.gettext("Cash {total}").format(total=total)


def change_line(words: Words, *, given_minor: int, total_minor: int, currency: str) -> Remark:
    """Say what to give back, or what is missing."""
    left = given_minor - total_minor
    if left < 0:
        missing = words.money(-left, currency)
        return Remark(words.gettext("{amount} missing").format(amount=missing), Tone.WAIT)
    back = words.money(left, currency)
    return Remark(words.gettext("{amount} change").format(amount=back), Tone.GOOD)


def receipt_printing(words: Words) -> Remark:
    """Say that the receipt is on its way."""
    return Remark(words.gettext("Receipt is printing"), Tone.NEWS)


def receipt_printed(words: Words) -> Remark:
    """Say that the receipt is out."""
    return Remark(words.gettext("Receipt printed"), Tone.GOOD)


def receipt_waits(words: Words) -> Remark:
    """Say that the sale is done and only the paper is missing."""
    return Remark(
        words.gettext("The printer does not answer. The sale is done; the receipt waits for it."),
        Tone.WAIT,
    )


def receipt_question(words: Words, sale_number: int) -> str:
    """Ask about a receipt that nobody knows the end of."""
    return words.gettext(
        "The receipt of sale {number} may not have printed. Print it again, marked COPY?"
    ).format(number=words.number(sale_number))
