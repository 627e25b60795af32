"""Who issues, sees, revokes and renews certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.rules import can_manage_party
from training.certificates.models import Certificate
from training.certificates.states import CertificateStatus
from training.courses.models import Course
from training.courses.states import CourseStatus
from training.learning.models import Enrolment
from training.learning.rules.enrolments import RENEW_BEFORE
from training.learning.states import Outcome

MOST_REASON = 300


def gives_certificate(enrolment: Enrolment) -> bool:
    """Completed, in a course that gives one."""
    return (
        enrolment.outcome == Outcome.COMPLETED
        and enrolment.session.course.certificate_months is not None
    )


def can_run_certificates(actor: Actor) -> Verdict:
    if actor.has_perm("certificates.view_certificate"):
        return ALLOWED
    return forbidden(_("Only operators see everybody's certificates."))


def may_issue(actor: Actor) -> Verdict:
    if actor.has_perm("certificates.issue_certificate"):
        return ALLOWED
    return forbidden(_("Only operators issue certificates."))


def can_issue_in_bulk(actor: Actor, course: Course) -> Verdict:
    if not (verdict := may_issue(actor)):
        return verdict
    if course.certificate_months is None:
        return unmet(
            _("This course gives no certificate; say in the course for how long it holds.")
        )
    return ALLOWED


def can_bring_certificates(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def has_somebody_without(waiting: int) -> Verdict:
    if waiting:
        return ALLOWED
    return conflict(_("Everybody who completed this course has a certificate."))


# --- who looks ------------------------------------------------------------------------------------


def is_holder(actor: Actor, certificate: Certificate) -> bool:
    return actor.user_id is not None and certificate.learner.user_id == actor.user_id


def can_see_name(actor: Actor, certificate: Certificate) -> Verdict:
    """The whole name: oneself and who manages the party; operators read what strangers read."""
    if is_holder(actor, certificate):
        return ALLOWED
    if actor.speaks_for(certificate.enrolment.party_id):
        return can_manage_party(actor, certificate.party)
    return forbidden(_("This certificate is somebody else's."))


def can_take_paper(actor: Actor, certificate: Certificate) -> Verdict:
    """As a PDF and as a picture to share."""
    if not (verdict := can_see_name(actor, certificate)):
        return verdict
    if certificate.status == CertificateStatus.REVOKED:
        return conflict(_("This certificate was revoked; there is no paper of it any more."))
    return ALLOWED


def can_list_team(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("You do not speak for a party."))
    return can_manage_party(actor, actor.party)


# --- its end --------------------------------------------------------------------------------------


def may_revoke(actor: Actor) -> Verdict:
    if actor.has_perm("certificates.revoke_certificate"):
        return ALLOWED
    return forbidden(_("Only operators revoke certificates."))


def can_revoke_certificate(actor: Actor, certificate: Certificate) -> Verdict:
    if not (verdict := may_revoke(actor)):
        return verdict
    if certificate.status == CertificateStatus.REVOKED:
        return conflict(_("This certificate was revoked already."))
    return ALLOWED


def can_restore_certificate(actor: Actor, certificate: Certificate) -> Verdict:
    """After an objection that was right."""
    if not (verdict := may_revoke(actor)):
        return verdict
    if certificate.status != CertificateStatus.REVOKED:
        return conflict(_("Only a revoked certificate is given back."))
    return ALLOWED


def reason_is_sound(reason: str) -> Verdict:
    return flawless(flaws_of_reason(reason))


def flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; the holder reads it."))
    elif len(reason) > MOST_REASON:
        yield Flaw("reason", _("At most %(n)s characters.") % {"n": MOST_REASON})


def renews_from(certificate: Certificate) -> date:
    """From this day on completing the course again makes the next one."""
    return certificate.expires_on - RENEW_BEFORE


def can_renew_certificate(certificate: Certificate, today: date | None = None) -> Verdict:
    """By completing the course again; who may enrol then is the course's own matter."""
    if certificate.status == CertificateStatus.REVOKED:
        return conflict(_("A revoked certificate is not renewed; take the course again."))
    if certificate.renewed_by is not None:
        return conflict(_("This certificate has been renewed."))
    if certificate.course.status != CourseStatus.PUBLISHED:
        return conflict(_("This course is not held any more."))
    day = renews_from(certificate)
    if (today or clock.today()) < day:
        sentence = _("It can be renewed from %(day)s on.")
        return conflict(sentence % {"day": day.isoformat()})
    return ALLOWED


def early() -> timedelta:
    """How long before its end a certificate is renewed without losing a day."""
    return RENEW_BEFORE
