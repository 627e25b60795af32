"""Two markers at the same moment, and one who presses twice."""

from __future__ import annotations

import pytest

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests import factories
from tests.training.assessment.making import practical_course, seated
from training.assessment import services
from training.assessment.models import Mark, Work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def markers(merchant, agency, creator):
    return {one.user.pk: one for one in (merchant, agency, creator)}


def handed_in(provider, markers):
    made = seated(provider, practical_course(list(markers)))
    return made, services.hand_in_work(provider.actor, enrolment=made, text="流程表")


def giving(markers, mark, total):
    points = (min(total, 60), max(0, total - 60))
    who = markers[mark.marker_id].actor
    return lambda: services.give_mark(who, mark=mark, points=points, words="可以执行。")


def test_two_marks_of_one_moment_come_to_one_result(provider, markers):
    made, work = handed_in(provider, markers)
    first, second = work.marks.order_by("place")
    factories.at_once(
        giving(markers, first, 70),
        giving(markers, second, 81),
        behind=Work.objects.filter(pk=work.pk),
    )
    work.refresh_from_db()
    made.refresh_from_db()
    assert (work.status, work.score, made.outcome) == ("marked", 7550, "completed")
    assert work.marks.count() == 2
    assert AuditEntry.objects.filter(verb="work_is_marked").count() == 1
    assert Notice.objects.filter(user=provider.user, event="course.marked").count() == 1


def test_two_marks_of_one_moment_far_apart_call_one_third(provider, markers):
    _made, work = handed_in(provider, markers)
    first, second = work.marks.order_by("place")
    factories.at_once(
        giving(markers, first, 20),
        giving(markers, second, 90),
        behind=Work.objects.filter(pk=work.pk),
    )
    work.refresh_from_db()
    assert (work.status, work.marks.count()) == ("waiting", 3)
    third = work.marks.get(place=3)
    assert third.marker_id not in {first.marker_id, second.marker_id}


def test_one_marker_who_presses_sixteen_times_marks_once(provider, markers):
    _made, work = handed_in(provider, markers)
    mark = work.marks.get(place=1)
    answers = factories.at_once(*[giving(markers, mark, 40 + n) for n in range(16)])
    refusals = [one for one in answers if isinstance(one, Refused)]
    assert len(refusals) == 15
    assert {one.verdict.status for one in refusals} == {409}
    assert Mark.objects.exclude(given_at=None).count() == 1
    work.refresh_from_db()
    assert work.status == "waiting"
