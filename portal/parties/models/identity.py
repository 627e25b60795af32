"""Natural persons: their real name, their resident ID number sealed, and a minor's guardian."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from portal.core import vault
from portal.parties import states
from portal.parties.models.party import Party

ID_NUMBER = "id-number"  # the purpose of its fingerprint


class RealNameQuerySet(models.QuerySet["RealName"]):
    def to_check(self) -> RealNameQuerySet:
        """Given after the party was verified: no application brings them before a reviewer."""
        return self.filter(verified_at=None, party__status__in=states.TRUSTED)


class RealName(models.Model):
    """Who a party is, where it is a person. The number leaves this row masked only."""

    party = models.OneToOneField(
        Party, models.PROTECT, primary_key=True, related_name="real_name", verbose_name=_("party")
    )
    party_kind = models.CharField(_("kind"), max_length=10, choices=states.PartyKind.choices)
    name = models.CharField(_("real name"), max_length=40)
    number_sealed = models.BinaryField()
    number_print = models.CharField(max_length=64)
    last4 = models.CharField(_("last four"), max_length=4)
    given_at = models.DateTimeField(_("given at"))
    verified_at = models.DateTimeField(_("verified at"), null=True)

    objects = RealNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("real name")
        verbose_name_plural = _("real names")
        constraints: ClassVar = [
            models.UniqueConstraint(
                # As with a firm's code: a draft must not keep others from their own number.
                fields=["party_kind", "number_print"],
                condition=Q(verified_at__isnull=False),
                name="real_name_once_in_a_role",
            ),
            models.CheckConstraint(
                name="real_name_has_its_print", condition=Q(number_print__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name[:1]}** ****{self.last4}"

    @property
    def masked_number(self) -> str:
        return f"**************{self.last4}"

    @property
    def born_on(self) -> date:
        born: date = ric.get_birth_date(vault.unseal(self.number_sealed))
        return born


class Guardian(models.Model):
    """Who answers for a creator of 16 or 17. Confirmed once a reviewer has spoken to them."""

    real_name = models.OneToOneField(
        RealName, models.CASCADE, primary_key=True, related_name="guardian"
    )
    name = models.CharField(_("guardian's name"), max_length=40)
    phone_sealed = models.BinaryField()
    phone_last4 = models.CharField(max_length=4)
    agreed_at = models.DateTimeField(_("agreed at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")

    def __str__(self) -> str:
        return f"{self.name[:1]}** ****{self.phone_last4}"

    @property
    def masked_phone(self) -> str:
        return f"*******{self.phone_last4}"
