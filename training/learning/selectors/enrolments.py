"""Who of a party learns what, and what they have completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from portal.core.actor import Actor
from portal.parties.models import Membership, Party, StaffMember
from training.courses.models import Course, Session
from training.learning.finishers import voids
from training.learning.models import Enrolment, EnrolmentQuerySet, Learner


def same_person(learner: Learner) -> Q:
    """Enrolments of this learner, and of the same account for other parties."""
    if learner.user_id is None:
        return Q(learner=learner.pk)
    return Q(learner=learner.pk) | Q(learner__user=learner.user_id)


def counting_completions() -> EnrolmentQuerySet:
    """But those that were declared void."""
    rows = Enrolment.objects.completed()
    for void in voids():
        rows = rows.exclude(void)
    return rows


def last_completions(learner: Learner, courses: Sequence[int]) -> dict[int, Enrolment]:
    """By course: the newest completion that still counts."""
    rows = counting_completions().filter(same_person(learner), session__course__in=courses)
    found: dict[int, Enrolment] = {}
    for row in rows.select_related("session").order_by("ended_at"):
        found[row.session.course_id] = row
    return found


def missing_prerequisites(course: Course, learner: Learner | None) -> list[Course]:
    needed = Course.objects.filter(opens__course=course).order_by("code")
    if learner is None or learner.pk is None:
        return list(needed)
    done = counting_completions().filter(same_person(learner))
    return list(needed.exclude(pk__in=done.values("session__course")))


def taken_by(session: Session, party: Party, besides: Learner) -> int:
    """Open claims of the party's other people."""
    rows = Enrolment.objects.open().filter(session=session, party=party)
    return rows.exclude(learner=besides).count()


def learners_of(actor: Actor) -> list[Learner]:
    """Who the acting person is, as a learner of the party they speak for."""
    rows = Learner.objects.filter(user=actor.user_id, user__isnull=False)
    return list(rows.filter(party=actor.party_id) if actor.party_id else rows)


def enrolment_of(actor: Actor, session: Session) -> Enrolment | None:
    """One's own in this session for the party one speaks for: the open one, else the newest."""
    if actor.user_id is None:
        return None
    rows: EnrolmentQuerySet = Enrolment.objects.whole().filter(
        session=session, learner__user=actor.user_id
    )
    if actor.party_id is not None:
        rows = rows.filter(party=actor.party_id)
    found = list(rows.order_by("-claim__submitted_at"))
    return next((one for one in found if one.claim.is_open), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class PersonOfParty:
    """Somebody a party may enrol; `key`: how a form names them."""

    key: str
    name: str
    user_id: int | None
    member: StaffMember | None
    enrolment: Enrolment | None


def people_of(party: Party, session: Session) -> list[PersonOfParty]:
    """Its accounts, then its team, each with its open enrolment in this session."""
    rows = Enrolment.objects.open().filter(session=session, party=party)
    enrolled = list(rows.select_related("claim", "learner"))
    by_user = {one.learner.user_id: one for one in enrolled if one.learner.user_id}
    by_member = {one.learner.member_id: one for one in enrolled if one.learner.member_id}
    accounts = Membership.objects.filter(party=party).select_related("user").order_by("pk")
    team = StaffMember.objects.working().filter(party=party).order_by("joined_at", "pk")
    return [
        *(
            PersonOfParty(f"u{m.user_id}", str(m.user), m.user_id, None, by_user.get(m.user_id))
            for m in accounts
        ),
        *(PersonOfParty(f"m{s.pk}", s.name, None, s, by_member.get(s.pk)) for s in team),
    ]
