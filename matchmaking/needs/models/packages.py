"""Service offers: packages that are ordered in one step."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import price_from
from matchmaking.engine.pricing import Price
from matchmaking.needs import states
from portal.core.actor import Actor
from portal.parties.models import Party, ServiceType, in_world_of
from portal.parties.states import PartyStatus


class ServiceOfferQuerySet(models.QuerySet["ServiceOffer"]):
    def owned_by(self, actor: Actor) -> ServiceOfferQuerySet:
        return self.filter(provider=actor.party_id) if actor.party_id else self.none()

    def shown(self) -> ServiceOfferQuerySet:
        """Of listed parties only."""
        return self.filter(
            status=states.ServiceOfferStatus.SHOWN, provider__status=PartyStatus.LISTED
        )

    def visible_to(self, actor: Actor) -> ServiceOfferQuerySet:
        shown = Q(status=states.ServiceOfferStatus.SHOWN, provider__status=PartyStatus.LISTED)
        shown &= in_world_of(actor, "provider")
        own = Q(provider=actor.party_id) if actor.party_id else Q(pk=None)
        return self.filter(shown | own)


class ServiceOffer(models.Model):
    """What a provider, an agency or a creator does for a fixed price and term; who orders it gets
    an answer within its working hours. At most `most_open` orders wait or run at once."""

    provider = models.ForeignKey(
        Party, models.PROTECT, related_name="service_offers", verbose_name=_("offered by")
    )
    title = models.CharField(_("title"), max_length=60)
    scope = models.TextField(_("scope"), max_length=3000)
    service_level = models.TextField(_("service level"), max_length=1000, blank=True)
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, blank=True, verbose_name=_("services")
    )
    monthly_fee_fen = models.BigIntegerField(_("fixed fee a month"))
    share_bp = models.PositiveIntegerField(_("share of settled net GMV"))
    ladder = models.JSONField(_("ladder"), default=list, blank=True)
    is_guarantee = models.BooleanField(_("the fee is a guarantee"), default=False)
    term_months = models.PositiveSmallIntegerField(_("length (months)"))
    lead_days = models.PositiveSmallIntegerField(_("starts after (days)"))
    answer_hours = models.PositiveSmallIntegerField(_("answers within (working hours)"))
    most_open = models.PositiveSmallIntegerField(_("orders at once"))
    status = models.CharField(
        _("status"),
        max_length=6,
        choices=states.ServiceOfferStatus.choices,
        default=states.ServiceOfferStatus.DRAFT,
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = ServiceOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("service offer")
        verbose_name_plural = _("service offers")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="service_offer_price",
                condition=Q(monthly_fee_fen__gte=0, share_bp__gte=0, share_bp__lte=10_000)
                & (Q(monthly_fee_fen__gt=0) | Q(share_bp__gt=0)),
            ),
            models.CheckConstraint(
                name="service_offer_guarantee_has_both",
                condition=Q(is_guarantee=False) | Q(monthly_fee_fen__gt=0, share_bp__gt=0),
            ),
            models.CheckConstraint(
                name="service_offer_limits",
                condition=Q(
                    term_months__gte=1,
                    term_months__lte=36,
                    lead_days__lte=90,
                    answer_hours__gte=1,
                    answer_hours__lte=45,
                    most_open__gte=1,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-id"], condition=Q(status="shown"), name="service_offer_shown"),
            models.Index(fields=["provider", "-id"], name="service_offer_of_provider"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("service_offer_detail", args=[self.pk])

    @property
    def price(self) -> Price:
        return price_from(self.monthly_fee_fen, self.share_bp, self.ladder, self.is_guarantee)
