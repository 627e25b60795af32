"""Who objects to a result, until when, and which second person decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.core.workdays import add_working_days
from portal.parties.rules import can_manage_party
from portal.tiers.fields import AppealFields
from portal.tiers.models import StarAppeal, StarReview
from portal.tiers.rules.applications import MOST_EVIDENCE, MOST_NOTE, is_outside
from portal.tiers.states import APPEAL_DAYS, AppealStatus


def appeals_until(review: StarReview) -> date | None:
    """The last day; None before the result is told."""
    if review.announced_at is None:
        return None
    return add_working_days(clock.day_of(review.announced_at), APPEAL_DAYS)


def can_appeal_review(actor: Actor, review: StarReview) -> Verdict:
    if not (verdict := can_manage_party(actor, review.party)):
        return verdict
    until = appeals_until(review)
    if until is None:
        return conflict(_("There is no result yet to object to."))
    if clock.today() > until:
        return conflict(_("The 10 working days to object are over."))
    if review.appeals.exclude(status=AppealStatus.WITHDRAWN).exists():
        return conflict(_("You have objected to this result already."))
    return ALLOWED


def can_withdraw_appeal(actor: Actor, appeal: StarAppeal) -> Verdict:
    if not (verdict := can_manage_party(actor, appeal.review.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    return ALLOWED


def can_decide_appeal(actor: Actor, appeal: StarAppeal) -> Verdict:
    """Somebody else than who answered the application."""
    if not actor.has_perm("tiers.decide_starappeal"):
        return forbidden(_("Only those who decide objections to star results may do this."))
    if not (verdict := is_outside(actor, appeal.review.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    if appeal.first_id is not None and appeal.first_id == actor.user_id:
        return forbidden(_("Who answered the application does not decide; a second person must."))
    return ALLOWED


def appeal_is_sound(fields: AppealFields) -> Verdict:
    return flawless(flaws_of_appeal(fields))


def flaws_of_appeal(fields: AppealFields) -> Iterator[Flaw]:
    if not fields.text.strip():
        yield Flaw("text", _("Say what is wrong with the result."))
    elif len(fields.text.strip()) > MOST_NOTE:
        yield Flaw("text", _("At most 2,000 characters."))
    if len(fields.evidence) > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most five files."))
