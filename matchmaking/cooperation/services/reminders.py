"""Reminding of what is due, on working days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext_noop

from matchmaking.cooperation import states
from matchmaking.cooperation.models import Cooperation, Obligation, ObligationReminder
from matchmaking.cooperation.services.changes import tell_side
from matchmaking.cooperation.states import ObligationStatus, Reminder
from portal.core import clock
from portal.core.workdays import add_working_days, is_working_day, working_days_between

SOON, STILL_LATE, TO_CONFIRM = 3, 5, 3  # working days
MOST = 2_000
REVIEW_CLOSING = timedelta(days=3)  # before reviews are shown and no more are taken
CLOSING = gettext_noop("You can review “%(title)s” with %(other)s until %(day)s, then no more.")
SENTENCES: dict[str, str] = {
    Reminder.SOON: gettext_noop("“%(what)s” is due on %(day)s, in “%(title)s” with %(other)s."),
    Reminder.TODAY: gettext_noop("“%(what)s” is due today, in “%(title)s” with %(other)s."),
    Reminder.LATE: gettext_noop("“%(what)s” was due on %(day)s, in “%(title)s” with %(other)s."),
    Reminder.STILL_LATE: gettext_noop(
        "“%(what)s” is more than a week late, in “%(title)s” with %(other)s."
    ),
    Reminder.CONFIRM: gettext_noop(
        "“%(what)s” waits for your confirmation, in “%(title)s” with %(other)s."
    ),
}


def remind_of_obligations() -> int:
    """Tell whoever is to act, once of each stage; how many were told. Nobody is reminded on a day
    off: what would fall on one comes on the working day before."""
    today = clock.today()
    if not is_working_day(today):
        return 0
    horizon = add_working_days(today, SOON)
    near = Obligation.objects.filter(
        status__in=[ObligationStatus.OPEN, ObligationStatus.DONE],
        cooperation__status__in=states.LIVE,
        due_on__lte=horizon,
    ) | Obligation.objects.filter(status=ObligationStatus.DONE, cooperation__status__in=states.LIVE)
    related = near.select_related("cooperation__merchant", "cooperation__provider")
    return sum(_remind(obligation, today) for obligation in related.order_by("due_on")[:MOST])


def remind_of_reviews() -> int:
    """Tell each side that has not reviewed that its days for it end soon, once; how many sides were
    due to hear it."""
    last = clock.now() - states.REVIEW_WITHIN
    since = Cooperation.objects.annotate(since=Greatest("ended_at", "payment__at"))
    closing = since.filter(
        payment__isnull=False, since__gt=last, since__lte=last + REVIEW_CLOSING
    ).exclude(ended_at=None)
    whole = closing.select_related("merchant", "provider", "payment").prefetch_related("reviews")
    return sum(_remind_of_review(row) for row in whole.order_by("ended_at")[:MOST])


def _remind_of_review(cooperation: Cooperation) -> int:
    spoken = {review.by_id for review in cooperation.reviews.all()}
    until = cooperation.reviews_until
    assert until is not None  # it has ended, and was paid
    silent = [
        side for side in (cooperation.merchant, cooperation.provider) if side.pk not in spoken
    ]
    for side in silent:  # the same key is told once
        tell_side(
            cooperation, side, "review_closing", CLOSING, once="closing", day=clock.day_of(until)
        )
    return len(silent)


def _remind(obligation: Obligation, today: date) -> int:
    kind = stage_of(obligation, today)
    if kind is None:
        return 0
    try:
        with transaction.atomic():
            ObligationReminder.objects.create(obligation=obligation, kind=kind, day=today)
            _tell(obligation, kind)
    except IntegrityError:  # told already
        return 0
    return 1


def stage_of(obligation: Obligation, today: date) -> Reminder | None:
    """Which reminder an obligation is at on a working day; none between the stages."""
    if obligation.status == ObligationStatus.DONE:
        assert obligation.done_at is not None  # the database's constraint
        waited = working_days_between(clock.day_of(obligation.done_at), today)
        return Reminder.CONFIRM if waited >= TO_CONFIRM else None
    if today > obligation.due_on:
        late = working_days_between(obligation.due_on, today)
        return Reminder.STILL_LATE if late > STILL_LATE else Reminder.LATE
    left = working_days_between(today, obligation.due_on)
    if left == 0:  # today, or only days off lie between
        return Reminder.TODAY
    return Reminder.SOON if left <= SOON else None


def _tell(obligation: Obligation, kind: Reminder) -> None:
    cooperation = obligation.cooperation
    owing = cooperation.own_side(obligation.owed_by_id)
    side = cooperation.other_side(owing.pk) if kind == Reminder.CONFIRM else owing
    tell_side(
        cooperation,
        side,
        "obligation_due",
        SENTENCES[kind],
        once=f"{obligation.pk}:{kind}",
        what=obligation.title,
        day=obligation.due_on,
    )
