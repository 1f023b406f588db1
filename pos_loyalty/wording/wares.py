"""Names that documents give in one word: goods, ways to pay, events; translated where known."""

from __future__ import annotations

from pos_loyalty.i18n import Words


def plain(words: Words, name: str) -> str:
    """Say a document's word as people do: "grocery/own-brand" is "own brand"."""
    known = _known(name)
    return words.gettext(known) if known else _spaced(name).rpartition("/")[2].strip() or name


def is_known(name: str) -> bool:
    """Whether a document's word has a translation."""
    return bool(_known(name))


def _known(name: str) -> str:
    whole = _spaced(name)
    return KNOWN.get(whole) or KNOWN.get(whole.rpartition("/")[2].strip(), "")


def _spaced(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip(" /")


def tender(words: Words, kind: str) -> str:
    """Say with what something is paid, as it stands after "paid"."""
    if kind in TENDERS:
        return words.gettext(TENDERS[kind])
    return words.gettext("with {tender}").format(tender=plain(words, kind))


def activity(words: Words, name: str) -> str:
    """Say after what a member did something holds."""
    known = name.replace("-", "_")
    if known in ACTIVITIES:
        return words.gettext(ACTIVITIES[known])
    return words.gettext("after “{activity}”").format(activity=plain(words, name))


def event(words: Words, name: str) -> str:
    """Say on which event a rule works; empty for a sale."""
    known = name.replace("-", "_")
    if known in EVENTS:
        return words.gettext(EVENTS[known]) if EVENTS[known] else ""
    return words.gettext("for “{event}”").format(event=plain(words, name))


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


TENDERS = {
    "cash": _("in cash"),
    "card": _("by bank card"),
    "member_card": _("with the member card"),
    "partner_card": _("with the partner's card"),
    "stored_value": _("from the balance of the card"),
}
ACTIVITIES = {
    "rated": _("after a rating"),
    "feedback": _("after feedback"),
    "answered": _("after an answer to our question"),
    "survey": _("after a survey"),
    "attended": _("after attending an event"),
    "referral": _("after recommending us"),
    "post": _("after a post about us"),
    "low_score": _("after a low rating"),
}
EVENTS = {
    "sale": "",
    "recognised": _("when the card is shown"),
    "joined": _("for joining"),
    "feedback": _("for feedback"),
    "rated": _("for a rating"),
    "birthday": _("for the birthday"),
    "anniversary": _("for the anniversary of joining"),
    "dormancy": _("for coming back"),
    "tier_reached": _("for reaching a level"),
    "referral": _("for recommending us"),
    "survey": _("for a survey"),
    "answered": _("for an answer to our question"),
    "attended": _("for attending an event"),
    "post": _("for a post about us"),
    "deposit": _("for a deposit with our partner"),
    "card_spend": _("for purchases with the partner's card"),
    "top_up": _("for a top-up"),
    "order_prepared": _("when the order is prepared"),
    "order_ready": _("when the order is ready"),
    "order_sent": _("when the order is sent"),
}
KNOWN = {
    "alcohol": _("alcohol"),
    "baby": _("baby goods"),
    "bakery": _("bakery"),
    "beer": _("beer"),
    "books": _("books"),
    "bread": _("bread"),
    "car wash": _("car wash"),
    "cheese": _("cheese"),
    "clothing": _("clothing"),
    "coffee": _("coffee"),
    "contact": _("contact"),
    "cosmetics": _("cosmetics"),
    "dairy": _("dairy products"),
    "delivery": _("delivery"),
    "diesel": _("diesel"),
    "drinks": _("drinks"),
    "fish": _("fish"),
    "flowers": _("flowers"),
    "food": _("food"),
    "fresh": _("fresh produce"),
    "fruit": _("fruit"),
    "fuel": _("fuel"),
    "fuel/diesel": _("diesel"),
    "fuel/premium": _("premium fuel"),
    "gift card": _("gift cards"),
    "gift cards": _("gift cards"),
    "grocery": _("groceries"),
    "household": _("household goods"),
    "lottery": _("lottery tickets"),
    "meat": _("meat"),
    "medicine": _("medicines"),
    "newspapers": _("newspapers"),
    "none": _("none"),
    "organic": _("organic"),
    "own brand": _("own brand"),
    "petrol": _("petrol"),
    "premium": _("premium"),
    "shoes": _("shoes"),
    "spirits": _("spirits"),
    "sweets": _("sweets"),
    "tea": _("tea"),
    "tobacco": _("tobacco"),
    "toys": _("toys"),
    "pasta": _("pasta"),
    "sauce": _("sauce"),
    "vegetables": _("vegetables"),
    "wallet": _("wallet top-up"),
    "yoghurt": _("yoghurt"),
    "wine": _("wine"),
    "car": _("car"),
    "truck": _("truck"),
    "vehicle": _("vehicle"),
    "coffee drinkers": _("coffee drinkers"),
    "families": _("families"),
    "loyalty card": _("loyalty card"),
    "preview": _("preview"),
    "sale": _("sale"),
    "breakfast": _("breakfast"),
    "breakfast news": _("breakfast news"),
    "tasting": _("tasting"),
    "name said": _("name said aloud"),
    "yes": _("yes"),
    "no": _("no"),
}
