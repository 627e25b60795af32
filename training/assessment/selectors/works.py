"""Works as a learner, a marker, an instructor and the evaluation see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from portal.core.actor import Actor
from portal.parties.models import User
from training.assessment.models import Attempt, Criterion, Feedback, Mark, Work
from training.assessment.states import WorkStatus
from training.courses.models import Session
from training.learning.models import Enrolment
from training.learning.selectors import Progress, progress_of_many

LEAST_FEEDBACK = 5  # below it a voice would be somebody's


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with the mean of the points it was given."""

    criterion: Criterion
    points: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A work that is marked: the mean of each criterion, and what the markers said, nameless."""

    work: Work
    lines: tuple[Line, ...]
    words: tuple[str, ...]


def judged_of(works: Sequence[Work]) -> dict[UUID, Judged]:
    """Of those that are marked; two queries, however many."""
    marked = [one for one in works if one.status == WorkStatus.MARKED]
    marks: dict[UUID, list[Mark]] = {one.pk: [] for one in marked}
    for mark in Mark.objects.filter(work__in=list(marks), given_at__isnull=False).order_by("place"):
        marks[mark.work_id].append(mark)
    courses = {one.assignment_id for one in marked}
    criteria = list(Criterion.objects.filter(assignment__in=courses).order_by("position"))
    return {
        one.pk: Judged(
            one,
            tuple(
                Line(row, _mean([(mark.points or [])[place] for mark in marks[one.pk]]))
                for place, row in enumerate(
                    row for row in criteria if row.assignment_id == one.assignment_id
                )
            ),
            tuple(mark.words for mark in marks[one.pk]),
        )
        for one in marked
    }


def _mean(points: Sequence[int]) -> float:
    return sum(points) / len(points) if points else 0.0


def other_marks(mark: Mark) -> list[Mark]:
    """What the others gave, once one has given one's own; nobody's name stands there."""
    if mark.given_at is None:
        return []
    rows = Mark.objects.filter(work=mark.work_id, given_at__isnull=False)
    return list(rows.exclude(pk=mark.pk).order_by("place"))


def marks_to_give(actor: Actor) -> QuerySet[Mark]:
    if actor.user_id is None:
        return Mark.objects.none()
    rows = Mark.objects.open().filter(marker=actor.user_id)
    return rows.select_related("work__assignment__course")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Somebody of a session with each part of their course, for who teaches it."""

    enrolment: Enrolment
    progress: Progress


def results_of(session: Session) -> list[ResultRow]:
    rows = list(
        Enrolment.objects.whole().seated().filter(session=session).order_by("learner__name")
    )
    progress = progress_of_many(rows)
    return [ResultRow(one, progress[one.pk]) for one in rows]


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """Below five answers nothing but how many there are."""

    count: int
    mean: float | None = None
    stars: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.count >= LEAST_FEEDBACK

    @property
    def missing(self) -> int:
        return max(0, LEAST_FEEDBACK - self.count)


def feedback_of(session: Session) -> FeedbackSummary:
    """Words in the order of the alphabet: that of time would say whose they are."""
    rows = list(Feedback.objects.filter(session=session).values_list("stars", "words"))
    if len(rows) < LEAST_FEEDBACK:
        return FeedbackSummary(len(rows))
    stars = [one for one, _words in rows]
    return FeedbackSummary(
        len(rows),
        sum(stars) / len(stars),
        tuple((n, stars.count(n)) for n in range(5, 0, -1)),
        tuple(sorted(words for _stars, words in rows if words)),
    )


@dataclass(frozen=True, slots=True)
class PracticalResult:
    """The best marked work of an enrolment, 0 to 100: what the evaluation's T5 is fed with."""

    enrolment_id: UUID
    party_id: int
    learner_id: int
    score: float
    marked_at: datetime


def practical_results(starts: datetime, ends: datetime) -> list[PracticalResult]:
    """Of works marked from `starts` to before `ends`; one of each enrolment, its best."""
    rows = Work.objects.filter(
        status=WorkStatus.MARKED, marked_at__gte=starts, marked_at__lt=ends
    ).order_by()
    found = rows.values_list("enrolment", "enrolment__party", "enrolment__learner").annotate(
        best=Max("score"), last=Max("marked_at")
    )
    return [
        PracticalResult(key, party, learner, best / 100, last)
        for key, party, learner, best, last in sorted(found, key=lambda row: (row[4], str(row[0])))
    ]


def running_attempts(actor: Actor) -> QuerySet[Attempt]:
    """One's own that wait to be handed in."""
    rows = Attempt.objects.running().filter(enrolment__learner__user=actor.user_id)
    return rows.select_related("enrolment__session__course").order_by("due_at")


def accounts_by_address(addresses: Sequence[str]) -> dict[str, int | None]:
    """The account of each mail address, in their order; None: there is none."""
    wanted = list(dict.fromkeys(address.casefold() for address in addresses))
    rows = User.objects.filter(email__in=wanted, is_active=True)
    known = {(mail or "").casefold(): key for mail, key in rows.values_list("email", "pk")}
    return {address: known.get(address) for address in wanted}
