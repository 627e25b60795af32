"""What parties did, as told by the part that owns the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.parties.models import Party
from portal.rewards.states import StepEvent


class StepRecord(models.Model):
    """`ref`: the row it comes from, once for each event. `amount`: what it adds where a step sums
    up: fen, followers, hours; `given_back`: what of it was refunded since. `scope`: see `TaskStep`.
    Appended; only what is given back, and the party of two that become one, change."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", db_index=False, verbose_name=_("party")
    )
    event = models.CharField(_("event"), max_length=20, choices=StepEvent.choices)
    ref = models.CharField(_("row it comes from"), max_length=120)
    scope = models.CharField(_("narrowed to"), max_length=60, blank=True)
    amount = models.BigIntegerField(_("amount in the unit"), default=1)
    given_back = models.BigIntegerField(_("given back"), default=0)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("record of a step")
        verbose_name_plural = _("records of steps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "ref"], name="reward_record_once"),
            models.CheckConstraint(name="reward_record_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="reward_record_given_back",
                condition=Q(given_back__gte=0, given_back__lte=F("amount")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "event", "at"], name="reward_record_counted")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.ref}"
