"""Pauses, endings, completions and amendments: a row for each, and none of them is rewritten."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.models.cooperation import Cooperation
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party
from portal.revenue.models import AgreementVersion


class Step(models.Model):
    """Who did something to a cooperation, and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="%(class)ss")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("by"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.cooperation_id} {self.at:%Y-%m-%d}"


class Pause(Step):
    """No work for a while. `withdrawn_at`: when it went on."""

    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation"], condition=Q(withdrawn_at=None), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(name="pause_says_why", condition=~Q(reason="")),
        ]


class Ending(Step):
    """One side ends it before its term, with notice."""

    reason = models.CharField(_("reason"), max_length=8, choices=states.EndReason.choices)
    note = models.CharField(_("in words"), max_length=300)
    effective_on = models.DateField(_("ends on"))
    evidence = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("evidence")
    )

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation"], condition=Q(withdrawn_at=None), name="ending_one_at_a_time"
            ),
            models.CheckConstraint(name="ending_says_why", condition=~Q(note="")),
            models.CheckConstraint(
                name="ending_for_cause_is_shown",
                condition=~Q(reason="breach") | Q(evidence__isnull=False),
            ),
        ]


class Completion(Step):
    """One side says that everything is done; with both it ends."""

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation", "party"],
                condition=Q(withdrawn_at=None),
                name="completion_once_a_side",
            )
        ]


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, actor: Actor) -> AmendmentQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.visible_to(actor))

    def open(self) -> AmendmentQuerySet:
        return self.filter(status=states.AmendmentStatus.OPEN)


class Amendment(Step):
    """What one side proposes and the other accepts: a change of what was agreed, or what is to be
    agreed at all (version 1, without a `before`). It is negotiated as a version of the
    cooperation's paper, whose status is its own; the database compares them."""

    paper = models.OneToOneField(
        AgreementVersion, models.PROTECT, related_name="+", verbose_name=_("version of the paper")
    )

    number = models.PositiveSmallIntegerField(_("version"))  # what the cooperation would become
    note = models.CharField(_("why"), max_length=300, blank=True)
    # The amendable columns before and after, as `models.terms` names them.
    before = models.JSONField()
    after = models.JSONField()
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.AmendmentStatus.choices,
        default=states.AmendmentStatus.OPEN,
    )
    expires_at = models.DateTimeField(_("answer due"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation"], condition=Q(status="open"), name="amendment_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["cooperation", "number"],
                condition=Q(status="accepted"),
                name="amendment_one_a_version",
            ),
            models.CheckConstraint(
                name="amendment_changes_something", condition=~Q(before=F("after"))
            ),
            models.CheckConstraint(
                name="amendment_accepted_by_the_other",
                condition=Q(
                    status__in=["accepted", "countered", "declined"], answered_party__isnull=False
                )
                & ~Q(answered_party=F("party"))
                | Q(status__in=["open", "withdrawn", "expired"], answered_party=None),
            ),
            models.CheckConstraint(
                name="amendment_answered_has_time",
                condition=Q(status="open", answered_at=None)
                | ~Q(status="open") & Q(answered_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"], condition=Q(status="open"), name="amendment_to_answer"
            )
        ]
