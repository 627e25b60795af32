"""A day and an hour before a meeting begins, everybody with a seat hears of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.actor import Actor
from training.courses import states
from training.courses.models import Meeting
from training.learning import rules
from training.learning.models import Enrolment, Reminder
from training.learning.services.telling import tell_learner
from training.learning.states import Before

AHEAD = {Before.DAY: timedelta(days=1), Before.HOUR: timedelta(hours=1)}
SENTENCE = gettext_noop("“%(course)s” begins at %(starts)s, %(place)s.")


def remind_learners(actor: Actor) -> int:
    """Safe to run twice: a reminder is a row, once for a meeting. How many meetings were told."""
    rules.can_bring_in_bulk(actor).require()
    return sum(_remind(key, before) for before in Before for key in _due(before))


def _due(before: Before) -> list[int]:
    """Told too late it would be the next one's: who is reminded an hour before needs no day."""
    now, told = clock.now(), Reminder.objects.filter(before=before)
    rows = Meeting.objects.filter(
        session__status__in=states.AHEAD, starts_at__gt=now, starts_at__lte=now + AHEAD[before]
    )
    if before == Before.DAY:
        rows = rows.filter(starts_at__gt=now + AHEAD[Before.HOUR])
    rows = rows.exclude(pk__in=told.values("meeting"))
    return list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int, before: Before) -> bool:
    """By whoever writes the row first."""
    meeting = Meeting.objects.select_related("session__course", "session__city").get(pk=key)
    _row, is_new = Reminder.objects.get_or_create(
        meeting=meeting, before=before, defaults={"sent_at": clock.now()}
    )
    if not is_new:
        return False
    starts = meeting.starts_at.astimezone(clock.SHANGHAI)
    for enrolment in Enrolment.objects.seated().filter(session=meeting.session_id).whole():
        tell_learner(
            enrolment,
            event="course.reminder",
            key=f"course-reminder:{before}:{meeting.pk}:{enrolment.pk}",
            sentence=SENTENCE,
            starts=f"{starts:%m-%d %H:%M}",
            place=enrolment.session.place,
        )
    return True
