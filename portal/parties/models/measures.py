"""Suspensions, and appeals against what reviewers and operators decided."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties import states
from portal.parties.models.documents import Document
from portal.parties.models.party import Party
from portal.parties.models.reviews import ReviewAnswer
from portal.parties.states import AppealEffect, AppealOutcome, AppealStatus


class Suspension(models.Model):
    """A party put out of work: why, until when (open if never said), by whom; and its end."""

    party = models.ForeignKey(
        Party, models.PROTECT, related_name="suspensions", verbose_name=_("party")
    )
    reason = models.TextField(_("reason"), max_length=600)
    until = models.DateTimeField(_("until"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))
    was = models.CharField(_("status before"), max_length=10, choices=states.PartyStatus.choices)
    lifted_at = models.DateTimeField(_("lifted at"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_why = models.CharField(_("why it was lifted"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        permissions: ClassVar = [("suspend_party", "Can suspend parties and lift suspensions")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(lifted_at__isnull=True), name="suspension_one_open"
            ),
            models.CheckConstraint(name="suspension_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="suspension_of_a_trusted_party",
                condition=Q(was__in=["verified", "listed", "hidden"]),
            ),
            models.CheckConstraint(
                name="suspension_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gt=F("at")),
            ),
            models.CheckConstraint(
                name="suspension_lifted_says_why",
                condition=Q(lifted_at__isnull=True, lifted_why="")
                | Q(lifted_at__isnull=False) & ~Q(lifted_why=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until"], condition=Q(lifted_at__isnull=True), name="suspension_by_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.at:%Y-%m-%d}"


class PartyAppealQuerySet(models.QuerySet["PartyAppeal"]):
    def visible_to(self, actor: Actor) -> PartyAppealQuerySet:
        return self.filter(party__in=Party.objects.visible_to(actor))

    def waiting(self) -> PartyAppealQuerySet:
        return self.filter(status=AppealStatus.FILED)


class PartyAppeal(models.Model):
    """A party's objection to one decision about it, judged by somebody who did not take it.

    What was decided first is copied: the document it was said of goes on changing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="appeals", verbose_name=_("party")
    )
    answer = models.ForeignKey(
        ReviewAnswer, models.PROTECT, null=True, verbose_name=_("refused application")
    )
    suspension = models.ForeignKey(
        Suspension, models.PROTECT, null=True, verbose_name=_("suspension")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, verbose_name=_("returned document")
    )
    first_at = models.DateTimeField(_("decided first at"))
    first_reason = models.TextField(_("the reason given"), max_length=600)
    first_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who decided first"),
    )
    text = models.TextField(_("what the party says"), max_length=2000)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, verbose_name=_("evidence")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=AppealStatus.choices, default=AppealStatus.FILED
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    filed_at = models.DateTimeField(_("filed at"))
    due_on = models.DateField(_("to be answered by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = PartyAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal of a party")
        verbose_name_plural = _("appeals of parties")
        permissions: ClassVar = [("decide_partyappeal", "Can judge appeals of parties")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="party_appeal_is_about_one_thing",
                condition=Q(answer__isnull=False, suspension__isnull=True, document__isnull=True)
                | Q(answer__isnull=True, suspension__isnull=False, document__isnull=True)
                | Q(answer__isnull=True, suspension__isnull=True, document__isnull=False),
            ),
            models.CheckConstraint(name="party_appeal_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="party_appeal_ended_has_time",
                condition=Q(status="filed", ended_at__isnull=True)
                | ~Q(status="filed") & Q(ended_at__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=[about, "first_at"],
                    condition=~Q(status="withdrawn"),
                    name=f"party_appeal_once_about_{about}",
                )
                for about in ("answer", "suspension", "document")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(status="filed"), name="party_appeal_queue"),
            models.Index(fields=["party", "-filed_at"], name="party_appeal_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("party_appeal_detail", args=[self.pk])

    @property
    def subject(self) -> str:
        if self.answer_id:
            return str(_("Refused application"))
        return str(_("Suspension")) if self.suspension_id else str(_("Returned document"))


class AppealDecision(models.Model):
    """The answer to an appeal, by a second person. Rows are appended, never changed."""

    appeal = models.OneToOneField(
        PartyAppeal, models.PROTECT, related_name="decision", verbose_name=_("appeal")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=AppealOutcome.choices)
    effect = models.CharField(_("effect"), max_length=8, choices=AppealEffect.choices)
    reason = models.TextField(_("reason"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who decided first"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to an appeal")
        verbose_name_plural = _("answers to appeals")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appeal_decision_by_a_second_person",
                condition=Q(first_by__isnull=True) | ~Q(by=F("first_by")),
            ),
            models.CheckConstraint(name="appeal_decision_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="appeal_decision_upheld_changes_nothing",
                condition=~Q(outcome="upheld") | Q(effect="none"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.at:%Y-%m-%d}"
