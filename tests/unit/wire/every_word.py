"""A document that says every word of the vocabulary, to change one place of it at a time."""

from __future__ import annotations

import json
from typing import Any

EN = {"en": "a few words"}
COFFEE = {"categories": ["grocery/coffee"]}
GONE = object()
SMALL: dict[str, Any] = {
    "id": "bottega",
    "version": 3,
    "name": {"it": "La bottega", "en": "The corner shop"},
    "currency": "EUR",
    "valid_from": "2026-01-01",
    "rules": [{"id": "base", "then": {"kind": "earn", "points": 1, "step": 100}}],
}
CONDITIONS: list[dict[str, Any]] = [
    {"kind": "weekday", "days": ["monday", "sunday"]},
    {"kind": "hours", "since": "16:00", "until": "18:30:00"},
    {"kind": "dates", "first": "2026-03-01", "last": "2026-03-31"},
    {"kind": "around_date", "date": "birthday", "before_days": 3, "after_days": 3},
    {"kind": "days_since", "since": "last_purchase", "at_least": 30, "at_most": 60},
    {"kind": "age", "at_least": 14, "at_most": 24},
    {"kind": "tier", "any_of": ["gold"]},
    {"kind": "segment", "any_of": ["families"]},
    {"kind": "attribute", "name": "vehicle", "any_of": ["car"]},
    {"kind": "store", "any_of": ["bologna-1"]},
    {"kind": "channel", "any_of": ["till", "online"]},
    {"kind": "tender", "any_of": ["member_card"], "partly": True},
    {"kind": "code", "any_of": ["SPRING"]},
    {"kind": "voucher", "reward": "five-off"},
    {"kind": "visit", "every": 4},
    {"kind": "visit", "at": [5, 10]},
    {"kind": "minimum_amount", "amount_minor": 500, "below_minor": 900, "tax": "excluded"},
    {"kind": "minimum_quantity", "quantity": "1.5", "lines": COFFEE},
    {"kind": "spent", "window": "30d", "at_least_minor": 100, "below_minor": 200},
    {"kind": "earned", "window": "year", "at_least": 10},
    {"kind": "above_figure", "figure": "points-30d-p80", "window": "30d"},
    {"kind": "membership", "id": "club"},
    {"kind": "activity", "activity": "rated", "at_least": 2, "within_days": 7},
    {"kind": "offer", "offer": "two-more", "response": "declined", "at_most": 1},
    {"kind": "any_of", "conditions": [{"kind": "none_of", "conditions": [{"kind": "age"}]}]},
]
EFFECTS: list[dict[str, Any]] = [
    {
        "kind": "earn",
        "points": 2,
        "step": 100,
        "above": 500,
        "bands": [{"since": 1000, "points": "1/3", "step": "0.5"}],
        "mode": "marginal",
        "rounding": "half_up",
        "discounts": "before",
    },
    {"kind": "multiply", "by": "1.5", "lines": COFFEE, "rules": ["rule-0"]},
    {"kind": "give", "points": 5, "unit": "stars"},
    {"kind": "issue_voucher", "reward": "five-off", "valid_days": 14},
    {"kind": "draw_prize", "pool": "wheel"},
    {"kind": "percent_off", "rate": "0.1", "cap_minor": 500, "rounding": "ceil"},
    {"kind": "amount_off", "amount_minor": 500},
    {"kind": "cheapest_off", "rate": 1},
    {"kind": "buy_get", "buy": 2, "get": 1},
    {"kind": "member_price", "price_minor": 199, "lines": {"skus": ["8001"]}},
    {"kind": "set_price", "price_minor": 999, "sets": [COFFEE, {"brands": ["coop"]}]},
    {"kind": "free_item", "skus": ["8001"], "every": 10, "quantity": 2},
]
REWARDS: list[dict[str, Any]] = [
    {"id": "five-off", "gives": EFFECTS[6], "cost": 500, "proof": "pin", "cost_rate": "0.5"},
    {"id": "alms", "gives": {"kind": "donate", "to": "hospice", "amount_minor": 1}, "cost": 1},
    {"id": "into-stars", "gives": {"kind": "convert", "unit": "stars", "points": 1}, "cost": 1},
    {
        "id": "miles",
        "gives": {"kind": "convert", "unit": "miles", "points": 1, "partner": "airline"},
        "cost": 1,
        "limits": [{"times": 1, "per": "day"}],
        "largest_share": "0.5",
    },
]
EVERYTHING: dict[str, Any] = SMALL | {
    "valid_until": "2026-12-31",
    "stores": ["bologna-1"],
    "channels": ["till", "online"],
    "priority": 2,
    "goal": {"metric": "average_receipt", "baseline": 2000, "target": "2500.5", "by": "2026-12-31"},
    "contact": EN,
    "settings": {"base_rules": "best", "rewards_reduce_base": False},
    "units": [
        {
            "id": "points",
            "name": EN,
            "value_minor": "0.9",
            "lasts": {"kind": "months", "months": 12},
        },
        {"id": "stars", "lasts": {"kind": "calendar_day", "month": 2, "day": 29, "years": 2}},
        {"id": "stamps", "lasts": {"kind": "inactivity", "days": 90}, "status_only": True},
        {"id": "cash", "precision": 2, "lasts": {"kind": "program_end"}},
        {"id": "late", "usable": "after_days", "usable_after_days": 3},
    ],
    "rules": [
        {"id": f"rule-{number}", "then": effect, "text": EN}
        for number, effect in enumerate(EFFECTS)
    ]
    + [
        {
            "id": "when-all",
            "then": EFFECTS[5],
            "when": CONDITIONS,
            "on": "recognised",
            "limits": [{"times": 2, "per": "week"}],
            "stacking": "best",
            "special": True,
        }
    ],
    "caps": [{"id": "cap", "most": 100, "per": "month", "rules": ["rule-0"]}],
    "rewards": REWARDS,
    "ladder": {
        "tiers": [
            {"id": "silver", "at_least": 0},
            {"id": "gold", "at_least": 9, "falls_to": "silver"},
        ],
        "metric": "visits",
    },
    "access": [{"lines": COFFEE, "tiers": ["gold"], "until": "2026-06-30"}],
    "goals": [
        {
            "id": "stamps",
            "reach": {"kind": "stamps", "target": 8, "lines": COFFEE},
            "then": {"kind": "give", "points": 10},
        },
        {
            "id": "streak",
            "reach": {"kind": "streak", "days": 7},
            "then": {"kind": "issue_voucher", "reward": "five-off"},
        },
    ],
    "memberships": [
        {"id": "club", "sku": "CLUB", "fee_minor": 1000, "months": 12, "saves": ["rule-5"]}
    ],
    "messages": [{"id": "hello", "text": EN, "to": "display", "when": [CONDITIONS[2]]}],
    "suggestions": [{"id": "two-more", "text": EN, "towards": "five-off"}],
    "notices": [{"id": "fair", "text": EN, "answers": [{"en": "yes"}, {"en": "no"}]}],
    "questions": [{"ask": "birthday", "points": 20, "text": EN}],
    "partners": [{"id": "airline", "name": "Air", "card_ranges": ["4711"], "settle_minor": "0.8"}],
    "transfers": {"minimum": 100, "cards_max": 3, "last": "2026-01-21"},
    "pools": [{"id": "wheel", "odds": "1/20", "prizes": [{"reward": "five-off", "count": 9}]}],
    "closing": {"earn_until": "2026-11-30", "redeem_until": "2027-01-31", "notice": EN},
    "currency_change": {"on": "2026-02-01", "currency": "BGN", "rate": "1.95583"},
}


def changed(tree: dict[str, Any], path: str, value: object) -> str:
    """Write the document with one place (rules.0.then) replaced, added or (GONE) left out."""
    tree = json.loads(json.dumps(tree))
    place: Any = tree
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(tree)
