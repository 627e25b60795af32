"""What a party's people learn, and what all learn, as lists that sort, filter and export."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.verdict import Verdict, forbidden
from portal.parties.rules import can_manage_party
from training.courses.rules import can_run_training
from training.courses.states import CourseKind
from training.learning.models import Enrolment
from training.learning.parts import reason_in_words
from training.learning.states import Outcome

TONES = {"completed": "ok", "failed": "bad"}
OUTCOME = TableFilter(
    "outcome",
    _("Outcome"),
    lambda: Outcome.choices,
    lambda rows, value: rows.filter(outcome=value),
)
KIND = TableFilter(
    "kind",
    _("Kind"),
    lambda: CourseKind.choices,
    lambda rows, value: rows.filter(session__course__kind=value),
)


def can_see_ours(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("You speak for no party."))
    return can_manage_party(actor, actor.party)


def _ours(actor: Actor) -> QuerySet[Any]:
    return Enrolment.objects.filter(party=actor.party_id).whole()


def _everybodys(actor: Actor) -> QuerySet[Any]:
    return Enrolment.objects.visible_to(actor).whole()


def _hours(row: Enrolment) -> str:
    if row.attended_minutes is None or row.planned_minutes is None:
        return ""
    return f"{row.attended_minutes / 60:.1f} / {row.planned_minutes / 60:.1f}"


LEARNER = TableColumn(
    "learner",
    _("Learner"),
    lambda row: row.learner.name,
    url=lambda row: row.get_absolute_url(),
    sort="learner__name",
)
COURSE = TableColumn("course", _("Course"), lambda row: row.session.course.title)
BEGINS = TableColumn(
    "begins",
    _("Begins"),
    lambda row: row.session.starts_at,
    form="day",
    sort="session__starts_at",
)
SEAT = TableColumn("seat", _("Seat"), lambda row: row.get_status_display())
HOURS = TableColumn("hours", _("Hours, of those planned"), _hours)
CAME_OF_IT = TableColumn(
    "outcome",
    _("Outcome"),
    lambda row: row.get_outcome_display(),
    form="tag",
    tone=lambda row: TONES.get(row.outcome, ""),
    note=lambda row: reason_in_words(row.reason) if row.reason else "",
)
OF_PARTY = register_table(
    TableKind(
        name="courses_of_party",
        title=_("What our people learn"),
        url="learning_of_party",
        rows=_ours,
        may=can_see_ours,
        order="-session__starts_at",
        filters=(OUTCOME, KIND),
        columns=(LEARNER, COURSE, BEGINS, HOURS, SEAT, CAME_OF_IT),
    )
)
ALL_ENROLMENTS = register_table(
    TableKind(
        name="course_enrolments",
        title=_("Enrolments"),
        url="training_enrolments",
        rows=_everybodys,
        may=can_run_training,
        order="-session__starts_at",
        filters=(OUTCOME, KIND),
        columns=(
            LEARNER,
            TableColumn("party", _("Party"), lambda row: row.party.name, sort="party__name"),
            COURSE,
            BEGINS,
            HOURS,
            SEAT,
            CAME_OF_IT,
        ),
    )
)
