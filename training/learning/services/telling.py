"""What people are told of their courses: the learner, or who manages the party for who has no
account here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import system_actor
from portal.notices.services import notify
from portal.parties.services import tell_party
from portal.seats.heralds import register_herald
from portal.seats.models import Claim
from portal.seats.states import ClaimStatus
from training.courses.models import Session
from training.courses.movers import register_mover
from training.learning.models import Enrolment

SENTENCES = {
    ClaimStatus.WAITING: gettext_noop("“%(course)s” is full; you are on the waitlist."),
    ClaimStatus.OFFERED: gettext_noop(
        "A seat in “%(course)s” is free for you: take it up by %(until)s."
    ),
    ClaimStatus.CONFIRMED: gettext_noop("You have a seat in “%(course)s”; it begins %(at)s."),
    ClaimStatus.EXPIRED: gettext_noop(
        "The seat in “%(course)s” was not taken up in time and went to who was next."
    ),
    ClaimStatus.CANCELLED: gettext_noop("“%(course)s” does not take place: %(reason)s"),
}
NEVER = gettext_noop("No seat in “%(course)s” was freed before enrolling ended.")
MOVED = gettext_noop("“%(course)s” was moved: it begins %(at)s, %(place)s.")


def tell_learner(
    enrolment: Enrolment, *, event: str, key: str, sentence: str, **params: Any
) -> None:
    starts = enrolment.session.starts_at.astimezone(clock.SHANGHAI)
    said = {
        "course": enrolment.session.course.title_zh,
        "who": enrolment.learner.name,
        "at": f"{starts:%Y-%m-%d %H:%M}",
        **params,
    }
    words: dict[str, Any] = {
        "event": event,
        "key": key,
        "sentence": sentence,
        "params": said,
        "url": enrolment.get_absolute_url(),
    }
    if enrolment.learner.user_id is not None:
        notify([enrolment.learner.user_id], party_id=enrolment.party_id, **words)
    else:
        tell_party(enrolment.party, **words)


@register_herald("course")
def tell_claim(claim: Claim, status: str, key: str) -> None:
    enrolment = Enrolment.objects.whole().filter(pk=claim.pk).first()
    if enrolment is None:
        return
    # Machines hear of it here, not with its audit row: whoever claims holds a hot row by then.
    audit.tell(system_actor("task"), f"course_seat_{status}", enrolment)
    sentence = SENTENCES.get(ClaimStatus(status))
    if sentence is None:
        return
    if status == ClaimStatus.EXPIRED and claim.reason:
        sentence = NEVER  # it ran out of time, not of an answer
    until = claim.due_at.astimezone(clock.SHANGHAI) if claim.due_at else None
    tell_learner(
        enrolment,
        event=f"course.{status}",
        key=f"course-{key}",
        sentence=sentence,
        reason=claim.reason[:150],
        until=f"{until:%m-%d %H:%M}" if until else "",
    )


@register_mover
def tell_moved(session: Session) -> None:
    for enrolment in Enrolment.objects.whole().open().filter(session=session):
        enrolment.session = session
        audit.tell(system_actor("task"), "course_moved", enrolment)
        tell_learner(
            enrolment,
            event="course.moved",
            key=f"course-moved:{session.pk}:{clock.now().timestamp()}:{enrolment.pk}",
            sentence=MOVED,
            place=session.place,
        )
