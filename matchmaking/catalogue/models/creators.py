"""What a creator may share, and the deposit it has paid."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.states import MoveKind, MoveStatus
from portal.conduct.models import Case
from portal.core.actor import Actor
from portal.parties.models import Party, User, regions_of
from portal.policies.models import CartRule


class CartPermission(models.Model):
    """That a creator may put goods beside videos and into live rooms, by which rule, and what was
    known then. It ends with a reason."""

    id = models.BigAutoField(primary_key=True)
    creator = models.ForeignKey(
        Party, models.PROTECT, related_name="cart_permissions", verbose_name=_("creator")
    )
    rule = models.ForeignKey(CartRule, models.PROTECT, related_name="+", verbose_name=_("rule"))
    granted_at = models.DateTimeField(_("granted at"))
    known = models.JSONField(_("what was known"), default=dict)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("permission to share goods")
        verbose_name_plural = _("permissions to share goods")
        permissions: ClassVar = [("end_cartpermission", "Can end permissions to share goods")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["creator"], condition=Q(ended_at=None), name="cart_permission_one_standing"
            ),
            models.CheckConstraint(
                name="cart_permission_ended_says_why",
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} {self.granted_at:%Y-%m-%d}"


class DepositMoveQuerySet(models.QuerySet["DepositMove"]):
    def visible_to(self, actor: Actor) -> DepositMoveQuerySet:
        return self.filter(creator=actor.party_id) if actor.party_id else self.none()

    def waiting(self) -> DepositMoveQuerySet:
        return self.filter(status=MoveStatus.PROPOSED)

    def in_scope_of(self, user: User) -> DepositMoveQuerySet:
        regions = regions_of(user)
        return self.filter(creator__city__region__in=regions) if regions else self


class DepositMove(models.Model):
    """Money into a creator's deposit or out of it: one person asks, another one approves, and then
    it stands in the books under the journal `deposit/<id>`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    creator = models.ForeignKey(
        Party, models.PROTECT, related_name="deposit_moves", verbose_name=_("creator")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=MoveKind.choices)
    amount_fen = models.BigIntegerField(_("amount"))
    status = models.CharField(
        _("status"), max_length=9, choices=MoveStatus.choices, default=MoveStatus.PROPOSED
    )
    reference = models.CharField(_("number at the bank"), max_length=60, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", verbose_name=_("case of conduct")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.CharField(_("what the second person said"), max_length=300, blank=True)

    objects = DepositMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a deposit")
        verbose_name_plural = _("moves of deposits")
        permissions: ClassVar = [
            ("propose_depositmove", "Can ask for refunds and penalties of deposits"),
            ("approve_depositmove", "Can approve moves of deposits"),
        ]
        ordering = ("-proposed_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(kind="payment", status__in=["proposed", "approved"]),
                name="deposit_paid_once_by_a_number",
            ),
            models.UniqueConstraint(
                fields=["creator", "kind"],
                condition=Q(status="proposed"),
                name="deposit_one_waiting_of_a_kind",
            ),
            models.CheckConstraint(name="deposit_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="deposit_payment_has_number",
                condition=~Q(kind="payment") | ~Q(reference=""),
            ),
            models.CheckConstraint(
                name="deposit_out_says_why", condition=Q(kind="payment") | ~Q(why="")
            ),
            models.CheckConstraint(
                name="deposit_decided_has_time",
                condition=Q(status="proposed", decided_at=None)
                | ~Q(status="proposed") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deposit_second_person",
                condition=~Q(status="approved")
                | Q(decided_by=None)
                | Q(proposed_by=None)
                | ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} {self.get_kind_display()} {self.amount_fen / 100:g}"

    def get_absolute_url(self) -> str:
        return reverse("gate_detail")

    @property
    def signed_fen(self) -> int:
        return self.amount_fen if self.kind == MoveKind.PAYMENT else -self.amount_fen
