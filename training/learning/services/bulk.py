"""Sessions as they were, written down at once: who enrolled, who was there, who did what. For the
demo and imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from portal.core import bulk
from portal.core.actor import Actor
from portal.seats.services import ClaimLife, bring_claims
from portal.seats.states import ClaimStatus
from training.courses.models import Lesson, Meeting, Session
from training.learning import rules
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment, Learner, LessonProgress, Presence
from training.learning.states import Way


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment with the steps of its claim, oldest first, the presences by meeting, and when
    each lesson was opened and done."""

    learner: Learner
    steps: Sequence[tuple[ClaimStatus, datetime]]
    presences: Sequence[tuple[Meeting, PresenceFields]] = ()
    lessons: Sequence[tuple[Lesson, datetime, datetime | None]] = ()
    due_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a party: an account, or a row of its team; `since`: from when they are there."""

    party_id: int
    user_id: int | None
    member_id: UUID | None
    name: str
    since: datetime


@transaction.atomic
def bring_learners(actor: Actor, *, people: Sequence[Person]) -> list[Learner]:
    """Who they are as learners, in their order: those there are, and new ones."""
    rules.can_bring_in_bulk(actor).require()
    parties = {one.party_id for one in people}
    rows = Learner.objects.filter(party__in=parties)
    known = {(row.party_id, row.user_id, row.member_id): row for row in rows}
    found = [_learner(known, one) for one in people]
    new = [row for row in known.values() if row.pk is None]
    bulk.number(new)
    bulk.insert(new)
    return found


def _learner(known: dict[tuple[int, int | None, UUID | None], Learner], person: Person) -> Learner:
    key = (person.party_id, person.user_id, person.member_id)
    if key not in known:
        known[key] = Learner(
            party_id=person.party_id,
            user_id=person.user_id,
            member_id=person.member_id,
            name=person.name[:40],
            created_at=person.since,
        )
    return known[key]


@transaction.atomic
def bring_enrolments(
    actor: Actor, *, session: Session, enrolled: Sequence[Enrolled]
) -> list[Enrolment]:
    """Those of one session."""
    return bring_many(actor, enrolled=[(session, one) for one in enrolled])


@transaction.atomic
def bring_many(actor: Actor, *, enrolled: Sequence[tuple[Session, Enrolled]]) -> list[Enrolment]:
    """Nobody is told, and the rules of then are not asked again; the database holds what it holds.
    What came of each is computed by the same rule, with `settle_brought`."""
    rules.can_bring_in_bulk(actor).require()
    lives = [
        ClaimLife(
            session.pool,
            one.learner.party_id,
            f"brought:{session.pk}",
            one.steps,
            due_at=one.due_at,
            subject=one.learner.subject,
            id=one.id,
        )
        for session, one in enrolled
    ]
    claims = bring_claims(actor, lives=lives)
    made = [
        Enrolment(claim=claim, session=session, learner=one.learner, party_id=one.learner.party_id)
        for claim, (session, one) in zip(claims, enrolled, strict=True)
    ]
    bulk.insert(made)
    _bring_presences(made, [one for _session, one in enrolled])
    _bring_progress(made, [one for _session, one in enrolled])
    return made


def _bring_presences(made: Sequence[Enrolment], enrolled: Sequence[Enrolled]) -> None:
    bulk.insert(
        [
            Presence(
                enrolment=enrolment,
                meeting=meeting,
                arrived_at=fields.arrived_at,
                left_at=fields.left_at,
                way=Way.QR,
                written_at=fields.arrived_at,
            )
            for enrolment, one in zip(made, enrolled, strict=True)
            for meeting, fields in one.presences
        ]
    )


def _bring_progress(made: Sequence[Enrolment], enrolled: Sequence[Enrolled]) -> None:
    bulk.insert(
        [
            LessonProgress(enrolment=enrolment, lesson=lesson, opened_at=opened, done_at=done)
            for enrolment, one in zip(made, enrolled, strict=True)
            for lesson, opened, done in one.lessons
        ]
    )


def last_lessons(enrolments: Sequence[Enrolment]) -> dict[UUID, datetime]:
    """When each did the last lesson that it did."""
    rows = LessonProgress.objects.filter(
        enrolment__in=[one.pk for one in enrolments], done_at__isnull=False
    )
    return dict(rows.order_by().values_list("enrolment").annotate(Max("done_at")))
