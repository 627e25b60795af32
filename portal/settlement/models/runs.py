"""Settlement runs: a month's end, or one in between for some parties."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.settlement.states import RunKind, RunStatus


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, actor: Actor) -> RunQuerySet:
        """Operators of money only; a party sees its statements."""
        return self.all() if actor.has_perm("settlement.view_run") else self.none()

    def monthly(self) -> RunQuerySet:
        return self.filter(kind=RunKind.MONTHLY)


class Run(models.Model):
    """Makes one statement of each party that has something coming.

    A monthly run covers every month up to `month`, which it closes, and after `after_month`, that
    of the monthly run before. One in between covers what was posted in open months before it
    began: entries that the snapshot `cut` sees and that were posted by `cut_at`. `until_party` is
    how far it is, by the parties' keys; `stopped_at`: somebody stopped it there.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(_("month"))  # its first day
    kind = models.CharField(_("kind"), max_length=7, choices=RunKind.choices)
    only_parties = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("only these parties")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=RunStatus.choices, default=RunStatus.OPEN
    )
    after_month = models.DateField(_("after month"), null=True)
    cut = models.TextField(_("as the books stood"), null=True)
    cut_at = models.DateTimeField(_("posted by"), null=True)
    prepared_at = models.DateTimeField(_("prepared at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    until_party = models.BigIntegerField(_("done up to party"), default=0)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    calculated_at = models.DateTimeField(_("calculated at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    due_at = models.DateTimeField(_("to be agreed by"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("settlement run")
        verbose_name_plural = _("settlement runs")
        permissions: ClassVar = [
            ("prepare_run", "Can prepare and send settlements"),
            ("approve_run", "Can approve settlements"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(kind="monthly"), name="settlement_month_once"
            ),
            # The next statement of a party goes on from the one before.
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="open"), name="settlement_one_open_run"
            ),
            models.CheckConstraint(name="settlement_run_is_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="settlement_run_has_its_cut",
                condition=Q(kind="monthly", cut=None, cut_at=None, only_parties=[])
                | Q(kind="ad_hoc", cut__isnull=False, cut_at__isnull=False),
            ),
            models.CheckConstraint(
                name="settlement_run_goes_on",
                condition=Q(kind="ad_hoc") | Q(after_month=None) | Q(after_month__lt=F("month")),
            ),
            models.CheckConstraint(
                name="settlement_run_says_when",
                condition=Q(status="open", calculated_at=None, sent_at=None, due_at=None)
                | Q(status="calculated", calculated_at__isnull=False, sent_at=None, due_at=None)
                | Q(
                    status__in=["sent", "approved"],
                    calculated_at__isnull=False,
                    sent_at__isnull=False,
                    due_at__gt=F("sent_at"),
                ),
            ),
            models.CheckConstraint(
                name="settlement_run_approved_by_another",
                condition=Q(approved_by=None)
                | Q(prepared_by=None)
                | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="settlement_run_approved_by_somebody",
                condition=Q(status="approved", approved_at__isnull=False)
                | ~Q(status="approved") & Q(approved_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("settlement_detail", args=[self.pk])

    @property
    def is_monthly(self) -> bool:
        return self.kind == RunKind.MONTHLY


class Series(models.Model):
    """The last number that a statement of a month got."""

    month = models.DateField(_("month"), primary_key=True)
    last = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name = _("series of statements")
        verbose_name_plural = _("series of statements")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.last}"
