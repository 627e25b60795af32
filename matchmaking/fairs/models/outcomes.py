"""What came of a meeting, as each side says."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models.fairs import Fair
from matchmaking.fairs.models.plans import Meeting
from matchmaking.fairs.models.signups import SignUp
from matchmaking.fairs.states import MeetingResult


class MeetingOutcome(models.Model):
    """One side's word; the last one counts. Each side says whether the other came."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcomes")
    sign_up = models.ForeignKey(SignUp, models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=6, choices=MeetingResult.choices)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("outcome of a meeting")
        verbose_name_plural = _("outcomes of meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "sign_up"], name="meeting_outcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.result}"


class FollowUp(models.Model):
    """What a fair had come to so many days after it, from the orders of its papers."""

    id = models.BigAutoField(primary_key=True)
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="follow_ups")
    days = models.PositiveSmallIntegerField(_("days after the fair"))
    agreed = models.PositiveIntegerField(_("cooperations agreed"))
    lines = models.PositiveIntegerField(_("order lines"))
    net_fen = models.BigIntegerField(_("settled net GMV"))
    open_fen = models.BigIntegerField(_("may still settle"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("follow-up of a fair")
        verbose_name_plural = _("follow-ups of fairs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "days"], name="follow_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fair_id} +{self.days}"
