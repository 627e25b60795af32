"""When a creator has time: the days it says, in as many spans as it likes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party

if TYPE_CHECKING:
    from datetime import date


class FreeTimeQuerySet(models.QuerySet["FreeTime"]):
    def owned_by(self, actor: Actor) -> FreeTimeQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def ahead(self) -> FreeTimeQuerySet:
        """What is not over: who said nothing of the time to come has not said when it is free."""
        return self.filter(period__endswith__gt=clock.today())


class FreeTime(models.Model):
    """Days from the first to the one before `period`'s upper end. Two of a party never overlap."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="free_times", verbose_name=_("creator")
    )
    period: Any = DateRangeField(_("free days"))

    objects = FreeTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("free days")
        verbose_name_plural = _("free days")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="free_times_apart",
                expressions=[
                    (F("party"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="free_time_has_both_ends",
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    @property
    def starts_on(self) -> date:
        day: date = self.period.lower
        return day

    @property
    def ends_on(self) -> date:
        """The last day."""
        day: date = self.period.upper - timedelta(days=1)
        return day
