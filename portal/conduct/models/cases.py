"""Cases of conduct, and who reported them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.models.book import Rule
from portal.conduct.states import CaseStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """The accused party's, once it was told: what was dismissed at sight never concerned it."""
        if actor.party_id is None:
            return self.none()
        return self.filter(party=actor.party_id, notified_at__isnull=False)

    def in_force(self, at: datetime) -> CaseQuerySet:
        """Violations that count, and are public, at that moment: confirmed, heard, past their
        appeal, and not lapsed yet."""
        return self.filter(final_at__lte=at, lapses_on__gt=clock.day_of(at))

    def due(self, status: str) -> CaseQuerySet:
        """Whose last day in this status has passed."""
        return self.filter(status=status, due_on__lt=clock.today()).order_by("due_on", "pk")


class Case(models.Model):
    """One party, one rule, one thing that happened. Its address holds the random `public_id` only.

    `due_on` is the last day of whoever is to act: the operators, or the party."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="conduct_cases", verbose_name=_("party")
    )
    rule = models.ForeignKey(Rule, models.PROTECT, verbose_name=_("rule of conduct"))
    status = models.CharField(
        _("status"), max_length=10, choices=CaseStatus.choices, default=CaseStatus.REPORTED
    )
    happened_on = models.DateField(_("happened on"))
    place_kind = models.CharField(_("where"), max_length=20, blank=True)
    place_key = models.CharField(max_length=40, blank=True)
    charge = models.TextField(_("what the party is told"), max_length=2000, blank=True)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence of the operators")
    )
    shown: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence shown to the party")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by the operator"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    changed_at = models.DateTimeField(_("changed at"))
    notified_at = models.DateTimeField(_("party told at"), null=True)
    due_on = models.DateField(_("due"), null=True)
    reminded_for = models.DateField(null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    gate = models.CharField(
        _("gate in the evaluation"), max_length=8, choices=states.Gate.choices, blank=True
    )
    lapses_on = models.DateField(_("lapses on"), null=True)
    final_at = models.DateTimeField(_("in force since"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of conduct")
        verbose_name_plural = _("cases of conduct")
        permissions: ClassVar = [("decide_case", "Can lead and decide cases of conduct")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="conduct_case_told_says_what",
                condition=Q(notified_at__isnull=True) | ~Q(charge=""),
            ),
            models.CheckConstraint(
                name="conduct_case_told_before_it_goes_on",
                condition=Q(status__in=["reported", "dismissed"]) | Q(notified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="conduct_case_due_while_it_runs",
                condition=Q(status__in=sorted(states.ENDED), due_on__isnull=True)
                | ~Q(status__in=sorted(states.ENDED)) & Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="conduct_case_ended_has_time",
                condition=Q(status__in=sorted(states.ENDED), ended_at__isnull=False)
                | ~Q(status__in=sorted(states.ENDED)) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="conduct_case_confirmed_weighs",
                condition=Q(
                    status__in=sorted(states.CONVICTED),
                    confirmed_at__isnull=False,
                    points__isnull=False,
                    lapses_on__isnull=False,
                )
                | ~Q(status__in=sorted(states.CONVICTED))
                & Q(
                    confirmed_at__isnull=True,
                    points__isnull=True,
                    lapses_on__isnull=True,
                    gate="",
                ),
            ),
            models.CheckConstraint(
                name="conduct_case_in_force_has_time",
                condition=Q(status__in=sorted(states.BINDING), final_at__isnull=False)
                | ~Q(status__in=sorted(states.BINDING)) & Q(final_at__isnull=True),
            ),
            models.CheckConstraint(
                name="conduct_case_heard_before_in_force",
                condition=Q(final_at__isnull=True)
                | Q(final_at__gte=F("confirmed_at"), confirmed_at__gte=F("notified_at")),
            ),
            models.UniqueConstraint(
                fields=["party", "rule", "place_kind", "place_key"],
                condition=Q(status__in=sorted(states.UNDECIDED)),
                name="conduct_case_one_undecided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["status", "due_on"],
                condition=Q(due_on__isnull=False),
                name="conduct_case_queue",
            ),
            models.Index(fields=["party", "-id"], name="conduct_case_of_party"),
            models.Index(
                fields=["lapses_on", "party"],
                condition=Q(final_at__isnull=False),
                name="conduct_case_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.rule}"

    def get_absolute_url(self) -> str:
        return reverse("conduct_case_detail", args=[self.public_id])

    @property
    def number(self) -> str:
        """What people quote on the phone."""
        return f"WG-{self.opened_at.astimezone(clock.SHANGHAI):%Y}-{self.pk:05d}"

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    def points_at(self, moment: datetime) -> float:
        """What the violation weighs at that moment: its points × 2^(−days / 180), with whole days
        in Shanghai since the one it was confirmed on. Nothing before it is in force (hearing and
        time to appeal over), and nothing from the day it lapses."""
        if self.points is None or self.confirmed_at is None or self.lapses_on is None:
            return 0.0
        day = clock.day_of(moment)
        if self.final_at is None or moment < self.final_at or day >= self.lapses_on:
            return 0.0
        days = (day - clock.day_of(self.confirmed_at)).days
        return float(self.points * 0.5 ** (days / states.HALF_LIFE_DAYS))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> ReportQuerySet:
        """One's own: who reported is told to nobody but those who decide."""
        return self.filter(reporter=actor.user) if actor.user is not None else self.none()


class Report(models.Model):
    """What somebody told the platform of a party. Several of the same thing make one case."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reports", verbose_name=_("case of conduct")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
    )
    reporter_party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("for the party")
    )
    text = models.TextField(_("what happened"), max_length=2000)
    happened_on = models.DateField(_("happened on"))
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    at = models.DateTimeField(_("at"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of conduct")
        verbose_name_plural = _("reports of conduct")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "reporter"], name="conduct_report_once_of_a_person"
            ),
            models.CheckConstraint(name="conduct_report_says_what", condition=~Q(text="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reporter", "-id"], name="conduct_report_of_reporter")
        ]

    def __str__(self) -> str:
        return f"{self.case.number} · {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("conduct_report_detail", args=[self.public_id])
