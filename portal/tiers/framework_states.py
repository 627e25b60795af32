"""What annual frameworks, their review meetings and what these decide can be."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class FrameworkStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed, not answered")
    NEGOTIATED = "negotiated", _("Being negotiated")
    SIGNED = "signed", _("Signed, to begin")
    RUNNING = "running", _("Running")
    REVIEWED = "reviewed", _("Over and reviewed")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended")
    DROPPED = "dropped", _("Came to nothing")


F = FrameworkStatus
FRAMEWORK_TRANSITIONS: dict[str, frozenset[str]] = {
    F.PROPOSED: frozenset({F.NEGOTIATED, F.SIGNED, F.DROPPED}),
    F.NEGOTIATED: frozenset({F.SIGNED, F.DROPPED}),
    F.SIGNED: frozenset({F.RUNNING, F.DROPPED}),
    F.RUNNING: frozenset({F.REVIEWED, F.ENDED}),
    F.REVIEWED: frozenset({F.RENEWED, F.ENDED}),
    F.RENEWED: frozenset(),
    F.ENDED: frozenset(),
    F.DROPPED: frozenset(),
}
TALKED_ABOUT = frozenset({F.PROPOSED, F.NEGOTIATED})  # nothing is signed yet
BINDING = frozenset({F.SIGNED, F.RUNNING})  # may be changed by both
COUNTED = frozenset({F.RUNNING, F.REVIEWED, F.RENEWED, F.ENDED})


class FrameworkSide(models.TextChoices):
    PLATFORM = "platform", _("Platform's side")
    AGENCY = "agency", _("Agency's side")


class DecisionStatus(models.TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


DECISION_TRANSITIONS: dict[str, frozenset[str]] = {
    DecisionStatus.OPEN: frozenset({DecisionStatus.DONE, DecisionStatus.DROPPED}),
    DecisionStatus.DONE: frozenset(),
    DecisionStatus.DROPPED: frozenset(),
}

MOST_MONTHS, MOST_MEETINGS, MOST_DECISIONS, MOST_BANDS = 12, 6, 10, 4
LEAST_PACE = 9_000  # basis points of what was planned so far; below it is behind
TOLD_FROM = 16  # day of a month: what sold in the month before has settled by then
LATE_MONTHS = 3  # after the end, refunds are still counted
RENEWS_BEFORE = timedelta(days=120)  # the end: from then on the next one may be proposed
RESTS = timedelta(days=60)  # reviewed and not renewed: it ends
REMINDERS = (7, 1)  # days before a review meeting, and before a decided item is due
