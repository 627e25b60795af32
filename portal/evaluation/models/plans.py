"""Improvement plans: items with due dates, agreed by two signatures."""

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
from portal.evaluation.models.remedies import Remedy
from portal.evaluation.states import ItemOutcome, PlanSide, PlanStatus
from portal.parties.models import Party


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> PlanQuerySet:
        """The party's own, but for what the platform is still drafting; operators' all."""
        if actor.has_perm("evaluation.view_plan"):
            return self.all()
        mine = self.filter(party=actor.party_id) if actor.party_id else self.none()
        return mine.exclude(status=PlanStatus.DRAFT, side=PlanSide.PLATFORM)


class Plan(models.Model):
    """`side` drafted it and signs first; the other side signs, or hands it back. What both signed
    no longer changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="plans", verbose_name=_("party"))
    title = models.CharField(_("title"), max_length=80)
    side = models.CharField(_("drafted by"), max_length=8, choices=PlanSide.choices)
    status = models.CharField(
        _("status"), max_length=9, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    note = models.CharField(_("why it was handed back"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    party_signed_at = models.DateTimeField(_("signed by the party at"), null=True)
    party_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signed for the party by"),
    )
    platform_signed_at = models.DateTimeField(_("signed by the platform at"), null=True)
    platform_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signed for the platform by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement plan")
        verbose_name_plural = _("improvement plans")
        permissions: ClassVar = [("sign_plan", "Can draft, sign and check improvement plans")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_agreed_has_two_signatures",
                condition=Q(
                    status__in=["agreed", "closed"],
                    party_signed_at__isnull=False,
                    party_signed_by__isnull=False,
                    platform_signed_at__isnull=False,
                    platform_signed_by__isnull=False,
                )
                | Q(
                    Q(party_signed_at__isnull=True) | Q(platform_signed_at__isnull=True),
                    status__in=["draft", "proposed", "withdrawn"],
                ),
            ),
            models.CheckConstraint(
                name="plan_signed_by_two_people",
                condition=Q(party_signed_by__isnull=True)
                | Q(platform_signed_by__isnull=True)
                | ~Q(party_signed_by=F("platform_signed_by")),
            ),
            models.CheckConstraint(
                name="plan_proposed_is_signed_by_its_side",
                condition=~Q(status="proposed")
                | Q(side="party", party_signed_at__isnull=False)
                | Q(side="platform", platform_signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_draft_is_unsigned",
                condition=~Q(status="draft")
                | Q(party_signed_at__isnull=True, platform_signed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_closed_has_its_time",
                condition=Q(status="closed", closed_at__isnull=False)
                | Q(~Q(status="closed"), closed_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["party", "-created_at"], name="plan_of_party")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan_detail", args=[self.pk])


class PlanItem(models.Model):
    """One thing to be done. Handing in is a claim with evidence, the outcome is an operator's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="items", verbose_name=_("improvement plan")
    )
    indicator = models.CharField(_("indicator"), max_length=40, blank=True)
    text = models.CharField(_("what is to be done"), max_length=300)
    remedy = models.ForeignKey(
        Remedy, models.SET_NULL, null=True, related_name="+", verbose_name=_("course or task")
    )
    due_on = models.DateField(_("due on"))
    report = models.TextField(_("what was done"), max_length=1000, blank=True)
    evidence = models.ManyToManyField(StoredFile, related_name="+", verbose_name=_("evidence"))
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    returned_why = models.CharField(_("why it was handed back"), max_length=300, blank=True)
    reminded_days = models.PositiveSmallIntegerField(_("last reminder"), null=True)
    outcome = models.CharField(_("outcome"), max_length=7, choices=ItemOutcome.choices, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("checked by"),
    )

    class Meta:
        verbose_name = _("item of an improvement plan")
        verbose_name_plural = _("items of improvement plans")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_item_outcome_has_its_time",
                condition=Q(outcome="", checked_at__isnull=True)
                | Q(~Q(outcome=""), checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_item_done_was_handed_in",
                condition=~Q(outcome__in=["on_time", "late"]) | Q(handed_in_at__isnull=False),
            ),
            models.CheckConstraint(name="plan_item_says_what", condition=~Q(text="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(outcome=""), name="plan_item_by_due_day")
        ]

    def __str__(self) -> str:
        return self.text
