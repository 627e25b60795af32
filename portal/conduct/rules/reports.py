"""Who may report whom, and what a report must say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.fields import ReportFields
from portal.conduct.models import Report, Rule
from portal.conduct.rules.cases import flaws_of_evidence
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.parties.models import Party
from portal.parties.rules import is_member
from portal.parties.states import TRUSTED, PartyStatus

MOST_TEXT = 2000
DAY = timedelta(hours=24)
MOST_OF_A_PERSON, MOST_OF_A_PARTY = 5, 20  # in 24 hours
REPORTABLE = TRUSTED | {PartyStatus.SUSPENDED}


def can_report_party(actor: Actor, party: Party) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first."))
    if is_member(actor.user, party):
        return forbidden(_("Nobody reports a party of their own."))
    if party.status not in REPORTABLE or party.is_sandbox:
        return conflict(_("This party is not verified; there is nothing to report here."))
    return ALLOWED


def may_report_again(actor: Actor) -> Verdict:
    """Asked under the lock of the person's row, so that the ration holds."""
    recent = Report.objects.filter(at__gt=clock.now() - DAY)
    if recent.filter(reporter=actor.user).count() >= MOST_OF_A_PERSON:
        return conflict(_("You have reported as much as one may in a day. Go on tomorrow."))
    if actor.party is None:
        return ALLOWED
    if recent.filter(reporter_party=actor.party).count() >= MOST_OF_A_PARTY:
        return conflict(_("Your party has reported as much as one may in a day."))
    return ALLOWED


def rule_named(party: Party, fields: ReportFields) -> Rule | None:
    """The row of the rule that was in force for this kind of party when it happened."""
    rows = Rule.objects.on(fields.happened_on).for_kind(party.kind)
    return rows.filter(code=fields.rule).first()


def flaws_of_report(party: Party, fields: ReportFields, evidence: int) -> Iterator[Flaw]:
    today = clock.today()
    if not fields.text.strip():
        yield Flaw("text", _("Say what happened."))
    elif len(fields.text.strip()) > MOST_TEXT:
        yield Flaw("text", _("At most 2,000 characters."))
    if fields.happened_on > today:
        yield Flaw("happened_on", _("This day is still to come."))
    elif fields.happened_on < today - states.OLDEST:
        yield Flaw("happened_on", _("What happened more than two years ago is not looked into."))
    elif rule_named(party, fields) is None:
        yield Flaw("rule", _("This rule was not in force for this party when it happened."))
    yield from flaws_of_evidence(evidence)
