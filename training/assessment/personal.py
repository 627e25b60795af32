"""What quizzes, works and feedback hold of a person. That somebody passed stays; their words go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from portal.core.actor import system_actor
from portal.core.files import delete_file
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User
from training.assessment.models import Attempt, Feedback, Mark, Work, WorkFile

GONE = "—"


def tell_assessment(person: User) -> dict[str, list[dict[str, Any]]]:
    own = {"enrolment__learner__user": person}
    tries = Attempt.objects.filter(**own).order_by("started_at")
    works = Work.objects.filter(**own).order_by("handed_in_at")
    marks = Mark.objects.filter(marker=person, given_at__isnull=False).order_by("given_at")
    said = Feedback.objects.filter(**own).order_by("given_at")
    course = "enrolment__session__course__code"
    return {
        "quizzes": _rows(tries.values(course, "number", "submitted_at", "right", "asked")),
        "works": _rows(works.values(course, "number", "text", "handed_in_at", "score")),
        "marks": _rows(marks.values("work__code", "points", "words", "given_at")),
        "feedback": _rows(said.values(course, "stars", "words", "given_at")),
    }


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def forget_assessment(person: User, own: Sequence[Party]) -> None:
    theirs = Q(enrolment__learner__user=person) | Q(enrolment__party__in=own)
    Work.objects.filter(theirs).exclude(text="").update(text=GONE)
    Feedback.objects.filter(theirs).exclude(words="").update(words="")
    works = Work.objects.filter(theirs).values("pk")
    for row in WorkFile.objects.filter(work__in=works).select_related("file"):
        delete_file(system_actor("task"), file=row.file, why="its person was erased")


register_holding("assessment", tell_assessment, forget_assessment)
