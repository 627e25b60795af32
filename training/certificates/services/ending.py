"""A certificate ends by its day, or is taken back with a reason; and who is told in time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from training.certificates import rules
from training.certificates.models import Certificate
from training.certificates.services.teams import put_on_team_lists, take_off_team_lists
from training.certificates.services.telling import tell_holder
from training.certificates.states import REMIND_AT, TRANSITIONS, CertificateStatus
from training.courses.states import CourseStatus
from training.engine.validity import threshold_reached

MOST = 500  # at once
REVOKED = gettext_noop(
    "Your certificate for “%(course)s” was revoked: %(reason)s. If that is wrong, write to us."
)
RESTORED = gettext_noop("Your certificate for “%(course)s” is yours again: %(reason)s")
EXPIRED = gettext_noop("Your certificate for “%(course)s” has ended; take the course again.")
REMINDED = gettext_noop(
    "Your certificate for “%(course)s” ends on %(day)s. Take the course again by then: the new one "
    "goes on from that day."
)
REMINDED_OF_NO_MORE = gettext_noop(
    "Your certificate for “%(course)s” ends on %(day)s; the course is not held any more."
)


@transaction.atomic
def revoke_certificate(actor: Actor, *, certificate: Certificate, reason: str) -> Certificate:
    """Its page says so from now on; the holder reads why, and may take the course again."""
    certificate = _lock(certificate)
    rules.can_revoke_certificate(actor, certificate).require()
    rules.reason_is_sound(reason).require()
    certificate.revoked_at, certificate.revoked_by = clock.now(), actor.user
    _change_status(actor, certificate, CertificateStatus.REVOKED, "revoke_certificate", reason)
    take_off_team_lists([certificate])
    key = f"{certificate.revoked_at.timestamp()}"
    tell_holder(certificate, "revoked", key, REVOKED, reason=certificate.reason[:150])
    return certificate


@transaction.atomic
def restore_certificate(actor: Actor, *, certificate: Certificate, reason: str) -> Certificate:
    """It holds again, until the day it always had."""
    certificate = _lock(certificate)
    rules.can_restore_certificate(actor, certificate).require()
    rules.reason_is_sound(reason).require()
    is_over = certificate.expires_on < clock.today()
    status = CertificateStatus.EXPIRED if is_over else CertificateStatus.VALID
    certificate.revoked_at, certificate.revoked_by = None, None
    _change_status(actor, certificate, status, "restore_certificate", reason)
    if certificate.renewed_by is None:
        put_on_team_lists([certificate])
    key = f"{clock.now().timestamp()}"
    tell_holder(certificate, "restored", key, RESTORED, reason=reason.strip()[:150])
    return certificate


def expire_certificates(actor: Actor) -> int:
    """Those whose last day has passed; how many."""
    over = Certificate.objects.running().filter(expires_on__lt=clock.today())
    keys = list(over.order_by("expires_on", "pk").values_list("pk", flat=True)[:MOST])
    return sum(_expire(actor, key) for key in keys)


@transaction.atomic
def _expire(actor: Actor, key: int) -> bool:
    certificate = _lock(Certificate(pk=key))
    if certificate.status != CertificateStatus.VALID or certificate.expires_on >= clock.today():
        return False
    _change_status(actor, certificate, CertificateStatus.EXPIRED, "expire_certificate")
    if certificate.renewed_by is None:
        tell_holder(certificate, "expired", "", EXPIRED)
    return True


def remind_certificates(actor: Actor) -> int:
    """60, 30 and 7 days before its end, once each; how many were reminded."""
    today = clock.today()
    ends = {days: today + timedelta(days=days) for days in REMIND_AT}
    due = Q(reminded=None, expires_on__lte=ends[REMIND_AT[0]])
    for days in REMIND_AT[1:]:
        due |= Q(reminded__gt=days, expires_on__lte=ends[days])
    rows = Certificate.objects.ending(ends[REMIND_AT[0]]).filter(due)
    keys = list(rows.order_by("expires_on", "pk").values_list("pk", flat=True)[:MOST])
    return sum(_remind(key) for key in keys)


@transaction.atomic
def _remind(key: int) -> bool:
    certificate = _lock(Certificate(pk=key))
    reached = threshold_reached(certificate.days_left, REMIND_AT)
    if reached is None or not certificate.is_valid or certificate.renewed_by is not None:
        return False
    if certificate.reminded is not None and certificate.reminded <= reached:
        return False
    certificate.reminded = reached
    certificate.save(update_fields=["reminded"])
    is_held = certificate.course.status == CourseStatus.PUBLISHED
    sentence = REMINDED if is_held else REMINDED_OF_NO_MORE
    tell_holder(certificate, "ending", str(reached), sentence)
    return True


# --- within ---------------------------------------------------------------------------------------


def _lock(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",), no_key=True)
    return rows.whole().get(pk=certificate.pk)


def _change_status(
    actor: Actor, certificate: Certificate, status: CertificateStatus, verb: str, reason: str = ""
) -> None:
    assert status in TRANSITIONS[certificate.status]
    before, certificate.status = certificate.status, status
    certificate.reason = reason.strip() if status == CertificateStatus.REVOKED else ""
    certificate.save(update_fields=["status", "reason", "revoked_at", "revoked_by"])
    audit.record(
        actor,
        verb,
        certificate,
        before={"status": before},
        after={"status": status},
        why=reason.strip(),
    )
