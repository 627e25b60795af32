"""Objecting to a refusal: somebody who took no part in it decides."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.core.workdays import add_working_days
from portal.tiers import rules
from portal.tiers.certification_fields import ObjectionFields
from portal.tiers.certification_states import CHECK_DAYS, CertificationStatus
from portal.tiers.models import CertificationAppeal, CertificationApplication
from portal.tiers.services.certification_applying import keep_evidence_of_objection
from portal.tiers.services.certification_changes import (
    change_certification,
    lock_certification,
    lock_round,
    tell_agency,
)
from portal.tiers.services.certification_judging import pass_certification
from portal.tiers.states import APPEAL_TRANSITIONS, AppealStatus

DECIDED = {
    AppealStatus.UPHELD: gettext_noop(
        "Top-100 mark of %(year)s: the refusal stands after your objection. %(why)s"
    ),
    AppealStatus.GRANTED: gettext_noop(
        "Top-100 mark of %(year)s: you were right; your application goes on. %(why)s"
    ),
}


@transaction.atomic
def object_to_refusal(
    actor: Actor, *, application: CertificationApplication, fields: ObjectionFields
) -> CertificationAppeal:
    application = lock_certification(application)
    rules.can_object_to_refusal(actor, application).require()
    rules.objection_is_sound(fields).require()
    appeal = CertificationAppeal.objects.create(
        application=application,
        said=application.reason,
        text=fields.text.strip(),
        filed_at=clock.now(),
        filed_by=actor.user,
        due_on=add_working_days(clock.today(), CHECK_DAYS),
    )
    keep_evidence_of_objection(actor, appeal, fields.evidence)
    after = {"year": application.round.year, "due_on": appeal.due_on}
    audit.record(actor, "object_to_refusal", appeal, after=after)
    return appeal


@transaction.atomic
def withdraw_objection(actor: Actor, *, appeal: CertificationAppeal) -> CertificationAppeal:
    appeal = _lock(appeal)
    rules.can_withdraw_objection(actor, appeal).require()
    _change(actor, appeal, AppealStatus.WITHDRAWN, "withdraw_objection")
    return appeal


@transaction.atomic
def decide_objection(
    actor: Actor, *, appeal: CertificationAppeal, grants: bool, sentence: str
) -> CertificationAppeal:
    """The refusal stands; or, if the agency is right, what was refused in the review has passed,
    and what was refused for its documents goes on to be scored."""
    appeal = _lock(appeal)
    rules.can_decide_objection(actor, appeal).require()
    rules.sentence_is_sound(sentence).require()
    appeal.sentence = sentence.strip()
    appeal.decider, appeal.decided_at = actor.user, clock.now()
    status = AppealStatus.GRANTED if grants else AppealStatus.UPHELD
    _change(actor, appeal, status, "decide_certification_objection")
    if grants:
        _go_on(actor, appeal.application)
    said = DECIDED[status]
    tell_agency(appeal.application, "objection", said, why=appeal.sentence[:200])
    return appeal


def _go_on(actor: Actor, application: CertificationApplication) -> None:
    if application.is_scored:
        pass_certification(actor, application)
        return
    application.reason, application.decided_at = "", None
    status = CertificationStatus.CHECKED
    change_certification(actor, application, status, "accept_certification_papers")


def _lock(appeal: CertificationAppeal) -> CertificationAppeal:
    lock_round(appeal.application.round)
    application = lock_certification(appeal.application)
    locked = CertificationAppeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.application = application
    return locked


def _change(actor: Actor, appeal: CertificationAppeal, status: AppealStatus, verb: str) -> None:
    if status not in APPEAL_TRANSITIONS[appeal.status]:
        raise Refused(conflict(_("This objection has ended already.")))
    before, appeal.status = appeal.status, status
    appeal.save()
    after = {"status": status}
    audit.record(actor, verb, appeal, before={"status": before}, after=after, why=appeal.sentence)
