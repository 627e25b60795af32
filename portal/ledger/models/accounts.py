from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.ledger.states import NEVER_ESTIMATED, OF_PARTIES, Currency, Kind, Track
from portal.parties.models import Party


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, actor: Actor) -> AccountQuerySet:
        """A party's accounts are its own."""
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class Account(models.Model):
    """Holds one currency on one track for one party, or for the platform. Never changed."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, verbose_name=_("party"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    track = models.CharField(_("track"), max_length=9, choices=Track.choices)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices)
    opened_at = models.DateTimeField(_("opened at"))

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of the ledger")
        verbose_name_plural = _("accounts of the ledger")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "kind", "track", "currency"],
                nulls_distinct=False,
                name="ledger_account_once",
            ),
            models.CheckConstraint(
                name="ledger_account_of_party_or_platform",
                condition=Q(party__isnull=False, kind__in=OF_PARTIES)
                | Q(party=None) & ~Q(kind__in=OF_PARTIES),
            ),
            models.CheckConstraint(
                name="ledger_estimate_is_never_payable",
                condition=~Q(kind__in=NEVER_ESTIMATED, track=Track.ESTIMATED),
            ),
            models.CheckConstraint(
                name="ledger_account_known",
                condition=Q(
                    kind__in=Kind.values, track__in=Track.values, currency__in=Currency.values
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id or '—'} {self.kind} {self.track} {self.currency}"
