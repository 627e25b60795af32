"""Terms a party puts on the table again and again; the house keeps some for everybody."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party

MOST_NOTICE, LAST_PAYMENT_DAY = 180, 28


class AgreementTemplateQuerySet(models.QuerySet["AgreementTemplate"]):
    def owned_by(self, actor: Actor) -> AgreementTemplateQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def house(self) -> AgreementTemplateQuerySet:
        return self.filter(party=None)

    def usable_by(self, actor: Actor) -> AgreementTemplateQuerySet:
        """One's own first, then the house's that are shown."""
        own = Q(party=actor.party_id) if actor.party_id else Q(pk=None)
        return self.filter(own | Q(party=None, is_shown=True)).order_by(
            models.F("party").asc(nulls_last=True), "name"
        )


class AgreementTemplate(models.Model):
    """A party's own, or the house's (no party). `duties`: what is done by whom and how many days
    after the begin, as `[{"title", "by": "merchant" | "provider", "days"}]`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_templates",
        verbose_name=_("party"),
    )
    name = models.CharField(_("name"), max_length=40)
    scope = models.TextField(_("scope"), max_length=2_000, blank=True)
    service_level = models.TextField(_("service level"), max_length=1_000, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_NOTICE)],
    )
    payment_day = models.PositiveSmallIntegerField(
        _("fee is paid until this day of the month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_PAYMENT_DAY)],
    )
    duties = models.JSONField(_("obligations"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    is_shown = models.BooleanField(_("shown"), default=True)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = AgreementTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement template")
        verbose_name_plural = _("agreement templates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "name"], name="agreement_template_name", nulls_distinct=False
            ),
            models.CheckConstraint(name="agreement_template_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="agreement_template_notice", condition=Q(notice_days__range=(1, MOST_NOTICE))
            ),
            models.CheckConstraint(
                name="agreement_template_payment_day",
                condition=Q(payment_day=None) | Q(payment_day__range=(1, LAST_PAYMENT_DAY)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agreement_template_edit", args=[self.pk])
