"""Two people mark a work, each without the other; a third where they are far apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.notices.services import notify
from portal.parties.models import Membership
from training.assessment import rules, states
from training.assessment.models import Mark, Marker, Work
from training.assessment.states import WorkStatus
from training.courses.rules import can_run_training
from training.engine import marking
from training.learning.services import settle_enrolment
from training.learning.services.enrolments import lock_enrolment
from training.learning.services.telling import tell_learner

MOST_AT_ONCE = 500
DAY = timedelta(days=1)  # so long is looked back for who is to be reminded
TO_MARK = gettext_noop("A work of “%(course)s” waits for your mark until %(until)s.")
LATE = gettext_noop("The mark of a work of “%(course)s” is late: it was due %(until)s.")
PASSED = gettext_noop("Your work in “%(course)s” has been marked: %(score)s of 100, passed.")
NOT_PASSED = gettext_noop(
    "Your work in “%(course)s” has been marked: %(score)s of 100, not passed; see what to mend."
)


def ask_markers(work: Work) -> None:
    """As many as are missing: two, and a third once the two are too far apart. Whoever has the
    fewest to mark is asked first; never the learner or somebody of their party."""
    marks = list(work.marks.order_by("place"))
    given = [mark for mark in marks if mark.given_at is not None]
    wanted = 3 if len(given) >= 2 else 2
    free = _free_markers(work) if len(marks) < wanted else []
    for place, user_id in enumerate(free[: wanted - len(marks)], start=len(marks) + 1):
        _ask(work, user_id, place)


@transaction.atomic
def give_mark(actor: Actor, *, mark: Mark, points: Sequence[int], words: str) -> Mark:
    """Once. The second of two that agree, or the third, says what comes of the work."""
    enrolment = lock_enrolment(mark.work.enrolment)
    work = Work.objects.select_for_update(of=("self",), no_key=True).whole().get(pk=mark.work_id)
    work.enrolment = enrolment
    mark = Mark.objects.select_for_update(of=("self",), no_key=True).get(pk=mark.pk)
    rules.can_mark(actor, mark).require()
    criteria = list(work.assignment.criteria.order_by("position"))
    rules.mark_is_sound(points, words, criteria).require()
    mark.points, mark.words, mark.given_at = list(points), words.strip(), clock.now()
    mark.save(update_fields=["points", "words", "given_at"])
    audit.record(actor, "give_mark", mark)
    _conclude(actor, work, sum(one.points for one in criteria))
    return mark


@transaction.atomic
def ask_another(actor: Actor, *, mark: Mark) -> Mark:
    """Somebody else marks in place of who has not."""
    can_run_training(actor).require()
    work = Work.objects.select_for_update(of=("self",), no_key=True).whole().get(pk=mark.work_id)
    mark = Mark.objects.select_for_update(of=("self",), no_key=True).get(pk=mark.pk)
    if mark.given_at is not None:
        raise Refused(conflict(_("This mark has been given.")))
    free = _free_markers(work)
    if not free:
        raise Refused(conflict(_("There is no other marker; name one in the assignment.")))
    mark.marker_id, mark.asked_at = free[0], clock.now()
    mark.due_at = clock.now() + timedelta(days=work.assignment.days)
    mark.save(update_fields=["marker", "asked_at", "due_at"])
    audit.record(actor, "ask_another_marker", mark)
    _tell_marker(work, mark, "asked", TO_MARK)
    return mark


@transaction.atomic
def replace_late(actor: Actor, *, work: Work) -> int:
    """Others in place of whoever is late; how many."""
    can_run_training(actor).require()
    late = work.marks.filter(given_at=None, due_at__lt=clock.now()).order_by("place")
    if not late:
        raise Refused(conflict(_("No marker of this work is late.")))
    return len([ask_another(actor, mark=mark) for mark in late])


def sweep_marks(actor: Actor) -> int:
    """Works that lack a marker find one; who is late is reminded once. How many were asked."""
    asked = 0
    lacking = Work.objects.waiting().annotate(
        asked=Count("marks"), open=Count("marks", filter=Q(marks__given_at=None))
    )
    lacking = lacking.filter(Q(asked__lt=2) | Q(asked=2, open=0)).order_by("handed_in_at")
    for work in lacking[:MOST_AT_ONCE]:
        asked += _ask_again(work)
    now = clock.now()
    late = Mark.objects.open().filter(due_at__lt=now, due_at__gte=now - DAY).order_by("due_at")
    for mark in late.select_related("work__assignment__course")[:MOST_AT_ONCE]:
        _tell_marker(mark.work, mark, "late", LATE)
    return asked


@transaction.atomic
def _ask_again(work: Work) -> int:
    work = Work.objects.select_for_update(of=("self",), no_key=True).whole().get(pk=work.pk)
    before = work.marks.count()
    if work.status == WorkStatus.WAITING:
        ask_markers(work)
    return work.marks.count() - before


def _free_markers(work: Work) -> list[int]:
    own = Membership.objects.filter(party=work.enrolment.party_id).values("user")
    rows = Marker.objects.filter(assignment=work.assignment_id, user__is_active=True)
    rows = rows.exclude(user__in=own).exclude(user__in=work.marks.values("marker"))
    if work.enrolment.learner.user_id is not None:
        rows = rows.exclude(user=work.enrolment.learner.user_id)
    waiting = Count("user__marks", filter=Q(user__marks__given_at=None))
    return list(rows.annotate(n=waiting).order_by("n", "pk").values_list("user", flat=True))


def _ask(work: Work, user_id: int, place: int) -> None:
    now = clock.now()
    mark = Mark.objects.create(
        work=work,
        marker_id=user_id,
        place=place,
        asked_at=now,
        due_at=now + timedelta(days=work.assignment.days),
    )
    _tell_marker(work, mark, "asked", TO_MARK)


def _tell_marker(work: Work, mark: Mark, what: str, sentence: str) -> None:
    """Of the course and the day alone."""
    until = mark.due_at.astimezone(clock.SHANGHAI)
    notify(
        [mark.marker_id],
        party_id=None,
        event=f"marking.{what}",
        key=f"mark-{what}:{mark.pk}:{mark.marker_id}",
        sentence=sentence,
        params={"course": work.assignment.course.title_zh, "until": f"{until:%Y-%m-%d %H:%M}"},
        url=mark.get_absolute_url(),
    )


def _conclude(actor: Actor, work: Work, most: int) -> None:
    given = work.marks.filter(given_at__isnull=False).order_by("place")
    totals = [sum(points or ()) for points in given.values_list("points", flat=True)]
    agreed = marking.agree(
        totals, most, apart=work.assignment.apart, least=work.assignment.pass_mark
    )
    if agreed is None:
        ask_markers(work)
        return
    assert WorkStatus.MARKED in states.WORK_TRANSITIONS[work.status]
    work.status, work.marked_at = WorkStatus.MARKED, clock.now()
    work.score, work.is_passed = agreed.score, agreed.passes
    work.save(update_fields=["status", "score", "is_passed", "marked_at"])
    audit.record(actor, "work_is_marked", work, after={"score": work.score})
    tell_learner(
        work.enrolment,
        event="course.marked",
        key=f"work-marked:{work.pk}",
        sentence=PASSED if work.is_passed else NOT_PASSED,
        score=f"{work.score / 100:.1f}",
    )
    settle_enrolment(actor, enrolment=work.enrolment)
