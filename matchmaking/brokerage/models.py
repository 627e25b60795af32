"""Introductions, who is reached by them only, and reminders about needs that stand still."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage import states
from matchmaking.needs.models import Need
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party


class Representation(models.Model):
    """A top creator who takes offers through the platform's introductions."""

    creator = models.ForeignKey(Party, models.PROTECT, verbose_name=_("creator"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    note = models.CharField(_("agreed how"), max_length=200)

    class Meta:
        verbose_name = _("represented creator")
        verbose_name_plural = _("represented creators")
        permissions: ClassVar = [
            ("broker_introduction", "Can broker introductions"),
            ("nudge_need", "Can remind merchants of needs that stand still"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["creator"], condition=Q(until=None), name="representation_once_at_a_time"
            ),
            models.CheckConstraint(
                name="representation_term", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.creator)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, actor: Actor) -> IntroductionQuerySet:
        """The asker's own, and to the creator what was put to them."""
        if actor.party_id is None:
            return self.none()
        put = Q(creator=actor.party_id, offered_at__isnull=False)
        return self.filter(Q(asker=actor.party_id) | put)

    def waiting(self) -> IntroductionQuerySet:
        """For an operator, the longest waiting first."""
        return self.filter(status__in=states.BROKERS).order_by("changed_at", "pk")


class Introduction(models.Model):
    """One wish to work with a represented creator, brokered by an operator to its outcome."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(
        Party, models.PROTECT, related_name="introductions_asked", verbose_name=_("asked by")
    )
    creator = models.ForeignKey(
        Party, models.PROTECT, related_name="introductions_to", verbose_name=_("creator")
    )
    subject = models.CharField(_("subject"), max_length=60)
    brief = models.TextField(_("brief"), max_length=3000)
    budget_fen = models.BigIntegerField(_("budget in all"))
    wanted_by = models.DateField(_("answer wanted by"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=states.IntroductionStatus.choices,
        default=states.IntroductionStatus.ASKED,
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("brokered by"),
    )
    contract = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("contract")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    gmv_fen = models.BigIntegerField(_("GMV both sides reported"), null=True)
    created_at = models.DateTimeField(_("asked at"))
    changed_at = models.DateTimeField(_("changed at"))
    offered_at = models.DateTimeField(_("put to the creator at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    signed_on = models.DateField(_("signed on"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asker", "creator"],
                condition=Q(status__in=["asked", "taken", "offered", "agreed", "signed"]),
                name="introduction_one_open",
            ),
            models.CheckConstraint(name="introduction_two_sides", condition=~Q(asker=F("creator"))),
            models.CheckConstraint(name="introduction_budget", condition=Q(budget_fen__gt=0)),
            models.CheckConstraint(
                name="introduction_taken_by_somebody",
                condition=Q(status__in=["asked", "refused", "withdrawn"]) | Q(broker__isnull=False),
            ),
            models.CheckConstraint(
                name="introduction_offered_has_time",
                condition=Q(status__in=["asked", "taken"], offered_at=None)
                | Q(status__in=["refused", "withdrawn"])
                | Q(
                    status__in=["offered", "agreed", "signed", "succeeded", "failed", "declined"],
                    offered_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="introduction_contract_when_signed",
                condition=Q(
                    status__in=["signed", "succeeded"],
                    contract__isnull=False,
                    signed_on__isnull=False,
                )
                | Q(status="failed")
                | ~Q(status__in=["signed", "succeeded"]) & Q(contract=None, signed_on=None),
            ),
            models.CheckConstraint(
                name="introduction_ended_has_time",
                condition=Q(
                    status__in=["succeeded", "failed", "declined", "refused", "withdrawn"],
                    ended_at__isnull=False,
                )
                | Q(status__in=["asked", "taken", "offered", "agreed", "signed"], ended_at=None),
            ),
            models.CheckConstraint(
                name="introduction_end_has_reason",
                condition=~Q(status__in=["refused", "declined", "failed"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="introduction_gmv_of_success",
                condition=Q(gmv_fen=None) | Q(status="succeeded", gmv_fen__gte=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asker", "-id"], name="introduction_of_asker"),
            models.Index(fields=["creator", "-id"], name="introduction_of_creator"),
            models.Index(
                fields=["changed_at"],
                condition=Q(status__in=["asked", "taken", "agreed", "signed"]),
                name="introduction_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("introduction_detail", args=[self.public_id])

    @property
    def waits_for_answer(self) -> bool:
        """Whether the creator's answer is still to come."""
        return self.status in states.OPEN and self.answered_at is None


class Nudge(models.Model):
    """A reminder to a merchant about a need that stands still; append-only."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, models.PROTECT, related_name="nudges")
    stage = models.CharField(_("stage"), max_length=10, choices=states.Stage.choices)
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("reminded by")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "day"], name="nudge_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.day}"
