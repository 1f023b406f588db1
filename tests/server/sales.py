"""Sales as tills tell them to the server."""

from __future__ import annotations

from datetime import date

from pos_loyalty.domain.basket import Line, Tender, TenderKind
from pos_loyalty.domain.bodies import Sold
from pos_loyalty.domain.ids import MemberId, ProgramId, StoreId, Unit
from pos_loyalty.domain.scoring import Earned, ProgramVersion, Scored

POINTS = Unit("bottega/points")
BOTTEGA_1 = ProgramVersion(ProgramId("bottega"), 1)


def sold(member: MemberId | None, euros: int) -> Sold:
    """One product for so many euros; a member earns a point for each."""
    earned = Earned(POINTS, euros, date(2027, 3, 2), None, (euros,))
    scored = Scored(BOTTEGA_1, earned=(earned,))
    return Sold(
        number="1",
        store=StoreId("bologna"),
        zone="Europe/Rome",
        currency="EUR",
        lines=(Line("Caffè", euros * 100),),
        tenders=(Tender(TenderKind.CASH, euros * 100),),
        member=member,
        scored=None if member is None else scored,
    )
