"""Who proposes and approves the table of stars, and what of it makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.policies.states import NOTICE_PERIOD, DatedStatus
from portal.tiers.engine import MOST_STARS, quarter_of
from portal.tiers.fields import RulesFields
from portal.tiers.models import StarRuleSet
from portal.tiers.states import BenefitKind

MOST_FEN, MOST_COUNT = 10**15, 10**6


def can_propose_rules(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.propose_starruleset"):
        return ALLOWED
    return forbidden(_("Only operators propose rules of stars."))


def can_approve_rules(actor: Actor, rules: StarRuleSet) -> Verdict:
    """A second person, and still a week before they begin."""
    if not (verdict := can_refuse_rules(actor, rules)):
        return verdict
    if rules.proposed_by_id == actor.user_id:
        return forbidden(_("Who proposed a rule does not approve it; a second person must."))
    if rules.starts_on < clock.today() + NOTICE_PERIOD:
        return unmet(_("It would begin in less than 7 days; refuse it and propose a later day."))
    return ALLOWED


def can_refuse_rules(actor: Actor, rules: StarRuleSet) -> Verdict:
    if not actor.has_perm("tiers.approve_starruleset"):
        return forbidden(_("Only operators who may approve rules decide this."))
    if rules.status != DatedStatus.PROPOSED:
        return conflict(_("This was decided already."))
    return ALLOWED


def rules_are_sound(fields: RulesFields) -> Verdict:
    return flawless(flaws_of_rules(fields))


def flaws_of_rules(fields: RulesFields) -> Iterator[Flaw]:
    if fields.starts_on < clock.today() + NOTICE_PERIOD:
        yield Flaw("starts_on", _("Changes are announced at least 7 days before they begin."))
    elif fields.starts_on != quarter_of(fields.starts_on).first_day:
        yield Flaw("starts_on", _("Rules of stars begin with a quarter."))
    if not fields.source.strip():
        yield Flaw("source", _("Say where this is from."))
    if not 1 <= fields.selling_days <= fields.within_days <= 92:
        yield Flaw("selling_days", _("Between one day and all of the days looked at."))
    if not 0 <= fields.freeze_days <= 60:
        yield Flaw("freeze_days", _("From 0 to 60 days."))
    yield from _flaws_of_rungs(fields)
    yield from _flaws_of_benefits(fields)


def _flaws_of_rungs(fields: RulesFields) -> Iterator[Flaw]:
    if len(fields.rungs) != MOST_STARS:
        yield Flaw("rungs", _("Say what each of the five stars asks."))
        return
    for stars, rung in enumerate(fields.rungs, start=1):
        most = {"creators": MOST_COUNT, "net_fen": MOST_FEN, "health": 10_000}
        for name, limit in most.items():
            value = getattr(rung, name)
            if not 0 <= value <= limit:
                yield Flaw(f"{name}_{stars}", _("This is out of range."))
            elif stars > 1 and value < getattr(fields.rungs[stars - 2], name):
                yield Flaw(f"{name}_{stars}", _("A higher star asks no less than the one below."))


def _flaws_of_benefits(fields: RulesFields) -> Iterator[Flaw]:
    for (stars, kind), amount in fields.benefits.items():
        if kind not in BenefitKind.values or not 0 <= stars <= MOST_STARS:
            yield Flaw("benefits", _("Choose one from the list."))
        elif not 0 <= amount <= MOST_COUNT:
            yield Flaw(f"{kind}_{stars}", _("This is out of range."))
