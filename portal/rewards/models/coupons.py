"""Traffic coupons: a face value in points of traffic, never money."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.rewards.states import CouponScope, CouponStatus


class CouponKind(models.Model):
    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80)
    face = models.PositiveIntegerField(_("face value (points of traffic)"))
    scope = models.CharField(
        _("good for"), max_length=5, choices=CouponScope.choices, default=CouponScope.ANY
    )
    valid_days = models.PositiveSmallIntegerField(_("days it is good"))
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("kind of traffic coupon")
        verbose_name_plural = _("kinds of traffic coupons")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reward_coupon_kind_numbers", condition=Q(face__gte=1, valid_days__gte=1)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


class CouponQuerySet(models.QuerySet["Coupon"]):
    def visible_to(self, actor: Actor) -> CouponQuerySet:
        if actor.has_perm("rewards.view_coupon"):
            return self.all()
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def usable(self, moment: datetime) -> CouponQuerySet:
        return self.filter(status=CouponStatus.OPEN, expires_at__gt=moment)

    def lapsed(self, moment: datetime) -> CouponQuerySet:
        return self.filter(status=CouponStatus.OPEN, expires_at__lte=moment)


class Coupon(models.Model):
    """`used`: points of the face value that were spent. What is left at the end goes back to the
    pool."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("coupon number"), max_length=20, unique=True)
    kind = models.ForeignKey(
        CouponKind, models.PROTECT, related_name="coupons", verbose_name=_("kind")
    )
    claim = models.OneToOneField(
        "rewards.Claim",
        models.PROTECT,
        related_name="coupon",
        verbose_name=_("claim of a task"),
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="traffic_coupons", verbose_name=_("party")
    )
    face = models.BigIntegerField(_("face value (points of traffic)"))
    used = models.BigIntegerField(_("used"), default=0)
    status = models.CharField(
        _("status"), max_length=7, choices=CouponStatus.choices, default=CouponStatus.OPEN
    )
    granted_at = models.DateTimeField(_("handed out at"))
    expires_at = models.DateTimeField(_("good until"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = CouponQuerySet.as_manager()

    class Meta:
        verbose_name = _("traffic coupon")
        verbose_name_plural = _("traffic coupons")
        permissions: ClassVar = [("use_coupon", "Can record the use of traffic coupons")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reward_coupon_never_overspent",
                condition=Q(face__gt=0, used__gte=0, face__gte=F("used")),
            ),
            models.CheckConstraint(
                name="reward_coupon_used_up",
                condition=Q(status="used", used=F("face"))
                | Q(status="open", used__lt=F("face"), ended_at=None)
                | Q(status__in=["expired", "revoked"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reward_coupon_lasts", condition=Q(expires_at__gt=F("granted_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"], condition=Q(status="open"), name="reward_coupon_lapses"
            ),
            models.Index(fields=["party", "-granted_at"], name="reward_coupon_of_party"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def rest(self) -> int:
        return self.face - self.used


class CouponUse(models.Model):
    """Where points of a coupon went; appended, never changed. `ref`: the traffic order, once."""

    id = models.BigAutoField(primary_key=True)
    coupon = models.ForeignKey(
        Coupon, models.PROTECT, related_name="uses", verbose_name=_("traffic coupon")
    )
    amount = models.BigIntegerField(_("points of traffic"))
    ref = models.CharField(_("traffic order"), max_length=80, unique=True)
    text = models.CharField(_("used for"), max_length=120)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("use of a coupon")
        verbose_name_plural = _("uses of coupons")
        constraints: ClassVar = [
            models.CheckConstraint(name="reward_use_amount", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.amount}"
