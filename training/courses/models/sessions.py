"""When a course is held, where, by whom, and the hours that are planned."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import City
from portal.seats.models import Occasion, Pool
from training.courses import states
from training.courses.models.courses import Course
from training.courses.states import SessionForm, SessionStatus


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> SessionQuerySet:
        """What was opened, for everybody; what is planned, for who runs or teaches it."""
        if actor.has_perm("courses.view_session"):
            return self
        seen = Q(opened_at__isnull=False)
        if actor.user_id is not None:
            seen |= Q(pk__in=Instructor.objects.filter(user=actor.user_id).values("session"))
        return self.filter(seen)

    def ahead(self) -> SessionQuerySet:
        return self.filter(status__in=states.AHEAD)

    def taught_by(self, user_id: int | None) -> SessionQuerySet:
        return self.filter(instructors__user=user_id)

    def whole(self) -> SessionQuerySet:
        return self.select_related("course", "occasion", "pool", "city")


class Session(models.Model):
    """`joins_until`: the last moment to enrol, also after it began; `cancels_until`: until when a
    seat is given back by oneself; `finishes_until`: the last moment for lessons, quiz and
    assignment. `starts_at` and `ends_at` are those of its meetings; a session at one's own pace
    has none."""

    id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    occasion = models.OneToOneField(Occasion, models.PROTECT, related_name="course_session")
    pool = models.OneToOneField(Pool, models.PROTECT, related_name="course_session")
    form = models.CharField(_("form"), max_length=7, choices=SessionForm.choices)
    city = models.ForeignKey(
        City, models.PROTECT, null=True, related_name="+", verbose_name=_("city")
    )
    venue = models.CharField(_("venue"), max_length=80, blank=True)
    link = models.CharField(_("link to the live room"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    joins_until = models.DateTimeField(_("enrol until"))
    cancels_until = models.DateTimeField(_("give up until"))
    finishes_until = models.DateTimeField(_("finish until"))
    most_per_party = models.PositiveSmallIntegerField(_("seats of one party, at most"))
    status = models.CharField(
        _("status"), max_length=9, choices=SessionStatus.choices, default=SessionStatus.PLANNED
    )
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of a course")
        verbose_name_plural = _("sessions of courses")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="session_in_order",
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    joins_until__lte=F("ends_at"),
                    cancels_until__lte=F("ends_at"),
                    finishes_until__gte=F("ends_at"),
                ),
            ),
            models.CheckConstraint(
                name="session_somewhere",
                condition=Q(form="offline", city__isnull=False, link="") & ~Q(venue="")
                | Q(form__in=["live", "open"], city=None, venue=""),
            ),
            models.CheckConstraint(name="session_quota", condition=Q(most_per_party__gte=1)),
            models.CheckConstraint(
                name="session_status_has_its_times",
                condition=Q(status="planned", opened_at=None, ended_at=None)
                | Q(status__in=["open", "running"], opened_at__isnull=False, ended_at=None)
                | Q(status="done", opened_at__isnull=False, ended_at__isnull=False)
                | Q(status="cancelled", ended_at__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["course", "starts_at"], name="session_of_course"),
            models.Index(fields=["starts_at", "id"], name="session_by_day"),
            models.Index(fields=["status", "starts_at"], name="session_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.starts_at.astimezone(clock.SHANGHAI):%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("session_detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"PX-{self.starts_at.astimezone(clock.SHANGHAI):%Y}-{self.pk:04d}"

    @property
    def title(self) -> str:
        return self.course.title

    @property
    def is_own_pace(self) -> bool:
        return self.form == SessionForm.OPEN

    @property
    def place(self) -> str:
        return f"{self.city} · {self.venue}" if self.city else str(self.get_form_display())

    @property
    def is_taking(self) -> bool:
        """Whether somebody may enrol at this moment."""
        now = clock.now()
        return self.status in states.AHEAD and self.occasion.opens_at <= now < self.joins_until


class Meeting(models.Model):
    """One of the planned hours. Two of one session never overlap."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="meetings")
    position = models.PositiveSmallIntegerField(_("position"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))

    class Meta:
        verbose_name = _("meeting of a session")
        verbose_name_plural = _("meetings of sessions")
        ordering = ("session", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="course_meeting_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="course_meeting_in_order", condition=Q(ends_at__gt=F("starts_at"))
            ),
            ExclusionConstraint(
                name="course_meetings_apart",
                expressions=[
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("session", RangeOperators.EQUAL),
                ],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.position}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Instructor(models.Model):
    """Who teaches a session."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="instructors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="teaching")

    class Meta:
        verbose_name = _("instructor")
        verbose_name_plural = _("instructors")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="instructor_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user}"
