"""Who proposes and approves rules of growth, and what of them makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, flawless, forbidden
from portal.growth.engine import faults_of
from portal.growth.fields import RulesFields
from portal.growth.states import Band, ProviderBenefit, Size
from portal.policies.rules import flaws_of_announcement
from portal.rewards.states import Line

MOST_AMOUNT = 1_000
FAULTS: dict[str, str | Promise] = {
    "number": _("Say what each of the five levels asks."),
    "range": _("This is out of range."),
    "order": _("A higher level asks more than the one below."),
}


def can_propose_rules(actor: Actor) -> Verdict:
    if actor.has_perm("growth.propose_growthrules"):
        return ALLOWED
    return forbidden(_("Only operators propose rules of growth."))


def rules_are_sound(fields: RulesFields) -> Verdict:
    return flawless(flaws_of_rules(fields))


def flaws_of_rules(fields: RulesFields) -> Iterator[Flaw]:
    yield from flaws_of_announcement(fields.starts_on, fields.source)
    for line in Line.values:
        for fault in faults_of(fields.ladders.get(line, ())):
            yield Flaw(f"{line}_{fault.level or 1}", FAULTS[fault.sentence])
    for (size, band, kind), amount in fields.benefits.items():
        known = size in Size.values and band in Band.values and kind in ProviderBenefit.values
        if not known:
            yield Flaw("benefits", _("Choose one from the list."))
        elif not 0 <= amount <= MOST_AMOUNT:
            yield Flaw(f"{kind}_{size}_{band}", _("This is out of range."))
