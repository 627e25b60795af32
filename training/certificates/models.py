"""What somebody who completed a course holds, and anybody can check."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock, vault
from portal.core.actor import Actor
from portal.parties.models import Party
from training.certificates import states
from training.certificates.states import CertificateStatus
from training.courses.models import Course
from training.learning.models import Enrolment, Learner


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> CertificateQuerySet:
        """One's own, and those of the party one speaks for; operators see all."""
        if actor.has_perm("certificates.view_certificate"):
            return self
        if actor.user_id is None:
            return self.none()
        seen = Q(enrolment__learner__user=actor.user_id)
        if actor.party_id is not None:
            seen |= Q(enrolment__party=actor.party_id)
        return self.filter(seen)

    def of_person(self, user_id: int | None) -> CertificateQuerySet:
        return self.filter(enrolment__learner__user=user_id, enrolment__learner__user__isnull=False)

    def running(self) -> CertificateQuerySet:
        """Not taken back and, as far as the clock has looked, not over."""
        return self.filter(status=CertificateStatus.VALID)

    def standing(self) -> CertificateQuerySet:
        """Those nobody has renewed yet."""
        return self.filter(renewal=None)

    def ending(self, until: date) -> CertificateQuerySet:
        """Valid today, over by `until`, and not renewed."""
        return self.running().standing().filter(expires_on__range=(clock.today(), until))

    def whole(self) -> CertificateQuerySet:
        return self.select_related(
            *("course", "renewed_from", "renewal", "enrolment__claim"),
            *("enrolment__session", "enrolment__learner", "enrolment__party"),
        )


class Certificate(models.Model):
    """One for each completed enrolment of a course that gives one (trigger). `number` is what
    anybody may check; `holder_sealed` the name it was issued to, encrypted, None once the person is
    forgotten; `masked` what strangers read of it. `expires_on`: its last day. `reminded`: how many
    days before its end the last reminder was sent."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(
        _("number"), max_length=states.LENGTH, unique=True, default=states.new_number
    )
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="certificate", verbose_name=_("enrolment")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="certificates", verbose_name=_("course")
    )
    holder_sealed = models.BinaryField(null=True)
    masked = models.CharField(_("holder"), max_length=40)
    completed_on = models.DateField(_("completed on"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    expires_on = models.DateField(_("last day"))
    renewed_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="renewal", verbose_name=_("renews")
    )
    status = models.CharField(
        _("state"),
        max_length=7,
        choices=CertificateStatus.choices,
        default=CertificateStatus.VALID,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    reminded = models.PositiveSmallIntegerField(_("last reminder (days before)"), null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a course")
        verbose_name_plural = _("certificates of courses")
        permissions: ClassVar = [
            ("issue_certificate", "Can issue certificates of courses in bulk"),
            ("revoke_certificate", "Can revoke certificates of courses"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certificate_number_is_one",
                condition=Q(number__regex=rf"^[{states.LETTERS}]{{{states.LENGTH}}}$"),
            ),
            models.CheckConstraint(
                name="certificate_holds_for_a_while",
                condition=Q(expires_on__gt=F("completed_on")),
            ),
            models.CheckConstraint(
                name="certificate_revoked_says_why",
                condition=Q(status="revoked", revoked_at__isnull=False) & ~Q(reason="")
                | Q(status__in=["valid", "expired"], revoked_at=None, reason=""),
            ),
            models.CheckConstraint(
                name="certificate_renews_another", condition=~Q(renewed_from=F("id"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"], condition=Q(status="valid"), name="certificate_by_end"
            ),
            models.Index(fields=["course", "-issued_at"], name="certificate_of_course"),
            models.Index(fields=["-issued_at", "-id"], name="certificate_newest"),
        ]

    def __str__(self) -> str:
        return self.written_number

    def get_absolute_url(self) -> str:
        return reverse("certificate_proof", args=[self.number])

    @property
    def written_number(self) -> str:
        return states.in_groups(self.number)

    @property
    def learner(self) -> Learner:
        return self.enrolment.learner

    @property
    def party(self) -> Party:
        return self.enrolment.party

    @property
    def holder(self) -> str:
        """The name it was issued to; what strangers read where it was forgotten."""
        if self.holder_sealed is None:
            return self.masked
        return vault.unseal(self.holder_sealed)

    @property
    def state(self) -> str:
        """As of today: the clock may not have come by since its last day."""
        if self.status == CertificateStatus.VALID and self.expires_on < clock.today():
            return CertificateStatus.EXPIRED
        return self.status

    @property
    def state_label(self) -> str:
        return str(CertificateStatus(self.state).label)

    @property
    def tone(self) -> str:
        return states.TONES[CertificateStatus(self.state)]

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateStatus.VALID

    @property
    def renewed_by(self) -> Certificate | None:
        return getattr(self, "renewal", None)

    @property
    def days_left(self) -> int:
        return (self.expires_on - clock.today()).days
