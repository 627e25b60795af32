"""What an accepted proposal becomes: who agreed, to what, and through which door they met."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.cooperation import states
from matchmaking.cooperation.models.fees import ONCE
from matchmaking.cooperation.models.prices import price_from
from matchmaking.engine.pricing import Price
from portal.core.actor import Actor
from portal.parties.models import (
    Category,
    City,
    Party,
    ServiceType,
    User,
    pairs_seen,
    parties_seen_whole,
    regions_of,
    sees_all,
)
from portal.revenue.bill_states import BillStatus
from portal.revenue.models import Agreement, Bill

if TYPE_CHECKING:
    from matchmaking.cooperation.models.payment import FirstPayment


class CooperationQuerySet(models.QuerySet["Cooperation"]):
    def visible_to(self, actor: Actor) -> CooperationQuerySet:
        """Both sides' members; one who is narrowed to some merchants sees theirs only."""
        if actor.party_id is None:
            return self.none()
        ours = self.filter(Q(merchant=actor.party_id) | Q(provider=actor.party_id))
        if sees_all(actor):
            return ours
        whole = parties_seen_whole(actor)
        named = pairs_seen(actor).filter(
            membershipscope__membership__party=OuterRef("provider"), party=OuterRef("merchant")
        )
        return ours.filter(Q(merchant__in=whole) | Q(provider__in=whole) | Exists(named))

    def between(self, one: int, other: int) -> CooperationQuerySet:
        """Of these two, whoever is the merchant."""
        both = (one, other)
        return self.filter(merchant__in=both, provider__in=both)

    def live(self) -> CooperationQuerySet:
        return self.filter(status__in=states.LIVE)

    def running(self) -> CooperationQuerySet:
        return self.filter(status__in=states.RUNNING)

    def in_scope_of(self, user: User | AnonymousUser) -> CooperationQuerySet:
        """Within an operator's regions, by the merchant's city."""
        regions = regions_of(user)
        return self.filter(merchant__city__region__in=regions) if regions else self


