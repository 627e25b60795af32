"""What one person proposes and another approves: the columns, what the database asks of them, and
which rows hold on a day. Rules of the platform stand on this, whichever app they belong to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.policies.states import BY_OPERATORS_SINCE, NOTICE_PERIOD, DatedStatus

Row = TypeVar("Row", bound="Proposed")


class ProposedQuerySet(models.QuerySet[Row]):
    def approved(self) -> Self:
        return self.filter(status=DatedStatus.APPROVED)

    def proposed(self) -> Self:
        return self.filter(status=DatedStatus.PROPOSED)


class DatedQuerySet(ProposedQuerySet[Row]):
    def on(self, day: date) -> Self:
        """Those that have begun by then, the newest first."""
        return self.approved().filter(starts_on__lte=day).order_by("-starts_on")

    def whole(self) -> Self:
        """With the lines of a set of rules."""
        return self.prefetch_related("rungs", "benefits")


class Proposed(models.Model):
    """It waits for a second person, and never changes once it is decided."""

    DECIDED: ClassVar[tuple[str, ...]] = ("status", "decided_by", "decided_at")

    status = models.CharField(
        _("status"), max_length=8, choices=DatedStatus.choices, default=DatedStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        abstract = True

    @classmethod
    def permission(cls, deed: str) -> str:
        """Who may `propose` and who may `approve` it."""
        return f"{cls._meta.app_label}.{get_permission_codename(deed, cls._meta)}"

    @property
    def is_waiting(self) -> bool:
        return self.status == DatedStatus.PROPOSED

    @property
    def said(self) -> dict[str, object]:
        """What an audit row keeps of it."""
        return {"status": self.status}


class Dated(Proposed):
    """It holds from a day on, until the next one begins. Only the day somebody last looked at its
    source changes later (database grants)."""

    starts_on = models.DateField(_("from"))
    source = models.CharField(_("where it is from"), max_length=200)
    checked_on = models.DateField(_("last looked at"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.starts_on)

    @property
    def said(self) -> dict[str, object]:
        return {"from": self.starts_on} | super().said


class Announced(Dated):
    """Approving it announces it, a week or more before its day."""

    DECIDED = (*Proposed.DECIDED, "announced_on")

    announced_on = models.DateField(_("announced on"), null=True)

    class Meta:
        abstract = True


def decided_with_time(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(status="proposed", decided_at=None, decided_by=None)
        | ~Q(status="proposed") & Q(decided_at__isnull=False),
    )


def by_second_person(name: str, *, unless: Q | None = None) -> models.CheckConstraint:
    """Who wrote it down may take it back, but not approve it. `unless`: what nobody proposed."""
    by_two = Q(decided_by__isnull=False, proposed_by__isnull=False) & ~Q(
        decided_by=F("proposed_by")
    )
    condition = ~Q(status="approved")
    return models.CheckConstraint(
        name=name, condition=(condition | unless if unless else condition) | by_two
    )


def announced_ahead(name: str) -> models.CheckConstraint:
    """What held before operators did it here is history without that day."""
    return models.CheckConstraint(
        name=name,
        condition=~Q(status="approved") & Q(announced_on=None)
        | Q(status="approved", announced_on=None, starts_on__lt=BY_OPERATORS_SINCE)
        | Q(status="approved", announced_on__lte=F("starts_on") - NOTICE_PERIOD),
    )
