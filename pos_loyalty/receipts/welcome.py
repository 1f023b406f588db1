"""The slip of a new member: her pass as a QR code, good on paper and as a photograph of it."""

from __future__ import annotations

from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.ports.documents import Align, Block, Cut, Gap, PrintDocument, QrCode, Text
from pos_loyalty.receipts.letterhead import Letterhead, head
from pos_loyalty.receipts.stored import NAME


def welcome_slip(
    words: Words, letterhead: Letterhead, program: Program | None, pass_text: str
) -> PrintDocument:
    """Lay out the welcome: whose member she is now, and her pass."""
    club = (
        words.gettext("our members")
        if program is None
        else in_language(program.name, words.language)
    )
    welcome = words.gettext("Welcome to {club}").format(club=club)
    caption = words.gettext("Show this code at the till, here or photographed.")
    blocks: tuple[Block, ...] = (
        *head(words, letterhead, ""),
        Text(welcome, bold=True, align=Align.CENTRE),
        Text(NAME, align=Align.CENTRE),
        Gap(),
        QrCode(pass_text, caption),
        Gap(),
        Cut(),
    )
    return PrintDocument(words.language, blocks)
