"""When a shop was opened: said with a picture of its back office, looked up, or told by the
platform. A day is never changed; what is right instead is a row of its own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.models import StoredFile
from portal.parties import states
from portal.parties.models.accounts import OwnedAccount
from portal.parties.states import OpeningStatus


class ShopOpeningQuerySet(models.QuerySet["ShopOpening"]):
    def verified(self) -> ShopOpeningQuerySet:
        """One of each shop at most."""
        return self.filter(status=OpeningStatus.VERIFIED)

    def to_check(self) -> ShopOpeningQuerySet:
        return self.filter(status=OpeningStatus.SAID)


class ShopOpening(models.Model):
    """A day of opening that was said of a proven shop: by its party with a picture, by the operator
    who looked it up, or by the platform as somebody signed in there. `decided_by` is empty where
    the platform said it. It stays with the shop when the proof is renewed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        OwnedAccount, models.PROTECT, related_name="openings", verbose_name=_("shop")
    )
    opened_on = models.DateField(_("opened on"))
    source = models.CharField(_("known by"), max_length=4, choices=states.OpeningSource.choices)
    screenshot = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, verbose_name=_("screenshot")
    )
    note = models.CharField(_("where it was seen"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=OpeningStatus.choices, default=OpeningStatus.SAID
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    said_at = models.DateTimeField(_("handed in at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ShopOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening day of a shop")
        verbose_name_plural = _("opening days of shops")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(status="verified"), name="shop_opening_is_one"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(status="said"), name="shop_opening_asked_once"
            ),
            models.CheckConstraint(
                name="shop_opening_says_how",
                condition=Q(source="shot", screenshot__isnull=False)
                | (Q(source="look") & ~Q(note=""))
                | Q(source="sign"),
            ),
            models.CheckConstraint(
                name="shop_opening_decision_has_time",
                condition=~Q(status__in=["verified", "refused", "replaced"])
                | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="shop_opening_refused_says_why",
                condition=~Q(status="refused") | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["said_at"], condition=Q(status="said"), name="shop_opening_queue"),
            models.Index(
                fields=["opened_on"], condition=Q(status="verified"), name="shop_opening_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.handle} {self.opened_on}"

    def get_absolute_url(self) -> str:
        return reverse("party_account", args=[self.account_id])
