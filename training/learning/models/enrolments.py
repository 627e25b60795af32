"""An enrolment in a session, how far it has come, and who was there when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.seats import states as seat_states
from portal.seats.models import Claim
from portal.seats.states import ClaimStatus
from training.courses.models import Lesson, Meeting, Session
from training.learning.models.learners import Learner
from training.learning.states import SEATS, Before, Outcome, Way


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, actor: Actor) -> EnrolmentQuerySet:
        """One's own, those of the party one speaks for, those one teaches; operators see all. A key
        speaks for its party alone, not for who made it."""
        if actor.key_id:
            return self.filter(party=actor.party_id)
        if actor.has_perm("learning.view_enrolment"):
            return self
        if actor.user_id is None:
            return self.none()
        seen = Q(learner__user=actor.user_id)
        seen |= Q(session__in=Session.objects.taught_by(actor.user_id).values("pk"))
        if actor.party_id is not None:
            seen |= Q(party=actor.party_id)
        return self.filter(seen)

    def open(self) -> EnrolmentQuerySet:
        return self.filter(claim__status__in=seat_states.OPEN)

    def seated(self) -> EnrolmentQuerySet:
        return self.filter(claim__status__in=seat_states.TAKES)

    def completed(self) -> EnrolmentQuerySet:
        return self.filter(outcome=Outcome.COMPLETED)

    def unfinished(self) -> EnrolmentQuerySet:
        """Who has a seat, and nothing has come of it yet."""
        return self.seated().filter(outcome=Outcome.NONE)

    def whole(self) -> EnrolmentQuerySet:
        return self.select_related(
            *("claim__pool", "claim__occasion", "session__course", "session__occasion"),
            *("session__city", "session__pool", "learner", "party"),
        )


class Enrolment(models.Model):
    """Whether it has a seat is its claim's state. `outcome` is recorded once. `planned_minutes` and
    `attended_minutes` are those of the moment it was recorded; for a course at one's own pace, of
    the lessons."""

    claim = models.OneToOneField(
        Claim, models.PROTECT, primary_key=True, related_name="enrolment", verbose_name=_("claim")
    )
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="enrolments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="enrolments")
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome.choices, default=Outcome.NONE
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("outcome recorded at"), null=True)
    attended_minutes = models.PositiveIntegerField(_("minutes attended"), null=True)
    planned_minutes = models.PositiveIntegerField(_("minutes planned"), null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enrolment_outcome_has_its_facts",
                condition=Q(outcome="none", ended_at=None, attended_minutes=None)
                | Q(
                    outcome__in=["completed", "failed"],
                    ended_at__isnull=False,
                    attended_minutes__isnull=False,
                    planned_minutes__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="enrolment_failure_says_why", condition=~Q(outcome="failed") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="enrolment_attends_what_is_planned",
                condition=Q(attended_minutes=None) | Q(attended_minutes__lte=F("planned_minutes")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["session", "outcome"], name="enrolment_of_session"),
            models.Index(fields=["party", "ended_at"], name="enrolment_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("enrolment_detail", args=[self.pk])

    @property
    def status(self) -> str:
        return self.claim.status

    @property
    def has_seat(self) -> bool:
        return self.claim.has_seat

    def get_status_display(self) -> str:
        status = ClaimStatus(self.claim.status)
        return str(SEATS.get(status) or self.claim.get_status_display())


class LessonProgress(models.Model):
    """A lesson that was opened, and when it was done."""

    id = models.BigAutoField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="progress_once"),
            models.CheckConstraint(
                name="progress_done_after_opening",
                condition=Q(done_at=None) | Q(done_at__gte=F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"


class Reminder(models.Model):
    """Everybody with a seat was told of a meeting: once a day before, once an hour before."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reminders")
    before = models.CharField(_("how long before"), max_length=4, choices=Before.choices)
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("reminder of a meeting")
        verbose_name_plural = _("reminders of meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "before"], name="meeting_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.before}"


class Presence(models.Model):
    """Somebody was at a meeting from `arrived_at` to `left_at`; None: to its end."""

    id = models.BigAutoField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="presences")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    arrived_at = models.DateTimeField(_("arrived at"))
    left_at = models.DateTimeField(_("left at"), null=True)
    way = models.CharField(_("written down by"), max_length=6, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("presence at a meeting")
        verbose_name_plural = _("presences at meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "meeting"], name="presence_once"),
            models.CheckConstraint(
                name="presence_in_order",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.meeting_id}"