class Cooperation(models.Model):
    """Two parties, a scope and a term. Money rules join it with the agreement."""

    merchant = models.ForeignKey(
        Party, models.PROTECT, related_name="cooperations_bought", verbose_name=_("merchant")
    )
    provider = models.ForeignKey(
        Party, models.PROTECT, related_name="cooperations_sold", verbose_name=_("provider")
    )
    door = models.CharField(_("door"), max_length=12, choices=states.Door.choices)
    # what was accepted there (a proposal, an application), and what that answered (a need, a post)
    door_ref = models.CharField(_("door's record"), max_length=36)
    door_source = models.CharField(_("door's source"), max_length=36, blank=True)
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, related_name="cooperation", verbose_name=_("paper")
    )
    title = models.CharField(_("title"), max_length=80)
    scope = models.TextField(_("scope"))
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, verbose_name=_("services")
    )
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, verbose_name=_("categories")
    )
    # its orders are those of these products; none named, of everything the two sell together
    products: models.ManyToManyField[Product, models.Model] = models.ManyToManyField(
        Product, related_name="cooperations", blank=True, verbose_name=_("products")
    )
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, verbose_name=_("city of the work")
    )
    accepts_remote = models.BooleanField(_("remote work is fine"), default=True)
    team = models.CharField(_("team"), max_length=200, blank=True)
    gmv_target_fen = models.BigIntegerField(_("GMV target"), null=True, blank=True)
    monthly_fee_fen = models.BigIntegerField(_("fixed fee a month"))
    share_bp = models.PositiveIntegerField(_("share of settled net GMV"))
    # [from fen of GMV, basis points] of each step, where the share climbs; the first is share_bp
    ladder = models.JSONField(_("ladder"), default=list, blank=True)
    # the greater of the fees of the term and the share is paid, not both
    is_guarantee = models.BooleanField(_("the fee is a guarantee"), default=False)
    # [from basis points of the target, basis points of the fees given back], falling
    refund_ladder = models.JSONField(_("refund ladder"), default=list, blank=True)
    settlement_base = models.CharField(
        _("computed of"),
        max_length=13,
        choices=states.SettlementBase.choices,
        default=states.SettlementBase.NET,
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends before"))  # the first day that is no longer part of it
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=states.CooperationStatus.choices,
        default=states.CooperationStatus.ACCEPTED,
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=30)
    service_level = models.TextField(_("service level"), blank=True)
    payment_day = models.PositiveSmallIntegerField(
        _("fee is paid until this day of the month"), null=True
    )
    began_at = models.DateTimeField(_("began at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation")
        verbose_name_plural = _("cooperations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["door", "door_ref"], name="cooperation_once_per_door"),
            models.CheckConstraint(
                name="cooperation_door", condition=Q(door__in=states.Door.values) & ~Q(door_ref="")
            ),
            models.CheckConstraint(
                name="cooperation_term", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="cooperation_two_sides", condition=~Q(merchant=F("provider"))
            ),
            models.CheckConstraint(
                name="cooperation_price",
                condition=Q(monthly_fee_fen__gte=0, share_bp__gte=0, share_bp__lte=10_000)
                & (Q(monthly_fee_fen__gt=0) | Q(share_bp__gt=0)),
            ),
            models.CheckConstraint(
                name="cooperation_guarantee_has_both",
                condition=Q(is_guarantee=False) | Q(monthly_fee_fen__gt=0, share_bp__gt=0),
            ),
            models.CheckConstraint(
                name="cooperation_status_has_its_times",
                condition=Q(status="accepted", began_at=None, ended_at=None)
                | Q(status__in=["active", "paused"], began_at__isnull=False, ended_at=None)
                | Q(status="ended", began_at__isnull=False, ended_at__isnull=False)
                | Q(status__in=["terminated", "settled"], ended_at__isnull=False)
                | Q(
                    status__in=["proposed", "countered", "lapsed"],
                    began_at=None,
                    ended_at=None,
                ),
            ),
            models.CheckConstraint(
                name="cooperation_payment_day",
                condition=Q(payment_day=None) | Q(payment_day__range=(1, 28)),
            ),
            models.CheckConstraint(
                name="cooperation_version",
                condition=Q(
                    status__in=["proposed", "countered", "lapsed"], version=0, agreed_at=None
                )
                | ~Q(status__in=["proposed", "countered", "lapsed"])
                & Q(version__gte=1, agreed_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_on"], condition=Q(status="accepted"), name="cooperation_to_begin"
            ),
            models.Index(
                fields=["ends_on"],
                condition=Q(status__in=["active", "paused"]),
                name="cooperation_to_end",
            ),
            models.Index(fields=["merchant", "-id"], name="cooperation_of_merchant"),
            models.Index(fields=["provider", "-id"], name="cooperation_of_provider"),
            models.Index(fields=["door", "door_source"], name="cooperation_of_door"),
        ]

    def __str__(self) -> str:
        return f"{self.merchant} × {self.provider}"

    def get_absolute_url(self) -> str:
        return reverse("cooperation_detail", args=[self.pk])

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def first_payment(self) -> FirstPayment | None:
        """None where nothing of it was paid, as far as was seen."""
        return getattr(self, "payment", None)

    @property
    def reviews_until(self) -> datetime | None:
        """When reviews are shown at the latest, and no more are taken: two weeks after it has ended
        and something of it was paid."""
        paid = self.first_payment
        if self.ended_at is None or paid is None:
            return None
        return max(self.ended_at, paid.at) + states.REVIEW_WITHIN

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def price(self) -> Price:
        return price_from(self.monthly_fee_fen, self.share_bp, self.ladder, self.is_guarantee)

    @property
    def is_once(self) -> bool:
        """Whether the fixed fee is of a piece and paid once, not every month."""
        return self.door == states.Door.CONTENT

    @property
    def is_fee_billed(self) -> bool:
        """Of a fee that is paid once: whether it is asked for already."""
        bills = Bill.objects.filter(agreement=self.agreement_id, code=ONCE)
        return bills.exclude(status=BillStatus.WAIVED).exists()

    def has_side(self, party_id: int | None) -> bool:
        return party_id is not None and party_id in (self.merchant_id, self.provider_id)

    def own_side(self, party_id: int | None) -> Party:
        """The party that is `party_id`."""
        return self.merchant if party_id == self.merchant_id else self.provider

    def other_side(self, party_id: int | None) -> Party:
        """The party that is not `party_id`."""
        return self.provider if party_id == self.merchant_id else self.merchant
