"""Who comes to a fair: their claim to a seat, what they bring, and how they were measured."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.fairs.models.fairs import Fair, FairPool, InvitationCode
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.seats import states as seat_states
from portal.seats.models import Claim


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def visible_to(self, actor: Actor) -> SignUpQuerySet:
        """One's own, and those an agency brought; the operators of fairs see all."""
        if actor.has_perm("fairs.view_signup"):
            return self
        if actor.party_id is None:
            return self.none()
        return self.filter(Q(party=actor.party_id) | Q(brought_by=actor.party_id))

    def open(self) -> SignUpQuerySet:
        return self.filter(claim__status__in=seat_states.OPEN)

    def seated(self) -> SignUpQuerySet:
        return self.filter(claim__status__in=seat_states.TAKES)

    def whole(self) -> SignUpQuerySet:
        return self.select_related(
            *("claim__pool", "claim__occasion", "fair__city", "fair__occasion"),
            *("fair_pool__category", "party", "brought_by"),
        )


class SignUp(models.Model):
    """`checks`: each threshold with what was known at that moment. Its state is its claim's.
    `feed`: which address of its agenda counts; 0: none does."""

    claim = models.OneToOneField(
        Claim, models.PROTECT, primary_key=True, related_name="sign_up", verbose_name=_("claim")
    )
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="sign_ups")
    fair_pool = models.ForeignKey(FairPool, models.PROTECT, related_name="sign_ups")
    party = models.ForeignKey(Party, models.PROTECT, related_name="fair_sign_ups")
    brought_by = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="brought_to_fairs"
    )
    code = models.ForeignKey(InvitationCode, models.PROTECT, null=True, related_name="sign_ups")
    checks = models.JSONField(_("thresholds"), default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answer = models.CharField(_("answer to the organiser"), max_length=300, blank=True)
    feed = models.PositiveIntegerField(_("number of the agenda's address"), default=0)
    feed_last = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up to a fair")
        verbose_name_plural = _("sign-ups to fairs")

    def __str__(self) -> str:
        return f"{self.party} · {self.fair}"

    def get_absolute_url(self) -> str:
        return reverse("sign_up_detail", args=[self.pk])

    @property
    def status(self) -> str:
        return self.claim.status

    def get_status_display(self) -> str:
        return self.claim.get_status_display()


class SignUpProduct(models.Model):
    """A product that a merchant shows there, at the terms of that day."""

    id = models.BigAutoField(primary_key=True)
    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="shown")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    price_fen = models.BigIntegerField(_("price"))
    commission_bp = models.PositiveIntegerField(_("commission"))
    sends_samples = models.BooleanField(_("samples on request"))

    class Meta:
        verbose_name = _("product at a fair")
        verbose_name_plural = _("products at fairs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sign_up", "product"], name="shown_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}"
