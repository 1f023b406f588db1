"""The results of a replay as JSON: whole numbers, and rates as decimal strings."""

from __future__ import annotations

from dataclasses import fields
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pos_loyalty.lab.replay.results import (
    Comparison,
    CrowdResult,
    DayCost,
    MemberChange,
    ProgramResult,
    Progress,
    Results,
    UnitResult,
)
from pos_loyalty.wire.reading import ratio_text

DECIMALS = Decimal("0.000001")


def write_results(results: Results) -> dict[str, object]:
    """Write all of it; the words of the document are explained in docs/simulating.md."""
    return {
        **_crowd(results.crowd),
        "programs": [_program(one) for one in results.programs],
        "comparison": _comparison(results.comparison),
        "days": [_day(day) for day in results.days],
    }


def _crowd(crowd: CrowdResult) -> dict[str, object]:
    return {
        "currency": crowd.currency,
        "first": None if crowd.first is None else crowd.first.isoformat(),
        "last": None if crowd.last is None else crowd.last.isoformat(),
        "receipts": crowd.receipts,
        "events": crowd.events,
        "skipped": crowd.skipped,
        "receipts_with_member": crowd.with_member,
        "receipts_without_member_id": crowd.nameless,
        "members": crowd.members,
        "sales_minor": crowd.sales_minor,
        "average_receipt_minor": crowd.average_receipt_minor,
        "visits_per_member": _rate(crowd.visits_per_member),
        "second_visit_rate": _rate(crowd.second_visit_rate),
        "member_share": _rate(crowd.member_share),
    }


def _program(one: ProgramResult) -> dict[str, object]:
    return {
        "program": one.program.id,
        "version": one.program.version,
        "receipts_in_force": one.receipts_in_force,
        "to_pay_minor": one.to_pay_minor,
        "average_receipt_minor": one.average_receipt_minor,
        "units": [_unit(unit) for unit in one.units],
        "cost": {
            "discount_minor": one.discount_minor,
            "gifts_minor": one.gift_cost_minor,
            "rewards_minor": one.reward_cost_minor,
            "vouchers_minor": one.voucher_cost_minor,
            "draws_minor": one.draw_cost_minor,
            "given_minor": one.given_minor,
            "owed_more_minor": one.owed_more_minor,
            "cost_minor": one.cost_minor,
            "share_of_sales": _rate(one.cost_share),
            "per_member_minor": one.cost_per_member_minor,
            "receipts_at_sale_price": one.at_sale_price,
            "gifts_without_price": one.untold_gifts,
        },
        "gain_per_member_minor": one.gain_per_member_minor,
        "rules": [_record(rule) for rule in one.rules],
        "rewards": [_record(reward) for reward in one.rewards],
        "vouchers_issued": [_record(voucher) for voucher in one.vouchers],
        "draws": [_record(draw) for draw in one.draws],
        "memberships_bought": dict(one.memberships),
        "refused": [_record(refusal) for refusal in one.refused],
        "undecided": [
            {"fact": waits.fact, "rules": list(waits.rules), "receipts": waits.receipts}
            for waits in one.undecided
        ],
        "goal": _progress(one.progress),
    }


def _unit(unit: UnitResult) -> dict[str, object]:
    told = _record(unit)
    told["point_minor"] = None if unit.point_minor is None else ratio_text(unit.point_minor)
    told["valued_by"] = unit.valued_by or None
    return told


def _progress(progress: Progress | None) -> dict[str, object] | None:
    if progress is None:
        return None
    found, share = _rate(progress.found), _rate(progress.share)
    return {"metric": progress.metric.value, "found": found, "share": share}


def _comparison(comparison: Comparison) -> dict[str, object]:
    return {
        "winners": comparison.winners,
        "losers": comparison.losers,
        "same": comparison.same,
        "difference_minor": comparison.difference_minor,
        "tenths": [_record(tenth) for tenth in comparison.tenths],
        "bars": [_record(bar) for bar in comparison.bars],
        "most_won": [_change(change) for change in comparison.most_won],
        "most_lost": [_change(change) for change in comparison.most_lost],
    }


def _change(change: MemberChange) -> dict[str, object]:
    return {**_record(change), "difference_minor": change.difference_minor}


def _day(day: DayCost) -> dict[str, object]:
    return {"on": day.on.isoformat(), "costs_minor": list(day.costs_minor)}


def _record(
    record: object,
) -> dict[str, object]:
    """Write a value of plain fields."""
    return {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]


def _rate(rate: Fraction) -> str:
    """Write a rate with six decimals at most, halves up."""
    exact = Decimal(rate.numerator) / Decimal(rate.denominator)
    rounded = exact.quantize(DECIMALS, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"
