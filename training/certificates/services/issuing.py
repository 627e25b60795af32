"""Certificates are written: one for each completed enrolment, whoever asks and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from portal.core import audit, bulk, clock, vault
from portal.core.actor import Actor
from portal.core.contacts import masked_name
from portal.webhooks.models import Webhook
from training.certificates import rules, selectors
from training.certificates.models import Certificate
from training.certificates.services.teams import put_on_team_lists, take_off_team_lists
from training.certificates.services.telling import tell_holder, tell_many_holders
from training.certificates.states import CertificateStatus
from training.engine.validity import last_day
from training.learning.models import Enrolment

ISSUED = gettext_noop("Your certificate for “%(course)s” is here; it holds until %(day)s.")
RENEWED = gettext_noop("Your certificate for “%(course)s” is renewed; it holds until %(day)s.")


def write_certificates(
    actor: Actor, enrolments: Sequence[Enrolment], *, at: datetime | None = None
) -> list[Certificate]:
    """For those that give one and have none; in the transaction that holds their rows locked.
    `at`: when each was issued; None: when it was completed. Nobody is told."""
    have = set(
        Certificate.objects.filter(enrolment__in=[one.pk for one in enrolments]).values_list(
            "enrolment", flat=True
        )
    )
    due = [one for one in enrolments if rules.gives_certificate(one) and one.pk not in have]
    due.sort(key=lambda one: (one.ended_at, one.pk))
    made = _drawn_up(actor, due, at)
    bulk.insert(made)
    put_on_team_lists(made)
    take_off_team_lists([one.renewed_from for one in made if one.renewed_from])
    audit.record_many(
        [
            audit.entry(
                actor,
                _verb(one),
                one,
                at=one.issued_at,
                after={"course": one.course_id, "expires_on": one.expires_on},
            )
            for one in made
        ]
    )
    return made


def tell_issued(actor: Actor, made: Sequence[Certificate], *, run: str = "") -> None:
    """Their holders, and machines. `run`: of many at once, so that no party hears of it twice."""
    if run:
        told = [(one, RENEWED if one.renewed_from_id else ISSUED) for one in made]
        tell_many_holders(told, "issued", run)
        made = _with_machines(made)
    for one in made:
        audit.tell(actor, _verb(one), one)
        if not run:
            tell_holder(one, "issued", "", RENEWED if one.renewed_from_id else ISSUED)


def _with_machines(made: Sequence[Certificate]) -> list[Certificate]:
    """Those of parties whose machines listen at all: asked once, not for each of a thousand."""
    parties = {one.enrolment.party_id for one in made}
    listening = Webhook.objects.live().filter(party__in=parties)
    known = set(listening.values_list("party", flat=True))
    return [one for one in made if one.enrolment.party_id in known]


def _verb(certificate: Certificate) -> str:
    return "renew_certificate" if certificate.renewed_from_id else "issue_certificate"


def _drawn_up(actor: Actor, due: Sequence[Enrolment], at: datetime | None) -> list[Certificate]:
    before = selectors.renewable(due)
    made = []
    for key, enrolment in zip(bulk.keys(Certificate, len(due)), due, strict=True):
        person = (enrolment.session.course_id, selectors.person_of(enrolment.learner))
        row = _certificate(actor, enrolment, before.get(person), at)
        row.pk = key
        before[person] = row
        made.append(row)
    return made


def _certificate(
    actor: Actor, enrolment: Enrolment, before: Certificate | None, at: datetime | None
) -> Certificate:
    course, name = enrolment.session.course, enrolment.learner.name
    assert enrolment.ended_at is not None
    assert course.certificate_months is not None
    completed_on = clock.day_of(enrolment.ended_at)
    ends = before.expires_on if before else None
    expires_on = last_day(completed_on, course.certificate_months, ends, rules.early())
    is_over = expires_on < clock.today()
    return Certificate(
        enrolment=enrolment,
        course=course,
        holder_sealed=vault.seal(name),
        masked=masked_name(name),
        completed_on=completed_on,
        issued_at=at or enrolment.ended_at,
        issued_by_id=actor.user_id,
        expires_on=expires_on,
        renewed_from=before,
        status=CertificateStatus.EXPIRED if is_over else CertificateStatus.VALID,
    )
