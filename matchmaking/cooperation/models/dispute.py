"""What the two sides of a cooperation cannot settle between them, and how it was decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.models.cooperation import Cooperation
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party, User

WHOLE_BP = 10_000


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, actor: Actor) -> DisputeQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.visible_to(actor))

    def open(self) -> DisputeQuerySet:
        return self.filter(status__in=states.OPEN_DISPUTES)

    def to_decide(self) -> DisputeQuerySet:
        """Operators have the next move."""
        return self.filter(status__in=states.DECIDABLE)

    def in_scope_of(self, user: User | AnonymousUser) -> DisputeQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.in_scope_of(user))


class Dispute(models.Model):
    """Over what the hired side gets of the orders of some days. They are held until it is closed.
    `returned_bp`: how much of that goes back to the merchant, by the decision that holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="disputes")
    opened_by = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    reason = models.CharField(_("about"), max_length=10, choices=states.DisputeReason.choices)
    wanted_bp = models.PositiveSmallIntegerField(_("asked back"))
    first_day = models.DateField(_("orders from"))
    last_day = models.DateField(_("orders until"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.DisputeStatus.choices,
        default=states.DisputeStatus.OPEN,
    )
    opened_at = models.DateTimeField(_("opened at"))
    due_at = models.DateTimeField(_("deadline"))  # of whoever has the next move
    returned_bp = models.PositiveSmallIntegerField(_("goes back"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision = models.TextField(_("decision"), blank=True, max_length=1_000)
    appealed_by = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("appealed by")
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("looked at again by"),
    )
    second_decision = models.TextField(_("second decision"), blank=True, max_length=1_000)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        permissions: ClassVar = [("decide_dispute", "Can decide disputes of cooperations")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperation"],
                condition=Q(closed_at=None),
                name="dispute_one_at_a_time",
            ),
            models.CheckConstraint(name="dispute_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="dispute_shares",
                condition=Q(wanted_bp__lte=WHOLE_BP)
                & (Q(returned_bp=None) | Q(returned_bp__lte=WHOLE_BP)),
            ),
            models.CheckConstraint(
                name="dispute_closed_has_time",
                condition=Q(status__in=["closed", "withdrawn"], closed_at__isnull=False)
                | ~Q(status__in=["closed", "withdrawn"]) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="dispute_decided_by_somebody",
                condition=Q(status__in=["open", "answered", "withdrawn"], decided_by=None)
                | Q(
                    status__in=["decided", "appealed", "closed"],
                    decided_by__isnull=False,
                    returned_bp__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="dispute_second_look_is_anothers",
                condition=Q(second_by=None)
                | Q(appealed_by__isnull=False) & ~Q(second_by=F("decided_by")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="dispute_due")
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} · {self.get_reason_display()}"

    def get_absolute_url(self) -> str:
        return reverse("dispute_detail", args=[self.pk])

    @property
    def waits_for(self) -> str:
        """Who has the next move: one of the sides, an operator, or nobody."""
        return states.WAITS_FOR[self.status]

    @property
    def clock_ends_at(self) -> datetime | None:
        return self.due_at if self.closed_at is None else None


class Statement(models.Model):
    """What one side, or an operator, says in a dispute. Append-only."""

    id = models.BigAutoField(primary_key=True)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="statements")
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(_("in words"), max_length=2_000)
    evidence = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("evidence")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("statement in a dispute")
        verbose_name_plural = _("statements in disputes")
        constraints: ClassVar = [
            models.CheckConstraint(name="statement_says_something", condition=~Q(text=""))
        ]
        indexes: ClassVar = [models.Index(fields=["dispute", "at"], name="statement_of_dispute")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.at:%Y-%m-%d}"


class Closing(models.Model):
    """A cooperation that is over and settled: what it came to, to the fen. Append-only."""

    cooperation = models.OneToOneField(
        Cooperation, models.PROTECT, primary_key=True, related_name="closing"
    )
    at = models.DateTimeField(_("at"))
    lines = models.PositiveIntegerField(_("order lines"))
    paid_fen = models.BigIntegerField(_("paid"))
    settled_fen = models.BigIntegerField(_("settled before refunds"))
    net_fen = models.BigIntegerField(_("settled, less refunds"))
    by_lines_fen = models.BigIntegerField(_("shares of order lines"))
    fees_fen = models.BigIntegerField(_("fees"))
    priced_fen = models.BigIntegerField(_("by the price"))
    refund_fen = models.BigIntegerField(_("goes back"))
    attained_bp = models.PositiveIntegerField(_("of the target"), null=True)

    class Meta:
        verbose_name = _("closing of a cooperation")
        verbose_name_plural = _("closings of cooperations")

    def __str__(self) -> str:
        return f"{self.cooperation_id} {self.at:%Y-%m-%d}"

    @property
    def billed_fen(self) -> int:
        """What is to be paid beside the lines; below zero, to be given back."""
        return self.priced_fen - self.by_lines_fen - self.refund_fen
