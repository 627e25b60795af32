"""What came of a meeting, as each side says."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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
