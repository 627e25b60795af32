"""Rounds of the top-100 mark, and the method that each is scored by."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.evaluation.engine import Method, parse_method
from portal.policies.models import (
    Proposed,
    ProposedQuerySet,
    by_second_person,
    decided_with_time,
)
from portal.tiers.certification_states import MOST_PLACES, QUARTERS
from portal.tiers.engine import Quarter
from portal.tiers.states import Stars


class CertificationMethod(Proposed):
    """How applications are scored: word for word what `portal.evaluation.engine` reads and the file
    of `manage.py evaluate`. One person proposes it, another approves; the document never changes
    (database grants). `digest`: of the document."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    document = models.JSONField(_("document"))
    digest = models.CharField(_("digest"), max_length=64)
    source = models.CharField(_("where it is from"), max_length=200)

    objects = ProposedQuerySet["CertificationMethod"].as_manager()

    class Meta:
        verbose_name = _("method of the top-100 mark")
        verbose_name_plural = _("methods of the top-100 mark")
        permissions: ClassVar = [
            ("propose_certificationmethod", "Can propose methods of the top-100 mark"),
            ("approve_certificationmethod", "Can approve methods of the top-100 mark"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certification_method_whole", condition=~Q(source="") & ~Q(digest="")
            ),
            decided_with_time("certification_method_decided"),
            by_second_person("certification_method_second_person", unless=Q(proposed_by=None)),
        ]

    def __str__(self) -> str:
        return self.version

    def get_absolute_url(self) -> str:
        return reverse("certification_method", args=[self.version])

    @property
    def said(self) -> dict[str, object]:
        return {"version": self.version} | super().said

    @cached_property
    def parsed(self) -> Method:
        return parse_method(self.document)


class CertificationRoundQuerySet(models.QuerySet["CertificationRound"]):
    def open_on(self, day: date) -> CertificationRoundQuerySet:
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def published(self) -> CertificationRoundQuerySet:
        return self.filter(published_at__isnull=False)

    def whole(self) -> CertificationRoundQuerySet:
        return self.select_related("method")


class CertificationRound(models.Model):
    """One year's. `granted` counts the places that are held; it is raised by one statement that
    asks whether one is left, so that the last place goes to one alone."""

    year = models.PositiveSmallIntegerField(_("year of the mark"), unique=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day to apply"))
    publishes_on = models.DateField(_("results published on"))
    valid_until = models.DateField(_("mark holds until the end of"))
    last_year = models.PositiveSmallIntegerField(_("year of the last quarter judged"))
    last_quarter = models.PositiveSmallIntegerField(_("last quarter judged"))
    method = models.ForeignKey(
        CertificationMethod, models.PROTECT, related_name="rounds", verbose_name=_("method")
    )
    places = models.PositiveSmallIntegerField(_("places"), default=MOST_PLACES)
    granted = models.PositiveSmallIntegerField(_("places held"), default=0)
    least_stars = models.PositiveSmallIntegerField(
        _("stars, at least"), choices=Stars.choices, default=Stars.FOUR
    )
    least_days = models.PositiveIntegerField(_("days since verified, at least"), default=365)
    newcomer_fen = models.BigIntegerField(_("GMV of a newcomer brought up (fen)"))
    scored_at = models.DateTimeField(_("scored at"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"))

    objects = CertificationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of the top-100 mark")
        verbose_name_plural = _("rounds of the top-100 mark")
        permissions: ClassVar = [
            ("manage_certificationround", "Can open, score and publish rounds of the top-100 mark")
        ]
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certification_round_places",
                condition=Q(places__range=(1, MOST_PLACES), granted__range=(0, F("places"))),
            ),
            models.CheckConstraint(
                name="certification_round_in_order",
                condition=Q(
                    closes_on__gt=F("opens_on"),
                    publishes_on__gt=F("closes_on"),
                    valid_until__gt=F("publishes_on"),
                ),
            ),
            models.CheckConstraint(
                name="certification_round_in_range",
                condition=Q(
                    last_quarter__range=(1, 4), least_stars__range=(0, 5), newcomer_fen__gte=0
                ),
            ),
            models.CheckConstraint(
                name="certification_round_granted_once_published",
                condition=Q(published_at__isnull=False) | Q(granted=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return f"{reverse('certification_list')}?year={self.year}"

    @property
    def last(self) -> Quarter:
        return Quarter(self.last_year, self.last_quarter)

    @property
    def quarters(self) -> list[Quarter]:
        """Those it is judged by, oldest first."""
        return [self.last.later(-back) for back in range(QUARTERS - 1, -1, -1)]

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_ahead(self) -> bool:
        return clock.today() < self.opens_on

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def left(self) -> int:
        return self.places - self.granted
