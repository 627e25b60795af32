"""How soon parties answer each other: a row an answer, and what follows from them a party."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from portal.parties.models import Party


class ResponseFact(models.Model):
    """A party was asked and answered, or did not until there was nothing to answer any more.
    `minutes` are working minutes. Append-only by database grants."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    kind = models.CharField(_("kind"), max_length=10, choices=states.AskedBy.choices)
    ref = models.CharField(_("what was answered"), max_length=40)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True)
    minutes = models.PositiveIntegerField(_("working minutes"))
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("answer in time")
        verbose_name_plural = _("answers in time")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "kind", "ref"], name="response_once"),
            models.CheckConstraint(
                name="response_after_the_question",
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at", "party"], name="response_by_time")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind} {self.minutes}"


class ResponsePace(models.Model):
    """What a day's ranking knows of a party: made anew each night from the facts of half a year.
    A trigger writes its changes into the journal of offers."""

    party = models.OneToOneField(
        Party, models.CASCADE, primary_key=True, related_name="pace", verbose_name=_("party")
    )
    asked = models.PositiveIntegerField(_("asked"))
    answered = models.PositiveIntegerField(_("answered"))
    median_minutes = models.PositiveIntegerField(_("median (working minutes)"), null=True)
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("pace of answers")
        verbose_name_plural = _("paces of answers")
        constraints: ClassVar = [
            models.CheckConstraint(name="pace_counts", condition=Q(answered__lte=F("asked"))),
            models.CheckConstraint(
                name="pace_has_median",
                condition=Q(answered=0, median_minutes=None)
                | Q(answered__gt=0, median_minutes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.median_minutes}"

    @property
    def is_known(self) -> bool:
        """Enough answers for a median to say something."""
        return self.answered >= LEAST

    @property
    def hours(self) -> float:
        return (self.median_minutes or 0) / 60

    @property
    def whole_hours(self) -> int:
        return max(1, round(self.hours))


LEAST = 3  # answers
