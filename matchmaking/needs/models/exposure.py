"""Who was shown to whom: what fairness of the order is measured by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models.needs import Need
from portal.parties.models import Party


class Exposure(models.Model):
    """A candidate stood on a page somebody looked at; once a need, provider and day, at the place
    where it was seen first. Append-only by database grants."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, models.PROTECT, verbose_name=_("need"), related_name="exposures")
    provider = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("provider"), related_name="exposures"
    )
    place = models.PositiveIntegerField(_("place"))
    is_newcomer_place = models.BooleanField(_("newcomer's place"))
    day = models.DateField(_("day"))
    viewer = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("seen by"), related_name="exposures_seen"
    )

    class Meta:
        verbose_name = _("exposure")
        verbose_name_plural = _("exposures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "provider", "day"], name="exposure_once_a_day"),
            models.CheckConstraint(name="exposure_place", condition=Q(place__gte=1)),
        ]
        indexes: ClassVar = [models.Index(fields=["day", "provider"], name="exposure_by_day")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.provider_id} {self.place}"
