"""Who reviews, who decides an objection, and who ends a mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.core.workdays import add_working_days
from portal.parties.rules import can_manage_party
from portal.tiers.certification_fields import ObjectionFields, ReviewFields
from portal.tiers.certification_states import (
    OBJECTION_DAYS,
    REVIEWED,
    REVIEWERS,
    CertificationStatus,
    ReviewVerdict,
)
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationMark,
    CertificationReview,
)
from portal.tiers.rules.applications import MOST_NOTE, MOST_SENTENCE, is_outside
from portal.tiers.states import AppealStatus

MOST_EVIDENCE = 5


def can_review_certification(actor: Actor, application: CertificationApplication) -> Verdict:
    """Two people, each once and neither knowing the other's verdict; a third where they differ."""
    if not actor.has_perm("tiers.review_certificationapplication"):
        return forbidden(_("Only those who review applications for the mark may do this."))
    if not (verdict := is_outside(actor, application.party)):
        return verdict
    if application.status not in REVIEWED:
        return conflict(_("This application is not to be reviewed now."))
    if application.reviews.filter(reviewer=actor.user_id).exists():
        return conflict(_("You have reviewed this already; another person must."))
    return ALLOWED


def can_see_verdicts(actor: Actor, application: CertificationApplication) -> Verdict:
    """Nobody who may still be asked for their own; not before both are there."""
    if not actor.has_perm("tiers.view_certificationapplication"):
        return forbidden(_("Only those who look after the top-100 mark see this."))
    if application.status not in REVIEWED:
        return ALLOWED
    if application.reviews.filter(reviewer=actor.user_id).exists():
        return ALLOWED
    if application.reviews.count() >= REVIEWERS:  # they differ: the third reads both
        return ALLOWED
    return forbidden(_("You read what others found once you have given your own verdict."))


def review_is_sound(fields: ReviewFields) -> Verdict:
    return flawless(flaws_of_certification_review(fields))


def flaws_of_certification_review(fields: ReviewFields) -> Iterator[Flaw]:
    if fields.verdict not in ReviewVerdict.values:
        yield Flaw("verdict", _("Choose one from the list."))
    if not fields.reason.strip():
        yield Flaw("reason", _("Say why; if it is refused, the agency reads this."))
    elif len(fields.reason.strip()) > MOST_SENTENCE:
        yield Flaw("reason", _("At most 600 characters."))


def objections_until(application: CertificationApplication) -> date | None:
    """The last day; None where nothing was refused."""
    if application.decided_at is None or application.status != CertificationStatus.REFUSED:
        return None
    return add_working_days(clock.day_of(application.decided_at), OBJECTION_DAYS)


def can_object_to_refusal(actor: Actor, application: CertificationApplication) -> Verdict:
    if not (verdict := can_manage_party(actor, application.party)):
        return verdict
    until = objections_until(application)
    if until is None:
        return conflict(_("There is no refusal to object to."))
    if clock.today() > until:
        return conflict(_("The 10 working days to object are over."))
    if application.appeals.exclude(status=AppealStatus.WITHDRAWN).exists():
        return conflict(_("You have objected to this already."))
    return ALLOWED


def can_withdraw_objection(actor: Actor, appeal: CertificationAppeal) -> Verdict:
    if not (verdict := can_manage_party(actor, appeal.application.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    return ALLOWED


def can_decide_objection(actor: Actor, appeal: CertificationAppeal) -> Verdict:
    """Somebody who neither checked its documents nor reviewed it."""
    if not actor.has_perm("tiers.decide_certificationappeal"):
        return forbidden(_("Only those who decide objections to refused marks may do this."))
    application = appeal.application
    if not (verdict := is_outside(actor, application.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    took_part = CertificationReview.objects.filter(application=application, reviewer=actor.user_id)
    if application.checked_by_id == actor.user_id or took_part.exists():
        return forbidden(_("Who took part in the refusal does not decide; another person must."))
    return ALLOWED


def objection_is_sound(fields: ObjectionFields) -> Verdict:
    return flawless(flaws_of_objection(fields))


def flaws_of_objection(fields: ObjectionFields) -> Iterator[Flaw]:
    if not fields.text.strip():
        yield Flaw("text", _("Say what is wrong with the refusal."))
    elif len(fields.text.strip()) > MOST_NOTE:
        yield Flaw("text", _("At most 2,000 characters."))
    if len(fields.evidence) > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most five files."))


def can_give_up_mark(actor: Actor, mark: CertificationMark) -> Verdict:
    if not (verdict := can_manage_party(actor, mark.party)):
        return verdict
    return _is_running(mark)


def can_take_back_mark(actor: Actor, mark: CertificationMark) -> Verdict:
    if not actor.has_perm("tiers.end_certificationmark"):
        return forbidden(_("Only those who may take marks back do this."))
    if not (verdict := is_outside(actor, mark.party)):
        return verdict
    return _is_running(mark)


def _is_running(mark: CertificationMark) -> Verdict:
    return ALLOWED if mark.ended_at is None else conflict(_("This mark has ended already."))
