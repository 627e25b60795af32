"""What certificates hold of a person: the name they were issued to. That somebody completed a
course stays, without it; the number is not taken back, and stands for nobody one could name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from portal.core import vault
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User
from training.certificates.models import Certificate

GONE = "—"


def tell_certificates(person: User) -> list[dict[str, Any]]:
    rows = Certificate.objects.whole().of_person(person.pk).order_by("issued_at")
    return [
        {
            "number": row.number,
            "holder": row.holder,
            "course": row.course.code,
            "completed_on": row.completed_on,
            "issued_at": row.issued_at,
            "expires_on": row.expires_on,
            "status": row.status,
            "reason": row.reason,
        }
        for row in rows
    ]


def forget_holder(person: User, own: Sequence[Party]) -> None:
    theirs = Q(enrolment__learner__user=person) | Q(enrolment__learner__party__in=own)
    Certificate.objects.filter(theirs).update(holder_sealed=None, masked=GONE)


register_holding("certificates", tell_certificates, forget_holder)


@vault.register_resealer
def reseal_holders() -> int:
    rows = Certificate.objects.exclude(holder_sealed=None)
    count = 0
    for row in rows.iterator():
        vault.reseal(row, "holder_sealed")
        count += 1
    return count
