"""Finding a member by name, or by the last digits of her telephone number."""

from __future__ import annotations

from pos_loyalty.domain.folding import folded, phone_ending
from pos_loyalty.usecases.counter import Counter
from pos_loyalty.usecases.identify import only_known_here
from pos_loyalty.usecases.standing import MemberSeen, see

FOUND_MAX = 20
TEXT_MIN = 2


def find(counter: Counter, text: str) -> tuple[MemberSeen, ...]:
    """Members of this store whose name holds `text`, or whose phone ends with it; at most 20.

    Fewer than two characters find nobody: a whole membership is not to be read off a till.
    """
    wanted = text.strip()
    if len(wanted) < TEXT_MIN:
        return ()
    told = [known.member for known in counter.members.search(wanted, FOUND_MAX)]
    part, digits = folded(wanted), phone_ending(wanted)
    here = [
        member
        for member, record in counter.journal.enrolled_here()
        if ((part and part in folded(record.name)) or (digits and record.phone.endswith(digits)))
        and only_known_here(counter, member)
    ]
    return tuple(see(counter, member) for member in (*told, *here)[:FOUND_MAX])
