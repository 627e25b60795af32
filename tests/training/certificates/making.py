"""People who completed a course that gives a certificate."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from portal.core import clock
from portal.parties.models import Party, User
from portal.seats.states import ClaimStatus
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.training.making import enrolled, open_session, published_course
from training.certificates.models import Certificate
from training.courses.models import Course, Session
from training.learning import services as learning
from training.learning.models import Enrolment, Learner
from training.learning.services import Enrolled


def course(code: str = "live-basics", **changes: Any) -> Course:
    """One lesson, at one's own pace, with a certificate for a year."""
    given = {"kind": "open", "certificate_months": 12, "lessons": 1}
    return published_course(code, **(given | changes))


def finished(person: Person, session: Session, **changes: Any) -> Enrolment:
    """Enrols and reads the lesson."""
    assert person.party is not None
    made = enrolled(person.actor, session, person.party, **changes)
    lesson = session.course.lessons.get()
    learning.finish_lesson(person.actor, enrolment=made, lesson=lesson)
    return Enrolment.objects.whole().get(pk=made.pk)


def certified(person: Person, of: Course | None = None, *, at: datetime | None = None) -> Any:
    """The certificate of somebody who completed the course, now or at another moment."""
    with clock.standing_at(at or clock.now()):
        made = finished(person, open_session(of or course(), seats=50))
    return Certificate.objects.whole().get(enrolment=made)


def many_completed(of: Course, party: Party, number: int, *, ago: int = 30) -> list[Enrolment]:
    """So many people of the party's team completed the course without a certificate: `of` gave
    none at that time."""
    then = clock.now() - timedelta(days=ago)
    lesson = of.lessons.get()
    with clock.standing_at(then - timedelta(days=2)):
        session = open_session(of, seats=number + 5)
    accounts = User.objects.bulk_create(
        User(email=f"learner-{of.pk}-{n}@example.com", name=f"学员{n:04d}") for n in range(number)
    )
    people = Learner.objects.bulk_create(
        Learner(party=party, user=user, name=user.name, created_at=then) for user in accounts
    )
    steps = [(ClaimStatus.CONFIRMED, then), (ClaimStatus.PRESENT, then)]
    rows = [Enrolled(one, steps, lessons=[(lesson, then, then)]) for one in people]
    made = learning.bring_enrolments(SYSTEM, session=session, enrolled=rows)
    whole = list(Enrolment.objects.whole().filter(pk__in=[one.pk for one in made]))
    learning.settle_brought(SYSTEM, enrolments=whole, at=then)
    return whole
