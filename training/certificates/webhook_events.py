"""What machines are told of certificates: the party whose people learned, never a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.webhooks.catalogue import register_event
from training.certificates.models import Certificate


def certificate_data(certificate: Certificate, told: int) -> dict[str, Any]:
    return {
        "number": certificate.number,
        "course": certificate.course.code,
        "completed_on": certificate.completed_on.isoformat(),
        "expires_on": certificate.expires_on.isoformat(),
        "status": certificate.status,
        "reason": certificate.reason,
    }


def the_party(certificate: Certificate) -> Iterator[int]:
    yield certificate.enrolment.party_id


EXAMPLE = {
    "number": "7KQ2M9XHD4RTW3VB",
    "course": "live-basics",
    "completed_on": "2026-06-11",
    "expires_on": "2027-06-11",
    "status": "valid",
    "reason": "",
}

for name, title, verbs in (
    (
        "certificate.issued",
        _("A certificate of a course was issued or renewed"),
        ("issue_certificate", "renew_certificate"),
    ),
    ("certificate.expired", _("A certificate of a course has ended"), ("expire_certificate",)),
    (
        "certificate.revoked",
        _("A certificate of a course was revoked, or given back"),
        ("revoke_certificate", "restore_certificate"),
    ),
):
    register_event(
        name,
        title,
        of="certificates.certificate",
        verbs=verbs,
        parties=the_party,
        data=certificate_data,
        example=EXAMPLE,
    )
