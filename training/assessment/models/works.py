"""Practical assignments: the brief with its rubric, who marks, works handed in, and marks."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from training.assessment.states import WorkStatus
from training.courses.models import Course, Session, in_language
from training.learning.models import Enrolment


class Assignment(models.Model):
    """Of a course. `apart`: two marks further apart than so many percent of the points call a third
    marker. `days`: so long a marker has."""

    course = models.OneToOneField(
        Course, models.PROTECT, primary_key=True, related_name="assignment"
    )
    brief_zh = models.TextField(_("Chinese brief"), max_length=6000)
    brief_en = models.TextField(_("English brief"), max_length=12000)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark (%)"))
    apart = models.PositiveSmallIntegerField(_("a third marker from a difference above (%)"))
    attempts = models.PositiveSmallIntegerField(_("attempts"))
    days = models.PositiveSmallIntegerField(_("days for marking"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("assignment of a course")
        verbose_name_plural = _("assignments of courses")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assignment_figures",
                condition=Q(
                    pass_mark__range=(1, 100),
                    apart__range=(1, 100),
                    attempts__range=(1, 10),
                    days__range=(1, 60),
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.course)

    @property
    def brief(self) -> str:
        return in_language(self.brief_zh, self.brief_en)


class Criterion(models.Model):
    """A line of the rubric, with the most points it gives."""

    id = models.BigAutoField(primary_key=True)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    text_zh = models.CharField(_("Chinese criterion"), max_length=200)
    text_en = models.CharField(_("English criterion"), max_length=300)
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("criterion of an assignment")
        verbose_name_plural = _("criteria of assignments")
        ordering = ("assignment", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "position"], name="criterion_once"),
            models.CheckConstraint(name="criterion_points", condition=Q(points__range=(1, 100))),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


class Marker(models.Model):
    """Somebody who marks the works of an assignment."""

    id = models.BigAutoField(primary_key=True)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="markers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks_for")

    class Meta:
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "user"], name="marker_once")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.user}"


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, actor: Actor) -> WorkQuerySet:
        """With its learner's name, so never to who marks it: not before it is marked, and whoever
        they are besides."""
        return self.filter(self._seen(actor)).open_to(actor)

    def open_to(self, actor: Actor) -> WorkQuerySet:
        """All but those that this person marks and that are not marked yet."""
        return self.exclude(pk__in=Work.objects.kept_from(actor).values("pk"))

    def kept_from(self, actor: Actor) -> WorkQuerySet:
        """Those of assignments this person marks, or that they were asked to mark, until they are
        marked; never their own."""
        if actor.user_id is None:
            return self.none()
        own = Q(enrolment__learner__user=actor.user_id) | Q(status=WorkStatus.MARKED)
        marking = Marker.objects.filter(user=actor.user_id).values("assignment")
        unsettled = Q(assignment__in=marking) | Q(marks__marker=actor.user_id)
        return self.filter(unsettled).exclude(own).distinct()

    @staticmethod
    def _seen(actor: Actor) -> Q:
        if actor.has_perm("assessment.view_work"):
            return Q()
        if actor.user_id is None:
            return Q(pk=None)
        seen = Q(enrolment__learner__user=actor.user_id)
        taught = Session.objects.taught_by(actor.user_id).values("pk")
        seen |= Q(enrolment__session__in=taught)
        if actor.party_id is not None:
            seen |= Q(enrolment__party=actor.party_id)
        return seen

    def waiting(self) -> WorkQuerySet:
        return self.filter(status=WorkStatus.WAITING)

    def whole(self) -> WorkQuerySet:
        return self.select_related(
            *("assignment__course", "enrolment__claim", "enrolment__session__course"),
            *("enrolment__learner", "enrolment__party"),
        )


class Work(models.Model):
    """What somebody handed in. Whoever marks it knows it by `code` alone, which says nothing of
    who or when. `score`: basis points of the most points."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="works")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="works")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=12, unique=True)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))
    status = models.CharField(
        _("status"), max_length=7, choices=WorkStatus.choices, default=WorkStatus.WAITING
    )
    score = models.PositiveSmallIntegerField(_("score (basis points)"), null=True)
    is_passed = models.BooleanField(_("passed"), null=True)
    marked_at = models.DateTimeField(_("marked at"), null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("practical work")
        verbose_name_plural = _("practical works")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="work_numbered"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(status="waiting"), name="work_one_at_a_time"
            ),
            models.CheckConstraint(
                name="work_status_has_its_facts",
                condition=Q(status="waiting", score=None, is_passed=None, marked_at=None)
                | Q(
                    status="marked",
                    score__lte=10_000,
                    is_passed__isnull=False,
                    marked_at__gte=F("handed_in_at"),
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "handed_in_at"], name="work_by_status"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def percent(self) -> float | None:
        return None if self.score is None else self.score / 100


class WorkFile(models.Model):
    """A file of a work, named by its place: the name it came with may be a person's."""

    id = models.BigAutoField(primary_key=True)
    work = models.ForeignKey(Work, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("file of a work")
        verbose_name_plural = _("files of works")
        ordering = ("work", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "position"], name="work_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.position}"


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, actor: Actor) -> MarkQuerySet:
        """One's own to give and given; operators see those of works that are marked."""
        seen = Q(marker=actor.user_id, marker__isnull=False)
        if actor.has_perm("assessment.view_work"):
            seen |= Q(work__in=Work.objects.visible_to(actor).filter(status=WorkStatus.MARKED))
        return self.filter(seen)

    def open(self) -> MarkQuerySet:
        return self.filter(given_at=None, work__status=WorkStatus.WAITING)


class Mark(models.Model):
    """What one of two markers, or a third, says of a work: points of each criterion in order, and
    words for the learner. Its key is all that a marker's page names: it leads to no learner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(Work, models.PROTECT, related_name="marks")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    place = models.PositiveSmallIntegerField(_("place"))
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("mark until"))
    points = ArrayField(models.PositiveSmallIntegerField(), null=True, verbose_name=_("points"))
    words = models.TextField(_("words for the learner"), max_length=2000, blank=True)
    given_at = models.DateTimeField(_("marked at"), null=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of a work")
        verbose_name_plural = _("marks of works")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "marker"], name="mark_once_a_marker"),
            models.UniqueConstraint(fields=["work", "place"], name="mark_in_its_place"),
            models.CheckConstraint(name="mark_of_three", condition=Q(place__range=(1, 3))),
            models.CheckConstraint(
                name="mark_given_is_whole",
                condition=Q(given_at=None, points=None, words="")
                | Q(given_at__isnull=False, points__isnull=False) & ~Q(words=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["marker", "due_at"], condition=Q(given_at=None), name="mark_to_give"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.place}"

    def get_absolute_url(self) -> str:
        return f"/marking/{self.pk}/"

    @property
    def total(self) -> int | None:
        return None if self.points is None else sum(self.points)
