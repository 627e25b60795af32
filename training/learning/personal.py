"""What keeps a party open: a seat in a course that is still to come. A person's name as a learner
goes with them; that somebody learned stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User
from training.courses import states
from training.learning.models import Enrolment, Learner, LearningFeed

GONE = "—"


@register_obstacle
def has_no_seat_ahead(party: Party) -> Verdict:
    ahead = Enrolment.objects.open().filter(party=party, session__status__in=states.AHEAD)
    if ahead.exclude(session__form="open").exists():
        return conflict(_("Somebody of yours is enrolled in a course; withdraw first."))
    return ALLOWED


def tell_enrolments(person: User) -> list[dict[str, Any]]:
    rows = Enrolment.objects.filter(learner__user=person).order_by("claim__submitted_at")
    names = (
        *("session__course__code", "session__starts_at", "claim__status", "outcome"),
        *("ended_at", "attended_minutes", "planned_minutes"),
    )
    return [dict(row) for row in rows.values(*names)]


def forget_learner(person: User, own: Sequence[Party]) -> None:
    Learner.objects.filter(Q(user=person) | Q(party__in=own)).update(name=GONE)
    LearningFeed.objects.filter(user=person).delete()


register_holding("courses", tell_enrolments, forget_learner)
