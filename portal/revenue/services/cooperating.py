"""Papers of cooperations: proposed, countered and answered through their cooperation, which asks
who may; what holds, and since when, is kept here as with every paper."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.revenue import engine, rules, states
from portal.revenue.fields import SubjectOfCooperation, TermsFields
from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from portal.revenue.services.agreements import make_room
from portal.revenue.services.concluding import agreement_row, written
from portal.revenue.states import VersionStatus


@transaction.atomic
def open_agreement(actor: Actor, *, subject: SubjectOfCooperation) -> Agreement:
    """The paper of a cooperation that is being proposed; it holds nothing yet."""
    agreement = agreement_row(subject, clock.now())
    agreement.save(force_insert=True)
    audit.record(actor, "open_agreement", agreement, after={"role": agreement.role})
    return agreement


@transaction.atomic
def propose_terms(
    actor: Actor,
    *,
    agreement: Agreement,
    terms: TermsFields,
    counters: AgreementVersion | None = None,
) -> AgreementVersion:
    """Other terms, or in answer to those that wait; the other side has seven days."""
    agreement = _lock(agreement)
    rules.concluded_is_sound(terms).require()
    parsed = engine.parse_agreement(rules.document_of(terms, 1))
    rules.may_sign_terms(actor, agreement.role, parsed).require()
    days = terms.starts_on, terms.ends_on
    rules.terms_keep_ceilings(agreement, terms.components, *days).require()
    if counters is not None:
        _change_status(actor, _locked(counters), VersionStatus.COUNTERED, "counter_version")
    now = clock.now()
    version = AgreementVersion(
        agreement=agreement,
        **written(terms, agreement.versions.count() + 1),
        proposed_by=agreement.side_of(actor.party_id),
        proposed_at=now,
        expires_at=now + states.ANSWER_WITHIN,
    )
    version.save(force_insert=True)
    _agree(actor, version)
    _record(actor, "propose_version", version)
    return version


@transaction.atomic
def accept_terms(actor: Actor, *, version: AgreementVersion) -> AgreementVersion:
    """They hold from the next midnight in Shanghai, or from their first day."""
    _lock(version.agreement)
    version = _locked(version)
    rules.may_sign(actor, version).require()
    start = max(version.starts_on, rules.first_day())
    components = version.data["components"]
    rules.terms_keep_ceilings(version.agreement, components, start, version.ends_on).require()
    make_room(version.agreement, start)
    end = version.ends_on
    version.in_force = DateRange(start, None if end is None else max(end, start))
    _agree(actor, version)
    _change_status(actor, version, VersionStatus.ACCEPTED, "accept_version")
    return version


@transaction.atomic
def drop_terms(actor: Actor, *, version: AgreementVersion, status: VersionStatus) -> None:
    """Declined, taken back, or not answered in time."""
    _lock(version.agreement)
    _change_status(actor, _locked(version), status, f"{VERBS[status]}_version")


@transaction.atomic
def end_agreement(actor: Actor, *, agreement: Agreement, on: date) -> None:
    """What holds on `on` or later ends there, but never before tomorrow: lines that were paid
    today keep their terms."""
    agreement = _lock(agreement)
    first = max(on, clock.today() + timedelta(days=1))
    make_room(agreement, first)
    audit.record(actor, "end_agreement", agreement, after={"on": first.isoformat()})


VERBS = {
    VersionStatus.DECLINED: "decline",
    VersionStatus.WITHDRAWN: "withdraw",
    VersionStatus.EXPIRED: "expire",
}


def _agree(actor: Actor, version: AgreementVersion) -> None:
    Acceptance.objects.create(
        version=version,
        side=version.agreement.side_of(actor.party_id),
        person=actor.user,
        at=clock.now(),
        sha256=version.sha256,
    )


def _change_status(
    actor: Actor, version: AgreementVersion, status: VersionStatus, verb: str
) -> None:
    if status not in states.TRANSITIONS[version.status]:
        raise Refused(conflict(_("This version no longer waits for an answer.")))
    version.status, version.answered_at = status, clock.now()
    version.save(update_fields=["status", "answered_at", "in_force"])
    _record(actor, verb, version)


def _record(actor: Actor, verb: str, version: AgreementVersion) -> None:
    facts = {"version": version.number, "sha256": version.sha256, "status": version.status}
    audit.record(actor, verb, version.agreement, after=facts, why=version.note)


def _lock(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)


def _locked(version: AgreementVersion) -> AgreementVersion:
    """As it is now that its agreement is locked."""
    return AgreementVersion.objects.select_related("agreement").get(pk=version.pk)
