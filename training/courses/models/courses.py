"""Courses, their lessons and materials, and programmes made of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.states import PartyKind
from training.courses.states import CourseKind, CourseStatus, Level, Topic


def in_language(chinese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else chinese


def words_of(choices: type[models.TextChoices]) -> models.Field[list[str], list[str]]:
    """Several of these, none twice by the rules."""
    return ArrayField(models.CharField(max_length=12, choices=choices.choices), default=list)


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, actor: Actor) -> CourseQuerySet:
        """What was published, for everybody, also what is archived since; drafts for who runs
        courses."""
        if actor.has_perm("courses.view_course"):
            return self
        return self.filter(published_at__isnull=False)

    def published(self) -> CourseQuerySet:
        return self.filter(status=CourseStatus.PUBLISHED)

    def for_kind(self, kind: str) -> CourseQuerySet:
        return self.filter(audience__contains=[kind])


class Course(models.Model):
    """What is taught, and what completing it takes: its required lessons where `needs_lessons`,
    `least_attendance` percent of the planned minutes where above 0, a quiz, an assignment.
    `certificate_months`: how long its certificate is valid; None: it gives none. `indicators`:
    codes of the evaluation that it lifts."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=7, choices=CourseKind.choices)
    title_zh = models.CharField(_("Chinese title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=120)
    summary_zh = models.TextField(_("Chinese summary"), max_length=600)
    summary_en = models.TextField(_("English summary"), max_length=1200)
    outcomes_zh = models.TextField(_("what one can do afterwards (Chinese)"), max_length=600)
    outcomes_en = models.TextField(_("what one can do afterwards (English)"), max_length=1200)
    audience = words_of(PartyKind)
    level = models.CharField(_("level"), max_length=6, choices=Level.choices)
    topics = words_of(Topic)
    indicators = ArrayField(models.CharField(max_length=40), default=list)
    planned_minutes = models.PositiveSmallIntegerField(_("planned minutes"))
    needs_lessons = models.BooleanField(_("asks for its lessons"), default=True)
    least_attendance = models.PositiveSmallIntegerField(_("least attendance (%)"), default=0)
    needs_quiz = models.BooleanField(_("asks for a quiz"), default=False)
    needs_assignment = models.BooleanField(_("asks for an assignment"), default=False)
    certificate_months = models.PositiveSmallIntegerField(
        _("certificate valid for (months)"), null=True
    )
    status = models.CharField(
        _("status"), max_length=9, choices=CourseStatus.choices, default=CourseStatus.DRAFT
    )
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)
    archived_at = models.DateTimeField(_("archived at"), null=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        permissions: ClassVar = [("run_training", "Can run courses and their sessions")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="course_for_somebody", condition=Q(audience__len__gte=1, topics__len__gte=1)
            ),
            models.CheckConstraint(
                name="course_figures",
                condition=Q(planned_minutes__gte=1, least_attendance__lte=100)
                & (Q(certificate_months=None) | Q(certificate_months__range=(1, 120))),
            ),
            models.CheckConstraint(
                name="course_asks_for_something",
                condition=Q(needs_lessons=True)
                | Q(least_attendance__gte=1)
                | Q(needs_quiz=True)
                | Q(needs_assignment=True),
            ),
            models.CheckConstraint(
                name="course_open_has_no_attendance",
                condition=~Q(kind="open") | Q(least_attendance=0),
            ),
            models.CheckConstraint(
                name="course_status_has_its_times",
                condition=Q(status="draft", published_at=None, archived_at=None)
                | Q(status="published", published_at__isnull=False, archived_at=None)
                | Q(status="archived", published_at__isnull=False, archived_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "kind", "id"], name="course_by_kind")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("course_detail", args=[self.code])

    def get_edit_url(self) -> str:
        return reverse("course_edit", args=[self.code])

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def summary(self) -> str:
        return in_language(self.summary_zh, self.summary_en)

    @property
    def outcomes(self) -> list[str]:
        """A line each."""
        return in_language(self.outcomes_zh, self.outcomes_en).splitlines()

    @property
    def audience_labels(self) -> list[str]:
        return [str(PartyKind(kind).label) for kind in self.audience]

    @property
    def topic_labels(self) -> list[str]:
        return [str(Topic(topic).label) for topic in self.topics]


class Prerequisite(models.Model):
    """Who enrols in `course` has completed `needs` before."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, models.CASCADE, related_name="prerequisites")
    needs = models.ForeignKey(Course, models.PROTECT, related_name="opens")

    class Meta:
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "needs"], name="prerequisite_once"),
            models.CheckConstraint(name="prerequisite_is_another", condition=~Q(course=F("needs"))),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} ← {self.needs_id}"


class Lesson(models.Model):
    """A part of a course, in the house's Markdown."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField(_("position"))
    title_zh = models.CharField(_("Chinese title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=120)
    text_zh = models.TextField(_("Chinese text"), max_length=20_000)
    text_en = models.TextField(_("English text"), max_length=40_000)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ("course", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "position"],
                name="lesson_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="lesson_has_text",
                condition=Q(minutes__gte=1, position__gte=1) & ~Q(text_zh="") & ~Q(title_zh=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lesson_detail", args=[self.course.code, self.position])

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


class MaterialQuerySet(models.QuerySet["Material"]):
    def shown(self) -> MaterialQuerySet:
        return self.filter(removed_at=None)


class Material(models.Model):
    """A file to a course, in private storage: for who is enrolled, who teaches, who runs it."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=80)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title
