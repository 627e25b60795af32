"""How old the money is that the platform owes a party, or a party the platform: counted each
night, so that no page adds up a million entries."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party, regions_of


class AgedBalanceQuerySet(models.QuerySet["AgedBalance"]):
    def visible_to(self, actor: Actor) -> AgedBalanceQuerySet:
        """A party's own; for operators those of their regions."""
        if actor.party_id is not None:
            return self.filter(party=actor.party_id)
        if actor.user is None or not actor.has_perm("invoicing.view_agedbalance"):
            return self.none()
        regions = regions_of(actor.user)
        return self.filter(party__city__region__in=regions) if regions else self


class AgedBalance(models.Model):
    """Settled and not paid out, in fen: above zero the platform owes it, below zero the party.
    `since`: the month its oldest open part is from. `buckets`: of `engine.BUCKETS`."""

    party = models.OneToOneField(
        Party, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("party")
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    since = models.DateField(_("open since"))
    day = models.DateField(_("as of"))
    buckets = ArrayField(models.BigIntegerField(), size=6, verbose_name=_("by age"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = AgedBalanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aged balance")
        verbose_name_plural = _("aged balances")
        constraints: ClassVar = [
            models.CheckConstraint(name="aged_balance_is_open", condition=~Q(amount_fen=0)),
            models.CheckConstraint(
                name="aged_balance_has_buckets", condition=Q(buckets__len=6, since__day=1)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["amount_fen", "party"], name="aged_by_amount")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.amount_fen}"
