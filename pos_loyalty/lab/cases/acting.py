"""Doing at the counter what a step says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos_loyalty.domain.basket import Basket, Line
from pos_loyalty.domain.ids import StoreId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.domain.programs.spelling import allowed_words
from pos_loyalty.lab.cases.case_file import Case
from pos_loyalty.lab.cases.companion import NOON, Companion, open_table
from pos_loyalty.lab.cases.counter import Counter, Outcome
from pos_loyalty.lab.cases.drafting import Draft, Said, told_in
from pos_loyalty.lab.cases.figures import instant, number
from pos_loyalty.lab.cases.filling import Filler
from pos_loyalty.lab.cases.goods import WishSaid, line_of, tender_of, wishes_of
from pos_loyalty.lab.cases.having import given, member_with
from pos_loyalty.lab.cases.program_of import program_with
from pos_loyalty.lab.cases.standing import NOBODY_YET, Deed
from pos_loyalty.lab.cases.working_out import NOBODY, Order
from pos_loyalty.wire.wrong_parts import WrongPart

SOMEBODY = "member"
SALE, QUOTE, RETURN, REPOST = "sale", "quote", "return", "repost"
ACTS = (SALE, QUOTE, RETURN, REPOST)


class Actor:
    """Does the acts of one case, one after the other."""

    __slots__ = ("_case", "_companion", "_counter", "_file", "_now", "_program", "_sets")

    def __init__(self, case: Case, companion: Companion, program: Program, file: str) -> None:
        self._case = case
        self._companion = companion
        self._file = file  # Of the case.
        self._program = program
        self._sets: Mapping[str, object] = {}  # Of the order at the counter.
        self._now = now_of(companion)
        self._counter = Counter()

    def act(self, draft: Draft) -> Outcome:
        """Do one act. Raises WrongDocument, also for a basket that no counter could hold."""
        where = Said(self._file, (*self._case.place, "steps"), None)
        with told_in(where):
            try:
                return self._acted(draft)
            except ValueError as error:  # Of a value object of the domain.
                raise WrongPart("more than fits a basket", str(error)) from error

    def _acted(self, draft: Draft) -> Outcome:
        said = draft.said.get("act")
        act = SALE if said is None else str(said.value)
        if said is not None and act not in ACTS:
            with told_in(said):
                raise WrongPart(act, allowed_words(act, ACTS))
        if act == RETURN:
            return self._return(draft)
        if act == REPOST:
            return self._repost(draft)
        order = self._order(draft)
        if act == QUOTE:
            return self._counter.look(order)
        return self._counter.settle(order, _text(draft, "receipt") or self._counter.next_receipt())

    def look(self, draft: Draft) -> Outcome:
        """Only quote what an act lays out. Raises WrongDocument."""
        return self._counter.look(self._order(draft))

    def _order(self, draft: Draft) -> Order:
        """Lay out the basket: the one at the counter, where it is kept, else a new one."""
        keep = draft.said.get("keep")
        before = self._counter.order if keep is not None and keep.value is True else None
        if before is None:
            self._counter.order = None
        self._sets = {**({} if before is None else self._sets), **self._told_sets(draft)}
        program = self._with_sets(draft)
        member = self._member(draft, before, program)
        basket = self._basket(draft, before, program)
        wishes: list[WishSaid] = []
        for said in draft.lists.get("redeem", ()):
            with told_in(said):
                wishes += wishes_of(said.value, program)
        tenders = []
        for said in draft.lists.get("tenders", ()):
            with told_in(said):
                tenders.append(tender_of(said.value, program))
        kept = before.kept if before is not None else ()
        paying = before.tenders if before is not None and not tenders else tuple(tenders)
        return Order(program, basket, member, kept, tuple(wishes), paying)

    def _basket(self, draft: Draft, before: Order | None, program: Program) -> Basket:
        """Read what is bought, when and where; of a basket that is kept, what is not said anew."""
        lines = self._lines(draft, program)
        codes = tuple(str(one.value) for one in draft.lists.get("codes", ()))
        if before is not None:
            old = before.basket
            return replace(
                old,
                lines=old.lines if lines is None else lines,
                codes=(*old.codes, *codes),
                at=self._at(draft),
                event=_text(draft, "event") or old.event,
                channel=_text(draft, "channel") or old.channel,
            )
        said = draft.lists.get("lines", ())
        where = said[0] if said else Said(self._file, self._case.place, None)
        with told_in(where):
            try:
                return Basket(
                    self._at(draft),
                    StoreId(_text(draft, "store") or self._companion.store),
                    program.currency,
                    lines or (),
                    channel=_text(draft, "channel") or self._companion.channel,
                    event=_text(draft, "event") or SALE,
                    codes=codes,
                )
            except ValueError as error:
                raise WrongPart("a basket", str(error)) from error

    def _lines(self, draft: Draft, program: Program) -> tuple[Line, ...] | None:
        """Read the lines. None: none are told."""
        if "lines" not in draft.lists:
            return None
        lines = []
        for said in draft.lists["lines"]:
            with told_in(said):
                line = line_of(said.value, self._companion.products, program)
            if line is not None:
                lines.append(line)
        return tuple(lines)

    def _at(self, draft: Draft) -> datetime:
        said = draft.said.get("at")
        if said is None:
            return self._now
        with told_in(said):
            return instant(said.value, self._now)

    def _told_sets(self, draft: Draft) -> dict[str, object]:
        sets: dict[str, object] = {}
        for said in draft.tables.get("set", ()):
            with told_in(said):
                sets |= open_table(said.value)
        return sets

    def _with_sets(self, draft: Draft) -> Program:
        if not self._sets:
            return self._program
        last = draft.tables.get("set", ())
        where = last[-1] if last else Said(self._companion.file, ("program",), None)
        with told_in(where):
            return program_with(self._companion.program, self._sets, self._companion.file)

    def _member(self, draft: Draft, before: Order | None, program: Program) -> str:
        """Tell who stands at the counter; whoever comes first, or with something told, is new."""
        said = draft.said.get("member")
        name = SOMEBODY if before is None else before.member
        if said is not None:
            name = NOBODY if said.value in (None, "") else str(said.value)
        if name == NOBODY or (self._counter.knows(name) and "has" not in draft.tables):
            return name
        has = [*self._first(name, program), *draft.tables.get("has", ())]
        facts = NOBODY_YET
        for one in has:
            with told_in(one):
                facts = member_with(facts, open_table(one.value), program, self._now.date())
        self._counter.welcome(name, facts)
        return name

    def _first(self, name: str, program: Program) -> Iterator[Said]:
        """List what somebody had before the first step: by the prose, and by the case."""
        companion, case = self._companion, self._case
        yield Said(companion.file, ("case", "member"), companion.member)
        if name in companion.members:
            yield Said(companion.file, ("case", "members", name), companion.members[name])
        for word, value in case.given.items():
            said = Said(self._file, (*case.place, "given", word), value)
            with told_in(said):
                yield self._given(said, word, program)

    def _given(self, said: Said, word: str, program: Program) -> Said:
        part = self._companion.words.get(f"given.{word}")
        if part is None:
            has = given(word, said.value, program)
            if has is None:
                units = ", ".join(unit.id for unit in program.units)
                known = f"balance, a unit ({units}), or a word of case.words"
                raise WrongPart(f"the unknown word {word!r}", known)
            return replace(said, value=has)
        filler = Filler({f"given.{word}": said.value}, program, self._now.date())
        return Said(self._companion.file, part.place, filler.fill(part.says.get("has", {})))

    def _return(self, draft: Draft) -> Outcome:
        deed = self._deed(draft)
        said = draft.said.get("quantity")
        if "lines" in draft.lists:
            back = self._lines(draft, deed.program) or ()
            lines = _without_lines(deed.basket.lines, back)
        elif said is not None:
            with told_in(said):
                lines = _without_pieces(deed.basket.lines, number(said.value))
        else:
            lines = ()
        return self._counter.take_back(deed, lines)

    def _repost(self, draft: Draft) -> Outcome:
        return self._counter.post_again(self._deed(draft))

    def _deed(self, draft: Draft) -> Deed:
        deed = self._counter.receipt(_text(draft, "receipt"))
        if deed is None:
            where = draft.said.get("receipt") or Said(self._file, self._case.place, None)
            with told_in(where):
                raise WrongPart(where.value, "a receipt of an earlier step")
        return deed


def now_of(companion: Companion) -> datetime:
    """Tell when the case takes place. Raises WrongDocument."""
    with told_in(Said(companion.file, ("case", "at"), companion.at)):
        return instant(companion.at, datetime.fromisoformat(NOON))


def _text(draft: Draft, word: str) -> str:
    said = draft.said.get(word)
    return "" if said is None or said.value is None else str(said.value)


def _without_pieces(lines: Sequence[Line], pieces: Decimal) -> tuple[Line, ...]:
    """Tell what stays when so many pieces are brought back, of the first lines first."""
    if pieces < 0:
        raise WrongPart(str(pieces), "not negative")
    stay: list[Line] = []
    for line in lines:
        back = min(pieces, line.quantity)
        pieces -= back
        stay += _fewer(line, back)
    if pieces:
        raise WrongPart(f"{pieces} more than were bought", "what was bought")
    return tuple(stay)


def _without_lines(lines: Sequence[Line], back: Sequence[Line]) -> tuple[Line, ...]:
    """Tell what stays when so many of these products are brought back."""
    stay = list(lines)
    for one in back:
        same = [line for line in stay if line.sku == one.sku]
        others = [line for line in stay if line.sku != one.sku]
        stay = [*others, *_without_pieces(same, one.quantity)]
    return tuple(stay)


def _fewer(line: Line, back: Decimal) -> tuple[Line, ...]:
    """Take pieces from a line; its discount goes with them in proportion."""
    left = line.quantity - back
    if not left:
        return ()
    if not back:
        return (line,)
    off = int(line.discount_minor * Fraction(left) / Fraction(line.quantity))
    return (replace(line, quantity=left, discount_minor=off),)
