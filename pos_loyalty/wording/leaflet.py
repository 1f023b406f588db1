"""A program as the leaflet on the counter tells it."""

from __future__ import annotations

from pos_loyalty.domain.programs.effects import Earn
from pos_loyalty.domain.programs.moments import MissingFact, Notice
from pos_loyalty.domain.programs.occasions import Channel
from pos_loyalty.domain.programs.program import Program, Rule
from pos_loyalty.domain.programs.selection import Selection
from pos_loyalty.domain.programs.wordings import in_language
from pos_loyalty.i18n import Words
from pos_loyalty.wording.ending import currency_told, ending_told
from pos_loyalty.wording.figures import ENDS, all_of, sentence
from pos_loyalty.wording.limits import cap_told
from pos_loyalty.wording.paragraphs import (
    Paragraph,
    access_told,
    goal_told,
    membership_told,
    paragraph,
    pool_told,
    reward_told,
    rule_told,
    tier_told,
    valid_told,
)
from pos_loyalty.wording.purchases import channels
from pos_loyalty.wording.transfers import transfers_told
from pos_loyalty.wording.units import expiry_told, unit_amount, units_earned, usable_told

EARNING = ("earn", "multiply")
PRESENTS = ("give", "issue_voucher", "draw_prize")


def leaflet(words: Words, program: Program) -> tuple[Paragraph, ...]:
    """Tell members what a program is, part by part; parts it has not are left out."""
    base = base_rule(program)
    rest = [rule for rule in program.rules if rule is not base]
    earning = [rule for rule in rest if rule.then.kind in EARNING]
    presents = [rule for rule in rest if rule.then.kind in PRESENTS]
    savings = [rule for rule in rest if rule.then.kind not in (*EARNING, *PRESENTS)]
    earn_title = (
        words.gettext("How you earn") if base is None else words.gettext("How you earn more")
    )
    return (
        _opening(words, base, program),
        *paragraph(earn_title, [rule_told(words, rule, program) for rule in earning]),
        *paragraph(
            words.gettext("Presents for you"),
            [
                *(rule_told(words, rule, program) for rule in presents),
                *(_asked(words, fact, program) for fact in program.questions if fact.points),
                *(_answered(words, one, program) for one in program.notices if one.points),
            ],
        ),
        *paragraph(
            words.gettext("Where you pay less"),
            [rule_told(words, rule, program) for rule in savings],
        ),
        *paragraph(
            words.gettext("What you get"),
            [
                reward_told(words, reward, program)
                for reward in program.rewards
                if not reward.voucher_only or reward.when or reward.limits
            ],
        ),
        *_climbing(words, program),
        *_small_print(words, program),
    )


def base_rule(program: Program) -> Rule | None:
    """Find the rule that every purchase earns by, the first of its kind."""
    for rule in program.rules:
        plain = rule.on == "sale" and not rule.when and not rule.limits
        if plain and isinstance(rule.then, Earn) and _all_but(rule.then.lines):
            return rule
    return None


def _all_but(lines: Selection) -> bool:
    """Whether lines are chosen by what they are not."""
    return lines == Selection(
        except_skus=lines.except_skus,
        except_categories=lines.except_categories,
        except_brands=lines.except_brands,
        except_labels=lines.except_labels,
    )


def _opening(words: Words, base: Rule | None, program: Program) -> Paragraph:
    """Begin with the name, and what every purchase earns."""
    name = in_language(program.name, words.language)
    lines = []
    if base is not None:
        lines.append(rule_told(words, Rule(base.id, base.then), program))
    lines.append(valid_told(words, program))
    where = where_told(words, program)
    return Paragraph(name, (*lines, where) if where else tuple(lines))


def where_told(words: Words, program: Program) -> str:
    """Say in which stores, and which ways, a program counts; empty: everywhere."""
    told = []
    if program.stores:
        stores = words.ngettext(
            "in the store {{stores}}", "in the stores {{stores}}", len(program.stores)
        )
        told.append(stores.format(stores=all_of(words, program.stores)))
    if program.channels and len(program.channels) < len(Channel):
        told.append(all_of(words, [channels(words, (channel,)) for channel in program.channels]))
    if not told:
        return ""
    counts = words.gettext("counts {conditions}")
    return sentence(words, counts.format(conditions=all_of(words, told)))


def _climbing(words: Words, program: Program) -> tuple[Paragraph, ...]:
    """Tell of goals, levels, clubs, and what can be won."""
    ladder = program.ladder
    tiers = (
        [] if ladder is None else [tier_told(words, one, ladder, program) for one in ladder.tiers]
    )
    return (
        *paragraph(
            words.gettext("Collect and win"),
            [
                *(goal_told(words, goal, program) for goal in program.goals),
                *(pool_told(words, pool, program) for pool in program.pools),
            ],
        ),
        *paragraph(words.gettext("Your level"), [*tiers, *access_told(words, program)]),
        *paragraph(
            words.gettext("Membership"),
            [membership_told(words, one, program) for one in program.memberships],
        ),
        *paragraph(words.gettext("Our partners"), partners_told(words, program)),
    )


def partners_told(words: Words, program: Program) -> list[str]:
    """Say whose cards are taken and who takes part."""
    if not program.partners:
        return []
    names = all_of(words, [partner.name for partner in program.partners])
    told = [words.gettext("With us: {partners}.").format(partners=names)]
    ranges = [partner.name for partner in program.partners if partner.card_ranges]
    if ranges:
        taken = words.gettext("Cards that are accepted too: {partners}.")
        told.append(taken.format(partners=all_of(words, ranges)))
    return told


def _small_print(words: Words, program: Program) -> tuple[Paragraph, ...]:
    """Tell how long what is collected lasts, when it counts, and how the program ends."""
    earned = units_earned(program)
    spendable = [unit for unit in earned if unit.status_only or program.rewards]
    contact = in_language(program.contact, words.language)
    return (
        *paragraph(
            words.gettext("Good to know"),
            [
                *(sentence(words, cap_told(words, cap, program)) for cap in program.caps),
                *(usable_told(words, program, unit) for unit in spendable),
                *(expiry_told(words, program, unit) for unit in earned),
                *transfers_told(words, program),
                *currency_told(words, program),
            ],
        ),
        *paragraph(words.gettext("How the program ends"), ending_told(words, program)),
        *paragraph(words.gettext("Questions?"), [contact]),
    )


def _asked(words: Words, fact: MissingFact, program: Program) -> str:
    """Say what telling a fact is worth."""
    own = in_language(fact.text, words.language) or words.gettext(ASKED[fact.ask.value])
    return _for_answer(words, own, fact.points, program)


def _answered(words: Words, notice: Notice, program: Program) -> str:
    """Say what answering a question is worth."""
    return _for_answer(words, in_language(notice.text, words.language), notice.points, program)


def _for_answer(words: Words, question: str, count: int, program: Program) -> str:
    points = unit_amount(words, program, program.main_unit.id, count)
    if not question.endswith(ENDS):
        return sentence(words, words.gettext("{label}: {text}").format(label=question, text=points))
    brings = words.gettext("{question} Your answer brings {points}.")
    return sentence(words, brings.format(question=question, points=points))


def _(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated where it is shown."""
    return message


ASKED = {
    "birthday": _("Tell us your birthday"),
    "contact": _("Tell us how to reach you"),
    "favourite_category": _("Choose your favourite category"),
    "name": _("Tell us your name"),
}
