"""What a party says of its own taxes, and the platform's name on invoices."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.invoicing.states import PayeeKind, Taxpayer
from portal.parties.models import Party


class TaxProfile(models.Model):
    """From which day on a party counts its tax how; only added. `kind`: asked where the party's
    code does not say it."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    starts_on = models.DateField(pgettext_lazy("day", "from"))
    kind = models.CharField(_("kind"), max_length=7, choices=PayeeKind.choices, blank=True)
    taxpayer = models.CharField(_("taxpayer"), max_length=7, choices=Taxpayer.choices)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    said_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("tax profile")
        verbose_name_plural = _("tax profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tax_profile_known",
                condition=Q(taxpayer__in=Taxpayer.values, kind__in=["", *PayeeKind.values]),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["party", "-starts_on"], name="tax_profile_of")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.taxpayer} {self.starts_on}"


class Title(models.Model):
    """Who the platform is on invoices from a day on: the buyer of what parties are paid for."""

    starts_on = models.DateField(pgettext_lazy("day", "from"), unique=True)
    name = models.CharField(_("registered name"), max_length=80)
    tax_number = models.CharField(_("taxpayer number"), max_length=20)

    class Meta:
        verbose_name = _("platform's name on invoices")
        verbose_name_plural = _("platform's names on invoices")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="title_is_said",
                condition=~Q(name="") & Q(tax_number__regex=r"^[0-9A-Z]{15,20}$"),
            )
        ]

    def __str__(self) -> str:
        return self.name
