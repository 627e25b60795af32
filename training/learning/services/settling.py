"""What came of an enrolment: computed by one rule from its parts, written down once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.seats.states import ClaimStatus
from training.courses.states import SessionStatus
from training.learning import rules, selectors
from training.learning.finishers import tell_finished
from training.learning.models import Enrolment
from training.learning.selectors.parts import Progress, lesson_minutes
from training.learning.services.enrolments import lock_enrolment
from training.learning.services.telling import tell_learner
from training.learning.states import OUTCOMES, Outcome

MOST_AT_ONCE = 500
ENDED = ("outcome", "reason", "ended_at", "attended_minutes", "planned_minutes")
COMPLETED = gettext_noop("You have completed “%(course)s”.")
FAILED = gettext_noop("“%(course)s” was not completed; see what is missing.")
ABSENT = "absence"  # the reason of who never came


@transaction.atomic
def settle_enrolment(actor: Actor, *, enrolment: Enrolment) -> Enrolment:
    """Completed once all of its parts are met, and once a session with planned hours is over;
    failed once one of them cannot be met any more. Called after whatever changes a part."""
    enrolment = lock_enrolment(enrolment)
    if enrolment.outcome != Outcome.NONE or not enrolment.has_seat:
        return enrolment
    found = outcome_of(enrolment, selectors.progress_of(enrolment))
    return _end(actor, enrolment, *found) if found else enrolment


def settle_enrolments(actor: Actor) -> int:
    """Those of sessions that are over, and what ran out of time; how many were settled."""
    now = clock.now()
    due = Enrolment.objects.unfinished().filter(session__status=SessionStatus.DONE)
    settled = 0
    for enrolment in due.filter(session__ends_at__lte=now).whole()[:MOST_AT_ONCE]:
        settled += settle_enrolment(actor, enrolment=enrolment).outcome != Outcome.NONE
    return settled


@transaction.atomic
def settle_brought(
    actor: Actor,
    *,
    enrolments: Sequence[Enrolment],
    at: datetime,
    ended_at: Callable[[Enrolment], datetime] | None = None,
) -> int:
    """The same of many at once, as it was at `at`; nobody is told. `ended_at`: when each came to
    its outcome, where that was before. How many are settled."""
    rules.can_bring_in_bulk(actor).require()
    seated = [one for one in enrolments if one.outcome == Outcome.NONE and one.has_seat]
    with clock.standing_at(at):
        progress, minutes = selectors.progress_of_many(seated), minutes_of_many(seated)
        found = {one.pk: outcome_of(one, progress[one.pk]) for one in seated}
    ended = [one for one in seated if found[one.pk] is not None]
    for one in ended:
        one.outcome, one.reason = found[one.pk] or (Outcome.NONE, "")
        one.ended_at = ended_at(one) if ended_at else at
        one.attended_minutes, one.planned_minutes = minutes[one.pk]
    bulk.update(ended, ENDED)
    audit.record_many([_entry(actor, one, one.ended_at or at) for one in ended])
    return len(ended)


def outcome_of(enrolment: Enrolment, progress: Progress) -> tuple[Outcome, str] | None:
    """The one rule, at this moment: the outcome with the part that was missed; None: still open."""
    now, session = clock.now(), enrolment.session
    if not session.is_own_pace and now < session.ends_at:
        return None
    if progress.is_met:
        return Outcome.COMPLETED, ""
    is_late = now > session.finishes_until and not progress.is_judged
    part = progress.missed or (progress.unmet if is_late else None)
    if part is None:
        return None
    return Outcome.FAILED, ABSENT if enrolment.status == ClaimStatus.ABSENT else part.code


def _end(actor: Actor, enrolment: Enrolment, outcome: Outcome, reason: str) -> Enrolment:
    assert outcome in OUTCOMES[enrolment.outcome]
    enrolment.outcome, enrolment.reason, enrolment.ended_at = outcome, reason, clock.now()
    enrolment.attended_minutes, enrolment.planned_minutes = minutes_of_many([enrolment])[
        enrolment.pk
    ]
    enrolment.save(update_fields=ENDED)
    _entry(actor, enrolment, enrolment.ended_at).save()
    audit.tell(actor, f"course_{outcome.value}", enrolment)
    tell_learner(
        enrolment,
        event=f"course.{outcome.value}",
        key=f"course-{outcome.value}:{enrolment.pk}",
        sentence=COMPLETED if outcome == Outcome.COMPLETED else FAILED,
    )
    if outcome == Outcome.COMPLETED:
        tell_finished(actor, enrolment)
    return enrolment


def _entry(actor: Actor, enrolment: Enrolment, at: datetime) -> AuditEntry:
    after = {"attended": enrolment.attended_minutes, "planned": enrolment.planned_minutes}
    verb = f"course_{enrolment.outcome}"
    return audit.entry(actor, verb, enrolment, at=at, after=after, why=enrolment.reason)


def minutes_of_many(enrolments: Sequence[Enrolment]) -> dict[UUID, tuple[int, int]]:
    """Attended, and planned: of its meetings; at one's own pace, of its required lessons."""
    lessons = lesson_minutes(enrolments)
    attended = selectors.attendance_by_enrolment(enrolments)
    return {
        one.pk: lessons[one.pk]
        if one.session.is_own_pace
        else (attended[one.pk].minutes, attended[one.pk].planned_minutes)
        for one in enrolments
    }
