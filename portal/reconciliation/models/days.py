"""A day of a feed or of the bank: how much there should be, how much came, how much is right."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.reconciliation.engine import share_bp
from portal.reconciliation.states import Basis, Book, DifferenceStatus
from portal.revenue.models import Feed

WHOLE_BP = 10_000


class DayQuerySet(models.QuerySet["Day"]):
    def with_open(self) -> DayQuerySet:
        is_open = Q(differences__status=DifferenceStatus.OPEN)
        return self.annotate(open_count=Count("differences", filter=is_open))

    def short(self) -> DayQuerySet:
        """Something that should be there is not, or not as it should."""
        return self.filter(
            Q(sound_events__lt=models.F("expected_events"))
            | Q(sound_fen__lt=models.F("expected_fen"))
        )


class Day(models.Model):
    """Its last count. `expected`: what the upstream announced or listed, or what the books say
    moved at the bank; `arrived`: what is here of it; `sound`: what of the expected arrived as it
    should and stands in the books. Amounts without their sign, in fen."""

    id = models.BigAutoField(primary_key=True)
    book = models.CharField(_("of"), max_length=6, choices=Book.choices)
    feed = models.ForeignKey(
        Feed, models.PROTECT, null=True, related_name="+", verbose_name=_("feed")
    )
    day = models.DateField(_("day"))
    basis = models.CharField(
        _("known by"), max_length=7, choices=Basis.choices, default=Basis.NOTHING
    )
    expected_events = models.PositiveIntegerField(_("expected"), null=True)
    expected_fen = models.BigIntegerField(_("expected (fen)"), null=True)
    arrived_events = models.PositiveIntegerField(_("arrived"), default=0)
    arrived_fen = models.BigIntegerField(_("arrived (fen)"), default=0)
    booked_events = models.PositiveIntegerField(_("in the books"), default=0)
    booked_fen = models.BigIntegerField(_("in the books (fen)"), default=0)
    sound_events = models.PositiveIntegerField(_("arrived and right"), default=0)
    sound_fen = models.BigIntegerField(_("arrived and right (fen)"), default=0)
    counted_at = models.DateTimeField(_("counted at"), null=True)
    told_at = models.DateTimeField(_("finance was told at"), null=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("reconciled day")
        verbose_name_plural = _("reconciled days")
        permissions: ClassVar = [("count_day", "Can count a day again")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["book", "feed", "day"], nulls_distinct=False, name="reconciled_day_once"
            ),
            models.CheckConstraint(
                name="reconciled_day_of_feed_or_bank",
                condition=Q(book=Book.ORDERS, feed__isnull=False) | Q(book=Book.BANK, feed=None),
            ),
            models.CheckConstraint(
                name="reconciled_day_expects",
                condition=Q(basis=Basis.NOTHING, expected_events=None, expected_fen=None)
                | Q(expected_events__isnull=False, expected_fen__isnull=False)
                & ~Q(basis=Basis.NOTHING),
            ),
            models.CheckConstraint(
                name="reconciled_day_sound_within_expected",
                condition=Q(expected_events=None, sound_events=0, sound_fen=0)
                | Q(
                    sound_events__lte=models.F("expected_events"),
                    sound_fen__range=(0, models.F("expected_fen")),
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-day", "-id"], name="reconciled_day_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("reconciliation_day", args=[self.pk])

    @property
    def name(self) -> str:
        """The feed's, or the bank."""
        return self.feed.name if self.feed is not None else str(Book.BANK.label)

    @property
    def completeness_bp(self) -> int | None:
        """Of events and of money, the smaller share; None where nothing was announced."""
        if self.expected_events is None or self.expected_fen is None:
            return None
        return min(
            share_bp(self.sound_events, self.expected_events),
            share_bp(self.sound_fen, self.expected_fen),
        )

    @property
    def is_whole(self) -> bool:
        return self.completeness_bp == WHOLE_BP
