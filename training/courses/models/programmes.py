"""Programmes: courses in an order, for a role, a belt, or one party's own people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Belt, Party
from portal.parties.states import PartyKind
from training.courses.models.courses import Course, in_language, words_of
from training.courses.states import ProgrammeKind


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """What is published for everybody, and one's own path; who runs courses sees all."""
        if actor.has_perm("courses.view_programme"):
            return self
        everybody = Q(published_at__isnull=False, ended_at=None, party=None)
        own = Q(party=actor.party_id, party__isnull=False, published_at__isnull=False)
        return self.filter(everybody | own & Q(ended_at=None))

    def running(self) -> ProgrammeQuerySet:
        return self.filter(published_at__isnull=False, ended_at=None)


class Programme(models.Model):
    """`party`: whose own path it is; None: for everybody of the audience."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ProgrammeKind.choices)
    title_zh = models.CharField(_("Chinese title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=120)
    summary_zh = models.TextField(_("Chinese summary"), max_length=600)
    summary_en = models.TextField(_("English summary"), max_length=1200)
    audience = words_of(PartyKind)
    belt = models.ForeignKey(
        Belt, models.PROTECT, null=True, related_name="+", verbose_name=_("industry belt")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="programmes", verbose_name=_("party")
    )
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="programme_for_somebody", condition=Q(audience__len__gte=1)
            ),
            models.CheckConstraint(
                name="programme_of_its_kind",
                condition=(Q(kind="belt", belt__isnull=False) | ~Q(kind="belt") & Q(belt=None))
                & (Q(kind="custom", party__isnull=False) | ~Q(kind="custom") & Q(party=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme_detail", args=[self.code])

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def summary(self) -> str:
        return in_language(self.summary_zh, self.summary_en)

    @property
    def audience_labels(self) -> list[str]:
        return [str(PartyKind(kind).label) for kind in self.audience]


class ProgrammeCourse(models.Model):
    """A course at its place in a programme."""

    id = models.BigAutoField(primary_key=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="steps")
    course = models.ForeignKey(Course, models.PROTECT, related_name="programme_steps")
    position = models.PositiveSmallIntegerField(_("position"))
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("course of a programme")
        verbose_name_plural = _("courses of programmes")
        ordering = ("programme", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "course"], name="programme_course_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="programme_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.position}"
