"""Content that a merchant orders from a creator or an agency."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.content import states
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party, User, regions_of
from portal.policies.states import ProductSource
from portal.revenue.order_states import Carrier

CARRIERS = [(one.value, one.label) for one in (Carrier.LIVE, Carrier.VIDEO)]


class ContentOrderQuerySet(models.QuerySet["ContentOrder"]):
    def visible_to(self, actor: Actor) -> ContentOrderQuerySet:
        if actor.party_id is None:
            return self.none()
        return self.filter(Q(merchant=actor.party_id) | Q(maker=actor.party_id))

    def in_scope_of(self, user: User | AnonymousUser) -> ContentOrderQuerySet:
        regions = regions_of(user)
        return self.filter(merchant__city__region__in=regions) if regions else self


class ContentOrder(models.Model):
    """One piece, from its brief to its payment. With the accepted quote it is a cooperation, which
    runs from that day on. `due_at`: the deadline of whoever has the next move."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    merchant = models.ForeignKey(
        Party, models.PROTECT, related_name="content_ordered", verbose_name=_("merchant")
    )
    maker = models.ForeignKey(
        Party, models.PROTECT, related_name="content_made", verbose_name=_("creator or agency")
    )
    title = models.CharField(_("title"), max_length=80)
    brief = models.TextField(_("brief"), max_length=3_000)
    product = models.CharField(_("product, as it was called"), max_length=80)
    # None: of the time before products were named by the catalogue
    goods = models.ForeignKey(
        Product, models.PROTECT, null=True, related_name="+", verbose_name=_("product")
    )
    source = models.CharField(_("sold from"), max_length=12, choices=ProductSource.choices)
    carrier = models.CharField(_("shown in"), max_length=6, choices=CARRIERS)
    wanted_on = models.DateField(_("wanted on"))
    status = models.CharField(
        _("status"), max_length=9, choices=OrderStatus.choices, default=OrderStatus.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("deadline"))
    fee_fen = models.BigIntegerField(_("fee"), null=True)
    share_bp = models.PositiveSmallIntegerField(_("share of orders"), null=True)
    revisions = models.PositiveSmallIntegerField(_("revisions included"), default=0)
    quote_note = models.CharField(_("with the quote"), max_length=300, blank=True)
    quoted_at = models.DateTimeField(_("quoted at"), null=True)
    cooperation = models.OneToOneField(
        Cooperation, models.PROTECT, null=True, related_name="content_order"
    )
    draft_url = models.CharField(_("the piece"), max_length=300, blank=True)
    shown_at = models.DateTimeField(_("first shown at"), null=True)
    revised = models.PositiveSmallIntegerField(_("times revised"), default=0)
    revise_note = models.CharField(_("what is to change"), max_length=300, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    paid_on = models.DateField(_("paid on"), null=True)
    proof = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("proof of payment")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ContentOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("content order")
        verbose_name_plural = _("content orders")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="content_order_two_sides", condition=~Q(merchant=F("maker"))
            ),
            models.CheckConstraint(
                name="content_order_quoted_is_whole",
                condition=Q(quoted_at=None, fee_fen=None, share_bp=None)
                | Q(quoted_at__isnull=False, fee_fen__gte=0, share_bp__lte=10_000)
                & (Q(fee_fen__gt=0) | Q(share_bp__gt=0)),
            ),
            models.CheckConstraint(
                name="content_order_agreed_is_a_cooperation",
                condition=Q(
                    status__in=["asked", "quoted", "declined", "withdrawn", "expired"],
                    cooperation=None,
                )
                | Q(
                    status__in=[
                        "accepted",
                        "produced",
                        "revising",
                        "approved",
                        "paid",
                        "closed",
                        "cancelled",
                    ],
                    cooperation__isnull=False,
                    quoted_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="content_order_shown_before_approved",
                condition=~Q(status__in=["produced", "approved", "paid", "closed"])
                | ~Q(draft_url=""),
            ),
            models.CheckConstraint(
                name="content_order_ended_has_time",
                condition=Q(status__in=sorted(states.OPEN), ended_at=None)
                | ~Q(status__in=sorted(states.OPEN)) & Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["merchant", "-asked_at"], name="content_order_of_merchant"),
            models.Index(fields=["maker", "-asked_at"], name="content_order_of_maker"),
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=sorted(states.OPEN)),
                name="content_order_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content_order_detail", args=[self.pk])

    def has_side(self, party_id: int | None) -> bool:
        return party_id is not None and party_id in (self.merchant_id, self.maker_id)

    def other_side(self, party_id: int | None) -> Party:
        return self.maker if party_id == self.merchant_id else self.merchant

    @property
    def due_on(self) -> date | None:
        return clock.day_of(self.due_at) if self.ended_at is None else None

    @property
    def is_late(self) -> bool:
        return self.ended_at is None and self.due_at < clock.now()
