"""A session as it was said, to be said again with something changed."""

from __future__ import annotations

from training.courses.fields import SessionFields
from training.courses.models import Session

PLAIN = (
    *("joins_until", "cancels_until", "finishes_until", "most_per_party"),
    *("city_id", "venue", "link"),
)


def fields_of(session: Session) -> SessionFields:
    hours = session.meetings.order_by("position").values_list("starts_at", "ends_at")
    return SessionFields(
        **{name: getattr(session, name) for name in PLAIN},
        opens_at=session.occasion.opens_at,
        seats=session.pool.capacity,
        offer_hours=session.occasion.offer_minutes // 60,
        meetings=tuple(hours),
        starts_at=session.starts_at if session.is_own_pace else None,
        ends_at=session.ends_at if session.is_own_pace else None,
        instructors=tuple(session.instructors.values_list("user", flat=True)),
    )
