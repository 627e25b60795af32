"""Who has no certificate yet, who renews which, and what stands on the pages and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.documents import qr_drawing
from portal.core.models import Job
from training.certificates.models import Certificate, CertificateQuerySet
from training.certificates.states import SOON, CertificateStatus, normal_number
from training.courses.models import Course
from training.engine.validity import months_later
from training.learning.models import Enrolment, EnrolmentQuerySet, Learner

ISSUE = "certificates.issue"  # the kind of job
Person = tuple[str, int]


def certificate_numbered(typed: str) -> Certificate | None:
    """By its number, however it was typed."""
    number = normal_number(typed)
    return Certificate.objects.whole().filter(number=number).first() if number else None


# --- issuing --------------------------------------------------------------------------------------


def without_certificate(course: Course) -> EnrolmentQuerySet:
    """Completions of the course that would still hold today, and have no certificate; the oldest
    first, so that a renewal comes behind what it renews."""
    if course.certificate_months is None:
        return Enrolment.objects.none()
    oldest = months_later(clock.today(), -course.certificate_months)
    since = datetime.combine(oldest, time(), clock.SHANGHAI)
    rows: EnrolmentQuerySet = Enrolment.objects.completed().filter(
        session__course=course, certificate=None, ended_at__gte=since
    )
    return rows.order_by("ended_at", "pk")


def courses_to_issue() -> QuerySet[Course, Any]:
    """Those that give certificates, with how many they gave and how many of these hold."""
    today = clock.today()
    holds = Q(certificates__status=CertificateStatus.VALID, certificates__expires_on__gte=today)
    return (
        Course.objects.exclude(certificate_months=None)
        .exclude(published_at=None)
        .annotate(issued=Count("certificates"), holding=Count("certificates", filter=holds))
        .order_by("code")
    )


def runs_of_issue() -> QuerySet[Job, Any]:
    return Job.objects.filter(kind=ISSUE).select_related("created_by").order_by("-created_at")


def person_of(learner: Learner) -> Person:
    """Whom a renewal follows: an account, whichever party it learned for, else one of a team."""
    return ("user", learner.user_id) if learner.user_id is not None else ("learner", learner.pk)


def renewable(enrolments: Sequence[Enrolment]) -> dict[tuple[int, Person], Certificate]:
    """By course and person: the newest certificate that was neither taken back nor renewed."""
    learners = [one.learner for one in enrolments]
    users = {one.user_id for one in learners if one.user_id is not None}
    theirs = Q(enrolment__learner__in={one.pk for one in learners})
    theirs |= Q(enrolment__learner__user__in=users)
    rows = (
        Certificate.objects.standing()
        .exclude(status=CertificateStatus.REVOKED)
        .filter(theirs, course__in={one.session.course_id for one in enrolments})
        .select_related("enrolment__learner")
    )
    return {(row.course_id, person_of(row.learner)): row for row in rows.order_by("expires_on")}


# --- lists ----------------------------------------------------------------------------------------


def own_certificates(actor: Actor) -> CertificateQuerySet:
    """The acting person's, for whichever party they learned; the newest first."""
    return Certificate.objects.whole().of_person(actor.user_id).order_by("-issued_at", "-pk")


def team_certificates(actor: Actor) -> CertificateQuerySet:
    """Of everybody of the party."""
    rows = Certificate.objects.whole().filter(enrolment__party=actor.party_id)
    return rows.annotate(name=F("enrolment__learner__name"))


def ending_soon(actor: Actor, *, of_team: bool) -> CertificateQuerySet:
    """One's own, or those of the party's other people, to renew by now; the first to end first."""
    rows = Certificate.objects.select_related("course", "renewal").ending(clock.today() + SOON)
    if of_team:
        rows = rows.filter(enrolment__party=actor.party_id)
        rows = rows.exclude(enrolment__learner__user=actor.user_id)
    else:
        rows = rows.of_person(actor.user_id)
    return rows.order_by("expires_on", "pk")


def figures() -> list[dict[str, Any]]:
    """What the desk shows at its head."""
    today = clock.today()
    valid = Q(status=CertificateStatus.VALID, expires_on__gte=today)
    counts = Certificate.objects.aggregate(
        valid=Count("pk", filter=valid),
        ending=Count("pk", filter=valid & Q(renewal=None, expires_on__lte=today + SOON)),
        over=Count("pk", filter=Q(expires_on__lt=today) & ~Q(status=CertificateStatus.REVOKED)),
        revoked=Count("pk", filter=Q(status=CertificateStatus.REVOKED)),
    )
    labels = (
        ("valid", _("Valid today")),
        ("ending", _("End within 60 days")),
        ("over", _("Expired")),
        ("revoked", _("Revoked")),
    )
    desk = reverse("certificate_desk")
    asked = {"over": CertificateStatus.EXPIRED.value}
    return [
        {"label": label, "value": counts[name], "url": f"{desk}?state={asked.get(name, name)}"}
        for name, label in labels
    ]


# --- paper ----------------------------------------------------------------------------------------


def address_of(certificate: Certificate) -> str:
    return f"{settings.SITE_URL}{certificate.get_absolute_url()}"


def drawing_of(certificate: Certificate) -> str:
    return qr_drawing(address_of(certificate))


def paper_of(certificate: Certificate) -> dict[str, Any]:
    """The data of the PDF: both languages on one sheet; the same certificate, the same bytes."""
    return {
        "number": certificate.written_number,
        "address": address_of(certificate).removeprefix("https://"),
        "drawing": drawing_of(certificate),
        "zh": _paper_in("zh-hans", certificate),
        "en": _paper_in("en", certificate),
    }


def _paper_in(language: str, certificate: Certificate) -> dict[str, Any]:
    hours = round((certificate.enrolment.attended_minutes or 0) / 60, 1)
    with translation.override(language):
        return {
            "brand": _("Trilink"),
            "title": _("Certificate of completion"),
            "says": _("This certifies that"),
            "holder": certificate.holder,
            "of": certificate.party.name,
            "completed": _("has completed the course"),
            "course": certificate.course.title,
            "facts": [
                [_("Completed on"), _day(certificate.completed_on)],
                [_("Holds until"), _day(certificate.expires_on)],
                [_("Hours of study"), f"{hours:g}"],
            ],
            "number_label": _("Number"),
            "check": _("Scan, or type the number at this address, to see whether it holds today."),
        }


def _day(day: Any) -> str:
    return date_format(day, "Y-m-d")


def poster_of(certificate: Certificate) -> dict[str, Any]:
    """What the picture to share says, in the reader's language."""
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "brand": _("Trilink"),
        "title": _("Certificate of completion"),
        "holder": certificate.holder,
        "of": certificate.party.name,
        "course": certificate.course.title,
        "facts": [
            [_("Completed on"), _day(certificate.completed_on)],
            [_("Holds until"), _day(certificate.expires_on)],
            [_("Number"), certificate.written_number],
        ],
        "scan": _("Scan to check it"),
        "address": address_of(certificate).removeprefix("https://"),
        "drawing": drawing_of(certificate),
    }
