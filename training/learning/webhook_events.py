"""What machines are told of courses: the party whose people learn. Never a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.webhooks.catalogue import register_event
from training.learning.models import Enrolment


def enrolment_data(enrolment: Enrolment, told: int) -> dict[str, Any]:
    """`status`: of its seat at this moment; `due_at`: until when an offered seat is kept."""
    session, due_at = enrolment.session, enrolment.claim.due_at
    return {
        "enrolment": str(enrolment.pk),
        "learner": enrolment.learner_id,
        "course": session.course.code,
        "session": session.pk,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "status": enrolment.status,
        "due_at": due_at.isoformat() if due_at else None,
        "outcome": enrolment.outcome,
        "reason": enrolment.reason or enrolment.claim.reason,
    }


def the_party(enrolment: Enrolment) -> Iterator[int]:
    yield enrolment.party_id


EXAMPLE: dict[str, Any] = {
    "enrolment": "3f8f1c52-1f9b-4f0e-9f55-0c5a3a4d7e21",
    "learner": 412,
    "course": "live-basics",
    "session": 57,
    "starts_at": "2026-06-11T06:00:00+00:00",
    "ends_at": "2026-06-12T08:00:00+00:00",
    "status": "confirmed",
    "due_at": None,
    "outcome": "none",
    "reason": "",
}

for name, title, verb, changes in (
    ("course.enrolled", _("Somebody has a seat in a course"), "course_seat_confirmed", {}),
    (
        "course.waiting",
        _("Somebody stands in line for a course"),
        "course_seat_waiting",
        {"status": "waiting"},
    ),
    (
        "course.offered",
        _("A freed seat in a course is kept for somebody"),
        "course_seat_offered",
        {"status": "offered", "due_at": "2026-06-08T06:00:00+00:00"},
    ),
    (
        "course.offer_lapsed",
        _("A kept seat in a course was not taken up, or none was freed"),
        "course_seat_expired",
        {"status": "expired"},
    ),
    (
        "course.withdrawn",
        _("Somebody gave their seat or place in line in a course back"),
        "course_seat_withdrawn",
        {"status": "withdrawn"},
    ),
    (
        "course.cancelled",
        _("A session of a course does not take place"),
        "course_seat_cancelled",
        {"status": "cancelled", "reason": "讲师生病，另行安排。"},
    ),
    ("course.moved", _("A session of a course has another time or place"), "course_moved", {}),
    (
        "course.completed",
        _("Somebody completed a course"),
        "course_completed",
        {"status": "present", "outcome": "completed"},
    ),
    (
        "course.failed",
        _("Somebody did not complete a course"),
        "course_failed",
        {"status": "present", "outcome": "failed", "reason": "attendance"},
    ),
):
    register_event(
        name,
        title,
        of="learning.enrolment",
        verbs=(verb,),
        parties=the_party,
        data=enrolment_data,
        example=EXAMPLE | changes,
    )
