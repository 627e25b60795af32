"""What learning tells the evaluation: hours that were planned and attended, hours of a year."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.evaluation import services as evaluation
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.evaluation.selectors import own_rating, remedies_for
from portal.evaluation.states import Door, Grade
from portal.parties.models import StaffMember
from portal.seats.states import ClaimStatus
from tests.conftest import person_of
from tests.evaluation.makers import providers_with_facts, quarter
from tests.factories import SYSTEM
from tests.training.making import course_fields, enrolled, lesson_fields, open_session
from tests.training.rated import (
    attended,
    method_with_completion,
    previewed,
    previewed_when_the_month_is_over,
)
from training.courses import services as courses
from training.learning import services
from training.learning.facts import (
    completion_facts,
    hours_facts,
    record_learning_facts,
    record_yearly_facts,
)
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment
from training.learning.selectors import recommended_for
from training.learning.services import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def long_course(code: str = "long", **changes):
    """At one's own pace, ten hours in two lessons."""
    course = courses.create_course(SYSTEM, fields=course_fields(code, kind="open", **changes))
    for title in ("一", "二"):
        fields = lesson_fields(title, minutes=300)
        courses.add_lesson(SYSTEM, course=course, fields=fields)
    return courses.publish_course(SYSTEM, course=course)


def finish(person, course) -> Enrolment:
    made = enrolled(person.actor, open_session(course), person.party)
    for lesson in course.lessons.order_by("position"):
        services.finish_lesson(person.actor, enrolment=made, lesson=lesson)
    made.refresh_from_db()
    return made


def test_each_ended_enrolment_of_a_provider_is_one_fact(provider, merchant, rival):
    session = open_session()
    first, _second = session.meetings.order_by("position")
    people = [
        Person(one.party.pk, one.user.pk, None, str(one.user), clock.now())
        for one in (provider, rival, merchant)
    ]
    there = [(first, PresenceFields(first.starts_at))]
    lives = [
        services.Enrolled(learner, [(ClaimStatus.CONFIRMED, clock.now())], presences=came)
        for learner, came in zip(
            services.bring_learners(SYSTEM, people=people), [there, [], there], strict=True
        )
    ]
    made = services.bring_enrolments(SYSTEM, session=session, enrolled=lives)
    assert completion_facts() == [], "nothing came of them yet"
    services.settle_brought(SYSTEM, enrolments=made, at=session.ends_at + 49 * HOUR)
    with clock.standing_at(session.ends_at + 50 * HOUR):
        assert (record_learning_facts(SYSTEM), record_learning_facts(SYSTEM)) == (2, 0)
    rows = Fact.objects.filter(measure="course_completion")
    assert dict(rows.values_list("party", "value")) == {provider.party.pk: 50, rival.party.pk: 0}
    own = rows.get(party=provider.party)
    assert (own.sample, own.door, own.grade) == (2, Door.PORTAL, Grade.PLATFORM)
    link = row_link(own.ref_kind)
    assert link.find(provider.actor, own.ref_id) == f"/learning/{own.ref_id}/"
    assert link.find(rival.actor, own.ref_id) is None
    assert link.find(rival.actor, "no key") is None


def test_hours_of_a_year_are_divided_by_the_team_and_by_no_fewer_than_learned(provider):
    with clock.standing_at(clock.now() - timedelta(days=70)):
        for number in range(4):
            StaffMember.objects.create(
                party=provider.party, name=f"员工{number}", role="host", joined_at=clock.now()
            )
        finish(provider, long_course())
    assert (record_yearly_facts(SYSTEM), record_yearly_facts(SYSTEM)) == (1, 0)
    [fact] = Fact.objects.filter(measure="training_hours")
    assert (fact.value, fact.sample) == (2.5, 4)
    assert fact.ends_on == clock.today().replace(day=1) - timedelta(days=1)
    StaffMember.objects.update(left_at=clock.now() - timedelta(days=69))
    assert [row.sample for row in hours_facts(months=2)] == [1], "who learned is a head"


def test_weak_indicator_leads_to_a_course_and_the_next_preview_shows_it(rival):
    """Completion is weak, a course is recommended for it; finished, it counts a month later."""
    weak = providers_with_facts()[2]
    person = person_of(weak)
    _period, ends_on = quarter()
    with clock.standing_at(clock.now() - HOUR):
        evaluation.record_facts(SYSTEM, facts=[attended(weak.pk, ends_on, 22)])
    course = long_course("completion", indicators=("I1",))
    method = method_with_completion()
    first = previewed(method, ends_on)
    before = own_rating(weak).board.lines["I1"].steps
    assert (before.raw, first.period) == (22, f"{ends_on:%Y-%m}")
    [offered] = recommended_for(person.actor)
    assert (offered.course, offered.indicator) == (course, "I1")
    [remedy] = remedies_for(["I1"])["I1"]
    assert remedy.url == "/courses/completion/"

    assert finish(person, course).outcome == "completed"
    assert recommended_for(person.actor) == []
    record_learning_facts(SYSTEM)
    previewed_when_the_month_is_over(method)
    after = own_rating(weak).board.lines["I1"].steps
    assert (after.raw, after.sample) == (61, 20), "ten hours of 22%, ten of all"
    assert after.score > before.score
