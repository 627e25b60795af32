"""Who proposes and approves the table of stars, and what of it makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, flawless, forbidden
from portal.policies.rules import flaws_of_announcement
from portal.tiers.engine import MOST_STARS, quarter_of
from portal.tiers.fields import RulesFields
from portal.tiers.states import BenefitKind

MOST_FEN, MOST_COUNT = 10**15, 10**6


def can_propose_rules(actor: Actor) -> Verdict:
    if actor.has_perm("tiers.propose_starruleset"):
        return ALLOWED
    return forbidden(_("Only operators propose rules of stars."))


def rules_are_sound(fields: RulesFields) -> Verdict:
    return flawless(flaws_of_rules(fields))


def flaws_of_rules(fields: RulesFields) -> Iterator[Flaw]:
    yield from flaws_of_announcement(fields.starts_on, fields.source)
    if fields.starts_on != quarter_of(fields.starts_on).first_day:
        yield Flaw("starts_on", _("Rules of stars begin with a quarter."))
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
