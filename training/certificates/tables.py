"""Certificates as lists that sort, filter and export: those of a party's people, and all."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from training.certificates import rules, selectors
from training.certificates.models import Certificate
from training.certificates.states import SOON, CertificateStatus
from training.courses.models import Course

ENDING = "ending"


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    if value == ENDING:
        until = today + SOON
        return rows.filter(
            status=CertificateStatus.VALID, renewal=None, expires_on__range=(today, until)
        )
    if value == CertificateStatus.VALID:
        return rows.filter(status=value, expires_on__gte=today)
    if value == CertificateStatus.EXPIRED:
        return rows.exclude(status=CertificateStatus.REVOKED).filter(expires_on__lt=today)
    return rows.filter(status=value)


STATE = TableFilter(
    "state",
    _("State"),
    lambda: [*CertificateStatus.choices, (ENDING, _("Ends within 60 days"))],
    _in_state,
)


def _courses() -> list[tuple[str, str]]:
    rows = Course.objects.exclude(certificates=None).order_by("code").distinct()
    return [(course.code, course.title) for course in rows]


COURSE = TableFilter(
    "course", _("Course"), _courses, lambda rows, value: rows.filter(course__code=value)
)


def _ends(row: Certificate) -> str:
    if not row.is_valid or row.renewed_by is not None:
        return ""
    return "warn" if row.days_left <= SOON.days else ""


def _link(row: Certificate) -> str:
    return row.get_absolute_url()


COURSE_TITLE = TableColumn("course", _("Course"), lambda row: row.course.title, sort="course")
NUMBER = TableColumn("number", _("Number"), lambda row: row.written_number)
COMPLETED = TableColumn(
    "completed", _("Completed on"), lambda row: row.completed_on, form="day", sort="completed_on"
)
EXPIRES = TableColumn(
    "expires",
    _("Holds until"),
    lambda row: row.expires_on,
    form="day",
    sort="expires_on",
    tone=_ends,
)
STATUS = TableColumn(
    "status", _("State"), lambda row: row.state_label, form="tag", tone=lambda row: row.tone
)

TEAM = register_table(
    TableKind(
        name="team_certificates",
        title=_("Certificates of our people"),
        url="certificate_team",
        rows=selectors.team_certificates,
        may=rules.can_list_team,
        order="expires_on",
        filters=(STATE, COURSE),
        columns=(
            TableColumn("name", _("Name"), lambda row: row.name, url=_link, sort="name"),
            COURSE_TITLE,
            NUMBER,
            COMPLETED,
            EXPIRES,
            STATUS,
        ),
    )
)


def _all(actor: Actor) -> QuerySet[Any]:
    rows = Certificate.objects.visible_to(actor).whole()
    return rows.annotate(party_name=F("enrolment__party__name"))


DESK = register_table(
    TableKind(
        name="certificates",
        title=_("Certificates of courses"),
        url="certificate_desk",
        rows=_all,
        may=rules.can_run_certificates,
        order="-issued_at",
        filters=(STATE, COURSE),
        columns=(
            TableColumn("number", _("Number"), lambda row: row.written_number, url=_link),
            TableColumn("holder", _("Holder"), lambda row: row.masked),
            TableColumn("party", _("Party"), lambda row: row.party_name, sort="party_name"),
            COURSE_TITLE,
            TableColumn(
                "issued", _("Issued"), lambda row: row.issued_at, form="moment", sort="issued_at"
            ),
            EXPIRES,
            TableColumn("reason", _("Reason"), lambda row: row.reason, is_shown=False),
            STATUS,
        ),
    )
)
